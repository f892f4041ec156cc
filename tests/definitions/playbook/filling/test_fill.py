"""What a playbook leaves out reaches the domain as if it had been written, and can be told apart from what is."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from incidentsim.definitions.formats.playbook import PlaybookShape
from incidentsim.definitions.library.json_schema import json_schema
from incidentsim.definitions.library.scaffold import MOST_LEVELS, new_playbook
from incidentsim.definitions.playbook.read import Examined, examine_playbook, read_playbook
from incidentsim.definitions.yaml12.problems import DefinitionError
from incidentsim.definitions.yaml12.reader import read_yaml
from incidentsim.definitions.yaml12.writer import one_line
from incidentsim.domain.basis import Basis
from incidentsim.domain.evaluation import Late, Occurred
from incidentsim.domain.facts import FactKind
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.text import LANGUAGES, Language
from tests.support.ways import PLAYBOOKS

SMALL = """
schema: incidentsim/playbook/1
id: small
title: Small
source: {title: Guide}
basis: {roles: assumption, steps: assumption, duties: assumption, notices: assumption, times: assumption}
roles: {finder: {}, on_call: {at: "1"}, client: {outside: true}}
steps:
  - {do: report, from: quiet, to: open, by: [finder], asks: [what was seen, reasons]}
  - {do: recover, from: open, to: over, by: [on_call], asks: {cause: why it was}, takes: 1h, at: ["2.1", "2.2"]}
duties:
  - {opens_on: report, owed_by: [on_call], settled_by: recover, within: 4h, at: "2.1"}
notices:
  clients: {to: [client], by: [on_call], due: {happened: {do: report}}, within: none}
"""


def whole(data: bytes) -> tuple[Examined, Playbook, PlaybookShape]:
    """A playbook in which nothing is wrong."""
    file = examine_playbook(data, "playbook.yaml")
    assert file.playbook is not None
    assert file.shape is not None
    assert file.problems == ()
    return file, file.playbook, file.shape


def read(text: str) -> Playbook:
    return read_playbook(text.encode(), "playbook.yaml")


def said(text: str) -> list[str]:
    with pytest.raises(DefinitionError) as refused:
        read(text)
    return [f"{one.line}:{one.column} {one.path} {one.message}" for one in refused.value.problems]


def plain(value: Any) -> Any:
    """What a shape says as plain data, keys by the names that they have in a file."""
    if isinstance(value, dict):
        return {key: plain(held) for key, held in value.items() if held is not None}
    return [plain(held) for held in value] if isinstance(value, list) else value


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("levels", [0, 3, MOST_LEVELS])
def test_the_first_procedure_says_the_same_as_one_that_leaves_nothing_out(levels: int, language: Language) -> None:
    short, playbook, shape = whole(new_playbook("own", levels, language)["playbook.yaml"])
    written = plain(shape.model_dump(by_alias=True, exclude_unset=True))
    for key in ("steps", "states", "source"):  # they stand in tracks and sources now
        written.pop(key, None)
    for part in (*written["tracks"]["incident"]["steps"], *written["notices"].values()):
        part.pop("asks", None)
    long, same, _shape = whole(one_line(written).encode())
    assert same == playbook
    assert {path[0] for path in long.defaults} <= {"clauses"}, "only the words of sections that are cited"
    assert short.defaults


def test_what_says_everything_has_no_defaults() -> None:
    for path in PLAYBOOKS.glob("*.yaml"):
        assert examine_playbook(path.read_bytes(), path.name).defaults == ()


def test_the_short_forms_are_valid_by_the_schema_of_editors() -> None:
    validator = Draft202012Validator(json_schema("playbook"))
    for text in (SMALL, *(new_playbook("own", 3, language)["playbook.yaml"].decode() for language in LANGUAGES)):
        assert list(validator.iter_errors(read_yaml(text.encode(), "a.yaml").value)) == []


def test_everything_that_is_left_out_has_a_default_that_is_named() -> None:
    file, book, _shape = whole(SMALL.encode())
    track = book.main_track
    assert [(state.id, state.final, state.phase) for state in track.states.values()] == [
        ("quiet", False, "detect"),
        ("open", False, "detect"),
        ("over", True, "recover"),
    ]
    assert list(book.phases) == ["detect", "recover"]
    assert list(book.channels) == ["chat", "phone", "email", "pager", "status_page"]
    assert (book.roles["on_call"].title.en, book.version, book.levels, book.measures) == ("On call", "1", {}, {})
    report, recover = track.steps
    assert [(one.name, one.kind, one.title.en) for one in report.fields] == [
        ("what_was_seen", "text", "what was seen"),
        ("reasons", "text", "reasons"),
    ]
    assert (report.takes, recover.takes, recover.fields[0].title.en) == (300_000, 3_600_000, "why it was")
    assert book.tracks["notice_clients"].states["overdue"].title.zh == "逾期"
    duty, notice = book.duties["recover"], book.duties["notify_clients"]
    assert (duty.title.en, notice.title.en) == ("Recover", "Inform Client")
    assert (duty.basis, duty.within_basis) == (Basis("documented", ("2.1",)), Basis("assumption", ("2.1",)))
    assert recover.basis == Basis("documented", ("2.1", "2.2"))
    assert {name: clause.says.en for name, clause in book.clauses.items()} == {
        "1": "Section 1 of “Guide”.",
        "2.1": "Section 2.1 of “Guide”.",
        "2.2": "Section 2.2 of “Guide”.",
    }
    named = {path if path[0] not in ("phases", "channels") else path[:1] for path in file.defaults}
    assert {
        ("version",),
        ("phases",),
        ("channels",),
        ("usual_times",),
        ("notice_states",),
        ("objectives",),
        ("fields", "reasons"),
        ("clauses", "2.1"),
        ("roles", "on_call", "title"),
        ("tracks", "incident", "title"),
        ("tracks", "incident", "states"),
        ("tracks", "incident", "steps", 0, "takes"),
        ("duties", 0, "id"),
        ("duties", 0, "title"),
        ("notices", "clients", "title"),
    } <= named
    assert ("tracks", "incident", "steps", 1, "takes") not in named


def test_there_is_a_task_for_each_duty_and_notice_rated_by_what_became_of_it() -> None:
    tasks = read(SMALL).tasks
    assert list(tasks) == ["recover", "notify_clients"]
    task = tasks["recover"]
    assert (task.owner, task.poete, [one.do for one in task.performed]) == ("on_call", "training", ["recover"])
    assert [(one.kind, one.duty) for one in task.when] == [(FactKind.DUTY_OPENED, "recover")]
    assert task.some == (Late("recover"),)
    late, refused = task.major
    assert late == Late("recover", 4 * 3_600_000)
    assert isinstance(refused, Occurred)
    assert (refused.pattern.kind, refused.pattern.do) == (FactKind.REFUSED, "recover")
    assert tasks["notify_clients"].some == (), "what has no limit is never late"


def test_the_levels_are_a_list_or_a_mapping_with_thresholds_in_short_or_at_length() -> None:
    levels = """
