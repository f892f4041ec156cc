"""The Master Scenario Events List (as in HSEEP): every inject with what it is for, as CSV or as Markdown.

The CSV follows RFC 4180 (CRLF, quotes doubled) and begins with a byte-order mark: without one, the spreadsheet that
most facilitators have takes UTF-8 for the code page of their machine and Chinese for noise, and every reader that
knows UTF-8 skips it (in Python `utf-8-sig`). A cell that a spreadsheet would take for a formula begins with an
apostrophe.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Final

from incidentsim.domain.scenario import Inject
from incidentsim.domain.text import Language
from incidentsim.exercise.forecast.shapes import Preview
from incidentsim.exports.cells import safe_cell
from incidentsim.exports.documents.markdown import document, escaped, grid, section
from incidentsim.exports.preparation.forecast_words import percent
from incidentsim.exports.preparation.msel_words import (
    condition_words,
    moment_words,
    offset_words,
    part_words,
    receiver_words,
    shown_words,
)
from incidentsim.exports.wording.local_time import LocalClock
from incidentsim.exports.wording.names import Names
from incidentsim.messages import gettext as _

LAST: Final = 2**62
"""Stands for a time that nobody can name."""


@dataclass(frozen=True, slots=True)
class Row:
    """One event. Everything is words in one language; `number`, `inject` and `instant` are the same in all.

    `planned` is a time as people read it, `instant` the same with its offset (ISO 8601), for programs.
    """

    number: str
    inject: str
    instant: str
    planned: str
    offset: str
    condition: str
    share: str
    part: str
    channel: str
    to: str
    subject: str
    body: str
    expected: str
    objectives: str
    evidence: str
    notes: str


def headings() -> list[str]:
    """The columns' titles, in the order of `Row`."""
    return [
        _("No."),
        _("Inject"),
        _("Instant"),
        _("Planned time"),
        _("Offset"),
        _("Condition"),
        _("Comes in plays"),
        _("Part of the story"),
        _("From (channel)"),
        _("To whom"),
        _("Subject"),
        _("Text"),
        _("Expected action"),
        _("Objectives tested"),
        _("Evidence"),
        _("Notes and hint"),
    ]


def in_order(preview: Preview) -> list[Inject]:
    """The injects by the time at which they come or may be expected to; those of which nobody knows come last."""
    seen = {one.inject: one.at.median for one in preview.forecast.injects if one.at is not None}
    place = {inject.id: number for number, inject in enumerate(preview.scenario.injects)}

    def when(inject: Inject) -> tuple[int, int]:
        at = inject.at if inject.at is not None else seen.get(inject.id, LAST)
        return at, place[inject.id]

    return sorted(preview.scenario.injects, key=when)


def msel_rows(preview: Preview, language: Language) -> list[Row]:
    """The events in order."""
    names = Names(preview.playbook, preview.scenario, language)
    return [_row(preview, names, number, inject) for number, inject in enumerate(in_order(preview), start=1)]


def _row(preview: Preview, names: Names, number: int, inject: Inject) -> Row:
    scenario, playbook = preview.scenario, preview.playbook
    clock = LocalClock(scenario.local_time)
    outlook = next(one for one in preview.forecast.injects if one.inject == inject.id)
    instant, planned, offset = "", "", ""
    if inject.at is not None:
        instant, planned, offset = (
            clock.instant(inject.at),
            moment_words(inject.at, clock),
            offset_words(inject.at, clock),
        )
    elif outlook.at is not None:
        offset = _("about {offset}").format(offset=offset_words(outlook.at.median, clock))
    return Row(
        number=str(number),
        inject=inject.id,
        instant=instant,
        planned=planned,
        offset=offset,
        condition=condition_words(inject, names),
        share=percent(outlook.plays, preview.forecast.total),
        part=part_words(inject.part),
        channel=names.role(inject.channel),
        to=receiver_words(inject, scenario, playbook, names),
        subject=names.say(inject.subject),
        body=names.say(inject.body),
        expected=expected_words(inject, names),
        objectives="\n".join(objective_words(preview, inject, names)),
        evidence="\n".join(shown_words(one, playbook, names) for one in inject.shows),
        notes="\n".join(note_words(inject, names)),
    )


def expected_words(inject: Inject, names: Names) -> str:
    """The steps that the inject should prompt."""
    return names.listed(names.step(do) for do in inject.expects)


def objective_words(preview: Preview, inject: Inject, names: Names) -> list[str]:
    """The objectives that the inject puts to the test, by their numbers."""
    return [
        _("{number}. {objective}").format(number=number, objective=names.say(objective.text))
        for number, objective in enumerate(preview.scenario.objectives, start=1)
        if inject.id in objective.tested_by
    ]


def note_words(inject: Inject, names: Names) -> list[str]:
    """Return the notes on an inject for the facilitator: what it raises or brings to light, and the hint."""
    notes = []
    if inject.raises and inject.incident is not None:
        notes.append(_("From here on this can be noticed: {incident}").format(incident=names.incident(inject.incident)))
    for brought in inject.brings:
        what = names.circumstance(brought.circumstance)
        if brought.person is not None:
            what = _("{what} ({name})").format(what=what, name=names.person(brought.person))
        notes.append(_("Brings to light: {what}").format(what=what))
    if inject.hint is not None:
        notes.append(_("Hint: {hint}").format(hint=names.say(inject.hint)))
    return notes


def msel_csv(rows_by_language: Sequence[tuple[Sequence[str], Sequence[Row]]]) -> bytes:
    """The events as CSV; each language comes with its headings and rows, in columns side by side."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for line in zip(*(_columns(*one, first=not place) for place, one in enumerate(rows_by_language)), strict=True):
        writer.writerow([safe_cell(cell) for cells in line for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def _columns(titles: Sequence[str], rows: Sequence[Row], *, first: bool) -> list[Sequence[str]]:
    """The head and the rows; what is the same in every language stands only in the first block."""
    lines: list[Sequence[str]] = [titles, *(astuple(row) for row in rows)]
    return lines if first else [line[3:] for line in lines]


def msel_markdown(preview: Preview, language: Language) -> str:
    """The events as a table in Markdown, with the spoiler said first."""
    title = _("Master scenario events list: {scenario}").format(scenario=preview.scenario.title.say(language))
    rows = [_for_people(astuple(row)) for row in msel_rows(preview, language)]
    note = escaped(_("For facilitators only: this gives everything away."))
    return document(section(title, [f"**{note}**"], grid(_for_people(headings()), rows), level=1))


def _for_people(line: Sequence[str]) -> list[str]:
    """A line without what is for programs."""
    return [*line[:2], *line[3:]]
