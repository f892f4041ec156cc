"""A forecast: many plays of a scenario by bots, summed up."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import LANGUAGES
from incidentsim.exercise.forecast.playing import DutyPlayed, Play, play
from incidentsim.exercise.forecast.shapes import (
    DutyOutlook,
    DutyTimes,
    Forecast,
    InjectOutlook,
    Mistake,
    Outlook,
    Preview,
    RoleLoad,
    Spread,
    Stage,
    StageTimes,
    spread,
)
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook

PLAYS = 12
"""How often each is played where nobody says otherwise."""
PROFICIENCIES = (30, 65, 100)
"""Novice, practised and expert people."""

_NOTHING = Spread(0, 0, 0)


def preview(
    compiled: CompiledPlaybook,
    scenario: Scenario,
    *,
    plays: int = PLAYS,
    proficiencies: Sequence[int] = PROFICIENCIES,
    on_play: Callable[[], None] | None = None,
) -> Preview:
    """Forecast a scenario, and keep the forecast together with what it is about."""
    found = forecast(compiled, scenario, plays=plays, proficiencies=proficiencies, on_play=on_play)
    return Preview(compiled.playbook, scenario, found)


def forecast(
    compiled: CompiledPlaybook,
    scenario: Scenario,
    *,
    plays: int = PLAYS,
    proficiencies: Sequence[int] = PROFICIENCIES,
    on_play: Callable[[], None] | None = None,
) -> Forecast:
    """Let bots of each proficiency play the scenario so many times, and sum up; the same arguments, the same answer.

    Args:
        compiled: the procedure to play by.
        scenario: what is played; its script, expectations and proficiencies are left aside.
        plays: how often for each proficiency, at least once.
        proficiencies: of everybody at the table, 0 (novice) to 100 (expert).
        on_play: called after every play.

    Raises:
        ValueError: nothing would be played, or a proficiency is out of range.
    """
    levels = to_play(plays, proficiencies)
    played: list[Play] = []
    for proficiency in levels:
        for number in range(plays):
            played.append(play(compiled, scenario, proficiency, number))
            if on_play is not None:
                on_play()
    by = {level: [one for one in played if one.proficiency == level] for level in levels}
    return Forecast(
        plays=plays,
        proficiencies=levels,
        outlooks=tuple(_outlook(level, by[level]) for level in levels),
        path=tuple(_path(compiled, scenario, by)),
        duties=tuple(_duties(compiled, by)),
        mistakes=tuple(_mistakes(by)),
        injects=tuple(_injects(scenario, played)),
        loads=tuple(_loads(compiled, played)),
    )


def to_play(plays: int, proficiencies: Sequence[int]) -> tuple[int, ...]:
    """The proficiencies to play with, each once.

    Raises:
        ValueError: nothing would be played, or a proficiency is out of range.
    """
    if plays < 1 or not proficiencies or not all(0 <= one <= 100 for one in proficiencies):  # noqa: PLR2004 - percent
        raise ValueError("a forecast needs at least one play and proficiencies from 0 to 100")
    return tuple(dict.fromkeys(proficiencies))


_By = Mapping[int, Sequence[Play]]


def _some(values: Iterable[int]) -> Spread:
    return spread(values) or _NOTHING


def _outlook(proficiency: int, plays: Sequence[Play]) -> Outlook:
    rested = [one.rested for one in plays if one.rested is not None]
    judged = [duty for one in plays for duty in one.duties if _judged(duty)]
    return Outlook(
        proficiency=proficiency,
        plays=len(plays),
        rested=len(rested),
        duration=spread(rested),
        decisions=_some(sum(one.decisions.values()) for one in plays),
        refusals=_some(one.refusals for one in plays),
        injects=_some(len(one.delivered) for one in plays),
        reading={language: _some(one.reading[language] for one in plays) for language in LANGUAGES},
        table={language: _some(one.table[language] for one in plays) for language in LANGUAGES},
        kept=sum(not duty.late for duty in judged),
        owed=len(judged),
    )


def _judged(duty: DutyPlayed) -> bool:
    """Whether it can be said if the duty was kept: it became late, or was settled and had a limit."""
    return duty.late or (duty.settled is not None and duty.due is not None)


def _path(compiled: CompiledPlaybook, scenario: Scenario, by: _By) -> Iterable[Stage]:
    for incident in scenario.incidents:
        for state in compiled.playbook.main_track.states:
            times: dict[int, StageTimes] = {}
            for level, plays in by.items():
                stays = [one.stays[incident, state] for one in plays if (incident, state) in one.stays]
                entered = spread(stay.entered for stay in stays)
                if entered is not None:
                    left = spread(stay.left for stay in stays if stay.left is not None)
                    times[level] = StageTimes(len(stays), entered, left)
            if times:
                yield Stage(incident, state, sum(one.plays for one in times.values()), times)


def _duties(compiled: CompiledPlaybook, by: _By) -> Iterable[DutyOutlook]:
    outlooks = []
    for duty in compiled.playbook.duties:
        times: dict[int, DutyTimes] = {}
        for level, plays in by.items():
            owed = [[one for one in played.duties if one.duty == duty] for played in plays]
            summed = _duty_times([one for each in owed for one in each], sum(map(bool, owed)))
            if summed is not None:
                times[level] = summed
        if times:
            outlooks.append(DutyOutlook(duty, sum(one.plays for one in times.values()), times))
    order = list(compiled.playbook.duties)
    return sorted(outlooks, key=lambda one: (min(t.begins.median for t in one.by.values()), order.index(one.duty)))


def _duty_times(owed: Sequence[DutyPlayed], plays: int) -> DutyTimes | None:
    begins = spread(one.opened for one in owed)
    if begins is None:
        return None
    return DutyTimes(
        plays=plays,
        kept=sum(_judged(one) and not one.late for one in owed),
        late=sum(one.late and one.settled is not None for one in owed),
        missed=sum(one.late and one.settled is None for one in owed),
        begins=begins,
        ends=spread(one.settled for one in owed if one.settled is not None),
        due=spread(one.due for one in owed if one.due is not None),
        slack=spread(one.due - one.settled for one in owed if one.due is not None and one.settled is not None),
    )


def _mistakes(by: _By) -> Iterable[Mistake]:
    """The most frequent first; among equals by name, which is the same on every machine."""
    slips = {slip for plays in by.values() for one in plays for slip in one.slips}
    found = []
    for slip in slips:
        counted = {level: sum(slip in one.slips for one in plays) for level, plays in by.items()}
        found.append(Mistake(*slip, plays=sum(counted.values()), by=counted))
    return sorted(found, key=lambda one: (-one.plays, one.kind, one.subject, one.why or ""))


def _injects(scenario: Scenario, plays: Sequence[Play]) -> Iterable[InjectOutlook]:
    for inject in scenario.injects:
        times = [one.delivered[inject.id] for one in plays if inject.id in one.delivered]
        yield InjectOutlook(inject.id, len(times), spread(times))


def _loads(compiled: CompiledPlaybook, plays: Sequence[Play]) -> Iterable[RoleLoad]:
    for role in compiled.playbook.roles:
        load = RoleLoad(
            role,
            _some(one.decisions.get(role, 0) for one in plays),
            _some(one.injected.get(role, 0) for one in plays),
            _some(one.told.get(role, 0) for one in plays),
        )
        if load.decisions.high or load.injects.high or load.told.high:
            yield load
