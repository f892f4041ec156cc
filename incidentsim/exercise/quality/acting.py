"""Injects that reach nobody who could do something about them."""

from collections.abc import Iterator

from incidentsim.domain.facts import FactKind
from incidentsim.domain.playbook import Step
from incidentsim.domain.scenario import Inject, Person
from incidentsim.exercise.quality.finding import Finding
from incidentsim.exercise.quality.story import Story
from incidentsim.messages import gettext as _


def findings(story: Story) -> Iterator[Finding]:
    """Steps that an inject should prompt and none of those it reaches may take; injects to mere onlookers."""
    everybody = {person for steps in story.steps.values() for step in steps for person in story.takers(step)}
    for inject in story.scenario.injects:
        people = [person for person in story.addressed(inject.to) if not person.always_away]
        if not people:
            continue  # that nobody reads it is another rule's finding
        for number, do in enumerate(inject.expects):
            if not any(_can_answer(story, person, do) for person in people):
                message = _("The inject {inject} should prompt {do}, but nobody it reaches may do that or pass it on.")
                path = (*story.path(inject), "expects", number)
                yield Finding(path, "idle-inject", message.format(inject=inject.id, do=do))
        if not inject.expects and _should_move_somebody(inject) and everybody.isdisjoint(people):
            message = _("Nobody whom the inject {inject} reaches may take any step in this procedure.")
            yield Finding((*story.path(inject), "to"), "idle-inject", message.format(inject=inject.id))


def _should_move_somebody(inject: Inject) -> bool:
    """Noise is meant to lead nowhere; what an inject brings is a matter for the procedure, whoever reads it."""
    return inject.part != "noise" and not inject.brings and not inject.anchors


def _can_answer(story: Story, person: Person, do: str) -> bool:
    wanted = story.steps[do]
    if any(person in story.takers(step) for step in wanted):
        return True
    return any(
        person in story.takers(step) and _leads_to(story, step, wanted)
        for steps in story.steps.values()
        for step in steps
    )


def _leads_to(story: Story, step: Step, wanted: list[Step]) -> bool:
    """Whether taking `step` passes the matter on towards whoever may take a `wanted` one.

    It does where a wanted step is allowed from the state that `step` leads to, opens a duty that a wanted step
    settles, or tells somebody by the escalation matrix who may take it.
    """
    for target in wanted:
        if step.target is not None and step.track == target.track and step.target in target.sources:
            return True
    names = {target.do for target in wanted}
    for duty in story.playbook.duties.values():
        if any(pattern.do == step.do for pattern in duty.opens_on) and any(
            pattern.do in names for pattern in duty.settled_by
        ):
            return True
    takers = {role for target in wanted for role in target.by}
    return any(
        any(pattern.kind == FactKind.STEP_TAKEN and pattern.do == step.do for pattern in rule.on)
        and any(not takers.isdisjoint(story.playbook.roles_of(name)) for name in rule.to)
        for rule in story.playbook.escalations
    )
