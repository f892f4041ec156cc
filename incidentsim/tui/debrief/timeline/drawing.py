"""Draws the rows of a timeline as lines of text. Every sign is told apart without colours."""

from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len

from incidentsim.exercise.kernel.role_holdings import holdings_on_record
from incidentsim.exercise.kernel.sim_time import DAY
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.exports.wording.plain_text import pad, width
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.session.narration import RecordNarrator
from incidentsim.tui.debrief.timeline.axis import Axis, round_times, ticks
from incidentsim.tui.debrief.timeline.rows import RANK, Picture, Row, Sign
from incidentsim.tui.widgets.line_list import Line, Piece
from incidentsim.tui.widgets.text import cut, settled

SIGNS: Final[dict[Sign, tuple[str, str]]] = {
    "refused": ("✕", "bad"),
    "step": ("✓", "good"),
    "undo": ("↶", "warn"),
    "end": ("■", "strong"),
    "note": ("✎", "accent"),
    "told": ("↑", "warn"),
    "message": ("✉", "accent"),
    "moved": ("»", "accent"),
    "skipped": ("⊘", "dim"),
    "undone": ("○", "dim"),
}
_WIDE: Final = 110
_NARROWEST: Final = 20


class Cells:
    """A row of columns to draw on. A character of two columns takes both."""

    def __init__(self, columns: int) -> None:
        self._cells: list[tuple[str, str]] = [(" ", "")] * columns

    def put(self, column: int, character: str, style: str = "") -> None:
        """Draw one narrow character, on whatever stood there."""
        if 0 <= column < len(self._cells):
            if self._cells[column][0] == "" and column > 0:
                self._cells[column - 1] = (" ", "")
            elif column + 1 < len(self._cells) and self._cells[column + 1][0] == "":
                self._cells[column + 1] = (" ", "")
            self._cells[column] = (character, style)

    def write(self, column: int, words: str, style: str = "") -> None:
        """Write harmless words from a column on; what does not fit is left out."""
        for character in settled(words):
            size = cell_len(character)
            if size == 0 or column < 0:
                continue
            if column + size > len(self._cells):
                return
            self.put(column, character, style)
            if size > 1:
                self.put(column + 1, " ")
                self._cells[column] = (character, style)
                self._cells[column + 1] = ("", style)
            column += size

    def pieces(self) -> tuple[Piece, ...]:
        """Return what was drawn, in pieces of one style each."""
        pieces: list[Piece] = []
        for character, style in self._cells:
            if pieces and pieces[-1].style == style:
                pieces[-1] = Piece(pieces[-1].text + character, style)
            else:
                pieces.append(Piece(character, style))
        return tuple(pieces)

    def text(self) -> str:
        """Return what was drawn, without styles."""
        return "".join(character for character, _style in self._cells)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A timeline: the lines of its axis, which stay in view, and those of its rows."""

    axis: tuple[str, ...]
    lines: tuple[Line, ...]


def draw(teller: RecordNarrator, shown: Picture, columns: int) -> Drawing:
    """Draw a timeline in so many columns, names included."""
    names = max(columns // 4, 12) if columns >= _WIDE else max(columns * 3 // 10, 10)
    room = max(columns - names - 1, _NARROWEST)
    axis = Axis(shown.times, room)
    lines = [_row_line(teller, row, axis, names) for row in shown.rows]
    spaced: list[Line] = []
    for row, drawn in zip(shown.rows, lines, strict=True):
        if spaced and row.kind == "duty" and (spaced[-1].name or "").partition("/")[0] != "duty":
            spaced.append(Line((Piece(_("Duties"), "heading"),)))
        spaced.append(drawn)
    if not spaced:
        spaced.append(Line((Piece(_("Nothing happened."), "dim"),)))
    notes = [Line((Piece(words, "dim"),)) for words in legend()]
    return Drawing(_axis_lines(teller, axis, names), (*spaced, Line((Piece(""),)), *notes))


def legend() -> list[str]:
    """Return the legend of the timeline's signs, line by line."""
    return [
        _("✓ step  ✕ refused  ✉ message  ↑ told by escalation  ○ undone"),
        _("Facilitator: ✎ note  ↶ undo  » inject added or moved  ⊘ inject left out  ■ ended"),
        _("Duties: ═ owed  ! due  ▒ late  ■ done  × pointless  ▸ still owed"),
    ]


def shortened_words(axis: Axis) -> str:
    """Says which stretches of the axis are shortened; nothing where none is."""
    if not axis.shortened:
        return ""
    lengths = _(", ").join(duration_words(one.end - one.start) for one in axis.shortened)
    count = len(axis.shortened)
    message = ngettext(
        "≈ {n} stretch in which nothing happens is shortened: {lengths}",
        "≈ {n} stretches in which nothing happens are shortened: {lengths}",
        count,
    )
    return message.format(n=count, lengths=lengths)


