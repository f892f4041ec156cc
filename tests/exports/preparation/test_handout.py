"""The participants' handout gives nothing away: it is the same whatever the truth and the injects are."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.scenario import ExerciseObjective, Incident, Scenario, Truth
from incidentsim.domain.text import LANGUAGES, Language, Text
from incidentsim.exports.preparation.handout import handout, scene_of
from incidentsim.messages import spoken
from tests.support.papers import markdown
from tests.support.shipped import NAMES, procedure, scenario

STORY = "number-masking-leak"


def of(subject: Scenario, language: Language = "en") -> str:
    with spoken(language):
        return markdown(handout(procedure(subject.playbook), scene_of(subject), language))


words = st.text(min_size=1).map(lambda value: Text(value, value))


@given(
    words,
    st.integers(1, 5) | st.none(),
    st.booleans(),
    st.sampled_from(["cause", "noise", "late_evidence", None]),
    st.dictionaries(st.sampled_from(["incident", "unlawful", "crime"]), st.booleans()),
)
def test_nothing_of_the_truth_or_of_the_injects_changes_it(
    secret: Text, level: int | None, incident: bool, part: str | None, flags: dict[str, bool]
) -> None:
    subject = scenario(STORY)
    truth = Truth(incident, level, {"personal_records": 1}, flags, secret.en, secret, secret, secret.en, (secret,))
    told = replace(
        subject,
        seed=1,
        tags=(secret.en,),
        incidents={name: Incident(name, secret, truth) for name in subject.incidents},
        injects=tuple(
            replace(one, body=secret, subject=secret, hint=secret, part=part, at=0)  # type: ignore[arg-type]
            for one in subject.injects
        ),
        objectives=(
            *(replace(one, tested_by=(secret.en,)) for one in subject.objectives),
            ExerciseObjective(secret),
        ),
        script=(),
        expectations=(),
    )
    scene = scene_of(subject)
    found = replace(scene_of(told), local_time=scene.local_time)
    assert found == scene, "the handout is written from nothing else"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_no_shipped_handout_holds_a_spoiler(name: str, language: Language) -> None:
    subject = scenario(name)
    page = of(subject, language).replace("\\", "")
    secret = [text for one in subject.injects for text in (one.subject, one.body, one.hint)]
    for incident in subject.incidents.values():
        truth = incident.truth
        secret += [truth.scope, truth.loss, *truth.notes]
        assert truth.cause not in page
    told = [text.say(language).replace("\\", "") for text in secret if text is not None]
    assert [words for words in told if words in page and len(words) > len("none")] == []
    hidden = [one.text.say(language) for one in subject.objectives if not one.for_participants]
    assert [words for words in hidden if words in page] == []


def test_an_objective_that_gives_nothing_away_is_told_to_participants() -> None:
    subject = scenario(STORY)
    first, second, *rest = subject.objectives
    told = replace(subject, objectives=(replace(first, for_participants=True), second, *rest))
    page = of(told)
    assert f"- {first.text.en}" in page
    assert second.text.en not in page


def test_it_says_what_people_need() -> None:
    page = of(scenario(STORY))
    for words_needed in (
        "# For participants\n\nReal numbers behind the mask",
        "Zhulan Communications (invented): a cloud communications company",
        "Wednesday, 24 June 2026, 09:10",
        "Find an incident and report it immediately",
        "If something real happens, say “real incident”",
        "| personal records exposed | 1,000,000 or more | 100,000 or more | 500 or more | 1 or more |",
        "| Report to the leading group immediately | Incident response team | “Confirm that it is an incident” done |",
        "| Zhou Heng | Security administrator |",
        "| Incident response team | Response team lead, Response team member,",
        "| M2 | The report goes by e-mail",
    ):
        assert words_needed in page


def test_people_who_never_come_and_clauses_of_context_are_left_out() -> None:
    page = of(scenario(STORY))
    assert "Bao Ning" not in page
    assert "| A1 |" not in page
    assert "| A5 |" not in page, "no rule that people keep or break rests on it"
    assert "| R4 |" not in page


def test_it_does_without_what_a_scenario_or_playbook_lacks() -> None:
    subject = scenario(STORY)
    bare = replace(subject, objectives=(), organisation=replace(subject.organisation, about=None))
    playbook = replace(
        procedure(subject.playbook), bodies={}, clauses={}, roles={}, objectives={}, levels={}, duties={}, forbidden={}
    )
    playbook = replace(playbook, escalations=(), modifiers=())
    page = markdown(handout(playbook, scene_of(bare), "en"))
    assert "What we practise" not in page
    for title in ("Who decides together", "The levels", "Duties and", "Escalation", "What nobody", "The clauses"):
        assert title not in page
    assert "Zhulan Communications (invented)\n" in page
