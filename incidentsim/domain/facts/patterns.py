"""Which facts a pattern of a playbook or a scenario matches."""

from typing import cast

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts.fact import Fact
from incidentsim.domain.facts.kinds import FactKind
from incidentsim.domain.facts.texts import Json


def matches(pattern: Pattern, fact: Fact) -> bool:
    """Whether `fact` looks like `pattern`. People are named by pseudonym."""
    if fact.kind != pattern.kind:
        return False
    if pattern.incident is not None and fact.incident != pattern.incident:
        return False
    data = fact.data
    for name in ("do", "track", "duty", "why", "circumstance", "inject", "level", "anchor", "clock"):
        wanted = getattr(pattern, name)
        if wanted is not None and data.get(name) != wanted:
            return False
    if pattern.state is not None and (fact.kind != FactKind.STEP_TAKEN or data["to"] != pattern.state):
        return False
    if pattern.by is not None and pattern.by not in (fact.actor() or ()):
        return False
    return pattern.to is None or _reached(pattern.to, data.get("to"), data.get("persons"))


def _reached(wanted: str, to: Json, persons: Json) -> bool:
    for named in (to, persons):
        if named == wanted or (isinstance(named, list) and wanted in cast("list[str]", named)):
            return True
    return False
