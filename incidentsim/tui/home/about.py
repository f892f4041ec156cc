"""All there is to know about the thing at the cursor of the home."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from incidentsim.domain.text import Language
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.tui.home.filter import length, value_words
from incidentsim.tui.home.rows import in_playbook, injects_words, level_words, people_words, scenario_title, so_far
from incidentsim.tui.home.stock import Stock

if TYPE_CHECKING:  # what reads definitions is slow to import, and the first screen must be there at once
    from incidentsim.definitions.library.library import Located
    from incidentsim.definitions.scenario.cards import ScenarioCard
    from incidentsim.domain.playbook import Playbook
    from incidentsim.ledger.store import RunInfo
    from incidentsim.service.workshop import ArchetypeCard

Details = tuple[str, list[tuple[str, str]]]
"""A heading, and titles with texts."""


def details(stock: Stock, section: str, name: str | None, language: Language, *, revealed: bool) -> Details:
    """Return the heading, titles and texts for the line `name` of a section; all empty where nothing is known of it.

    What a scenario is about (level, tags, ids) is told only where it is `revealed`, and of a run that is over.
    """
    nothing: Details = ("", [])
    if name is None:
        return nothing
    if section == "scenarios":
        card = stock.card(name)
        located = stock.shelf.located.get(name) if stock.shelf is not None else None
        return _of_scenario(stock, card, located, language, revealed=revealed) if card else _of_wrong(stock, name)
    if section == "playbooks":
        playbook = next((one for one in stock.playbooks or () if one.id == name), None)
        return _of_playbook(playbook, stock.playbook_files.get(name), language) if playbook is not None else nothing
    if section == "new":
        archetype = next((one for one in stock.archetypes or () if one.id == name), None)
        return _of_archetype(archetype, language) if archetype is not None else nothing
    run = stock.run(name)
    return _of_run(stock, run, language, revealed=revealed) if run is not None else nothing


def _of_scenario(
    stock: "Stock", card: "ScenarioCard", located: "Located | None", language: Language, *, revealed: bool
) -> Details:
    facts = [
        _("{kind}: {value}").format(kind=_("Length"), value=value_words("length", length(card))),
        injects_words(card),
        people_words(card),
    ]
    facts += [_("difficulty {n}").format(n=card.difficulty)] if card.difficulty is not None else []
    spoken = _(", ").join(value_words("language", one) for one in card.languages)
    parts = [
        ("", _(" · ").join(facts)),
        ("", card.summary.say(language)),
        (_("Objectives"), _objectives(card, language, revealed=revealed)),
        (_("Organisation"), card.organisation.say(language)),
        (_("Languages"), spoken),
        (_("Playbook"), stock.playbook_title(card.playbook, language)),
        (_("Where from"), _where_from(located)),
        *(_given_away(card) if revealed else [("", _hidden_words())]),
    ]
    return card.title.say(language), [part for part in parts if part[1]]


def _where_from(located: "Located | None") -> str:
    """The folder of a definition; its file's name may give something away."""
    if located is None:
        return ""
    if located.origin == "shipped":
        return _("comes with the program")
    folder = str(located.path.parent)
    if located.hides is None:
        return folder
    return _("{folder}, in place of the one that comes with the program").format(folder=folder)


def _objectives(card: "ScenarioCard", language: Language, *, revealed: bool) -> str:
    """The objectives that participants may know, and those that give something away only when they are revealed."""
    told = [*card.objectives, *(card.hidden_objectives if revealed else ())]
    return "\n".join(f"· {objective.say(language)}" for objective in told)


def _given_away(card: "ScenarioCard") -> list[tuple[str, str]]:
    """What whoever plays is to find out."""
    incidents = ngettext("{n} incident", "{n} incidents", card.incidents).format(n=card.incidents)
    return [
        (_("What it is about"), _(" · ").join([level_words(card), incidents])),
        (_("Tags"), ", ".join(card.tags)),
        (_("File"), str(card.path) if card.archetype is not None else card.id),
    ]


def _hidden_words() -> str:
    return _("Level, tags and file would give the answers away. For the facilitator, v shows what it is about.")


def _of_wrong(stock: Stock, name: str) -> Details:
    unread = stock.shelf.unread if stock.shelf is not None else ()
    return next(
        ((path.name, [(_("This file cannot be used"), reason)]) for path, reason in unread if name == f"wrong/{path}"),
        ("", []),
    )


def _of_run(stock: Stock, run: "RunInfo", language: Language, *, revealed: bool) -> Details:
    told = revealed or run.finished
    card = stock.card(run.scenario) if told else None
    entries = ngettext("{n} entry", "{n} entries", run.entries).format(n=run.entries)
    going = _("Enter goes on where it was.") if not run.finished else _("Enter shows how it went.")
    parts = [
        ("", going),
        (_("Name of the run"), stock.name(run)),
        (_("Begun"), _("{time} UTC").format(time=run.created[:16].replace("T", " "))),
        (_("So far"), so_far(run)),
        (_("Record"), _(" · ").join([run.id, entries])),
        *([(_("Scenario"), run.scenario)] if told else []),
        (_("Playbook"), stock.playbook_title(run.playbook, language)),
        *(_given_away(card) if card is not None else []),
    ]
    return scenario_title(stock, run, language), [part for part in parts if part[1]]


def _of_playbook(playbook: "Playbook", located: "Located | None", language: Language) -> Details:
    def listed(titles: Sequence[str]) -> str:
        return "\n".join(f"· {one}" for one in titles)

    sources = [one.title.say(language) for one in playbook.sources.values()]
    tracks = [one.title.say(language) for one in playbook.tracks.values()]
    phases = _(" → ").join(one.title.say(language) for one in playbook.phases.values())
    parts = [
        ("", in_playbook(playbook)),
        (_("Phases"), phases),
        (_("Tracks"), listed(tracks)),
        (_("Sources"), listed(sources)),
        (_("Version"), f"{playbook.id} {playbook.version}"),
        (_("Where from"), _where_from(located)),
    ]
    return playbook.title.say(language), [part for part in parts if part[1]]


def _of_archetype(archetype: "ArchetypeCard", language: Language) -> Details:
    parts = [
        ("", _("Enter draws a story from it: choose how grave and how hard it is, and see what comes out.")),
        (_("Levels"), ", ".join(map(str, archetype.levels))),
        (_("Tags"), ", ".join(archetype.tags)),
        (_("Techniques (MITRE ATT&CK)"), ", ".join(archetype.attack)),
    ]
    return archetype.title.say(language), [part for part in parts if part[1]]
