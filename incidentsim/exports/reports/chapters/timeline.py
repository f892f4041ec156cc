"""What the picture of the timeline shows: the phases and events of each incident, and the duties as bars."""

from typing import Final

from incidentsim.domain.facts import Fact, FactKind
from incidentsim.exports.documents.model import Bar, Lane, Mark, Picture, Stretch
from incidentsim.exports.reports.material import Material
from incidentsim.exports.text.duty_table import DutyLine, duty_lines, outcome_words
from incidentsim.exports.wording.sentences import sentence
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

MOST_BARS: Final = 36
"""More duties than this do not fit on a page; the late ones are shown first, the table holds all."""
MOST_BARS_IN_SHORT: Final = 4
"""The same of page one, where only the latest of the late ones are shown."""
_SORTS: Final = {
    FactKind.STEP_TAKEN: "step",
    FactKind.REFUSED: "refused",
    FactKind.ESCALATED: "escalated",
    FactKind.LEVEL_SET: "level",
    FactKind.DUTY_BREACHED: "overdue",
}


def picture(material: Material) -> Picture | None:
    """The picture; `None` where there is nothing to draw."""
    return _drawn(material, short=False)


def picture_in_short(material: Material) -> Picture | None:
    """The same for page one: the course of each incident, and what was late; `None` where there is nothing to draw."""
    return _drawn(material, short=True)


def _drawn(material: Material, *, short: bool) -> Picture | None:
    account = material.account
    lanes = _lanes(material, short=short)
    lines = duty_lines(account)
    if not lanes and (short or not lines):
        return None
    ends = account.facts[-1].at
    late = [line for line in lines if line.outcome in {"late", "overdue"}]
    others = [] if short else [line for line in lines if line not in late]
    most = MOST_BARS_IN_SHORT if short else MOST_BARS
    if short:
        late.sort(key=lambda line: _late_by(line, ends), reverse=True)
    kept = sorted([*late, *others][:most], key=lambda line: line.number)
    several = len({line.incident for line in (kept if short else lines)}) > 1
    bars = tuple(_bar(material, line, several=several) for line in kept)
    left_out = (len(late) if short else len(lines)) - len(kept)
    drawn = Picture(
        title=_("Timeline of the exercise"),
        words=_("What happened, and below it what was late.") if short else _words(material, len(lines), len(late)),
        lanes=tuple(lanes),
        bars=bars,
        ends=ends,
        kinds={
            "step": _("step"),
            "refused": _("refused"),
            "escalated": _("escalated"),
            "level": _("graded"),
            "overdue": _("overdue"),
            "due": _("due by"),
            "late": _("late"),
        },
        left_out=ngettext("{n} more duty stands in the table.", "{n} more duties stand in the table.", left_out).format(
            n=left_out
        )
        if left_out
        else "",
    )
    clock = material.teller.clock
    for at in _moments(drawn):
        day = clock.day(at)
        drawn.times[at] = (clock.time(at), day.isoformat() if day is not None else "")
    return drawn


def _late_by(line: DutyLine, ends: int) -> int:
    """By how much a duty was done late, or is late at the end (ms)."""
    return (line.end if line.end is not None else ends) - (line.due if line.due is not None else ends)


def _words(material: Material, duties: int, late: int) -> str:
    """What the picture shows, for those who do not see it."""
    counts = [
        ngettext("{n} step", "{n} steps", n).format(n=n) if kind == FactKind.STEP_TAKEN
        else ngettext("{n} refusal", "{n} refusals", n).format(n=n) if kind == FactKind.REFUSED
        else ngettext("{n} escalation", "{n} escalations", n).format(n=n)
        for kind in (FactKind.STEP_TAKEN, FactKind.REFUSED, FactKind.ESCALATED)
        for n in (len(material.counting(kind)),)
    ]  # fmt: skip
    counts.append(ngettext("{n} duty", "{n} duties", duties).format(n=duties))
    counts.append(ngettext("{n} of them late", "{n} of them late", late).format(n=late))
    message = _(
        "Phases and events of each incident, and below them the duties from when they were owed to when they were "
        "done: {counts}. Long waits are drawn shorter than they were. Everything shown stands in the tables too."
    )
    return message.format(counts=material.teller.names.listed(counts))


def _lanes(material: Material, *, short: bool) -> list[Lane]:
    by_incident: dict[str, list[tuple[int, Fact]]] = {}
    for number, fact in material.counting(*_SORTS, FactKind.INCIDENT_RAISED):
        if fact.incident is not None:
            by_incident.setdefault(fact.incident, []).append((number, fact))
    lanes = []
    for incident, numbered in by_incident.items():
        marks = tuple(
            Mark(
                fact.at,
                _SORTS[fact.kind],
                _("#{sequence} {sentence}").format(sequence=number, sentence=sentence(material.teller, number)),
                str(fact.level) if fact.kind == FactKind.LEVEL_SET else "",
            )
            for number, fact in numbered
            if fact.kind in _SORTS
        )
        title = material.teller.names.incident(incident)
        if not short:
            title = _("{incident}: {title}").format(incident=incident, title=title)
        lanes.append(Lane(title, _stretches(material, [fact for _number, fact in numbered]), marks))
    return lanes


def _stretches(material: Material, facts: list[Fact]) -> tuple[Stretch, ...]:
    """The phases that the incident went through on the main track."""
    playbook, names = material.account.playbook, material.teller.names
    main = next((track for track in playbook.tracks.values() if track.main), None)
    if main is None:
        return ()
    changes: list[tuple[int, str | None]] = []
    for fact in facts:
        state = None
        if fact.kind == FactKind.INCIDENT_RAISED:
            state = main.states[main.initial]
        elif fact.kind == FactKind.STEP_TAKEN and fact.track == main.id:
            state = main.states.get(fact.target)
        if state is not None and (not changes or changes[-1][1] != state.phase):
            changes.append((fact.at, state.phase))
    if not changes:  # it never came to anybody's notice
        return ()
    ends = [*(at for at, _phase in changes[1:]), material.account.facts[-1].at]
    return tuple(
        Stretch(at, end, names.say(playbook.phases[phase].title) if phase in playbook.phases else "")
        for (at, phase), end in zip(changes, ends, strict=True)
        if phase is not None
    )


def _bar(material: Material, line: DutyLine, *, several: bool) -> Bar:
    """A duty; where there are several incidents, with the one that it is about."""
    late = ""
    if line.outcome in {"late", "overdue"}:
        late = _("LATE: {outcome}").format(outcome=outcome_words(line))
    title = material.teller.names.duty(line.duty)
    if several:
        title = _("{incident}: {title}").format(incident=line.incident, title=title)
    return Bar(title, line.opened, line.due, line.end, late)


def _moments(found: Picture) -> list[int]:
    """Every time at which something stands in the picture, in order; nothing after its end."""
    times = {0, found.ends}
    for lane in found.lanes:
        times |= {mark.at for mark in lane.marks} | {one.begins for one in lane.stretches}
    for bar in found.bars:
        times |= {at for at in (bar.begins, bar.due, bar.ends) if at is not None}
    return sorted(at for at in times if at <= found.ends)
