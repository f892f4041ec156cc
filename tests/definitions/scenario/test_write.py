"""Scenarios are written so that reading them gives the same scenario back."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidentsim.definitions.formats.common import PatternShape, TextShape
from incidentsim.definitions.formats.durations import format_duration
from incidentsim.definitions.formats.scenario import (
    BringsShape,
    CountShape,
    CountsShape,
    EndsAtLevelShape,
    EndsInShape,
    ExerciseObjectiveShape,
    IncidentShape,
    InjectShape,
    MeasuredShape,
    NeverShape,
    OccursShape,
    OrderShape,
    OrganisationShape,
    PersonShape,
    ScenarioShape,
    ShownShape,
    TruthShape,
)
from incidentsim.definitions.formats.script import BecauseShape, SaidShape, ScriptedShape
from incidentsim.definitions.scenario.write import scenario_to_yaml
from incidentsim.definitions.yaml12.reader import read_yaml
from incidentsim.definitions.yaml12.writer import one_line, scalar
from incidentsim.domain.actions import Reason, Slip
from incidentsim.domain.facts import AT_WORK, FACILITATOR, MessageAct

IDS = st.from_regex(r"[a-z][a-z0-9]{0,6}([_-][a-z0-9]{1,4}){0,2}", fullmatch=True) | st.sampled_from(
    ["yes", "no", "on", "off", "null", "true", "y", "n", "e3"]
)
_MISREAD = r"""
yes|No|~|12:30:45|0o7|1e3|.5|2021-06-30|2021-06-30T10:00:00Z|#|&x|*x|!t|%|@|`|<<|=|'|"|0x1F|+1|-|?|a:|null|1_000|0?
190:20:30|.inf|---|...|[bold]|{a|a,|值：“真”|y|true|0b1|-0|1.|[|]|>|\|\x0|- a|a: b|a #b|: a|? a| a|a
"""
MISREAD = [*_MISREAD.strip("\n").replace("\n", "|").split("|"), "a ", "\ta", "a\u2028b", "a\xa0b", "a\n"]
WORDS = st.sampled_from(MISREAD) | st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffe\uffff") | st.sampled_from("\n\t"),
    max_size=30,
).map(lambda text: text + "x" if not any(c.isalnum() for c in text) else text)


# Hypothesis would fill the required keys by their names in the file as well.
def measured(**parts: Any) -> MeasuredShape:
    return MeasuredShape(**parts)


def scripted(**parts: Any) -> ScriptedShape:
    return ScriptedShape(**parts)


def scenario(**parts: Any) -> ScenarioShape:
    return ScenarioShape(schema_="incidentsim/scenario/1", **parts)


TEXTS = st.builds(TextShape, en=WORDS, zh=WORDS)
DURATIONS = st.integers(0, 10**9).map(format_duration)
PATTERNS = st.builds(
    PatternShape,
    fact=st.none() | WORDS,
    do=st.none() | IDS,
    track=st.none() | IDS,
    level=st.none() | st.integers(-5, 5),
    by=st.none() | IDS,
)
TRUTHS = st.builds(
    TruthShape,
    incident=st.booleans(),
    level=st.none() | st.integers(1, 5),
    why=st.lists(st.builds(measured, measure=IDS, is_=st.integers(-9, 10**15) | st.booleans() | DURATIONS), max_size=3),
    unlawful=st.booleans(),
    cause=IDS,
    scope=st.none() | TEXTS,
    flags=st.dictionaries(IDS, st.booleans(), max_size=3),
    notes=st.lists(TEXTS, max_size=2),
)
SHOWN = st.builds(ShownShape, measure=IDS, is_=st.integers(0, 9)) | st.builds(ShownShape, flag=IDS, is_=st.booleans())
INJECTS = st.builds(
    InjectShape,
    id=IDS,
    at=st.none() | DURATIONS,
    when_fact=st.none() | PATTERNS,
    to=st.lists(IDS, min_size=1, max_size=3),
    part=st.none() | st.sampled_from(["cause", "late_evidence"]),
    shows=st.lists(SHOWN, max_size=2),
    expects=st.lists(IDS, max_size=2),
    hint=st.none() | TEXTS,
    from_=st.none() | IDS | TEXTS,
    channel=IDS,
    subject=st.none() | TEXTS,
    body=TEXTS,
    raises=st.none() | IDS,
    brings=st.none()
    | st.builds(BringsShape, circumstance=IDS)
    | st.lists(st.builds(BringsShape, circumstance=IDS, person=IDS), max_size=2),
)
CONTENTS = WORDS | st.integers(-9, 9) | TEXTS | st.lists(IDS, max_size=3)
REASONS = st.builds(
    BecauseShape,
    reason=st.sampled_from(get_args(Reason)),
    duty=st.none() | IDS,
    injects=st.lists(IDS, max_size=2),
    slips=st.lists(st.sampled_from(get_args(Slip)), max_size=2),
)
SCRIPTED = st.builds(
    ScriptedShape,
    at=DURATIONS,
    because=st.none() | REASONS,
    by=IDS,
    as_=st.none() | IDS,
    do=IDS,
    incident=IDS,
    with_=st.dictionaries(IDS, CONTENTS, max_size=3),
)
SAID = st.builds(
    SaidShape,
    at=DURATIONS,
    by=IDS,
    as_=st.none() | IDS,
    say=st.sampled_from([act.value for act in MessageAct]),
    to=st.lists(IDS | st.just(AT_WORK) | st.just(FACILITATOR), min_size=1, max_size=3),
    channel=IDS,
    incident=st.none() | IDS,
    answers=st.none() | st.integers(1, 99),
    injects=st.lists(IDS, max_size=2),
    messages=st.lists(st.integers(1, 99), max_size=2),
    measures=st.dictionaries(IDS, st.integers(0, 9) | st.booleans(), max_size=2),
    flags=st.dictionaries(IDS, st.booleans(), max_size=2),
    text=st.none() | WORDS | TEXTS,
    do=st.none() | IDS,
    due=st.none() | DURATIONS,
)
COUNTS = st.none() | st.integers(0, 9) | st.builds(CountShape, at_least=st.integers(0, 3))
EXPECTATIONS = (
    st.builds(EndsInShape, incident=IDS, track=IDS, ends_in=IDS)
    | st.builds(EndsAtLevelShape, incident=IDS, ends_at_level=st.integers(1, 5) | st.just("none"))
    | st.builds(OccursShape, do=IDS, within=st.none() | DURATIONS, since=st.none() | PATTERNS)
    | st.builds(NeverShape, never=PATTERNS)
    | st.builds(OrderShape, order=st.lists(PATTERNS, min_size=2, max_size=3))
    | st.builds(CountsShape, refusals=st.integers(0, 9), escalations=COUNTS, breaches=COUNTS)
)
SCENARIOS = st.builds(
    scenario,
    id=IDS,
    playbook=IDS,
    title=TEXTS,
    summary=TEXTS,
    fiction=TEXTS,
    language=st.lists(st.sampled_from(["en", "zh"]), min_size=1, max_size=2),
    tags=st.lists(IDS, max_size=3),
    objectives=st.lists(
        st.builds(ExerciseObjectiveShape, en=WORDS, zh=WORDS, tested_by=st.lists(IDS, max_size=2)), max_size=2
    ),
    seed=st.integers(0, 2**53 - 1),
    starts=st.just("2021-06-30T09:10+08:00"),
    ends=DURATIONS,
    organisation=st.builds(OrganisationShape, name=TEXTS, about=st.none() | TEXTS),
    people=st.dictionaries(
        IDS,
        st.builds(
            PersonShape,
            name=WORDS | TEXTS,
            roles=st.lists(IDS, min_size=1, max_size=2),
            away=st.just("always") | st.lists(st.just("12:00/13:30"), max_size=2),
        ),
        min_size=1,
        max_size=3,
    ),
    incidents=st.dictionaries(IDS, st.builds(IncidentShape, title=TEXTS, truth=TRUTHS), min_size=1, max_size=2),
    injects=st.lists(INJECTS, min_size=1, max_size=3),
    script=st.lists(SCRIPTED | SAID, max_size=3),
    expect=st.lists(EXPECTATIONS, max_size=3),
    proficiency=st.dictionaries(IDS, st.integers(0, 100), max_size=2),
)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(SCENARIOS)
def test_what_is_written_is_read_back_the_same(shape: ScenarioShape) -> None:
    data = scenario_to_yaml(shape)
    assert ScenarioShape.model_validate(read_yaml(data, "a.yaml").value) == shape
    assert scenario_to_yaml(ScenarioShape.model_validate(read_yaml(data, "a.yaml").value)) == data


@given(WORDS)
def test_a_word_is_the_same_for_readers_of_yaml_1_1_and_1_2(word: str) -> None:
    text = f"{{key: {scalar(word)}}}\n"
    assert yaml.safe_load(text) == {"key": word}
    assert read_yaml(text.encode(), "a.yaml").value == {"key": word}


@given(st.text(st.characters(categories=("Cs", "Cc")) | st.sampled_from("\u2028\ufeffa"), min_size=1, max_size=9))
def test_what_cannot_be_shown_is_written_as_an_escape(word: str) -> None:
    """Even a lone surrogate from a broken source can be written; reading it is refused with its position."""
    assert scalar(word).encode().isascii()


def example() -> ScenarioShape:
    return ScenarioShape(
        schema_="incidentsim/scenario/1",
        id="leak",
        playbook="tiny",
        title=TextShape(en="A leak: again", zh="泄漏"),
        summary=TextShape(en="It began at 12:30.", zh="始于“十二点半”。"),
        fiction=TextShape(en="Invented.", zh="虚构。"),
        language=["en", "zh"],
        seed=7,
        starts="2021-06-30T09:10+08:00",
        organisation=OrganisationShape(name=TextShape(en="Acme", zh="极美")),
        people={"lin": PersonShape(name="yes", roles=["finder"])},
        incidents={
            "leak": IncidentShape(
                title=TextShape(en="Leak", zh="泄漏"),
                truth=TruthShape(
                    incident=True, level=1, why=[MeasuredShape(measure="users", is_=5)], cause="slip", flags={}
                ),
            )
        },
        injects=[
            InjectShape(
                id="alarm",
                at="0m",
                to=["finder"],
                channel="phone",
                body=TextShape(
                    en="First line\nsecond line, which goes on for a while and says rather more than fits beside it",
                    zh="一\n二",
                ),
                raises="leak",
            )
        ],
        expect=[NeverShape(never=PatternShape(do="close"))],
    )


def test_the_file_reads_well() -> None:
    assert scenario_to_yaml(example()).decode() == (
        "schema: incidentsim/scenario/1\n"
        "id: leak\n"
        "playbook: tiny\n"
        'title: {en: "A leak: again", zh: 泄漏}\n'
        "summary: {en: It began at 12:30., zh: 始于“十二点半”。}\n"
        "fiction: {en: Invented., zh: 虚构。}\n"
        "language: [en, zh]\n"
        "seed: 7\n"
        "starts: 2021-06-30T09:10+08:00\n"
        "organisation: {name: {en: Acme, zh: 极美}}\n"
        "people:\n"
        '  lin: {name: "yes", roles: [finder]}\n'
        "incidents:\n"
        "  leak:\n"
        "    title: {en: Leak, zh: 泄漏}\n"
        "    truth:\n"
        "      incident: true\n"
        "      level: 1\n"
        "      why: [{measure: users, is: 5}]\n"
        "      cause: slip\n"
        "injects:\n"
        "  - id: alarm\n"
        "    at: 0m\n"
        "    to: [finder]\n"
        "    channel: phone\n"
        "    body:\n"
        '      en: "First line\\nsecond line, which goes on for a while and says rather more than fits beside it"\n'
        '      zh: "一\\n二"\n'
        "    raises: leak\n"
        "expect:\n"
        "  - {never: {do: close}}\n"
    )


@pytest.mark.slow
@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_the_bytes_do_not_depend_on_the_hash_seed(hash_seed: str) -> None:
    code = (
        "import importlib.util, sys\n"
        f"spec = importlib.util.spec_from_file_location('t', {__file__!r})\n"
        "module = importlib.util.module_from_spec(spec); spec.loader.exec_module(module)\n"
        "sys.stdout.buffer.write(module.scenario_to_yaml(module.example()))\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    root = str(Path(__file__).parents[3])
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment, cwd=root)
    assert ran.stdout == scenario_to_yaml(example())


def test_flow_style_keeps_what_it_is_given_in_order() -> None:
    assert one_line({"b": [1, True, None, "no"], "a": {}}) == '{b: [1, true, null, "no"], a: {}}'
