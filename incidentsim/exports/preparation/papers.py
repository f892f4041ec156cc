"""The papers for an exercise with people, made from a scenario: one table.

The options of `incidentsim preview` and the home's export menu are filters of it. A new paper is a maker and a row.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from incidentsim.domain.text import Language
from incidentsim.messages import N_, spoken
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.domain.playbook import Playbook
    from incidentsim.domain.scenario import Scenario
    from incidentsim.exercise.forecast.shapes import Preview

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PaperSource:
    """The material of papers. `forecast` plays the scenario many times, so it is called only where it is needed."""

    playbook: "Playbook"
    scenario: "Scenario"
    forecast: "Callable[[], Preview]"


PaperMaker = Callable[[PaperSource, Sequence[Language], str], bytes]
"""Makes a paper in these languages, in the format that the suffix of its file says (`.csv`, `.md`)."""


@dataclass(frozen=True, slots=True)
class PreparationPaper:
    """One paper.

    Attributes:
        id: the option of `incidentsim preview` that writes it, without the dashes.
        title: what menus call it: a message.
        help: what the help of the option says: a message.
        saved_as: the name that is proposed for its file; may hold `{scenario}`.
        make: makes it.
        suffixes: those by which a file says its format; empty where there is one format whatever the file is called.
    """

    id: str
    title: str
    help: str
    saved_as: str
    make: PaperMaker
    suffixes: frozenset[str] = frozenset()

    def say(self) -> str:
        """Its title in the language spoken now."""
        return _(self.title)

    def say_help(self) -> str:
        """Return the help of its option, in the language spoken now."""
        return _(self.help)


def _handout(source: PaperSource, languages: Sequence[Language], _suffix: str) -> bytes:
    from incidentsim.exports.preparation.handout import handout, scene_of

    scene = scene_of(source.scenario)
    return _pages(_each(languages, lambda language: handout(source.playbook, scene, language)))


def _guide(source: PaperSource, languages: Sequence[Language], _suffix: str) -> bytes:
    from incidentsim.exports.preparation.guide import guide

    preview = source.forecast()
    return _pages(_each(languages, lambda language: guide(preview, language)))


def _msel(source: PaperSource, languages: Sequence[Language], suffix: str) -> bytes:
    from incidentsim.exports.preparation.msel import headings, msel_csv, msel_markdown, msel_rows

    preview = source.forecast()
    if suffix == ".csv":
        return msel_csv(_each(languages, lambda language: (headings(), msel_rows(preview, language))))
    return _pages(_each(languages, lambda language: msel_markdown(preview, language)))


def _pages(pages: Sequence[str]) -> bytes:
    """One document a language, one after the other, with a line between."""
    return "\n---\n\n".join(pages).encode()


def _each(languages: Sequence[Language], make: Callable[[Language], T]) -> list[T]:
    """What is made while the program speaks each of these languages."""
    made = []
    for language in languages:
        with spoken(language):
            made.append(make(language))
    return made


PAPERS: tuple[PreparationPaper, ...] = (
    PreparationPaper(
        "handout",
        N_("The participants' handout, which gives nothing away (Markdown)"),
        N_("Write the participants' handout as Markdown."),
        "{scenario}-handout.md",
        _handout,
    ),
    PreparationPaper(
        "guide",
        N_("The facilitator's guide, with the ground truth (Markdown)"),
        N_("Write the facilitator's guide as Markdown."),
        "{scenario}-guide.md",
        _guide,
    ),
    PreparationPaper(
        "msel",
        N_("The list of events, MSEL, with the ground truth (CSV)"),
        N_("Write the list of events (MSEL) as .csv or .md, by the suffix."),
        "{scenario}-events.csv",
        _msel,
        frozenset({".csv", ".md", ".markdown"}),
    ),
)
"""All papers. What gives nothing away stands first: it may be handed to anybody."""
