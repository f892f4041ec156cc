"""The tables of a report for spreadsheets: one row a thing, in one language or in several side by side."""

from collections.abc import Iterable, Sequence

from incidentsim.domain.text import Language
from incidentsim.exports.documents.model import Block, Cell, Heading, Moment, Numbers, Paragraph, Table
from incidentsim.exports.documents.sheet import Sheet, Value
from incidentsim.exports.reports.chapters import clocks, controls, improvements
from incidentsim.exports.reports.chapters import evaluation as judged
from incidentsim.exports.reports.chapters import events as happenings
from incidentsim.exports.reports.chapters import facilitation as facilitated
from incidentsim.exports.reports.chapters import messages as said
from incidentsim.exports.reports.chapters.overview import decision_terms, exercise_terms, pinning, record_terms
from incidentsim.exports.reports.chapters.statements import proof_words
from incidentsim.exports.reports.dossier import Dossier
from incidentsim.exports.reports.material import Material, gathered
from incidentsim.exports.reports.tables import TABLES, Kind, check_table
from incidentsim.exports.wording.sentences import marked_sentence
from incidentsim.messages import gettext as _
from incidentsim.messages import spoken


def all_sheets(dossier: Dossier, *, kind: Kind, languages: Sequence[Language]) -> list[Sheet]:
    """Every table of the report; the first says what the report is and what it proves."""
    return [_in_languages(name, dossier, languages) for name in ("about", *TABLES[kind])]


def sheet_named(name: str, dossier: Dossier, *, languages: Sequence[Language]) -> Sheet:
    """One table.

    Raises:
        UnknownNameError: there is no such table.
    """
    check_table(name)
    return _in_languages(name, dossier, languages)


def _in_languages(name: str, dossier: Dossier, languages: Sequence[Language]) -> Sheet:
    found = []
    for language in languages:
        with spoken(language):
            found.append(_sheet(name, gathered(dossier, language)))
    return _side_by_side(found)


def _side_by_side(sheets: Sequence[Sheet]) -> Sheet:
    """The same table in several languages: what is the same in all of them stands once."""
    first, *others = sheets
    if not others:
        return first
    picked = [(sheet, column) for sheet in sheets for column in range(len(sheet.head))]
    picked = [(sheet, column) for sheet, column in picked if sheet is first or not sheet.same[column]]
    head = []
    for sheet, column in picked:
        titles = dict.fromkeys([sheet.head[column], *(one.head[column] for one in others)])
        head.append(" / ".join(titles) if sheet.same[column] else sheet.head[column])
    rows = tuple(tuple(sheet.rows[line][column] for sheet, column in picked) for line in range(len(first.rows)))
    return Sheet(
        id=first.id,
        title=" ".join(dict.fromkeys(sheet.title for sheet in sheets)),
        head=tuple(head),
        rows=rows,
        same=tuple(sheet.same[column] for sheet, column in picked),
        wide=tuple(sheet.wide[column] for sheet, column in picked),
    )


def _sheet(name: str, material: Material) -> Sheet:  # noqa: C901, PLR0911, PLR0912 - one answer a table
    match name:
        case "about":
            return _about(material)
        case "timeline":
            return _timeline(material)
        case "steps":
            return _of_table(name, _("Steps"), happenings.steps_table(material), same=(0, 1, 2))
        case "duties":
            return _of_table(name, _("Duties"), happenings.duties_table(material), same=(0, 1, 4, 5))
        case "escalations":
            return _of_table(name, _("Escalations"), happenings.escalations_table(material), same=(0, 1, 2))
        case "refusals":
            return _of_table(name, _("Refusals"), happenings.refusals_table(material), same=(0, 1, 2))
        case "messages":
            return _of_table(name, _("Messages"), said.messages_table(material), same=(0, 1, 2))
        case "decisions":
            return _of_table(name, _("Decision log"), said.decisions_table(material), same=(0, 1, 2))
        case "facilitator":
            return _of_table(name, _("Facilitator"), facilitated.table(material), same=(0, 1, 2))
        case "ratings":
            return _of_table(name, _("Ratings"), judged.ratings_table(material), same=(0, 4))
        case "metrics":
            return _of_table(name, _("Metrics"), judged.metrics_table(material), same=())
        case "plan":
            return _of_blocks(name, improvements.plan(material), improvements.plan_head())
        case "controls":
            return _of_table(name, _("Controls"), controls.table(material), same=(1,))
        case _clocks:
            return _of_blocks(name, clocks.clocks(material), clocks.clocks_head())


