"""What a hint says, step by step: where to look, by which criterion, what to do. All of it is in the view already.

The words are made from the playbook and from what has reached whoever sits there; nothing else is asked.
"""

from collections.abc import Iterator, Sequence

from incidentsim.domain.facts import HintStep
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import Field
from incidentsim.exercise.coaching.advice import Adviser
from incidentsim.exercise.evaluation.decisions.truth import INCIDENT
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.exports.wording.evidence import flag_said, judged_words
from incidentsim.exports.wording.procedure.levels import level_table, measure_levels
from incidentsim.messages import gettext as _
from incidentsim.session.coaching.owed_acts import Matter
from incidentsim.session.coaching.words import by_when, holds_words, receiver
from incidentsim.session.form_view import ActionKey
from incidentsim.session.procedure.coach_view import SuggestedAct
from incidentsim.session.reading.criteria import Criteria
from incidentsim.session.reading.figures import figures_of
from incidentsim.session.reading.reader import Reader, step_id
from incidentsim.session.reading.regulatory import Clocks
from incidentsim.session.seat_view import InboxMessage
from incidentsim.session.sentences import clause_words

_MOST_MESSAGES = 4
"""So many messages are named, the newest."""
_MOST_ASKED = 2
"""So many people are named who may know more."""


class HintWords:
    """Says the hints about one matter."""

    def __init__(
        self, reader: Reader, matter: Matter, adviser: Adviser, inbox: Sequence[InboxMessage], clocks: Clocks
    ) -> None:
        """`inbox` is what reached whoever sits there, `clocks` are the regulatory deadlines of each incident."""
        self._reader = reader
        self._matter = matter
        self._speaking = adviser.speaking(matter.steps, matter.known)
        self._about = [message for message in inbox if message.incident == matter.incident]
        self._clocks = clocks
        self._playbook = reader.session.exercise.playbook

    def lines(self, step: HintStep) -> tuple[str, ...]:
        """Return the hint, a line each."""
        match step:
            case HintStep.WHERE:
                return tuple(self._where())
            case HintStep.CRITERION:
                return tuple(self._criterion())
            case HintStep.ACT:
                return tuple(self._act())

    # where to look

    def _where(self) -> Iterator[str]:
        numbers = {finding.heard.fact for finding in self._speaking}
        decisive = [message for message in self._about if message.number in numbers]
        shown = (decisive or [message for message in self._about if not message.told_of])[-_MOST_MESSAGES:]
        for message in shown:
            words = _("Inbox: #{number}, {time}, from {sender}: {subject}")
            if not message.sender:
                words = _("Inbox: #{number}, {time}: {subject}")
            yield words.format(number=message.number, time=message.time, sender=message.sender, subject=message.subject)
        if not shown:
            yield _("Nothing about it has reached you.")
        if self._matter.duty is not None:
            duty = self._reader.names.duty(self._matter.duty.duty)
            yield _("Duties: “{duty}” and what ends it.").format(duty=duty)
        if self._matter.clock is not None:
            yield _("Duties: the regulatory deadlines below them.")
        if self._matter.advice.grades:
            yield _("Procedure: the levels with their thresholds, beside what you know.")
        yield _("Actions: {steps}.").format(steps=self._steps(self._matter.acts))

    # by which criterion

    def _criterion(self) -> Iterator[str]:
        matter, names = self._matter, self._reader.names
        clauses = tuple(dict.fromkeys(clause for step in matter.steps for clause in step.basis.clauses))
        for clause, says in clause_words(self._reader.narrator, clauses):
            yield _("{clause}: {says}").format(clause=clause, says=says)
        if matter.advice.grades or any(flag == INCIDENT for flag, _answer in matter.advice.flags):
            yield from self._figures()
        if matter.advice.grades:
            yield from level_table(self._playbook, names).rules
        criteria = Criteria(self._reader, matter.incident, self._clocks)
        yield from self._judged(criteria)
        if matter.clock is not None:
            limit, stands = criteria.option(FieldKind.CLOCK, matter.clock.clock.id)
            yield _("{clock}: {limit}").format(clock=names.say(matter.clock.clock.title), limit=limit)
            if stands:
                yield stands
        if (until := by_when(self._reader, matter)) and not matter.advice.judges:
            yield _("In time: {until}.").format(until=until)
        for step in matter.steps:
            if step.tells is not None:
                told = names.listed(receiver(self._reader, name) for name in step.tells.to)
                yield _("Whom it has to reach: {receivers}.").format(receivers=told)

    def _judged(self, criteria: Criteria) -> Iterator[str]:
        """What speaks for and against each yes or no, and which messages show it."""
        for judgement in criteria.judgements(self._matter.steps[0]):
            for title, speaking in (
                (_("Speaks for it:"), judgement.speaks_for),
                (_("Speaks against it:"), judgement.speaks_against),
            ):
                if speaking:
                    yield title
                    yield from (f"· {words}" for words in speaking)
        for flag, _answer in self._matter.advice.flags:
            yield from self._flag(flag)

    def _figures(self) -> Iterator[str]:
        names, asked = self._reader.names, self._measures()
        figures = figures_of(self._reader, self._matter.incident)
        for figure in figures:
            levels = measure_levels(self._playbook, figure.measure, names)
            words = _("{measure}: {value} ({source}); {levels}") if levels else _("{measure}: {value} ({source})")
            yield words.format(measure=figure.title, value=figure.words, source=figure.source, levels=levels)
        known = {figure.measure for figure in figures}
        unknown = [names.say(self._playbook.measures[name].title) for name in asked if name not in known]
        if unknown and self._matter.advice.grades:
            yield _("Not known to you: {measures}.").format(measures=names.listed(unknown))

    def _measures(self) -> list[str]:
        levels = self._playbook.levels.values()
        asked = dict.fromkeys(threshold.measure for level in levels for threshold in level.any_of)
        asked.update(dict.fromkeys(rule.when.measure for rule in self._playbook.modifiers))
        return [name for name in asked if name in self._playbook.measures]

    def _flag(self, flag: str) -> Iterator[str]:
        saying = [finding for finding in self._speaking if finding.kind == "flag" and finding.name == flag]
        for finding in saying:
            said = flag_said(flag, holds=bool(finding.value))
            yield _("#{number} shows: {what}.").format(number=finding.heard.fact, what=said)
        if not saying:
            yield _("No message shows {judged} by itself.").format(judged=judged_words(flag))

    # what to do

    def _act(self) -> Iterator[str]:
        matter, names = self._matter, self._reader.names
        yield from self._answers()
        suggested = self.suggested()
        if suggested is not None and suggested.until is not None:
            words = _("There is time until {time}: what comes until then may say otherwise. Ask {whom}.")
            yield words.format(time=self._reader.narrator.until(suggested.until), whom=self._whom())
        offer = matter.offer
        if offer is None:
            fitting = [step for step in matter.steps if step.do == matter.advice.step]
            for step in fitting:
                roles = names.listed(names.somebody(role) for role in step.by_named or step.by)
                yield _("“{step}” is for {roles}: tell them what you know.").format(
                    step=names.step(step.do), roles=roles
                )
            if not fitting:
                yield _("None of these fits what you know: leave it, and ask {whom}.").format(whom=self._whom())
            return
        yield _("Do: “{step}”, as {role}.").format(step=names.step(offer.step.do), role=names.role(offer.role))
        chosen = dict(suggested.fields) if suggested is not None else {}
        for field in offer.step.fields:
            if field.required and (words := self._field(field, chosen.get(field.name, ()))):
                yield words

    def _answers(self) -> Iterator[str]:
        advice, names = self._matter.advice, self._reader.names
        for flag, answer in advice.flags:
            if answer is not None:
                yield _("By what you know, {said}.").format(said=flag_said(flag, holds=answer))
            elif flag == INCIDENT:
                yield _(
                    "What you know does not decide {judged}. Ask {whom}; until something speaks against it, a report "
                    "is taken seriously."
                ).format(judged=judged_words(flag), whom=self._whom())
            else:
                yield _(
                    "What you know does not decide {judged}. Ask {whom}; until something speaks for it, the answer "
                    "is no."
                ).format(judged=judged_words(flag), whom=self._whom())
        if advice.grades and advice.level is not None:
            yield _("By the figures you know, the thresholds give {level}.").format(level=names.level(advice.level))
        elif advice.grades:
            yield _("What you know does not decide the level: none of its figures has reached you. Ask {whom}.").format(
                whom=self._whom()
            )

    def _field(self, field: Field, chosen: Sequence[str]) -> str:
        names, called = self._reader.names, self._reader.names.say(field.title)
        if chosen:
            single = field.kind is FieldKind.LEVEL
            values = [names.value(field, int(one) if single else one) for one in chosen]
            return _("{field}: {value}").format(field=called, value=_(", ").join(values))
        if field.kind is FieldKind.TEXT:
            return _("{field}: {value}").format(field=called, value=holds_words(field.holds) or _("in your own words"))
        return ""

    def _whom(self) -> str:
        """Whoever wrote about it last, whom one can ask."""
        senders = [message.sender for message in reversed(self._about) if message.sender and not message.told_of]
        known = list(dict.fromkeys(senders))[:_MOST_ASKED]
        return self._reader.names.listed(known) if known else _("everybody at work on the incident")

    def _steps(self, acts: Sequence[str]) -> str:
        names = self._reader.names
        return names.listed(_("“{step}”").format(step=names.step(do)) for do in acts)

    def suggested(self) -> SuggestedAct | None:
        """Return the act that the third hint names; `None` where none is for whoever sits there."""
        matter, offer = self._matter, self._matter.offer
        if offer is None:
            return None
        chosen = [(field.name, self._chosen(field)) for field in offer.step.fields]
        return SuggestedAct(
            key=key_of(self._reader, matter, offer.step.do),
            fields=tuple((name, values) for name, values in chosen if values),
            until=self._until(offer.step.takes),
        )

    def _chosen(self, field: Field) -> tuple[str, ...]:
        matter = self._matter
        if field.kind is FieldKind.LEVEL and matter.advice.level is not None:
            return (str(matter.advice.level),)
        if field.kind is FieldKind.CLOCK and matter.clock is not None:
            return (matter.clock.clock.id,) if matter.clock.clock.id in field.choices else ()
        if field.kind is FieldKind.CHOICES:
            known = {finding.name for finding in matter.known if finding.kind == "measure"}
            measured = tuple(choice for choice in field.choices if choice in known)
            return measured if len(measured) >= field.at_least else ()
        return ()

    def _until(self, takes: int) -> int | None:
        """Until when a judgement can wait: before the table stops for its deadline (`session.relevance`)."""
        matter, now = self._matter, self._reader.session.now
        if not matter.advice.judges or matter.duty is None or matter.due is None or matter.advice.level == 1:
            return None
        latest = matter.due - max(takes + MINUTE, (matter.due - matter.duty.opened) // 4) - MINUTE - matter.beside
        return latest if latest > now else None


def key_of(reader: Reader, matter: Matter, do: str) -> ActionKey:
    """Return the key of an open step of a matter."""
    offer = next(offer for offer in matter.offers if offer.step.do == do)
    name = step_id(reader.session.exercise.playbook, offer.step)
    return ActionKey(matter.incident, do, offer.person.pseudonym, offer.role, name)