levels:
  - {name: High, when: {full_outage: 1h, users_affected: 10}, basis: assumption}
  - {name: Low, basis: assumption}
"""
    mapped = """
levels:
  1: {name: High, when: {any: [{measure: full_outage, at_least: 1h}, {measure: users_affected, at_least: 10}]},
      basis: assumption}
  2: {name: Low, basis: assumption}
"""
    assert read(SMALL + levels) == read(SMALL + mapped)
    assert [one.unit for one in read(SMALL + levels).measures.values()] == ["duration", "count"]


def test_a_clause_that_no_rule_cites_is_a_note() -> None:
    text = SMALL + "clauses: {A1: {source: procedure, says: Doors are locked.}}\n"
    file, _playbook, _shape = whole(text.encode())
    message = "No rule cites the clause A1; add the rule, or say under context why there is none."
    assert [(one.path, one.message) for one in file.notes] == [("$.clauses.A1", message)]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("by: [finder], asks", "by: [findr], asks", "9:46 $.steps[0].by[0] There is no role or body findr"),
        ("[what was seen, reasons]", "[所见]", "9:62 $.steps[0].asks[0] No id can be made of 所见; write asks as"),
        ("settled_by: recover", "settled_by: recovr", "12:44 $.duties[0].settled_by.do There is no step recovr"),
        ("settled_by: recover", "settled_by: {fact: incident_raised}", "12:5 $.duties[0] No step settles this duty"),
        ("source: {title: Guide}\n", "", "9:98 $.steps[1].at A section is cited by at where there is one source"),
        ("notices: assumption, ", "", "14:3 $.notices.clients This rule has no basis"),
        ("steps:\n", "tracks: {other: {steps: []}}\nsteps:\n", "9:1 $.steps The key steps stands here or in a track"),
        ("within: 4h", "within: {1: 4h}", "12:74 $.duties[0].within[1] There is no level 1; there are none here."),
        ('at: "1"', "at: 1", "7:35 $.roles.on_call.at Expected a text"),
    ],
)
def test_a_fault_in_a_short_form_is_told_where_it_stands(old: str, new: str, problem: str) -> None:
    assert SMALL.count(old) == 1
    problems = said(SMALL.replace(old, new))
    assert any(problem in one for one in problems), "\n".join(problems)


def test_a_playbook_without_steps_says_so() -> None:
    head, _steps, _rest = SMALL.partition("steps:\n")
    assert any("The key steps is missing" in one for one in said(head))


def test_titles_and_fields_of_a_language_of_its_own_stay_in_it() -> None:
    book = read_playbook(SMALL.replace("title: Small", "title: Klein\nlanguages: [de]").encode(), "p.yaml")
    assert book.roles["on_call"].title.by_language() == {"de": "On call"}
    assert book.duties["notify_clients"].title.by_language() == {"de": "Client"}
