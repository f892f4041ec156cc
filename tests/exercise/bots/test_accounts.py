"""What bots write: the figures that reached them, from where, and what is open; never the truth, never a title."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.facts import Fact, InjectDelivered, MessageSent, StepTaken
from incidentsim.domain.field_kinds import FieldContent, FieldKind
from incidentsim.domain.playbook import Field
from incidentsim.domain.references import references_of
from incidentsim.domain.scenario import Inject, Scenario, Shown
from incidentsim.domain.text import FreeText
from incidentsim.exercise.kernel.compiled_playbook import CompiledPlaybook
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.sim_time import MINUTE
from tests.support.examples import examples
from tests.support.play import play_with_bots
from tests.support.shipped import NAMES, procedure, scenario, without_script
from tests.support.small import small_playbook, small_scenario, text

FIELDS = tuple(
    Field(name, FieldKind.TEXT, text(name), holds=holds)
    for name, holds in (
        ("all", None),
        ("nature", FieldContent.CIRCUMSTANCES),
        ("scope", FieldContent.FIGURES),
        ("severity", FieldContent.SEVERITY),
    )
)


def story(*shows: Shown) -> Scenario:
    letter = Inject("letter", ("watcher", "expert"), "alert", text("letter"), at=1, incident="one", shows=shows)
    return small_scenario(injects=(*small_scenario().injects, letter))


def written(subject: Scenario, do: str) -> dict[str, object]:
    """What a bot writes into four text fields of a step."""
    book = small_playbook()
    main = book.tracks["main"]
    more = tuple(
        replace(step, fields=(*(field for field in step.fields if field.name == "level"), *FIELDS))
        if step.do == do
        else step
        for step in main.steps
    )
    book = replace(book, tracks={**book.tracks, "main": replace(main, steps=more)})
    facts = play_with_bots(Exercise(CompiledPlaybook(book), subject))
    return dict(next(fact.content for fact in facts if isinstance(fact, StepTaken) and fact.do == do))


def test_a_report_tells_the_figures_their_source_and_what_has_to_be_judged() -> None:
    said = written(story(Shown("measure", "users", 20), Shown("flag", "incident", 1)), "tell")
    assert said["nature"] == ("quote:alert", "quote:letter")
    assert said["scope"] == ("measure:users=20@letter",)
    assert said["severity"] == ("unknown:level",)
    assert said["all"] == ("quote:alert", "quote:letter", "measure:users=20@letter", "unknown:level")


def test_whoever_judges_says_what_they_find_and_by_what() -> None:
    said = written(story(Shown("flag", "incident", 1)), "accept")
    assert said["nature"] == ("flag:incident=1@letter", "quote:letter")


def test_where_no_figure_has_come_that_is_what_is_said() -> None:
    assert written(story(), "tell")["scope"] == ("unknown:level",)


def sources(facts: list[Fact], person: str) -> set[str]:
    """The ids of what came to somebody, by itself or in a message."""
    mine = [fact for fact in facts if isinstance(fact, InjectDelivered) and person in fact.to]
    got = [fact for fact in facts if isinstance(fact, MessageSent) and person in fact.receivers]
    return {fact.inject for fact in mine} | {inject for fact in got for inject in fact.injects}


@examples(8)
@given(name=st.sampled_from(NAMES), proficiency=st.sampled_from([0, 60, 100]), seed=st.integers(0, 999))
def test_no_bot_refers_to_anything_that_has_not_reached_it_nor_writes_a_word(
    name: str, proficiency: int, seed: int
) -> None:
    subject = without_script(scenario(name))
    book = CompiledPlaybook(procedure(subject.playbook))
    subject = replace(subject, seed=seed, proficiency=dict.fromkeys(book.playbook.roles, proficiency))
    facts = play_with_bots(Exercise(book, subject))
    shown = {(inject.id, part.name, part.value) for inject in subject.injects for part in inject.shows}
    for number, fact in enumerate(facts):
        if not isinstance(fact, StepTaken) or fact.by is None:
            continue
        for value in fact.content.values():
            assert not isinstance(value, FreeText)
            for reference in references_of(value) or ():
                if reference.rests_on:
                    assert reference.rests_on in sources(facts[:number], fact.by.person)
                if reference.source:
                    assert (reference.source, reference.name, reference.value) in shown


def test_the_time_of_what_is_written_is_that_of_the_step() -> None:
    """What comes a minute later is not in it."""
    late = Inject("late", ("watcher",), "alert", text("late"), at=10 * MINUTE, incident="one")
    subject = story(Shown("measure", "users", 20))
    subject = replace(subject, injects=(*subject.injects, late))
    assert "quote:late" not in str(written(subject, "tell"))