def _axis_lines(teller: RecordNarrator, axis: Axis, names: int) -> tuple[str, ...]:
    clock = teller.narrator.clock
    marks = ticks(axis, clock.local, lambda at: clock.time(at)[:5])  # to the minute, which is as near as columns go
    times, rule, days = Cells(axis.columns), Cells(axis.columns), Cells(axis.columns)
    for column in range(axis.column(axis.end) + 1):
        rule.put(column, "─")
    for tick in marks:
        times.write(tick.begins, tick.words)
        rule.put(tick.column, "┬")
    for stretch in axis.shortened:
        for column in range(stretch.first + 1, stretch.last):
            rule.put(column, "≈")
    free, told = 0, None
    moments = sorted(
        {stretch.start for stretch in axis.stretches} | set(round_times(clock.local, axis.start, axis.end, DAY))
    )
    for at in moments:
        day, column = clock.day(at), axis.column(at)
        if day is not None and day != told and column >= free and axis.columns - column >= width(day.isoformat()):
            days.write(column, day.isoformat())
            free, told = column + width(day.isoformat()) + 1, day
    margin = " " * (names + 1)
    note = shortened_words(axis)
    lines = [margin + days.text(), margin + times.text(), margin + rule.text()]
    return tuple(text.rstrip() for text in ([note] if note else []) + lines)


def _row_line(teller: RecordNarrator, row: Row, axis: Axis, names: int) -> Line:
    cells = Cells(axis.columns)
    match row.kind:
        case "incident":
            _draw_phases(teller, row, axis, cells)
        case "duty":
            _draw_duty(row, axis, cells)
        case _:
            _draw_marks(row, axis, cells)
    late = row.duty is not None and row.duty.outcome in {"late", "overdue"}
    title = Piece(pad(cut(title_of(teller, row), names), names) + " ", "bad" if late else "strong")
    return Line((title, *cells.pieces()), row.key)


def title_of(teller: RecordNarrator, row: Row) -> str:
    """Return the title of a row; that of a duty which is late or overdue begins with a sign."""
    names = teller.names
    match row.kind:
        case "incident":
            return names.incident(row.name)
        case "person":
            holdings = holdings_on_record(teller.account.scenario, teller.account.facts[:1])
            role = names.listed(map(names.role, holdings.roles_of(row.name)[:1]))
            return _("{name} ({role})").format(name=names.person(row.name), role=role)
        case "itself":
            return _("By itself")
        case "facilitator":
            return _("The facilitator")
        case "duty":
            sign = "‼ " if row.duty is not None and row.duty.outcome in {"late", "overdue"} else "  "
            return sign + names.duty(row.duty.duty if row.duty is not None else row.name)


def phase_words(teller: RecordNarrator, phase: str | None, state: str) -> str:
    """Return the title of a phase; of a state outside all phases its own."""
    known = teller.account.playbook.phases.get(phase or "")
    if known is not None:
        return teller.names.say(known.title)
    return teller.names.state(teller.account.playbook.main_track.id, state)


def _draw_phases(teller: RecordNarrator, row: Row, axis: Axis, cells: Cells) -> None:
    for place, one in enumerate(row.phases):
        first = axis.column(one.start)
        last = axis.column(one.end) if place + 1 < len(row.phases) else axis.column(one.end) + 1
        for column in range(first, last):
            cells.put(column, "─", "dim")
        cells.put(first, "├", "accent")
        room = last - first - 2
        if room > 1:
            cells.write(first + 1, cut(phase_words(teller, one.phase, one.state), room), "accent")


def _draw_marks(row: Row, axis: Axis, cells: Cells) -> None:
    for mark in sorted(row.marks, key=lambda one: -RANK.index(one.sign)):
        sign, style = SIGNS[mark.sign]
        cells.put(axis.column(mark.at), sign, style)


def _draw_duty(row: Row, axis: Axis, cells: Cells) -> None:
    duty = row.duty
    if duty is None:
        return
    end = axis.end if duty.end is None else duty.end
    first, last = axis.column(duty.opened), axis.column(end)
    late = duty.outcome in {"late", "overdue"}
    due = None if duty.due is None or duty.due > axis.end else axis.column(duty.due)
    for column in range(first, last + 1):
        over = late and due is not None and column > due
        cells.put(column, "▒" if over else "═", "bad" if over else "")
    if due is not None and not late:
        for column in range(last + 1, due):
            cells.put(column, "·", "dim")
    ends = {
        "in_time": ("■", "good"),
        "no_limit": ("■", ""),
        "late": ("■", "bad"),
        "dropped": ("×", "dim"),
        "open": ("▸", ""),
    }
    sign, style = ends.get(duty.outcome, ("▸", "bad"))
    cells.put(last, sign, style)
    if due is not None and (due != last or late):
        cells.put(due, "!", "bad" if late else "dim")
    if late and due == last:  # so short that one column holds both: the end is seen beside it
        cells.put(min(last + 1, axis.columns - 1), sign, style)
