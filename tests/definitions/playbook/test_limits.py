"""A limit that is missing for a level at which something can be owed is an error, unless `none` is written."""

from pathlib import Path

import pytest

from incidentsim.definitions.library.check import check
from incidentsim.definitions.library.library import Library
from incidentsim.definitions.playbook.limits import missing_limits
from incidentsim.definitions.playbook.read import examine_playbook, read_playbook
from incidentsim.definitions.yaml12.problems import DefinitionError, Problem
from tests.support.ways import PLAYBOOKS


def missing(text: str) -> list[Problem]:
    read = examine_playbook(text.encode(), "p.yaml")
    assert read.playbook is not None
    assert read.shape is not None
    return missing_limits(read.playbook, read.shape, read.document)


def test_the_shipped_playbooks_say_it_for_every_level() -> None:
    for path in PLAYBOOKS.glob("*.yaml"):
        assert missing(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("opens", "within", "left_out"),
    [
        ("{fact: incident_raised}", "{ungraded: 1h}", ""),
        ("{fact: incident_raised}", "{1: 1h, 2: 1h}", "ungraded"),
        ("{fact: level_set}", "{1: 1h, 2: none}", ""),
        ("{fact: level_set}", "{1: 1h}", "2"),
        ("{fact: level_set, level: 2}", "{2: 1h}", ""),
        ("{fact: level_set, level: 2}", "{1: 1h}", "2"),
        ("{fact: refused}", "{ungraded: none}", "1, 2"),
        ("{fact: refused}", "1h", ""),
        ("{fact: refused}", "none", ""),
        ("[{fact: incident_raised}, {fact: level_set, level: 1}]", "{2: 5m}", "ungraded, 1"),
    ],
)
def test_it_is_asked_for_at_each_level_at_which_it_can_be_owed(
    opens: str, within: str, left_out: str, playbook_text: str
) -> None:
    text = playbook_text.replace("opens_on: {fact: incident_raised}", f"opens_on: {opens}")
    text = text.replace("within: {1: 5m, ungraded: 1h}", f"within: {within}")
    said = [problem.message for problem in missing(text)]
    example = f"{left_out.split(', ', maxsplit=1)[0]}: none"
    expected = f"No limit is written for {left_out}, and this can be owed then: write one, or none ({example})."
    assert said == ([expected] if left_out else [])


def test_check_names_the_place_and_a_stored_playbook_is_read_all_the_same(tmp_path: Path, playbook_text: str) -> None:
    text = playbook_text.replace("within: {1: 5m, ungraded: 1h}", "within: {1: 5m}")
    (tmp_path / "playbook.yaml").write_text(text, encoding="utf-8")
    (checked,) = check([tmp_path], Library([]))
    line = next(n for n, words in enumerate(text.splitlines(), 1) if "within: {1: 5m}" in words)
    assert [(one.line, one.path) for one in checked.problems] == [(line, "$.duties[0].within")]
    assert read_playbook(text.encode(), "p.yaml").duties["report-soon"].within.limit(None) is None


def test_none_is_no_limit_and_nothing_else_is(playbook_text: str) -> None:
    text = playbook_text.replace("within: {1: 5m, ungraded: 1h}", "within: {1: none, 2: 5m, ungraded: none}")
    within = read_playbook(text.encode(), "p.yaml").duties["report-soon"].within
    assert (within.limit(None), within.limit(1), within.limit(2)) == (None, None, 300_000)
    text = playbook_text.replace("within: {1: 5m, ungraded: 1h}", "within: never")
    with pytest.raises(DefinitionError, match="never is no time limit; write it like 15m, 4h, 2d or 1h 30m, or none"):
        read_playbook(text.encode(), "p.yaml")
