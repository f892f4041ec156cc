"""A playbook to be read: the outline of its tracks, its duties, clauses and roles, and its picture saved."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.exports import diagram
from incidentsim.ledger.memory import MemoryStore
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.dialogs.detail import DetailScreen
from incidentsim.tui.dialogs.help import HelpScreen
from incidentsim.tui.home.screen import HomeScreen
from incidentsim.tui.playbook.outline import Outline, section_names
from incidentsim.tui.playbook.screen import PlaybookScreen
from incidentsim.tui.widgets.line_list import LineList
from incidentsim.tui.widgets.tabs import Tabs
from tests.support.home_screens import home, press, screen, settled, told, visit
from tests.support.screens import LARGE, SMALL, service_on

Looks = Callable[..., None]
RULES = "platform-incidents"


def reading(name: str | Path = RULES, language: Language = "en") -> IncidentSim:
    return home(language, start=lambda app: app.push_screen(PlaybookScreen(name)))


def listed(pilot: Pilot[None]) -> LineList:
    return pilot.app.screen.query_one("#list", LineList)


def lines(pilot: Pilot[None]) -> list[str]:
    return [" ".join("".join(piece.text for piece in one.pieces).split()) for one in listed(pilot).lines]


async def to(pilot: Pilot[None], name: str) -> None:
    """Put the cursor on a line."""
    listed(pilot).cursor = next(n for n, one in enumerate(listed(pilot).lines) if one.name == name)
    await settled(pilot)


def test_the_outline_tells_phases_tracks_states_and_steps_with_what_they_rest_on() -> None:
    async def check(pilot: Pilot[None]) -> None:
        assert told(pilot, "head") == "Playbook: Platform incident rules"
        assert told(pilot, "asked") == "Monitoring → Handling → Feedback and closure → Review"
        shown = lines(pilot)
        assert shown[:4] == [
            "Course of the incident",
            "── Monitoring ──",
            "▶ Not yet noticed (begins here)",
            "→ Discover the incident → Discovered Reporting person [M1]",
        ]
        assert "■ Dismissed as not an incident (may end here)" in shown

    visit(reading(), check)


def test_a_step_tells_who_takes_it_what_it_asks_for_and_what_its_clause_says() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await to(pilot, "step/lifecycle/1/discovered")
        assert told(pilot, "about-title") == "Report to the response team"
        said = told(pilot, "about-text")
        for part in ("Reporting person", "Discovered → Reported to the response team", "Clause M2", "by e-mail"):
            assert part in said
        await press(pilot, "enter")
        assert isinstance(screen(pilot), DetailScreen)
        assert "by e-mail" in told(pilot, "told")
        await press(pilot, "ctrl+l")
        assert "报告" in told(pilot, "told")

    visit(reading(), check, LARGE)


def test_what_a_step_needs_elsewhere_is_told_in_words() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await to(pilot, next(one.name or "" for one in listed(pilot).lines if "Declare it resolved" in str(one.pieces)))
        assert "Needs" in told(pilot, "about-text")

    visit(reading(), check, LARGE)


def test_duties_tell_who_owes_them_and_how_long_they_may_take() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "2")
        assert lines(pilot)[0].startswith("Report immediately Reporting person ungraded: 15 minutes")
        said = told(pilot, "about-text")
        for part in ("Owed by", "Begins with", "Ends with", "Time allowed", "What the time rests on"):
            assert part in said

    visit(reading(), check, LARGE)


def test_clauses_tell_their_text_and_every_rule_that_rests_on_them() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "3")
        await to(pilot, "clause/M2")
        assert told(pilot, "about-title") == "Clause M2"
        assert "· Report to the response team" in told(pilot, "about-text")

    visit(reading(), check, LARGE)


def test_roles_tell_their_deputies_steps_and_duties_and_bodies_their_members() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "4")
        await to(pilot, "role/security_administrator")
        assert "· Evaluate the incident" in told(pilot, "about-text")
        assert "Owes" in told(pilot, "about-text")
        await to(pilot, "body/response_team")
        assert "Response team lead" in told(pilot, "about-text")

    visit(reading(), check, LARGE)


def test_levels_tell_their_thresholds_and_the_matrix_who_is_told_and_how() -> None:
    outline = Outline(service_on(MemoryStore()).library.playbook(RULES), "en")
    told_lines = ["".join(piece.text for piece in one.pieces) for one in outline.lines(4)]
    assert "  · personal records exposed: 100,000 or more" in told_lines
    assert any("the attacker is still active: yes  1 level more severe" in text for text in told_lines)
    title, parts = outline.about("level/2")
    assert title == "Level 2 (critical)"
    assert "users affected: 100,000 or more" in dict(parts)["Reached with any of these"]
    _title, parts = outline.about("escalation/1")
    assert dict(parts)["When"] == "graded Level 3 (major)"
    assert dict(parts)["Hours"] == "in working hours"
    assert "Chief technology officer" in dict(parts)["To whom"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_of_every_shipped_playbook_can_be_told(language: Language) -> None:
    for playbook in service_on(MemoryStore()).library.playbooks():
        outline = Outline(playbook, language)
        for section in range(len(section_names())):
            found = [one.name for one in outline.lines(section) if one.name is not None]
            assert len(found) == len(set(found)), "every line can be told from the others"
            for name in found:
                title, parts = outline.about(name)
                assert title
                assert all(words for _title, words in parts)
        clauses = [one.name for one in outline.lines(2) if one.name is not None]
        assert clauses == [f"clause/{name}" for name in playbook.clauses]


def test_digits_and_clicks_go_to_the_sections_and_each_keeps_its_place() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "down", "down")
        before = listed(pilot).name_at_cursor
        await press(pilot, "3", "down", "1")
        assert listed(pilot).name_at_cursor == before
        await pilot.click(Tabs, offset=(16, 0))
        await settled(pilot)
        assert (listed(pilot).name_at_cursor or "").startswith("duty/")

    visit(reading(), check)


def test_words_narrow_the_lines_and_c_shows_all_again() -> None:
    async def check(pilot: Pilot[None]) -> None:
        everything = len(lines(pilot))
        await press(pilot, "slash", *"review", "enter")
        assert 0 < len(lines(pilot)) < everything
        assert all("review" in one.casefold() for one in lines(pilot))
        assert "lines with “review”" in told(pilot, "asked")
        await press(pilot, "slash", *"xyzzy", "enter")
        assert "c shows all of them" in listed(pilot).render_line(0).text
        await press(pilot, "c")
        assert len(lines(pilot)) == everything

    visit(reading(), check)


@pytest.mark.parametrize(("downs", "file"), [(1, "mmd"), (2, "dot")])
def test_s_saves_the_picture_as_text(downs: int, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "s", *["down"] * downs, "enter", "enter")
        playbook = service_on(MemoryStore()).library.playbook(RULES)
        draw = diagram.mermaid if file == "mmd" else diagram.dot
        assert (tmp_path / f"{RULES}.{file}").read_text(encoding="utf-8") == draw(playbook, "en")

    visit(reading(), check)


def test_s_saves_a_picture_or_says_that_graphviz_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "s", "enter", "enter")
        said = str(list(pilot.app._notifications)[-1].message)
        if shutil.which("dot"):
            assert (tmp_path / f"{RULES}.svg").read_bytes().startswith(b"<?xml")
            assert said.startswith("Saved: ")
        else:
            assert "install Graphviz" in said

    visit(reading(), check)


def test_a_playbook_that_is_not_there_is_said() -> None:
    async def check(pilot: Pilot[None]) -> None:
        assert "There is no playbook nonsense" in told(pilot, "about-text")
        await press(pilot, "s", "slash", "enter", "2")
        assert isinstance(screen(pilot), PlaybookScreen)
        await press(pilot, "escape")
        assert isinstance(screen(pilot), HomeScreen)

    visit(reading("nonsense"), check)


def test_another_language_and_another_size_keep_the_place() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "3")
        await to(pilot, "clause/H2")
        await press(pilot, "ctrl+l")
        await pilot.resize_terminal(*LARGE)
        await settled(pilot)
        assert listed(pilot).name_at_cursor == "clause/H2"
        assert "平台信息安全事件处置规程" in told(pilot, "head")

    visit(reading(), check)


def test_help_says_what_the_signs_mean() -> None:
    async def check(pilot: Pilot[None]) -> None:
        await press(pilot, "question_mark")
        assert isinstance(screen(pilot), HelpScreen)
        assert "■ where it may end" in told(pilot, "intro")

    visit(reading(), check, LARGE)


# what it looks like


def test_it_shows_the_tracks(looks: Looks, size: tuple[int, int], language: Language) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await press(pilot, "down", "down", "down")

    looks(reading(language=language), size, before=before)


def test_nothing_has_these_words(looks: Looks, size: tuple[int, int], language: Language) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await press(pilot, "slash", *"xyzzy", "enter")

    looks(reading(language=language), size, before=before)


def test_there_is_no_such_playbook(looks: Looks, size: tuple[int, int], language: Language) -> None:
    looks(reading("nonsense", language), size, before=settled)


def test_it_shows_a_duty(looks: Looks, language: Language) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await press(pilot, "2", "down")

    looks(reading(language=language), LARGE, before=before)


def test_it_shows_a_clause(looks: Looks) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await press(pilot, "3", "down")

    looks(reading(), SMALL, before=before)
