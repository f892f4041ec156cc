"""The injects that a facilitator adds to an exercise: what they are called, and each as its fact holds it."""

from typing import Final

from incidentsim.domain.facts import InjectAdded, RecordedText
from incidentsim.domain.scenario import Inject
from incidentsim.domain.text import Text

ADDED: Final = "added-"
"""How the ids of injects begin that a facilitator added; no inject of a scenario may be called like that."""


def added_inject(fact: InjectAdded) -> Inject:
    """The inject that the facilitator added."""
    return Inject(
        id=fact.inject,
        to=fact.to,
        channel=fact.channel,
        subject=_both(fact.subject),
        body=_both(fact.body) or Text("–", "–"),
        at=fact.at,
        incident=fact.incident,
    )


def _both(words: RecordedText) -> Text | None:
    """What was typed, in whichever language it is asked for; `None` where there is nothing to show."""
    if not (words.say("en").strip() or words.say("zh").strip()):
        return None
    return Text(words.say("en"), words.say("zh"))
