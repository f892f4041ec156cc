"""The shipped control maps: they hold what an auditor asks for, and what they look for can be found."""

from collections.abc import Iterator
from dataclasses import replace
from importlib import resources
from typing import Final, get_args

import pytest
from jsonschema import Draft202012Validator

from incidentsim.definitions.controls.read import (
    EVIDENCE_FILE,
    read_control_map,
    read_evidence,
    shipped_control_maps,
    shipped_evidence,
)
from incidentsim.definitions.library.json_schema import json_schema
from incidentsim.definitions.rules.clock_names import clock_ids
from incidentsim.definitions.yaml12.reader import read_yaml
from incidentsim.domain.controls import PROOFS, RELATIONS, TRAIT_KINDS, Control, ControlMap, Evidence, Sign, Trait
from incidentsim.domain.text import Text
from incidentsim.exercise.controls.signs import Signs
from tests.support.shipped import NAMES, PROCEDURES, facts_of, procedure, scenario

FOLDER: Final = resources.files("incidentsim") / "controlmaps"
MAPS: Final = {one.id: one for one in shipped_control_maps()}

ASKED: Final = {
    "iso-27001": "A.5.2 A.5.5 A.5.24 A.5.25 A.5.26 A.5.27 A.5.28 A.5.29 A.5.30 A.6.3 A.6.8 A.8.15 A.8.16 7.2 9.1 10.2",
    "nist-csf-2": "GV.RR-01 GV.RR-02 GV.SC-08 ID.IM-01 ID.IM-02 ID.IM-03 ID.IM-04 PR.AT-01 PR.AT-02 DE.AE-02 DE.AE-04 "
    "DE.AE-06 DE.AE-08 RS.MA-01 RS.MA-02 RS.MA-03 RS.MA-04 RS.MA-05 RS.AN-03 RS.AN-06 RS.AN-07 RS.AN-08 RS.CO-02 "
    "RS.CO-03 RS.MI-01 RS.MI-02 RC.RP-01 RC.RP-02 RC.RP-05 RC.RP-06 RC.CO-03 RC.CO-04",
    "nist-800-53": "IR-1 IR-2 IR-2(1) IR-2(2) IR-3 IR-3(2) IR-3(3) IR-4 IR-4(8) IR-4(10) IR-4(11) IR-4(15) IR-5 IR-6 "
    "IR-6(3) IR-7 IR-8 AT-3 AT-3(3) CP-3(1) CP-4 AU-3 AU-8 AU-9 AU-10 AU-11 AU-12",
}
"""The controls that must be there. None may be there besides: whoever adds one adds it here, having looked it up."""

ARTICLES: Final = {
    "cn-mlps": ("8.1.10.12 a)", "8.1.10.12 b)", "8.1.10.12 c)", "8.1.10.12 d)", "8.1.10.13 b)", "8.1.10.13 c)"),
    "cn-csl": ("Art. 23", "Art. 27", "Art. 36", "Art. 44"),
    "cn-dsl": ("Art. 27", "Art. 29"),
    "cn-pipl": ("Art. 51(4)", "Art. 51(5)", "Art. 57"),
    "cn-network-data": ("Art. 11",),
    "cn-reporting": ("Art. 4", "Art. 7", "Art. 8"),
    "us-sec": ("S-K 106(b)(1)", "S-K 106(c)(1)", "S-K 106(c)(2)(ii)", "20-F 16K(b)(1)", "20-F 16K(c)(1)"),
}

NEVER_BY_A_SCRIPT: Final = {
    ("facilitator_judged", "observed"): "only a facilitator notes something",
    ("facilitator_judged", "rating_set"): "only a facilitator rates, after the end",
    ("first_report", "cn-cac-ciio-initial"): "no shipped organisation operates critical infrastructure",
    ("first_report", "cn-cac-stateorgan-initial"): "no shipped organisation is a state organ",
    ("first_report", "cn-cac-other-initial"): "no shipped incident is grave enough by the statutory scale",
    ("supplement", "cn-cac-supplement"): "it follows a first report",
    ("summary_report", "cn-cac-summary"): "it follows a first report",
    ("reported_by_csl", "cn-csl-27"): "no shipped script files it",
    ("leak_reported", "cn-csl-27"): "no shipped script files it",
    ("reported_by_dsl", "cn-dsl-29"): "no shipped script files it",
    ("reported_by_regulations", "cn-netdata-11"): "no shipped script files it",
}
"""What no shipped scenario holds, with the reason; each of it is a fact that a table can bring about."""


def all_controls() -> Iterator[tuple[ControlMap, Control]]:
    for one in MAPS.values():
        for control in one.controls:
            yield one, control


def all_evidence() -> list[Evidence]:
    return list(dict.fromkeys(piece for _map, control in all_controls() for piece in control.evidence))


