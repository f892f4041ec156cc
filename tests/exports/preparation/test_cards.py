"""Role cards: everything that a role has to know, nothing of any story, and one page each as far as it fits."""

import io
import re
from dataclasses import replace

import pypdf
import pytest

from incidentsim.domain.basis import Basis
from incidentsim.domain.errors import UnknownNameError
from incidentsim.domain.playbook import Role
from incidentsim.domain.scenario import ExerciseObjective, Scenario, Truth
from incidentsim.domain.text import LANGUAGES, Language, Text
from incidentsim.exports.documents import html_page, pdf_file
from incidentsim.exports.documents.model import Part, Table
from incidentsim.exports.preparation.cards import cards, cast_of
from incidentsim.exports.preparation.criteria import when_words
from incidentsim.exports.preparation.handout import handout, scene_of
from incidentsim.exports.wording.playbook_words import playbook_names
from incidentsim.exports.wording.procedure.duties import duty_rows
from incidentsim.exports.wording.procedure.levels import level_table
from incidentsim.exports.wording.procedure.matrix import escalation_rows
from incidentsim.exports.wording.procedure.roles import role_card
from incidentsim.messages import spoken
from tests.support.papers import document, markdown
from tests.support.shipped import NAMES, PROCEDURES, procedure, scenario

CANARY = "Kanarienvogel"
BACKS = {"security_administrator", "response_team_lead"}
"""Roles that owe and judge more than fits on one page in a readable size."""


def of(name: str, language: Language, subject: Scenario | None = None, *roles: str) -> list[Part]:
    with spoken(language):
        return cards(procedure(name), cast_of(subject), language, roles)


def tables(part: Part) -> list[Table]:
    return [block for block in part.blocks if isinstance(block, Table)]


