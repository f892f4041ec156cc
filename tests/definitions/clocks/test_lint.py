"""What playbooks and scenarios may say about regulatory deadlines: by one fault planted in a shipped file each."""

from collections.abc import Callable
from pathlib import Path

import pytest

from incidentsim import composition
from incidentsim.definitions.library.check import check
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.rules.clock_names import clock_ids, judgements
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.definitions.yaml12.problems import DefinitionError
from incidentsim.domain.clocks import Scope
from incidentsim.domain.playbook import Playbook

PLAYBOOK = (composition.shipped("playbooks") / "platform-incidents.yaml").read_text(encoding="utf-8")
FOLDER = composition.shipped("scenarios")
STORY = (FOLDER / "number-masking-leak.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def platform() -> Playbook:
    return read_playbook(PLAYBOOK.encode(), "playbook.yaml")


def said(read: Callable[[], object], where: str) -> str:
    """The one problem, which must be at `where`."""
    with pytest.raises(DefinitionError) as caught:
        read()
    (problem,) = caught.value.problems
    assert problem.path == where
    return problem.message


def edited(text: str, old: str, new: str) -> bytes:
    assert text.count(old) == 1, old
    return text.replace(old, new).encode()


STORY_FAULTS = [
    (
        "clock: cn-pipl-57\n",
        "clock: cn-pipl-75\n",
        "clock",
        "There is no clock cn-pipl-75; the nearest valid one is cn-pipl",
    ),
    ("clock: cn-pipl-57\n", "clock: 57\n", "clock", "This field is a regulatory deadline, such as cn-pipl-57."),
    (
        "judgement: {scale: cn_cac_2025, level: general}",
        "judgement: {scale: cn_cac_2052, level: general}",
        "judgement.scale",
        "There is no statutory scale cn_cac_2052; the nearest valid one is cn_cac_2025.",
    ),
    (
        "judgement: {scale: cn_cac_2025, level: general}",
        "judgement: {scale: cn_cac_2025, level: genral}",
        "judgement.level",
        "There is no statutory level genral; the nearest valid one is general.",
    ),
    (
        "judgement: {scale: cn_cac_2025, level: general}",
        "judgement: 2",
        "judgement",
        "This field is a level of a statutory scale: {scale: …, level: …}.",
    ),
    (
        "        personal_data_breach: true\n",
        "        personal_data_braech: true\n",
        "legal_facts.personal_data_braech",
        "There is no measure personal_data_braech; the nearest valid one is personal_data_breach.",
    ),
    ("persons_affected: 184000", "persons_affected: true", "legal_facts.persons_affected", "This measure is a whole"),
]


@pytest.mark.parametrize(("old", "new", "where", "message"), STORY_FAULTS)
def test_a_fault_in_a_script_names_the_nearest(
    old: str, new: str, where: str, message: str, platform: Playbook
) -> None:
    with pytest.raises(DefinitionError) as caught:
        read_scenario(edited(STORY, old, new), "story.yaml", platform, folder=FOLDER)
    (problem,) = caught.value.problems
    assert problem.path.startswith("$.script[")
    assert problem.path.endswith(f".with.{where}")
    assert problem.message.startswith(message)


SCOPE_FAULTS = [
    ("jurisdictions: [CN, US]", "jurisdictions: [CN, UK]", 2, "There is no jurisdiction UK"),
    (
        "cn_data_processor: true",
        "cn_data_procesor: true",
        1,
        "There is no attribute cn_data_procesor; the nearest valid",
    ),
    ("cn_data_processor: true", "cn_data_processor: 3", 1, "cn_data_processor is answered with true or false."),
    ("cn_operator: other_network_operator", "cn_operator: other_operator", 1, "There is no answer other_operator; the"),
    ("cn_operator: other_network_operator", "cn_operator: true", 1, "cn_operator is answered with one of ciio,"),
    (
        "us_filer: foreign_private_issuer",
        "eu_personal_data_roles: [controller]",
        1,
        "eu_personal_data_roles is asked only",
    ),
    (
        "jurisdictions: [CN, US]",
        "jurisdictions: [CN, US]\n    zones: {CN: Asia/Shangai}",
        1,
        "There is no time zone Asia/Sh",
    ),
    (
        "jurisdictions: [CN, US]",
        "jurisdictions: [CN, US]\n    zones: {EU: Europe/Berlin}",
        1,
        "There is no jurisdiction dec",
    ),
    (
        "jurisdictions: [CN, US]",
        "jurisdictions: [CN, US]\n    calendars: {CN: CNN}",
        1,
        "There is no holiday calendar CNN",
    ),
]


@pytest.mark.parametrize(("old", "new", "least", "message"), SCOPE_FAULTS)
def test_a_fault_in_a_scope_is_said(old: str, new: str, least: int, message: str, platform: Playbook) -> None:
    with pytest.raises(DefinitionError) as caught:
        read_scenario(edited(STORY, old, new), "story.yaml", platform, folder=FOLDER)
    assert len(caught.value.problems) >= least
    assert all(problem.path.startswith("$.organisation.scope") for problem in caught.value.problems)
    assert any(problem.message.startswith(message) for problem in caught.value.problems)


def test_a_scope_is_read_with_its_places(platform: Playbook) -> None:
    places = "jurisdictions: [CN, US]\n    zones: {US: America/Chicago}\n    calendars: {US: US-IL}"
    text = edited(STORY, "jurisdictions: [CN, US]", places)
    found = read_scenario(text, "story.yaml", platform, folder=FOLDER).organisation.scope
    assert isinstance(found, Scope)
    assert found.jurisdictions == ("CN", "US")
    assert found.declared["cn_operator"] == "other_network_operator"
    assert (found.zones, found.calendars) == ({"US": "America/Chicago"}, {"US": "US-IL"})


BROUGHT = "brings: {circumstance: suspected_crime, person: bao}"


@pytest.mark.parametrize(
    ("brings", "where", "message"),
    [
        ("{anchor: paymnet}", ".anchor", "There is no anchor paymnet; the nearest valid one is payment."),
        ("{anchor: prior_filing}", ".anchor", "There is no anchor prior_filing;"),
        ("{person: bao}", "", "What an inject brings is either a circumstance or an anchor."),
        ("{circumstance: suspected_crime, anchor: payment}", "", "What an inject brings is either"),
        ("{anchor: payment, person: bao}", ".person", "A person belongs to a circumstance, not to an anchor."),
    ],
)
def test_what_an_inject_brings_is_checked(brings: str, where: str, message: str, platform: Playbook) -> None:
    wrong = edited(STORY, BROUGHT, f"brings: {brings}")
    heard = said(lambda: read_scenario(wrong, "story.yaml", platform, folder=FOLDER), f"$.injects[3].brings{where}")
    assert heard.startswith(message)


def test_an_inject_may_bring_both_one_after_the_other(platform: Playbook) -> None:
    both = edited(STORY, BROUGHT, "brings: [{circumstance: suspected_crime, person: bao}, {anchor: made_public}]")
    inject = read_scenario(both, "story.yaml", platform, folder=FOLDER).injects[3]
    assert inject.anchors == ("made_public",)
    assert [one.circumstance for one in inject.brings] == ["suspected_crime"]


@pytest.mark.parametrize(
    ("old", "new", "where", "message"),
    [
        (
            "  knowledge: {when_fact:",
            "  knowlege: {when_fact:",
            "$.anchors.knowlege",
            "There is no anchor knowlege; the nearest",
        ),
        (
            "establishes: {suspected_crime: true}",
            "establishes: {suspected_crimes: true}",
            "$.anchors.suspicion_of_crime.establishes.suspected_crimes",
            "There is no measure suspected_crimes; the nearest",
        ),
        (
            "establishes: {suspected_crime: true}",
            "establishes: {suspected_crime: 5}",
            "$.anchors.suspicion_of_crime.establishes.suspected_crime",
            "This measure is true or false.",
        ),
        (
            "assessment: {when_fact: {do: record_legal_facts}, basis: assumption}",
            "assessment: {when_fact: {do: record_legal_facts}}",
            "$.anchors.assessment",
            "This rule has no basis",
        ),
        (
            "when_fact: {fact: statutory_level_judged}",
            "when_fact: {fact: statutory_level_judged, level: 2}",
            "$.anchors.statutory_classification.when_fact.level",
            "The fact statutory_level_judged has no part level",
        ),
    ],
)
def test_a_fault_in_the_anchors_is_said(old: str, new: str, where: str, message: str) -> None:
    wrong = edited(PLAYBOOK, old, new)
    assert said(lambda: read_playbook(wrong, "playbook.yaml"), where).startswith(message)


def test_an_expectation_names_a_clock_and_an_anchor_that_exist(platform: Playbook) -> None:
    old = "  - {never: {fact: filed, clock: cn-cac-other-initial}}\n"
    for new, message in (
        (
            "  - {never: {fact: filed, clock: cn-cac-othr-initial}}\n",
            "There is no clock cn-cac-othr-initial; the nearest",
        ),
        (
            "  - {never: {fact: anchor_reached, anchor: awarness}}\n",
            "There is no anchor awarness; the nearest valid one",
        ),
    ):
        with pytest.raises(DefinitionError) as caught:
            read_scenario(edited(STORY, old, new), "story.yaml", platform, folder=FOLDER)
        assert caught.value.problems[0].message.startswith(message)


def test_fields_know_what_the_packs_offer(platform: Playbook) -> None:
    (filing,) = [step for step in platform.tracks["authorities"].steps if step.do == "file_report"]
    assert filing.fields[0].choices == clock_ids()
    assert "cn_cac_2025:none" in judgements()


def test_nobody_has_to_take_a_step_towards_the_authorities(platform: Playbook) -> None:
    track = platform.tracks["authorities"]
    assert all(state.final for state in track.states.values())
    assert all(step.detour and step.target is None for step in track.steps)


def test_a_clock_pack_is_checked_like_any_definition(tmp_path: Path) -> None:
    pack = (composition.shipped("playbooks").parent / "incidentsim" / "clockpacks" / "us.yaml").read_text("utf-8")
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(pack, "utf-8")
    bad.write_text(pack.replace("calendar: US\n", "calendar: USSR\n"), "utf-8")
    wrong, right = check([tmp_path], composition.library())
    assert (right.kind, right.id, right.problems) == ("clocks", "us", ())
    assert [problem.path for problem in wrong.problems] == ["$.calendar"]