def as_json(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): as_json(held) for key, held in value.items()}
    return [as_json(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", ASKED)
def test_a_standard_has_exactly_the_controls_that_were_asked_for(name: str) -> None:
    assert {control.id for control in MAPS[name].controls} == set(ASKED[name].split())


@pytest.mark.parametrize("name", ARTICLES)
def test_a_law_has_the_articles_that_were_asked_for(name: str) -> None:
    assert set(ARTICLES[name]) <= {control.id for control in MAPS[name].controls}


def test_no_map_is_forgotten_by_these_tests() -> None:
    assert set(MAPS) == set(ASKED) | set(ARTICLES)


def test_withdrawn_controls_are_not_there() -> None:
    """IR-10 was withdrawn with Revision 5."""
    assert "IR-10" not in {control.id for control in MAPS["nist-800-53"].controls}


def test_every_name_of_a_step_is_known_to_the_playbook_it_is_said_of() -> None:
    """Read together with the playbooks, names that stand for nothing are problems."""
    playbooks = {name: procedure(name) for name in PROCEDURES}
    known = read_evidence((FOLDER / EVIDENCE_FILE).read_bytes(), EVIDENCE_FILE, playbooks)
    assert known == shipped_evidence()
    for file in FOLDER.iterdir():
        if file.name.endswith(".yaml") and file.name != EVIDENCE_FILE:
            found = read_control_map(file.read_bytes(), file.name, playbooks=playbooks)
            assert found == MAPS[found.id]
            assert file.name == f"{found.id}.yaml"
    assert {name for one in all_evidence() for name in one.procedures} <= set(playbooks)


def test_shipped_files_are_valid_by_their_schemas() -> None:
    for file in FOLDER.iterdir():
        if file.name.endswith(".yaml"):
            value = as_json(read_yaml(file.read_bytes(), file.name).value)
            kind = "evidence" if file.name == EVIDENCE_FILE else "controls"
            assert list(Draft202012Validator(json_schema(kind)).iter_errors(value)) == [], file.name  # type: ignore[arg-type]  # one of two literals


def test_nothing_is_looked_for_in_vain() -> None:
    assert set(shipped_evidence()) <= {one.id for one in all_evidence()}
    assert {control.relation for _map, control in all_controls()} == set(RELATIONS)
    assert {proof for one in all_evidence() for proof in one.proofs} == set(PROOFS)


def test_texts_are_written_in_both_languages() -> None:
    texts = [one.asks for one in all_evidence()]
    for one in MAPS.values():
        texts += [one.shows, *(control.title for control in one.controls)]
    assert all(text.en and text.zh for text in texts)
    assert all(any("\u4e00" <= char <= "\u9fff" for char in text.zh) for text in texts)
    assert not any("\u4e00" <= char <= "\u9fff" for text in texts for char in text.en)
    assert all(one.asks.en.endswith(".") and one.asks.zh.endswith("。") for one in all_evidence())
    assert all(one.shows.en.endswith(".") and one.shows.zh.endswith("。") for one in MAPS.values())


def test_where_a_standard_has_no_titles_ours_are_marked() -> None:
    ours = {one.id: {control.titled_by_us for control in one.controls} for one in MAPS.values()}
    assert ours["nist-csf-2"] == {True}
    assert ours["iso-27001"] == ours["nist-800-53"] == {False}
    assert all(ours[name] == {True} for name in ARTICLES if name != "cn-mlps")


def test_what_asks_for_exercises_rests_on_people_who_played_or_judged() -> None:
    """Bots that play among themselves train and test nobody."""
    for _map, control in all_controls():
        if control.relation == "exercise":
            for piece in control.evidence:
                signs = [*piece.anywhere, *(sign for signs in piece.procedures.values() for sign in signs)]
                assert all(
                    sign.trait == "by_people" or sign.pattern.kind in ("observed", "rating_set") for sign in signs
                ), (control.id, piece.id)


def test_protection_of_the_record_rests_on_checks_of_the_whole_record_alone() -> None:
    controls = {control.id: control for control in MAPS["nist-800-53"].controls}
    for piece in (*controls["AU-9"].evidence, *controls["AU-10"].evidence):
        assert piece.proofs
        assert not piece.anywhere
        assert not piece.procedures
        assert "chain" not in piece.proofs  # a chain alone accepts a complete rewrite
    assert all("cosignature" in piece.proofs for piece in controls["AU-10"].evidence)


def one_by_one() -> list[tuple[Evidence, Sign, str | None]]:
    """Every sign of all evidence, and the playbook it is for."""
    found: list[tuple[Evidence, Sign, str | None]] = []
    for piece in all_evidence():
        found += [(piece, sign, None) for sign in piece.anywhere]
        found += [(piece, sign, name) for name, signs in piece.procedures.items() for sign in signs]
    return found


def test_every_pattern_is_found_in_a_shipped_scenario_or_is_listed_with_the_reason() -> None:
    """Decisions of scripts are taken for those of people here, so that what asks for people can be found too."""
    asked = one_by_one()
    pieces = [
        Evidence(str(number), Text("", ""), *(((sign,), {}) if name is None else ((), {name: (sign,)})))
        for number, (_piece, sign, name) in enumerate(asked)
    ]
    hit: set[int] = set()
    for name in NAMES:
        subject, facts = scenario(name), facts_of(name)
        read = Signs(pieces, procedure(subject.playbook), subject, range(len(facts))).read(facts)
        hit |= {number for number, places in enumerate(read) if places}
    missed = {
        (piece.id, sign.pattern.clock or sign.pattern.kind)
        for number, (piece, sign, _name) in enumerate(asked)
        if number not in hit
    }
    assert missed == set(NEVER_BY_A_SCRIPT)


def test_clocks_are_named_only_by_maps_of_their_country() -> None:
    for one in MAPS.values():
        for control in one.controls:
            for piece in control.evidence:
                clocks = {sign.pattern.clock for sign in piece.anywhere} - {None}
                assert clocks <= set(clock_ids())
                assert not clocks or one.id.startswith("cn-")


def test_every_trait_is_used() -> None:
    used = {sign.trait for _piece, sign, _name in one_by_one()} - {None}
    assert set(get_args(Trait)) == set(TRAIT_KINDS) == used


def test_maps_are_the_same_however_often_they_are_read() -> None:
    assert shipped_control_maps() == tuple(replace(one) for one in shipped_control_maps())
    assert [one.id for one in shipped_control_maps()] == sorted(MAPS)