def page(*parts: Part) -> str:
    """The parts as they are read: without the signs of Markdown."""
    with spoken(parts[0].language):
        return markdown(*parts).replace("\\", "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PROCEDURES)
def test_every_role_has_a_card_with_all_that_the_procedure_says_of_it(name: str, language: Language) -> None:
    playbook = procedure(name)
    made = of(name, language)
    assert [part.title for part in made] == [role.title.say(language) for role in playbook.roles.values()]
    with spoken(language):
        names = playbook_names(playbook, language)
        for role, part in zip(playbook.roles, made, strict=True):
            card = role_card(playbook, role, names)
            rows = [" | ".join(map(str, row.cells)) for table in tables(part) for row in table.rows]
            for step in card.may:
                assert any(row.startswith(step.title + " | ") and step.needs in row for row in rows)
            for duty in card.owes:
                [told] = [row for row in rows if row.startswith(duty.title + " | ") and duty.begins in row]
                assert all(time.words in told for time in duty.times if time.limit is not None)
            for row in card.hears:
                assert any(when_words(row) in told and row.channel in told for told in rows)
            for _step, told in card.tells:
                assert any(told in row for row in rows)
            text = page(part)
            steps = [step for track in playbook.tracks.values() for step in track.steps if role in step.by]
            for judgement in playbook.judgements.values():
                judged = any(judgement.id in step.fits for step in steps)
                assert all((criterion.says.say(language) in text) == judged for criterion in judgement.criteria)
            for title, mark in card.forbidden:
                assert title in text
                assert mark in text
            assert all(deputy in text for deputy in card.deputies)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_threshold_time_and_escalation_stands_in_the_handout(name: str, language: Language) -> None:
    subject = scenario(name)
    playbook = procedure(subject.playbook)
    with spoken(language):
        part = handout(playbook, scene_of(subject), language)
        names = playbook_names(playbook, language)
        rows = [tuple(map(str, row.cells)) for table in tables(part) for row in table.rows]
        levels = level_table(playbook, names)
        for number, level in enumerate(level for level in levels.levels if level.thresholds):
            for threshold in level.thresholds:
                assert any(row[0] == threshold.title and row[1 + number] == threshold.words for row in rows)
        text = page(part)
        assert all(one.threshold.title in text and one.words in text for one in levels.aggravations)
        for duty in duty_rows(playbook, names):
            times = [time.words if time.limit is not None else "–" for time in duty.times]
            assert any(row[:2] == (duty.title, duty.owed_by) and list(row[3 : 3 + len(times)]) == times for row in rows)
        for escalation in escalation_rows(playbook, names):
            assert any(row[:2] == (when_words(escalation), escalation.to) for row in rows)


def planted(subject: Scenario) -> Scenario:
    """The scenario with a canary in every text that participants must not read beforehand."""
    canary = Text(CANARY, CANARY)
    truth = Truth(True, 1, {}, {CANARY: True}, CANARY, canary, canary, None, (canary,))
    return replace(
        subject,
        tags=(CANARY,),
        incidents={name: replace(incident, title=canary, truth=truth) for name, incident in subject.incidents.items()},
        injects=tuple(replace(inject, subject=canary, body=canary, hint=canary) for inject in subject.injects),
        objectives=(*subject.objectives, ExerciseObjective(canary, (CANARY,))),
        people={
            name: replace(person, name=canary, desk=canary) if person.always_away else person
            for name, person in subject.people.items()
        },
        script=(),
        expectations=(),
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_hidden_reaches_what_participants_get(name: str, language: Language) -> None:
    subject = planted(scenario(name))
    away = {role for person in subject.people.values() if person.always_away for role in person.roles}
    some = sorted({*away, next(iter(procedure(subject.playbook).roles))})
    parts = of(subject.playbook, language, subject, *some)
    with spoken(language):
        parts.append(handout(procedure(subject.playbook), scene_of(subject), language))
        assert CANARY not in html_page.render(document(parts)).decode()
    assert CANARY not in page(*parts)


def test_with_a_scenario_the_names_stand_on_the_cards_and_without_one_there_is_a_line_for_it() -> None:
    subject = scenario("number-masking-leak")
    [card] = of("platform-incidents", "en", subject, "response_team_lead")
    assert "- **Name**: Gu Yan\n" in page(card)
    assert "Information security supervisor (Shen Qing)" in page(card)
    [blank] = of("platform-incidents", "en", None, "response_team_lead")
    assert "Name: ……" in page(blank)
    assert "Gu Yan" not in page(blank)


def test_what_a_time_rests_on_is_said_once_where_all_are_assumed_and_for_each_where_not() -> None:
    playbook = procedure("platform-incidents")
    [card] = cards(playbook, {}, "en", ("discoverer",))
    assert "The times are an assumption of the playbook." in page(card)
    assert "| Report immediately | “Discover the incident” done | 15 minutes | M1 |" in page(card)
    law = Basis("regulation", (), Text("Law on Reports", "报告法"), Text("Art. 7", "第七条"))
    duty = playbook.duties["report-at-once"]
    by_law = replace(playbook, duties={**playbook.duties, duty.id: replace(duty, within_basis=law)})
    [card] = cards(by_law, {}, "en", ("discoverer",))
    assert "The times are an assumption" not in page(card)
    assert "| 15 minutes | M1; times: Law on Reports, Art. 7 |" in page(card)


def test_a_role_that_the_procedure_does_not_mention_has_a_card_that_says_so() -> None:
    playbook = procedure("platform-incidents")
    role = Role("guest", Text("Guest", "来宾"), Basis("assumption"), outside=True)
    [card] = cards(replace(playbook, roles={**playbook.roles, "guest": role}), {}, "en", ("guest",))
    for sentence in (
        "This role is outside the house.",
        "The procedure gives this role no step to take.",
        "The procedure sets this role no time.",
        "- **Stands in for me**: nobody",
    ):
        assert sentence in page(card)


def test_only_the_cards_that_were_asked_for_are_made_in_the_order_of_the_playbook() -> None:
    made = cards(procedure("platform-incidents"), {}, "en", ("cto", "discoverer"))
    assert [part.title for part in made] == ["Reporting person", "Chief technology officer (CTO)"]
    with pytest.raises(UnknownNameError, match="the nearest valid one is discoverer"):
        cards(procedure("platform-incidents"), {}, "en", ("discovere",))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PROCEDURES)
def test_a_card_is_one_page_and_what_does_not_fit_goes_on_on_its_back(name: str, language: Language) -> None:
    made = of(name, language)
    pages = [one.extract_text() for one in pypdf.PdfReader(io.BytesIO(pdf_file.render(document(made)))).pages]
    numbers = [re.search(r"(\d) ?/ ?(\d)\s*$", text) for text in pages]
    backs = sum(found is not None and found[1] == "2" for found in numbers)
    assert all(numbers)
    assert len(pages) == len(made) + backs
    assert backs == sum(role in BACKS for role in procedure(name).roles)
