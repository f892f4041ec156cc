"""From the record to regulatory deadlines: what a scenario declares, and what facts say about each incident.

Nothing of this goes back into the record. When a filing is due depends on calendars, which change from version to
version; facts do not. The level of the playbook has no place here: a statutory level is judged for itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from incidentsim.domain.clock_limits import Anchor
from incidentsim.domain.clocks import ClockPack, Scope, StatutoryScale
from incidentsim.domain.facts import Fact, FactKind
from incidentsim.domain.local_time import Offsets, OffsetTable, instant_and_offset
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.kernel.in_force import facts_in_force
from incidentsim.exercise.regulatory.engine import Situation, clock_views
from incidentsim.exercise.regulatory.views import ClockView, Moment

_KNOWN: Final = frozenset(anchor.value for anchor in Anchor)
_TELLING: Final = frozenset(
    {FactKind.ANCHOR_REACHED, FactKind.MEASURE_TAKEN, FactKind.STATUTORY_LEVEL_JUDGED, FactKind.FILED}
)
"""The kinds of facts that regulatory deadlines go by."""


def scope_of(scenario: Scenario) -> Scope:
    """Return what the scenario's organisation declares; an empty scope where it declares nothing."""
    return scenario.organisation.scope or Scope()


def moment_of(starts: str, at: int) -> Moment:
    """The instant `at` ms after an exercise that `starts` then (ISO 8601 with its offset)."""
    return Moment(instant_and_offset(starts)[0] + at)


def offsets_of(scenario: Scenario) -> OffsetTable:
    """The changes of clocks that were resolved for a scenario; none where nobody did."""
    return scenario.offsets or OffsetTable(Offsets(instant_and_offset(scenario.starts)[1]))


def situation_of(
    facts: Iterable[Fact], incident: str, starts: str, now: int, scales: Mapping[str, StatutoryScale]
) -> Situation:
    """Read from the record how one incident stands at `now` (ms from the start); what came later is left out.

    The first filing of a clock and the first moment of each kind count, and of judgements and values the last. Anchors,
    scales and levels that are not known here, in a record made with other packs, are left out. `starts` is when the
    exercise starts (ISO 8601 with its offset).
    """
    anchors: dict[Anchor, Moment] = {}
    levels: dict[str, str | None] = {}
    measures: dict[str, int] = {}
    filings: dict[str, Moment] = {}
    for fact in facts:
        if fact.incident != incident or fact.at > now:
            continue
        match fact.kind:
            case FactKind.ANCHOR_REACHED if fact.anchor in _KNOWN:
                anchors.setdefault(Anchor(fact.anchor), moment_of(starts, fact.at))
            case FactKind.MEASURE_TAKEN:
                measures[fact.measure] = fact.value
            case FactKind.STATUTORY_LEVEL_JUDGED:
                scale, level = fact.scale, fact.level
                if scale in scales and (level is None or level in scales[scale].levels):
                    levels[scale] = level
            case FactKind.FILED:
                filings.setdefault(fact.clock, moment_of(starts, fact.at))
    return Situation(moment_of(starts, now).at, anchors, levels, measures, filings)


def clocks_of(
    packs: Sequence[ClockPack], scenario: Scenario, facts: Sequence[Fact], now: int | None = None
) -> dict[str, tuple[ClockView, ...]]:
    """Return the views of all clocks by incident, at `now` (ms from the start; the time of the last fact if left out).

    Only incidents that were raised by then are there. What was undone starts and stops no clock.

    Raises:
        InputError: a holiday calendar that the scenario names does not exist, or the changes of the clocks at a place
            were not resolved.
    """
    if now is None:
        now = facts[-1].at if facts else 0
    facts = facts_in_force(facts)
    scales = {name: scale for pack in packs for name, scale in pack.scales.items()}
    raised: set[str | None] = set()
    told: dict[str | None, list[Fact]] = {}
    for fact in facts:
        if fact.kind is FactKind.INCIDENT_RAISED and fact.at <= now:
            raised.add(fact.incident)
        elif fact.kind in _TELLING:
            told.setdefault(fact.incident, []).append(fact)
    scope, offsets = scope_of(scenario), offsets_of(scenario)
    return {
        name: clock_views(packs, scope, situation_of(told.get(name, ()), name, scenario.starts, now, scales), offsets)
        for name in scenario.incidents
        if name in raised
    }
