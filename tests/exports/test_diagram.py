"""A playbook drawn: every track, phase, state and step, and any text exactly as it was typed."""

import html
import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st

from incidentsim.domain.errors import SurroundingsError
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.text import Text
from incidentsim.exports.diagram import dot, mermaid, svg
from incidentsim.exports.wording.plain_text import visible
from tests.support.examples import examples

NASTY = 'He said "no"; #1 [x]{y}|z| <b>&lt;</b> \\N\\l "`md`" style: a;b\n--> end'


def titled(playbook: Playbook, title: str) -> Playbook:
    """The playbook with this title on its first state."""
    track = playbook.tracks["course"]
    first = replace(track.states["seen"], title=Text(title, title))
    return replace(playbook, tracks={"course": replace(track, states={**track.states, "seen": first})})


def mermaid_says(text: str, node: str) -> str:
    """The label of a node as Mermaid shows it: `#35;` stands for the character with that number."""
    label = re.search(rf'^ +{node}\(\["(.*)"\]\)', text, re.MULTILINE)
    assert label is not None
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), label[1])


def test_mermaid_shows_tracks_phases_states_and_steps(playbook: Playbook) -> None:
    assert mermaid(playbook, "en").splitlines() == [
        "flowchart TD",
        "  classDef final stroke-width:4px",
        '  subgraph track__course["Course"]',
        '    subgraph course__phase__seen["Watching"]',
        '    course__seen(["Seen"])',
        '    course__told["Told"]',
        "    end",
        '    subgraph course__phase__done["Working"]',
        '    course__done["Done"]:::final',
        "    end",
        '    course__seen -->|"Tell the team<br/>Finder"| course__told',
        '    course__told -->|"Take a note<br/>Finder#44; Team"| course__told',
        '    course__told -->|"Settle it<br/>Boss"| course__done',
        '    course__done -.->|"Falls back<br/>by itself"| course__seen',
        "  end",
    ]


def test_a_step_open_to_all_says_anyone(playbook: Playbook) -> None:
    track = playbook.tracks["course"]
    step = replace(track.steps[0], by_named=("anyone",))
    opened = replace(playbook, tracks={"course": replace(track, steps=(step, *track.steps[1:]))})
    assert '"Tell the team<br/>anyone"' in mermaid(opened, "en")


def test_pictures_are_in_the_language_asked_for(playbook: Playbook) -> None:
    assert '"已发现"' in mermaid(playbook, "zh")
    assert 'label="已发现"' in dot(playbook, "zh")


@examples(100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(st.characters(exclude_categories=()), min_size=1))
@example(title=NASTY)
def test_in_mermaid_any_title_reads_as_typed_and_stays_inside_its_quotes(title: str, playbook: Playbook) -> None:
    drawn = mermaid(titled(playbook, title), "en")
    assert len(drawn.splitlines()) == len(mermaid(playbook, "en").splitlines())
    assert mermaid_says(drawn, "course__seen") == visible(title)


@examples(100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(st.characters(exclude_categories=()), min_size=1))
@example(title=NASTY)
@example(title="<b>bold</b>")
@example(title='"')
@example(title="ends in a backslash \\")
def test_in_dot_any_title_stays_inside_its_quotes(title: str, playbook: Playbook) -> None:
    (line,) = [
        line for line in dot(titled(playbook, title), "en").split("\n") if line.strip().startswith("course__seen [")
    ]
    label = re.search(r'label=("(?:[^"\\]|\\.)*"|[A-Za-z_]\w*|-?[\d.]+) peripheries', line)
    assert label is not None, line
    typed = re.sub(r"\\(.)", r"\1", label[1][1:-1] if label[1].startswith('"') else label[1])
    assert html.unescape(typed.replace("&amp;", "&amp;amp;")).replace("&amp;", "&") == visible(title)


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
@pytest.mark.parametrize("title", [NASTY, "<b>bold</b>", "ends in a backslash \\", "中间号“泄露”", "&lt; \\N"])
def test_in_svg_any_title_reads_as_typed(title: str, playbook: Playbook) -> None:
    picture = ET.fromstring(svg(titled(playbook, title), "en"))  # noqa: S314 - drawn by ourselves
    shown = [element.text or "" for element in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert visible(title).replace(" ", "") in [text.replace("\xa0", " ").replace(" ", "") for text in shown]


def test_without_graphviz_a_sentence_says_what_to_do(playbook: Playbook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SurroundingsError, match=r"install Graphviz .*--format mermaid, --format dot"):
        svg(playbook, "en")


@pytest.mark.skipif(sys.platform == "win32", reason="makes a stand-in for dot as a shell script")
def test_a_failing_graphviz_is_quoted_harmlessly(
    playbook: Playbook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake = tmp_path / "dot"
    fake.write_text("#!/bin/sh\nprintf 'no\\033[31m memory' >&2\nexit 1\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SurroundingsError, match="no␛\\[31m memory"):
        svg(playbook, "en")
