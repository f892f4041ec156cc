"""What the sections of the home list, line by line."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from incidentsim.domain.text import Language
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.exports.wording.plain_text import pad, visible, width
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.tui.home.filter import Filter, length, value_words
from incidentsim.tui.home.stock import PART_OF, Stock
from incidentsim.tui.widgets.line_list import Line, Piece, line
from incidentsim.tui.widgets.text import cut, lines

if TYPE_CHECKING:  # what reads definitions is slow to import, and the first screen must be there at once
    from incidentsim.definitions.scenario.cards import ScenarioCard
    from incidentsim.domain.playbook import Playbook
    from incidentsim.ledger.store import RunInfo
    from incidentsim.service.workshop import ArchetypeCard

WIDEST_TITLE = 44
"""Columns of a title in a list; what is longer is cut."""


def section_names() -> list[str]:
    """Return the titles of the sections, from left to right."""
    return [_("Scenarios"), _("Unfinished"), _("Finished"), _("Playbooks"), _("New from archetype")]


def waiting_words(section: str) -> str:
    """Return the sentence that a section shows before it is loaded."""
    return {"unfinished": _("Opening the record…"), "finished": _("Opening the record…")}.get(section, _("Reading…"))


def empty_words(section: str, sought: str = "") -> str:
    """Return the sentence that an empty section shows, with what can be done about it; `sought` are words for runs."""
    if sought and PART_OF[section] == "runs":
        return _("No run has these words. c shows all of them.")
    return {
        "scenarios": _("No scenario is as you asked. c shows all of them."),
        "unfinished": _("No run is unfinished. Press 1 and Enter to begin one."),
        "finished": _("No run is finished yet. Press 1 and Enter to begin one."),
        "playbooks": _("There is no playbook here."),
        "new": _("There is no archetype here."),
    }[section]


def asked_words(stock: Stock, section: str, chosen: Filter) -> str:
    """Return the number of runs or scenarios in a section, and the conditions that are set.

    It is empty for other sections, and where loading failed.
    """
    if PART_OF[section] in stock.troubles:
        return ""
    if PART_OF[section] == "runs":
        runs = len(stock.all_runs_of(section))
        count = ngettext("{n} run", "{n} runs", runs).format(n=runs)
        if stock.sought:
            shown, words = len(stock.runs_of(section)), _("“{words}”").format(words=stock.sought)
            return _("{shown} of {count} · {filter}").format(shown=shown, count=count, filter=words)
        more = stock.left_out(section)
        if not more:
            return count
        return _("{count} · not shown, because hidden or not begun: {n} (a shows them)").format(count=count, n=more)
    if section != "scenarios":
        return ""
    total, shown = len(stock.cards), sum(map(chosen.passes, stock.cards))
    count = ngettext("{n} scenario", "{n} scenarios", total).format(n=total)
    if chosen.empty:
        return count
    return _("{shown} of {count} · {filter}").format(shown=shown, count=count, filter=chosen.told())


def section_lines(stock: Stock, section: str, chosen: Filter, language: Language, columns: int) -> list[Line]:
    """The lines of a section; where it could not be loaded, the reason."""
    trouble = stock.troubles.get(PART_OF[section])
    if trouble is not None:
        wrapped = [line(Piece(one, "bad" if not n else "")) for n, one in enumerate(lines(f"✕ {trouble}", columns))]
        return [*wrapped, line(""), line(Piece(_("Press F5 to try again; everything else works."), "dim"))]
    if section == "scenarios":
        return scenario_lines(stock, chosen, language)
    if section == "playbooks":
        return playbook_lines(stock.playbooks or (), language)
    if section == "new":
        return archetype_lines(stock.archetypes or (), language)
    return run_lines(stock, section, language)


def scenario_lines(stock: Stock, chosen: Filter, language: Language) -> list[Line]:
    """The scenarios that are as asked, then the files that cannot be read."""
    cards = [card for card in stock.cards if chosen.passes(card)]
    titles = _column([card.title.say(language) for card in cards])
    counts = _column([_size(card) for card in cards])
    about = [_subject(card) if chosen.revealed else _demands(card) for card in cards]
    lines = [
        line(title, "  ", count, Piece("  " + words, "dim"), name=card.id)
        for card, title, count, words in zip(cards, titles, counts, about, strict=True)
    ]
    for path, reason in stock.shelf.unread if stock.shelf is not None else ():
        lines.append(line(Piece("✕ ", "bad"), path.name, Piece("  " + reason, "dim"), name=f"wrong/{path}"))
    return lines


def run_lines(stock: Stock, section: str, language: Language) -> list[Line]:
    """Recorded runs: when each began, what is played, how far it came."""
    runs = stock.runs_of(section)
    titles = _column([scenario_title(stock, one, language) for one in runs])
    return [
        line(
            Piece(one.created[:16].replace("T", " ") + "  ", "dim"),
            title,
            Piece("  " + so_far(one), "dim"),
            Piece("  " + _("“{words}”").format(words=stock.name(one)) if stock.name(one) else "", "accent"),
            Piece("  " + _("(hidden)") if stock.hidden(one) else "", "dim"),
            name=one.id,
        )
        for one, title in zip(runs, titles, strict=True)
    ]


def playbook_lines(playbooks: "Sequence[Playbook]", language: Language) -> list[Line]:
    """Playbooks with how much is in each."""
    titles = _column([one.title.say(language) for one in playbooks])
    return [
        line(title, Piece("  " + in_playbook(one), "dim"), name=one.id)
        for one, title in zip(playbooks, titles, strict=True)
    ]


def archetype_lines(archetypes: "Sequence[ArchetypeCard]", language: Language) -> list[Line]:
    """Archetypes with the levels that each can reach."""
    titles = _column([one.title.say(language) for one in archetypes])
    levels = _column([_levels(one) for one in archetypes])
    return [
        line(title, "  ", reached, Piece("  " + ", ".join(one.tags), "dim"), name=one.id)
        for one, title, reached in zip(archetypes, titles, levels, strict=True)
    ]


def level_words(card: "ScenarioCard") -> str:
    """The level of the most severe incident."""
    if card.level is None:
        return _("not graded") if card.is_incident else _("no incident")
    return _("level {n}").format(n=card.level)


def injects_words(card: "ScenarioCard") -> str:
    """Return the number of injects, in words."""
    return ngettext("{n} inject", "{n} injects", card.injects).format(n=card.injects)


def people_words(card: "ScenarioCard") -> str:
    """Return the number of people in the story, in words."""
    if card.roster is not None:
        return _("people of the roster {roster}").format(roster=visible(card.roster))
    return ngettext("{n} person", "{n} people", card.people).format(n=card.people)


def _size(card: "ScenarioCard") -> str:
    """How long it takes, and how many seats there are."""
    return _(" · ").join([value_words("length", length(card)), people_words(card)])


def _demands(card: "ScenarioCard") -> str:
    """The difficulty, where it is known, and the languages."""
    difficulty = [_("difficulty {n}").format(n=card.difficulty)] if card.difficulty is not None else []
    spoken = _(", ").join(value_words("language", one) for one in card.languages)
    return _(" · ").join([*difficulty, spoken])


def _subject(card: "ScenarioCard") -> str:
    """The level and the tags, for a facilitator."""
    tags = ", ".join(tag for tag in card.tags if not tag.startswith(("level-", "difficulty-")))
    return _(" · ").join(part for part in (level_words(card), tags) if part)


def _levels(archetype: "ArchetypeCard") -> str:
    return _("level {n}").format(n=",".join(map(str, archetype.levels)))


def in_playbook(playbook: "Playbook") -> str:
    """Return the numbers of tracks, duties and clauses in a playbook, in words."""
    tracks, duties, clauses = len(playbook.tracks), len(playbook.duties), len(playbook.clauses)
    parts = [
        ngettext("{n} track", "{n} tracks", tracks).format(n=tracks),
        ngettext("{n} duty", "{n} duties", duties).format(n=duties),
        ngettext("{n} clause", "{n} clauses", clauses).format(n=clauses),
    ]
    return _(" · ").join(parts)


def so_far(run: "RunInfo") -> str:
    """Return how long a run took, or how much of it has been played, in the time of the exercise."""
    if run.last_at is None:
        return _("nothing has happened yet")
    if run.finished:
        return _("took {length}").format(length=duration_words(run.last_at))
    return _("{length} played").format(length=duration_words(run.last_at))


def scenario_title(stock: Stock, run: "RunInfo", language: Language) -> str:
    """Return the title of a run's scenario, or its id where the scenario is not known here any more."""
    title = stock.title(run.scenario)
    return title.say(language) if title is not None else run.scenario


def _column(texts: Sequence[str]) -> list[str]:
    """The same texts, cut and filled up to one width."""
    short = [cut(text, WIDEST_TITLE) for text in texts]
    columns = max(map(width, short), default=0)
    return [pad(text, columns) for text in short]
