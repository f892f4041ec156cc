"""The papers for an exercise with people, made from a scenario or a playbook: one table.

The options of `incidentsim preview` and the home's export menu are filters of it. A new paper is a maker and a row.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from incidentsim.domain.errors import InputError
from incidentsim.domain.text import Language
from incidentsim.messages import N_, spoken
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from datetime import datetime

    from incidentsim.domain.playbook import Playbook
    from incidentsim.domain.scenario import Scenario
    from incidentsim.exercise.forecast.shapes import Preview
    from incidentsim.exports.documents.model import Document, Part


@dataclass(frozen=True, slots=True)
class PaperSource:
    """The material of papers. `forecast` plays the scenario many times, so it is called only where it is needed.

    Without a `scenario` only such papers can be made as need none. `roles` are those that cards are wanted for; empty:
    all.
    """

    playbook: "Playbook"
    scenario: "Scenario | None"
    forecast: "Callable[[], Preview]"
    roles: tuple[str, ...] = ()

    @property
    def story(self) -> "Scenario":
        """The scenario.

        Raises:
            InputError: there is none.
        """
        if self.scenario is None:
            message = _("This paper needs a scenario; “{playbook}” is a playbook.")
            raise InputError(message.format(playbook=self.playbook.id))
        return self.scenario


PaperMaker = Callable[[PaperSource, Sequence[Language], str], bytes]
"""Makes a paper in these languages, in the format that the suffix of its file says (`.csv`, `.md`)."""

PAGES: Final = (".md", ".html", ".docx", ".pdf")
"""The suffixes of a paper that consists of pages."""
_SAME: Final[Mapping[str, str]] = {".markdown": ".md", ".htm": ".html"}
"""Other suffixes for the same format."""


@dataclass(frozen=True, slots=True)
class PreparationPaper:
    """One paper.

    Attributes:
        id: the option of `incidentsim preview` that writes it, without the dashes.
        title: what menus call it: a message.
        help: what the help of the option says: a message.
        saved_as: the name that is proposed for its file; may hold `{scenario}`.
        make: makes it.
        suffixes: those by which a file says its format.
        of_playbook: it needs no scenario.
    """

    id: str
    title: str
    help: str
    saved_as: str
    make: PaperMaker
    suffixes: tuple[str, ...] = PAGES
    of_playbook: bool = False

    def say(self) -> str:
        """Its title in the language spoken now."""
        return _(self.title)

    def say_help(self) -> str:
        """Return the help of its option, in the language spoken now."""
        return _(self.help)

    def file_for(self, scenario: str) -> str:
        """Return the name that is proposed for its file; where the usual format cannot be made here, in another one."""
        name = self.saved_as.format(scenario=scenario)
        try:
            self.suffix_of(name)
        except InputError:
            others = [suffix for suffix in self.suffixes if suffix not in {".pdf", ".docx", ".xlsx", ".md"}]
            return name[: name.rfind(".")] + others[0]
        return name

    def suffix_of(self, file: str) -> str:
        """Return the suffix that says how a file of this name is to be written.

        Raises:
            InputError: it says none of the formats of this paper, or something that is needed for it is not installed.
        """
        dot = file.rfind(".")
        suffix = file[dot:].lower() if dot >= 0 else ""
        suffix = _SAME.get(suffix, suffix)
        if suffix not in self.suffixes:
            message = _("{path}: the suffix says how the file is written; it must be one of: {suffixes}.")
            raise InputError(message.format(path=file, suffixes=_(", ").join(self.suffixes)))
        if suffix == ".pdf":
            from incidentsim.exports.documents.pdf_file import check_typesetter

            check_typesetter()
        if suffix == ".docx":
            from incidentsim.exports.documents.docx_file import check_word

            check_word()
        if suffix == ".xlsx":
            from incidentsim.exports.documents.xlsx_file import check_workbooks

            check_workbooks()
        return suffix


def _pages(compose: "Callable[[PaperSource, Language], Sequence[Part]]") -> PaperMaker:
    """The maker of a paper that consists of pages, from what composes them while a language is spoken."""

    def make(source: PaperSource, languages: Sequence[Language], suffix: str) -> bytes:
        from incidentsim.exports.documents.model import Document

        parts: list[Part] = []
        for language in languages:
            with spoken(language):
                parts += compose(source, language)
        return _written(Document(_dated(source), tuple(parts)), suffix)

    return make


def _dated(source: PaperSource) -> "datetime":
    """When the exercise is set."""
    from incidentsim.exports.documents.dates import file_date

    return file_date(source.scenario.starts if source.scenario is not None else None)


def _written(paper: "Document", suffix: str) -> bytes:
    match suffix:
        case ".html":
            from incidentsim.exports.documents import html_page

            return html_page.render(paper)
        case ".docx":
            from incidentsim.exports.documents import docx_file

            return docx_file.render(paper)
        case ".pdf":
            from incidentsim.exports.documents import pdf_file

            return pdf_file.render(paper)
        case _:
            from incidentsim.exports.documents import markdown_page

            return markdown_page.render(paper)


def _handout(source: PaperSource, language: Language) -> "Sequence[Part]":
    from incidentsim.exports.preparation.handout import handout, scene_of

    return [handout(source.playbook, scene_of(source.story), language)]


def _cards(source: PaperSource, language: Language) -> "Sequence[Part]":
    from incidentsim.exports.preparation.cards import cards, cast_of

    return cards(source.playbook, cast_of(source.scenario), language, source.roles)


def _injects(source: PaperSource, language: Language) -> "Sequence[Part]":
    from incidentsim.exports.preparation.inject_sheets import inject_sheets

    return inject_sheets(source.forecast(), language)


def _guide(source: PaperSource, language: Language) -> "Sequence[Part]":
    from incidentsim.exports.preparation.guide import guide

    return [guide(source.forecast(), language)]


def _evaluator(source: PaperSource, language: Language) -> "Sequence[Part]":
    from incidentsim.exports.preparation.evaluator import evaluator_sheet

    return [evaluator_sheet(source.playbook, source.scenario, language)]


def _events(source: PaperSource, language: Language) -> "Sequence[Part]":
    from incidentsim.exports.preparation.msel import msel

    return [msel(source.forecast(), language)]


def _msel(source: PaperSource, languages: Sequence[Language], suffix: str) -> bytes:
    if suffix not in {".csv", ".xlsx"}:
        return _pages(_events)(source, languages, suffix)
    from incidentsim.exports.documents import csv_file, xlsx_file
    from incidentsim.exports.preparation.msel import msel_sheet

    sheet = msel_sheet(source.forecast(), languages)
    return csv_file.render(sheet) if suffix == ".csv" else xlsx_file.render([sheet], _dated(source))


PAPERS: tuple[PreparationPaper, ...] = (
    PreparationPaper(
        "handout",
        N_("The participant handout, which gives nothing away"),
        N_("Write the participant handout as .md, .html, .docx or .pdf, by the suffix."),
        "{scenario}-handout.pdf",
        _pages(_handout),
    ),
    PreparationPaper(
        "cards",
        N_("The role cards, one page for each role, which give nothing away"),
        N_("Write the role cards as .md, .html, .docx or .pdf, by the suffix; for all roles, or for those of --role."),
        "{scenario}-cards.pdf",
        _pages(_cards),
        of_playbook=True,
    ),
    PreparationPaper(
        "injects",
        N_("The injects, one page each, to be handed out when their time has come"),
        N_("Write the injects, one page each to be handed out, as .md, .html, .docx or .pdf, by the suffix."),
        "{scenario}-injects.pdf",
        _pages(_injects),
    ),
    PreparationPaper(
        "guide",
        N_("The facilitator guide, with the ground truth"),
        N_("Write the facilitator guide as .md, .html, .docx or .pdf, by the suffix."),
        "{scenario}-guide.pdf",
        _pages(_guide),
    ),
    PreparationPaper(
        "msel",
        N_("The master scenario events list (MSEL), with the ground truth"),
        N_("Write the master scenario events list (MSEL) as .csv, .xlsx, .md, .html, .docx or .pdf, by the suffix."),
        "{scenario}-events.xlsx",
        _msel,
        (".csv", ".xlsx", *PAGES),
    ),
    PreparationPaper(
        "evaluator",
        N_("The evaluator's sheet: what is observed and rated"),
        N_("Write the evaluator's sheet (an exercise evaluation guide) as .md, .html, .docx or .pdf, by the suffix."),
        "{scenario}-evaluator.pdf",
        _pages(_evaluator),
        of_playbook=True,
    ),
)
"""All papers. What gives nothing away stands first: it may be handed to anybody."""
