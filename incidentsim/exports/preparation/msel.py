"""The master scenario events list (as in HSEEP): every inject with what it is for.

For spreadsheets it is one table with everything in it; for people a short table, and below it each inject whole.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Final

from incidentsim.domain.scenario import Inject
from incidentsim.domain.text import Language
from incidentsim.exercise.forecast.shapes import Preview
from incidentsim.exports.documents.model import Block, Heading, Paragraph, Part, Quotation, Table, Terms
from incidentsim.exports.documents.model import Row as TableRow
from incidentsim.exports.documents.sheet import Sheet, Value
from incidentsim.exports.preparation.msel_words import (
    claim_words,
    condition_words,
    moment_words,
    offset_words,
    part_words,
    receiver_words,
    share_words,
)
from incidentsim.exports.wording.attached_files import file_words
from incidentsim.exports.wording.local_time import LocalClock
from incidentsim.exports.wording.names import Names
from incidentsim.messages import gettext as _
from incidentsim.messages import spoken

LAST: Final = 2**62
"""Stands for a time that nobody can name."""
SHARED: Final = 3
"""So many columns are the same in every language."""
WIDE: Final = (6, 18, 26, 18, 14, 30, 18, 18, 16, 30, 30, 60, 30, 40, 30, 40)
"""How wide the columns of a spreadsheet are to each other."""


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
        _("It comes"),
        _("Part of the story"),
        _("From (channel)"),
        _("To whom"),
        _("Subject"),
        _("Text"),
        _("Expected action"),
        _("Objectives tested"),
        _("What the message claims"),
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
        share=share_words(outlook.plays, preview.forecast.total),
        part=part_words(inject.part),
        channel=channel_words(inject, names),
        to=receiver_words(inject, scenario, playbook, names),
        subject=names.say(inject.subject),
        body=names.say(inject.body),
        expected=expected_words(inject, names),
        objectives="\n".join(objective_words(preview, inject, names)),
        evidence="\n".join(claim_words(one, inject, scenario, playbook, names) for one in inject.shows),
        notes="\n".join(note_words(inject, names)),
    )


def channel_words(inject: Inject, names: Names) -> str:
    """The channel of the inject, and who sends it where the scenario says so."""
    channel, sender = names.role(inject.channel), names.inject_sender(inject.id)
    return _("{channel} from {sender}").format(channel=channel, sender=sender) if sender else channel


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
    """Return the notes on an inject for the facilitator: its files, what it raises or brings to light, and the hint."""
    notes = [_("Attachment: {file}").format(file=file_words(file)) for file in names.attached_files(inject.id)]
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


def msel_sheet(preview: Preview, languages: Sequence[Language]) -> Sheet:
    """The events as a table for spreadsheets; each language has columns of its own side by side, and they share three.

    What is the same in every language stands once.
    """
    blocks = []
    for language in languages:
        with spoken(language):
            blocks.append((_("Events"), headings(), msel_rows(preview, language)))
    head: list[str] = []
    cells: list[list[Value]] = [[] for _row_ in blocks[0][2]]
    for place, (_title, titles, rows) in enumerate(blocks):
        first = SHARED if place else 0
        head += titles[first:]
        for line, row in zip(cells, rows, strict=True):
            line.extend(astuple(row)[first:])
    title = " ".join(dict.fromkeys(title for title, _titles, _rows in blocks))
    wide = tuple(WIDE[SHARED:] if place else WIDE for place in range(len(blocks)))
    return Sheet("msel", title, tuple(head), tuple(map(tuple, cells)), (False,) * len(head), sum(wide, ()))


def msel(preview: Preview, language: Language) -> Part:
    """The events for people: a table of what comes when, and each inject whole below it."""
    names = Names(preview.playbook, preview.scenario, language)
    title, about = _("Master scenario events list (MSEL)"), names.say(preview.scenario.title)
    rows = msel_rows(preview, language)
    blocks: list[Block] = [
        Paragraph(_("For the facilitator only: this gives everything away."), important=True),
        overview(rows),
        Heading(2, _("The injects")),
        *(block for row in rows for block in inject_blocks(row)),
    ]
    return Part(
        language, title, about, "", _("{title} · {scenario}").format(title=title, scenario=about), tuple(blocks)
    )


def overview(rows: Sequence[Row]) -> Table:
    """The events in short: number, time, subject, to whom, what they should prompt."""
    head = (_("No."), _("When"), _("Subject"), _("To whom"), _("Expected action"))
    body = tuple(
        TableRow(
            (row.number, row.planned or row.offset or row.condition, row.subject or row.inject, row.to, row.expected)
        )
        for row in rows
    )
    return Table(head, body, (1, 3, 5, 5, 5))


def inject_blocks(row: Row) -> list[Block]:
    """An inject under its heading: what is to be known first, then its words, then what should follow."""
    when = _("{planned} ({offset})").format(planned=row.planned, offset=row.offset) if row.planned else row.offset
    before = [
        (_("When"), when),
        (_("Condition"), row.condition),
        (_("It comes"), row.share),
        (_("By"), row.channel),
        (_("To whom"), row.to),
        (_("Part of the story"), row.part),
    ]
    after = [
        (_("Expected action"), row.expected),
        (_("Objectives tested"), row.objectives),
        (_("What the message claims"), row.evidence),
        (_("Notes and hint"), row.notes),
    ]
    title = _("{number}. {subject}").format(number=row.number, subject=row.subject or row.inject)
    return [Heading(3, title), *_known(before), Quotation(row.body), *_known(after)]


def _known(pairs: Sequence[tuple[str, str]]) -> list[Block]:
    known = tuple((title, words) for title, words in pairs if words)
    return [Terms(known)] if known else []