def _of_blocks(name: str, blocks: Sequence[Block], head: tuple[str, ...]) -> Sheet:
    """The tables of a chapter below each other, with the heading that each stands under."""
    rows: list[tuple[Value, ...]] = []
    chapter, under = blocks[0], ""
    for block in blocks:
        if isinstance(block, Heading):
            under = block.text
        elif isinstance(block, Table):
            rows += [(under, *map(_value, row.cells)) for row in block.rows]
    title = chapter.text if isinstance(chapter, Heading) else name
    return Sheet(name, title, ("", *head), tuple(rows), (False,) * (len(head) + 1), (20, *(24 for _title in head)))


def _of_table(name: str, title: str, table: Table, *, same: Iterable[int]) -> Sheet:
    """A table of the report; a column that is the same in all languages keeps only what is: date and time."""
    shared = set(same)
    rows = tuple(
        tuple(
            value.partition("\n")[0] if column in shared and isinstance(value := _value(cell), str) else _value(cell)
            for column, cell in enumerate(row.cells)
        )
        for row in table.rows
    )
    flags = tuple(column in shared for column in range(len(table.head)))
    return Sheet(name, title, table.head, rows, flags, tuple(4 * wide for wide in table.widths))


def _value(cell: Cell) -> Value:
    """What stands in a spreadsheet: a single sequence number is a number, and of many none is left out.

    A time bears its offset, because programs read it here.
    """
    match cell:
        case Numbers():
            return cell.sequences[0] if len(cell.sequences) == 1 else cell.all_words
        case Moment():
            return cell.instant
        case str():
            return cell


def _about(material: Material) -> Sheet:
    terms = [*exercise_terms(material), *decision_terms(material), *record_terms(material)]
    rows = [
        *terms,
        *(("", block.text) for block in pinning(material) if isinstance(block, Paragraph)),
        *(("" if place else _("What this proves"), words) for place, words in enumerate(proof_words(material))),
    ]
    return Sheet("about", _("About"), (_("About"), ""), tuple(rows), (False, False), (28, 90))


def _timeline(material: Material) -> Sheet:
    clock = material.teller.clock
    rows = []
    for number, fact in enumerate(material.account.facts):
        day = clock.day(fact.at)
        details = [
            _("{title}: {value}").format(title=title, value=words) if title else words
            for title, words in material.teller.details(number)
        ]
        rows.append(
            (
                number,
                day.isoformat() if day is not None else "",
                clock.time(fact.at),
                fact.at,
                clock.instant(fact.at),
                fact.incident or "",
                fact.kind.value,
                material.source(number),
                f"#{material.undone[number]}" if number in material.undone else "",
                marked_sentence(material.teller, number),
                "\n".join(details),
            )
        )
    head = (
        _("No."),
        _("Date"),
        _("Time"),
        _("Since the start (ms)"),
        _("Instant"),
        _("Incident"),
        _("Kind of fact"),
        _("Source"),
        _("Undone by"),
        _("What happened"),
        _("Texts and contents"),
    )
    same = (*(True,) * 9, False, False)
    return Sheet("timeline", _("Timeline"), head, tuple(rows), same, (7, 12, 10, 14, 26, 16, 20, 12, 10, 80, 60))
