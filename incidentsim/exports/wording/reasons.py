"""Why somebody decided as they did, as a sentence; only bots, and scripts kept of their runs, say so."""

from collections.abc import Sequence
from typing import Final

from incidentsim.domain.actions import Because
from incidentsim.domain.facts import Fact, MessageSent, Refused, StepTaken
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.plain_text import within_quotes
from incidentsim.messages import gettext as _

_LONGEST: Final = 40
"""Longer headings are cut: a message without a subject has its whole body for one."""


def because_words(fact: Fact, names: Names) -> str:
    """The reason in a decision's fact, and what went wrong in it; empty where there is nothing to say."""
    match fact:
        case StepTaken() | Refused():
            because = fact.because
        case MessageSent():
            because = fact.grounds
        case _:
            because = None
    if not isinstance(because, Because):
        return ""
    said = [_reason(because.reason, because.duty or "", _messages(because.injects, names), names)]
    if because.slips:
        words = names.listed(_slip(slip) for slip in because.slips)
        said.append(_("What went wrong: {slips}.").format(slips=words))
    told = [words for words in said if words]
    return told[0] if len(told) == 1 else _("{first} {then}").format(first=told[0], then=told[1]) if told else ""


def _messages(injects: Sequence[str], names: Names) -> str:
    headings = [within_quotes(names.inject(inject)[0]) for inject in injects]
    return names.listed(
        _("“{heading}”").format(heading=one if len(one) <= _LONGEST else f"{one[: _LONGEST - 1]}…") for one in headings
    )


def _reason(reason: str, duty: str, messages: str, names: Names) -> str:
    match reason:
        case "duty_due":
            return _("Because it is owed: {duty}.").format(duty=names.duty(duty))
        case "evidence":
            return _("Because of what is known from {messages}.").format(messages=messages)
        case "regrade":
            return _("Because another level follows from {messages}.").format(messages=messages)
        case "revise":
            return _("Because the earlier finding does not agree with {messages}.").format(messages=messages)
        case "prompted":
            return _("Because this asks for it: {messages}.").format(messages=messages)
        case "needed":
            return _("Because whoever has to judge did not have it yet.")
        case "asked":
            return _("Because somebody asked.")
        case "rounds":
            return _("Because the same steps have come round many times with nothing new: bots do not repeat them.")
        case _next_step:
            return _("Because of {messages}.").format(messages=messages) if messages else ""


def _slip(slip: str) -> str:
    words = {
        "forgotten": _("it came to mind only when it was overdue"),
        "lost_time": _("the time was lost sight of"),
        "misjudged": _("it goes against what was known"),
        "misled": _("it rests on something that was not so"),
        "misgraded": _("the level is one off"),
        "too_thin": _("something that has to be said is missing"),
        "wrong_channel": _("the channel is not one for this"),
        "overstepped": _("the role is not entitled to it"),
    }
    return words.get(slip, slip)
