"""Which facts a pattern of a playbook or a scenario matches."""

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts.fact import Fact, sender_of
from incidentsim.domain.facts.procedure import StepTaken


def matches(pattern: Pattern, fact: Fact) -> bool:
    """Return whether `fact` fits `pattern`, in which people are named by pseudonym."""
    if fact.kind != pattern.kind:
        return False
    if pattern.incident is not None and fact.incident != pattern.incident:
        return False
    for name, wanted in pattern.asked:
        if getattr(fact, name, None) != wanted:
            return False
    if pattern.state is not None and not (isinstance(fact, StepTaken) and fact.target == pattern.state):
        return False
    if pattern.by is not None:
        actor = sender_of(fact)
        if actor is None or pattern.by not in (actor.person, actor.role):
            return False
    return pattern.to is None or _reached(pattern.to, fact)


def _reached(wanted: str, fact: Fact) -> bool:
    for named in (getattr(fact, "to", None), getattr(fact, "persons", None)):
        if named == wanted or (isinstance(named, tuple) and wanted in named):
            return True
    return False
