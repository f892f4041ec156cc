"""What the facts of a record mean: was it against the law, a crime, somebody's fault; and what caused it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.text import Text
from incidentsim.importing.veris.content import Facts
from incidentsim.importing.veris.record import Record
from incidentsim.importing.veris.vocabulary.story import story
from incidentsim.messages import gettext as _

DELIBERATE: Final = frozenset({"hacking", "malware", "social", "misuse", "physical"})
"""Actions that nobody takes by mistake."""

BY_CHANCE: Final = frozenset({"error", "environmental"})
"""Actions that nobody takes on purpose."""

_BAD_MOTIVES: Final = frozenset({"espionage", "financial", "fun", "grudge", "ideology", "secondary"})
_CRIMINAL_MOTIVES: Final = _BAD_MOTIVES - {"fun"}
_NO_SLUG: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Judgement:
    """The ground truth apart from the level. `flags` holds every answer that a step's `fits` may get from here."""

    flags: Mapping[str, bool]
    cause: str
    notes: tuple[Text, ...]

    @property
    def unlawful(self) -> bool:
        """True if the law was broken."""
        return self.flags["unlawful"]


def judge(record: Record, facts: Facts) -> Judgement:
    """The ground truth of the record; what had to be assumed is noted in it."""
    unlawful = facts.is_incident and _unlawful(record, facts)
    crime = unlawful and _criminal(facts)
    at_fault = facts.is_incident and _at_fault(facts)
    if not facts.is_incident and facts.categories() & DELIBERATE:
        record.assume(("security_incident",), _("No incident, so nobody is taken to have broken the law."))
    flags = {
        "incident": facts.is_incident,
        "unlawful": unlawful,
        "crime": crime,
        "at_fault": at_fault,
        "malicious": unlawful,
    }
    notes = [story().unlawful if unlawful else story().lawful]
    notes += [story().crime] if crime else []
    notes += [story().at_fault] if at_fault else []
    return Judgement(flags, cause_of(facts), tuple(notes))


def cause_of(facts: Facts) -> str:
    """The cause as an id: the most telling deed's category and means, such as `malware-ransomware`."""
    category, means = facts.chief_deed()
    return _NO_SLUG.sub("-", category if means is None else f"{category} {means}")


def _unlawful(record: Record, facts: Facts) -> bool:
    categories = facts.categories()
    if categories & DELIBERATE:
        return True
    if categories & BY_CHANCE:
        return False
    # What was done is unknown: who did it, and why, has to decide.
    motives = facts.motives()
    outsider = any(
        actor.kind == "external" and {word.id for word in actor.varieties} != {"force majeure"}
        for actor in facts.actors
    )
    unlawful = bool(motives & _BAD_MOTIVES) or (outsider and motives != {"na"})
    if unlawful:
        what = _("What was done is not known; who did it, or why, lets us assume that it broke the law.")
    else:
        what = _("What was done is not known, and nothing speaks of intent; it is assumed that no law was broken.")
    record.assume(("action",), what)
    return unlawful


def _criminal(facts: Facts) -> bool:
    """Misuse alone breaks rules and contracts; a crime is suspected if somebody gained by it or meant harm."""
    if facts.categories() & (DELIBERATE - {"misuse"}) or "misuse" not in facts.categories():
        return True
    return bool(
        facts.motives() & _CRIMINAL_MOTIVES
        or facts.has("action.misuse.variety", "illicit content")
        or facts.has("attribute.integrity.variety", "fraudulent transaction")
    )


def _at_fault(facts: Facts) -> bool:
    """Whether somebody whom the rules reach is to blame. Forces of nature and pure chance are nobody's fault."""
    categories = facts.categories()
    reasons = {word.id for deed in facts.deeds if deed.category == "error" for word in deed.ways}
    if categories <= {"error", "environmental"} and (reasons == {"random error"} or "error" not in categories):
        return False
    insider = any(actor.kind == "internal" for actor in facts.actors)
    return insider or bool(categories & {"error", "misuse"})
