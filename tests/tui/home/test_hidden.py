"""Nothing in the home gives a scenario away to whoever is to play it."""

from pathlib import Path

import pytest

from incidentsim import composition, messages
from incidentsim.definitions.scenario.cards import ScenarioCard, scenario_card
from incidentsim.domain.text import Language, Text
from incidentsim.ledger.store import RunInfo
from incidentsim.service.library import Shelf
from incidentsim.session.seat_view import PersonView
from incidentsim.tui.home.about import details
from incidentsim.tui.home.filter import Filter, choices
from incidentsim.tui.home.rows import asked_words, level_words, run_lines, scenario_lines
from incidentsim.tui.home.stock import Stock
from incidentsim.tui.table.head import _seated

SHIPPED = sorted(composition.shipped("scenarios").glob("*.yaml"))


def run_of(card: ScenarioCard, last: str) -> RunInfo:
    return RunInfo("run-1", "2026-01-05T08:00:00.000Z", card.id, card.playbook, 3, last, 60_000)


def stock_of(card: ScenarioCard, last: str = "step_taken") -> Stock:
    return Stock(shelf=Shelf((card,), ()), runs=(run_of(card, last),))


def told(stock: Stock, language: Language, *, revealed: bool) -> str:
    """Everything that the home says of the only scenario and the only run."""
    chosen, said = Filter(revealed=revealed), []
    for section, name in (("scenarios", stock.cards[0].id), ("unfinished", "run-1"), ("finished", "run-1")):
        lines = (
            scenario_lines(stock, chosen, language) if section == "scenarios" else run_lines(stock, section, language)
        )
        said += [piece.text for one in lines for piece in one.pieces]
        if section == "scenarios" or lines:
            heading, parts = details(stock, section, name, language, revealed=revealed)
            said += [heading, *(word for part in parts for word in part)]
        said.append(asked_words(stock, section, chosen))
    said += [title for _name, title in choices(stock.cards, chosen)]
    return "\n".join(said)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_level_tags_and_id_of_a_scenario_are_not_told_before_its_run_is_over(path: Path, language: Language) -> None:
    messages.use(language)
    card = scenario_card(path.read_bytes(), path)
    here = told(stock_of(card), language, revealed=False)
    known = [card.playbook, *(text.say(language) for text in (card.summary, card.organisation, *card.objectives))]
    tags = {tag for tag in card.tags if "-" in tag and not any(tag in words for words in known)}
    level = level_words(card)
    hidden = {objective.say(language) for objective in card.hidden_objectives}
    assert {one for one in {card.id, str(path), level, *tags, *hidden} if one in here} == set()
    assert card.title.say(language) in here
    messages.use("en")


def test_a_facilitator_is_told_all_of_it() -> None:
    card = scenario_card(SHIPPED[0].read_bytes(), SHIPPED[0])
    here = told(stock_of(card), "en", revealed=True)
    objectives = [objective.en for objective in (*card.objectives, *card.hidden_objectives)]
    assert [one for one in (card.id, f"level {card.level}", *card.tags, *objectives) if one not in here] == []


def test_of_a_run_that_is_over_it_is_told_to_everybody() -> None:
    card = scenario_card(SHIPPED[0].read_bytes(), SHIPPED[0])
    here = dict(details(stock_of(card, "exercise_ended"), "finished", "run-1", "en", revealed=False)[1])
    assert here["Scenario"] == card.id
    assert here["What it is about"].startswith(f"level {card.level}")


def test_a_run_of_a_scenario_that_is_on_no_shelf_bears_its_title() -> None:
    stock = Stock(runs=(run_of(scenario_card(SHIPPED[0].read_bytes(), SHIPPED[0]), "step_taken"),))
    stock.titles = {stock.runs[0].scenario: Text("A title", "标题")} if stock.runs else {}
    assert [one.pieces[1].text.strip() for one in run_lines(stock, "unfinished", "zh")] == ["标题"]


@pytest.mark.parametrize(("roles", "said"), [(("Lead",), "Ann (Lead)"), (("Lead", "Head"), "Ann (Lead…)"), ((), "Ann")])
def test_the_head_of_the_table_names_the_role_beside_the_name(roles: tuple[str, ...], said: str) -> None:
    assert _seated(PersonView("ann", "p1", "Ann", roles, roles)) == said
