"""What a row of a timeline shows, in words: who did what when, what became of a duty, an incident's phases."""

from incidentsim.exports.text.duty_table import outcome_words
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.tui.debrief.data import Debrief
from incidentsim.tui.debrief.evidence import Parts, clauses, noted, told
from incidentsim.tui.debrief.timeline.drawing import SIGNS, phase_words, title_of
from incidentsim.tui.debrief.timeline.rows import Mark, Row


def about_row(debrief: Debrief, row: Row, most: int | None = None) -> Parts:
    """A row's details; of what somebody did no more than so much, if `most` is given."""
    title = title_of(debrief.teller, row).strip()
    match row.kind:
        case "incident":
            return [(title, "\n".join(_phases(debrief, row)))]
        case "duty":
            return _duty(debrief, row, title)
        case _:
            lines = [line for mark in row.marks[:most] for line in _happened(debrief, mark)]
            left = len(row.marks) - len(row.marks[:most])
            if left:
                lines.append(ngettext("… and {n} more", "… and {n} more", left).format(n=left))
            return [(title, "\n".join(lines))]


def _happened(debrief: Debrief, mark: Mark) -> list[str]:
    sign, _style = SIGNS[mark.sign]
    first = _("{time} {sign} #{sequence} {sentence}").format(
        time=_time(debrief, mark.at), sign=sign, sequence=mark.number, sentence=told(debrief, mark.number)
    )
    return [first, *("    " + note for note in noted(debrief, mark.number))]


def _phases(debrief: Debrief, row: Row) -> list[str]:
    return [
        _("{time} {phase}: “{state}”, for {length}").format(
            time=_time(debrief, one.start),
            phase=phase_words(debrief.teller, one.phase, one.state),
            state=debrief.teller.names.state(debrief.view.playbook.main_track.id, one.state),
            length=duration_words(one.end - one.start),
        )
        for one in row.phases
    ]


def _duty(debrief: Debrief, row: Row, title: str) -> Parts:
    duty = row.duty
    if duty is None:
        return []
    names = debrief.teller.names
    due = _("no limit") if duty.due is None else _time(debrief, duty.due)
    head = _("{outcome}; owed by {owner} since {opened}, due: {due}").format(
        outcome=outcome_words(duty), owner=duty.owner, opened=_time(debrief, duty.opened), due=due
    )
    parts: Parts = [(title, head)]
    for number in row.numbers:
        at = debrief.view.facts[number].at
        words = _("{time} #{sequence} {sentence}").format(
            time=_time(debrief, at), sequence=number, sentence=told(debrief, number)
        )
        parts.append(("", "\n".join([words, *("    " + note for note in noted(debrief, number))])))
    rule = debrief.view.playbook.duties.get(duty.duty)
    if rule is not None:
        basis = names.basis(rule.rule, rule.basis.clause)
        parts += [(_("Basis"), basis)] if basis else []
        parts += clauses(debrief, rule.basis.clauses)
    return parts


def _time(debrief: Debrief, at: int) -> str:
    clock, end = debrief.teller.narrator.clock, debrief.view.facts[-1].at
    return clock.until(at, 0) if clock.day(end) != clock.day(0) else clock.time(at)
