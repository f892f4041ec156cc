"""What is JSON and what is not, one record or many; every error with its place."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.definitions.yaml12.problems import DefinitionError, Problem
from incidentsim.domain.playbook import Playbook
from incidentsim.importing.imported import Imported
from incidentsim.importing.json_positions import offset_of
from incidentsim.importing.veris import import_veris, import_veris_file

Problems = Callable[[bytes], tuple[Problem, ...]]


@pytest.mark.parametrize(
    ("data", "place", "says"),
    [
        (b"", "broken.json:1:1", "empty"),
        (b" \n\t\n", "broken.json:1:1", "empty"),
        (b"\xef\xbb\xbf", "broken.json:1:1", "empty"),
        (b'{\n  "action": \xff}', "broken.json:2:13", "not UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0", "broken.json:1:1", "not UTF-8"),
        (b"\0\0\0\0", "broken.json:1:1", "not JSON"),
        (b'{\n "action": {},\n', "broken.json:3:1", "not JSON"),
        (b"{'action': {}}", "broken.json:1:2", "not JSON"),
        (b"action: {}", "broken.json:1:1", "not JSON"),
        (b"[]", "broken.json:1:1", "no records"),
        (b"17", "broken.json:1:1", "a JSON object"),
        (b"null", "broken.json:1:1", "a JSON object"),
        (b'"text"', "broken.json:1:1", "a JSON object"),
        (b"{}", "broken.json:1:1", "no action, actor, asset or attribute"),
        (b'{"hello": 1}', "broken.json:1:1", "no action, actor, asset or attribute"),
        (b"[" * 100_000, "broken.json:1:2", "nested"),
        (b'{"plus":' * 100_000, "broken.json:1:1", "nested"),
        (b'{"plus": ' + b"[" * 60 + b"]" * 60 + b"}", "broken.json:1:50", "nested"),
    ],
)
def test_a_file_without_a_record_gets_a_sentence_with_its_place(
    problems: Problems, data: bytes, place: str, says: str
) -> None:
    problem = problems(data)[0]
    assert f"{problem.file}:{problem.line}:{problem.column}" == place
    assert says in problem.message
    assert problem.message.endswith(".")


def test_a_repeated_key_is_an_error_at_its_path(problems: Problems) -> None:
    (problem,) = problems(b'{\n "action": {\n  "error": {"variety": ["Loss"], "variety": ["Gaffe"]}\n }\n}')
    assert problem.path == "$.action.error.variety"
    assert (problem.line, problem.column) == (3, 24)
    assert "more than once" in problem.message


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_json_does_not_have_are_errors_at_their_path(problems: Problems, constant: str) -> None:
    data = f'{{"attribute": {{"confidentiality": {{"data_total": {constant}}}}}}}'.encode()
    (problem,) = problems(data)
    assert problem.path == "$.attribute.confidentiality.data_total"
    assert data[problem.column - 1 :].startswith(constant.encode())
    assert constant in problem.message


def test_a_byte_order_mark_is_no_matter(imported: Callable[..., Imported], invent: Any, playbook: Playbook) -> None:
    data = b"\xef\xbb\xbf" + json.dumps(invent()).encode()
    assert import_veris(data, "bom.json", playbook) == imported()


def test_raw_line_breaks_in_texts_are_no_matter(invent: Any, playbook: Playbook) -> None:
    data = json.dumps(invent({"summary": "one MARK two"})).replace("MARK", "\n\t").encode()
    assert import_veris(data, "raw.json", playbook).scenario_id.startswith("veris-")


def test_a_list_gives_a_result_for_each_record_and_an_error_in_the_place_of_a_broken_one(
    invent: Any, playbook: Playbook
) -> None:
    broken = invent({"attribute.confidentiality.data_total": "many"})
    data = json.dumps([invent(), broken, 5, invent({"confidence": "High"})], indent=1).encode()
    first, second, third, fourth = import_veris_file(data, "many.json", playbook)
    assert isinstance(first, Imported)
    assert isinstance(fourth, Imported)
    assert first.scenario_id != fourth.scenario_id
    assert isinstance(second, DefinitionError)
    assert isinstance(third, DefinitionError)
    (problem,) = second.problems
    assert problem.path == "$[1].attribute.confidentiality.data_total"
    assert '"many"' in data.decode().splitlines()[problem.line - 1]
    assert third.problems[0].path == "$[2]"
    assert any(entry.path.startswith("$[3].") for entry in fourth.not_carried)


@pytest.mark.parametrize(
    ("ending", "column_of"), [(', {"action": }]', "}]"), (", ", None), ("]]", "]"), (" 5]", "5]"), (",]", "]")]
)
def test_where_a_list_breaks_off_the_records_before_are_still_imported(
    invent: Any, playbook: Playbook, ending: str, column_of: str | None
) -> None:
    start = json.dumps([invent()])[:-1]
    first, *rest = import_veris_file((start + ending).encode(), "cut.json", playbook)
    assert isinstance(first, Imported)
    (broken,) = rest
    assert isinstance(broken, DefinitionError)
    place = len(start + ending) if column_of is None else (start + ending).rindex(column_of)
    assert broken.problems[0].column == place + 1


def test_a_file_with_one_record_a_line_is_read_line_by_line(invent: Any, playbook: Playbook) -> None:
    good, broken = json.dumps(invent()), json.dumps(invent({"schema_version": "7"}))
    data = "\n".join([good, "", broken, '{"action": ', good.replace("Medium", "Low")]).encode()
    results = import_veris_file(data, "lines.jsonl", playbook)
    assert [isinstance(result, Imported) for result in results] == [True, False, False, True]
    assert [result.problems[0].line for result in results if isinstance(result, DefinitionError)] == [3, 4]


def test_asking_for_one_record_of_several_is_an_error(invent: Any, playbook: Playbook) -> None:
    with pytest.raises(DefinitionError, match="holds 2 records, not one"):
        import_veris(json.dumps([invent(), invent()]).encode(), "two.json", playbook)


def test_all_problems_of_a_record_are_told_at_once(problems: Problems, invent: Any) -> None:
    record = invent(
        {
            "schema_version": "2.0",
            "security_incident": "Perhaps",
            "action.malware.variety": [7],
            "asset.assets": [True],
            "impact.overall_amount": {},
        }
    )
    found = {problem.path for problem in problems(json.dumps(record).encode())}
    assert found >= {"$.schema_version", "$.security_incident", "$.action.malware.variety[0]", "$.asset.assets[0]"}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


@given(value=json_values, indent=st.sampled_from([None, 0, 3]), ascii_only=st.booleans())
def test_every_value_is_found_where_it_stands(value: Any, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    decoder = json.JSONDecoder()

    def check(path: tuple[str | int, ...], here: Any) -> None:
        assert decoder.raw_decode(text, offset_of(text, path))[0] == here
        children = here.items() if isinstance(here, dict) else enumerate(here) if isinstance(here, list) else ()
        for part, inner in children:
            check((*path, part), inner)

    check((), value)
