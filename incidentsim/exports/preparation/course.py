"""The likely course of an exercise as a picture and as tables: where the incident stands when, and what is owed."""

from collections.abc import Iterable
from typing import Final

from incidentsim.exercise.forecast.shapes import DutyOutlook, DutyTimes, Preview, Stage, StageTimes
from incidentsim.exports.documents.model import Bar, Block, Lane, Paragraph, Picture, Row, Stretch, Table
from incidentsim.exports.preparation.forecast import kept_share
from incidentsim.exports.preparation.forecast_words import NOTHING, percent
from incidentsim.exports.wording.beside.bots import people_word, people_words, short
from incidentsim.exports.wording.local_time import LocalClock
from incidentsim.exports.wording.names import Names
from incidentsim.messages import gettext as _

_Stages = list[tuple[Stage, StageTimes]]
_Duties = list[tuple[DutyOutlook, DutyTimes]]
MOST_BARS: Final = 36
"""More duties than this do not fit into the picture; the table holds all."""


def course(preview: Preview, names: Names) -> list[Block]:
    """The middle play of the usual people: a picture, a table of the states, and one of the duties."""
    forecast, usual = preview.forecast, preview.forecast.usual
    stages = [(stage, stage.by[usual]) for stage in forecast.path if usual in stage.by]
    duties = [(duty, duty.by[usual]) for duty in forecast.duties if usual in duty.by]
    if not stages:
        return [Paragraph(_("Nothing happened in any play."))]
    told = _("As {people} would have it in a middle play, in hours and minutes from the start.")
    return [
        Paragraph(told.format(people=people_words(usual))),
        _picture(preview, names, stages, duties[:MOST_BARS]),
        _states(preview, names, stages),
        *([_owed(preview, names, duties)] if duties else []),
    ]


def _states(preview: Preview, names: Names, stages: _Stages) -> Table:
    clock, forecast = LocalClock(preview.scenario.local_time), preview.forecast
    several = len({stage.incident for stage, _times in stages}) > 1
    rows = []
    for stage, times in stages:
        stays = NOTHING if times.left is None else short(max(times.left.median - times.entered.median, 0))
        state = names.state(preview.playbook.main_track.id, stage.state)
        cells = (state, clock.elapsed(times.entered.median), stays, percent(stage.plays, forecast.total))
        rows.append(Row((names.incident(stage.incident), *cells) if several else cells))
    head = (_("State of the incident"), _("Reached after"), _("Stays"), _("In plays"))
    widths = (6, 3, 3, 2)
    return Table((_("Incident"), *head), tuple(rows), (5, *widths)) if several else Table(head, tuple(rows), widths)


def _owed(preview: Preview, names: Names, duties: _Duties) -> Table:
    clock, forecast = LocalClock(preview.scenario.local_time), preview.forecast
    head = (
        *(_("Duty"), _("Owed from"), _("Done"), _("Due by")),
        *(_("Kept by {people}").format(people=people_word(level)) for level in forecast.proficiencies),
    )
    rows = [
        Row(
            (
                names.duty(duty.duty),
                clock.elapsed(times.begins.median),
                clock.elapsed(times.ends.median) if times.ends is not None else NOTHING,
                clock.elapsed(times.due.median) if times.due is not None else _("no limit"),
                *(kept_share(duty, level) for level in forecast.proficiencies),
            )
        )
        for duty, times in duties
    ]
    return Table(head, tuple(rows), (6, 3, 3, 3, *(2 for _level in forecast.proficiencies)))


def _picture(preview: Preview, names: Names, stages: _Stages, duties: _Duties) -> Picture:
    """The states of each incident and, below them, the duties as bars."""
    last = [times.left or times.entered for _stage, times in stages]
    ends = max(
        *(end.median for end in last),
        *(found.median for _duty, times in duties for found in (times.ends, times.due) if found is not None),
        1,
        1,
    )
    lanes = tuple(
        Lane(names.incident(incident), tuple(_stretches(preview, names, stages, incident, ends)), ())
        for incident in dict.fromkeys(stage.incident for stage, _times in stages)
    )
    bars = tuple(
        Bar(
            names.duty(duty.duty),
            times.begins.median,
            times.due.median if times.due is not None else None,
            times.ends.median if times.ends is not None else None,
        )
        for duty, times in duties
    )
    picture = Picture(
        title=_("The likely course"),
        words=_(
            "Where each incident stands, and below it the duties from when they are owed to when they are done. Long "
            "waits are drawn shorter than they are. Everything shown stands in the tables too."
        ),
        lanes=lanes,
        bars=bars,
        ends=ends,
        kinds={"due": _("due by")},
    )
    clock = LocalClock(preview.scenario.local_time)
    for at in sorted(_moments(picture)):
        day = clock.day(at)
        picture.times[at] = (clock.time(at), day.isoformat() if day is not None else "")
    return picture


def _stretches(preview: Preview, names: Names, stages: _Stages, incident: str, ends: int) -> Iterable[Stretch]:
    """The states of one incident, each until the next one begins; a stay of no length is left out."""
    own = sorted((times.entered.median, stage.state) for stage, times in stages if stage.incident == incident)
    for (begins, state), (until, _next) in zip(own, [*own[1:], (ends, "")], strict=True):
        if until > begins:
            yield Stretch(begins, until, names.state(preview.playbook.main_track.id, state))


def _moments(picture: Picture) -> set[int]:
    times = {0, picture.ends}
    for lane in picture.lanes:
        times |= {at for stretch in lane.stretches for at in (stretch.begins, stretch.ends)}
    for bar in picture.bars:
        times |= {at for at in (bar.begins, bar.due, bar.ends) if at is not None}
    return {at for at in times if at <= picture.ends}
