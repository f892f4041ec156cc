"""What stands on record beside the procedure, in words: hints, and what people say of an exercise that is over."""

from collections.abc import Sequence
from typing import Final, assert_never

from incidentsim.domain.facts import (
    AfterwardsFact,
    Appraisal,
    CoachingSet,
    ErasureFact,
    HintGiven,
    HintStep,
    HotwashAnswered,
    HotwashVoted,
    ImprovementSet,
    ImprovementState,
    PersonErased,
    PlayerSeated,
    RatingSet,
    RecordedText,
    TextErased,
)
from incidentsim.exercise.afterwards.hotwash import is_empty
from incidentsim.exports.wording.narrator import Narrator
from incidentsim.exports.wording.plain_text import within_quotes
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext


def afterwards_words(teller: Narrator, fact: PlayerSeated | RatingSet | AfterwardsFact | ErasureFact) -> str:
    """The sentence for a fact that was added once the exercise was over."""
    match fact:
        case PlayerSeated():
            return _player_seated(teller, fact)
        case RatingSet():
            return _("The facilitator rates “{task}” {rating}: {reason}").format(
                task=teller.names.task(fact.task),
                rating=fact.rating,
                reason=teller.words(fact.reason),
            )
        case ImprovementSet():
            return _improvement_set(teller, fact)
        case HotwashAnswered():
            return _answered(teller, fact)
        case HotwashVoted():
            return _voted(teller, fact)
        case TextErased():
            return _("The texts of #{sequence} are erased; the commitments to them stay.").format(sequence=fact.entry)
        case PersonErased():
            message = _("The name of {person} is erased, and with it the scenario that named them.")
            return message.format(person=fact.person)
        case _:
            assert_never(fact)


def state_words(state: ImprovementState) -> str:
    """Return the words for a state of an improvement item."""
    match state:
        case ImprovementState.OPEN:
            return _("open")
        case ImprovementState.IN_PROGRESS:
            return _("in progress")
        case ImprovementState.DONE:
            return _("done")
        case ImprovementState.DROPPED:
            return _("dropped")


def appraisal_words(appraisal: Appraisal) -> str:
    """Return the words for a strength or a weakness."""
    match appraisal:
        case Appraisal.STRENGTH:
            return _("strength")
        case Appraisal.WEAKNESS:
            return _("weakness")


def said_by_words(teller: Narrator, said_by: RecordedText, person: str | None) -> str:
    """Return the speaker: a name, whom they played, or both; empty where nobody is named."""
    return speaker_words(teller.words(said_by), teller.names.person(person) if person is not None else "")


def speaker_words(name: str, played: str) -> str:
    """Return the name of a speaker and of whom they played, as far as either is known."""
    name = name.strip()
    return _("{name} ({role})").format(name=name, role=played) if name and played else name or played


def _improvement_set(teller: Narrator, fact: ImprovementSet) -> str:
    parts = []
    if fact.action is not None:
        parts.append(_("action: {words}").format(words=teller.words(fact.action)))
    if fact.owner is not None:
        parts.append(_("owner: {words}").format(words=teller.words(fact.owner) or _("nobody yet")))
    if fact.due is not None:
        parts.append(_("due: {words}").format(words=fact.due or _("no date")))
    if fact.state is not None:
        parts.append(_("state: {words}").format(words=state_words(fact.state)))
    if fact.evidence is not None:
        parts.append(_("evidence: {words}").format(words=teller.words(fact.evidence)))
    if fact.closed_by is not None:
        parts.append(_("shown by run {run}").format(run=fact.closed_by))
    said = _("; ").join(parts) or _("nothing changed")
    return _("Improvement item {item} – {said}").format(item=fact.item, said=said)


def _answered(teller: Narrator, fact: HotwashAnswered) -> str:
    if is_empty(fact.answer):
        return _("Hot wash: the answer in #{sequence} is taken back.").format(sequence=fact.instead_of)
    asked, answer = within_quotes(teller.words(fact.asked)), within_quotes(teller.words(fact.answer))
    who = said_by_words(teller, fact.said_by, fact.person)
    if who:
        return _("Hot wash, “{question}” {name}: “{answer}”").format(question=asked, name=who, answer=answer)
    return _("Hot wash, “{question}” Answer: “{answer}”").format(question=asked, answer=answer)


def _voted(teller: Narrator, fact: HotwashVoted) -> str:
    message = ngettext(
        "Hot wash: {n} vote for the {appraisal} “{title}”",
        "Hot wash: {n} votes for the {appraisal} “{title}”",
        fact.votes,
    )
    title = within_quotes(teller.words(fact.title))
    return message.format(n=fact.votes, appraisal=appraisal_words(fact.appraisal), title=title)


def _player_seated(teller: Narrator, fact: PlayerSeated) -> str:
    people, name = teller.names.listed(map(teller.names.person, fact.people)), teller.words(fact.name)
    if not name:
        return _("From {time} on, nobody sat in seat {n} ({people}).").format(
            time=teller.clock.elapsed(fact.since), n=fact.player, people=people
        )
    return _("From {time} on, {name} sat in seat {n} and played {people}.").format(
        time=teller.clock.elapsed(fact.since), name=name, n=fact.player, people=people
    )


STEPS = len(HintStep)
"""So many steps hints have."""


def hint_step_words(step: HintStep) -> str:
    """Return what a step of a hint tells, in a word or two."""
    match step:
        case HintStep.WHERE:
            return _("where to look")
        case HintStep.CRITERION:
            return _("by which criterion")
        case HintStep.ACT:
            return _("what to do")


def of_steps(step: HintStep) -> str:
    """Return how far hints went, as in “2 of 3”."""
    return _("{n} of {most}").format(n=step.number, most=STEPS)


def coaching_words(teller: Narrator, fact: CoachingSet) -> str:
    """Return the sentence that says whom the coach helps."""
    if not fact.people:
        return _("The coach helps nobody from now on.")
    return _("The coach helps from now on: {people}.").format(people=teller.somebody(fact.people))


def hint_words(teller: Narrator, fact: HintGiven) -> str:
    """Return the sentence that says to whom a hint was given, about what, and how far it went."""
    words = _("Hint {step} ({says}) for {person}: {acts}")
    if fact.unasked:
        words = _("Hint {step} ({says}), given by the facilitator, for {person}: {acts}")
    return words.format(
        step=of_steps(fact.step),
        says=hint_step_words(fact.step),
        person=teller.names.person(fact.person),
        acts=_(" / ").join(teller.names.step(do) for do in fact.acts),
    )


MOST_TASKS: Final = 5
"""So many tasks are offered by number."""


def shown_by_words(tasks: Sequence[str]) -> str:
    """Return the question for the task that shows that an item is done; `tasks` are the titles offered by number."""
    if not tasks:
        return _("Which task shows that it is done, once a later run performs it? (its title, or nothing)")
    listed = _("; ").join(
        _("{n}: {title}").format(n=number, title=title) for number, title in enumerate(tasks[:MOST_TASKS], 1)
    )
    message = _("Which task shows that it is done, once a later run performs it? ({tasks}; another title, or nothing)")
    return message.format(tasks=listed)
