"""The criterion beside each thing that can be chosen in a form, and what is known of it to whoever fills it in."""

from typing import TYPE_CHECKING, Final

from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.domain.actions import judgement
from incidentsim.domain.facts import Escalated, MeasureTaken
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.meanings import Unit
from incidentsim.domain.playbook import Playbook, Step
from incidentsim.exports.text.clock_table import state_word
from incidentsim.exports.wording.measures import value_words
from incidentsim.exports.wording.procedure.judgements import criterion_words, judged_by, question_words
from incidentsim.exports.wording.procedure.levels import level_table, measure_levels
from incidentsim.exports.wording.procedure.rows import CriterionRow
from incidentsim.exports.wording.procedure.statutory import deadline_row, level_criteria, measure_limits
from incidentsim.messages import gettext as _
from incidentsim.session.form_view import JudgementView
from incidentsim.session.reading.figures import figures_of, known_words
from incidentsim.session.reading.reader import Reader
from incidentsim.session.reading.regulatory import Clocks
from incidentsim.session.reading.statements import statements_of
from incidentsim.session.sentences import message_words
from incidentsim.session.views import inbox

if TYPE_CHECKING:
    from incidentsim.session.procedure.view import FigureView, StatementView

_MOST_MESSAGES: Final = 6
"""So many of the newest messages are named in a form."""

_JUDGING: Final = frozenset({FieldKind.LEVEL, FieldKind.STATUTORY_LEVEL, FieldKind.CLOCK_MEASURES})
"""Kinds of field in which something is judged by figures."""


class Criteria:
    """The criteria and known values beside the options of a form about one incident."""

    def __init__(self, reader: Reader, incident: str, clocks: Clocks) -> None:
        """Read what reached whoever sits there; `clocks` are the regulatory deadlines as they stand now."""
        self._reader = reader
        self._incident = incident
        self._clocks = clocks
        self._figures: tuple[FigureView, ...] = figures_of(reader, incident)
        self._said: tuple[StatementView, ...] = statements_of(reader, incident)

    def option(self, kind: FieldKind, option: str) -> tuple[str, str]:
        """Return the criterion for an option, and what is known of it; either may be empty."""
        match kind:
            case FieldKind.LEVEL:
                return self._level(option), ""
            case FieldKind.CHOICES if option in self._playbook.measures:
                return measure_levels(self._playbook, option, self._reader.names), known_words(self._figures, option)
            case FieldKind.STATUTORY_LEVEL:
                return self._statutory(option), ""
            case FieldKind.CLOCK_MEASURES:
                limits = measure_limits(option, shipped_packs(), self._reader.names)
                return limits, self._established(option)
            case FieldKind.CLOCK:
                return self._deadline(option)
            case FieldKind.TEXT | FieldKind.CHOICE | FieldKind.CHOICES | FieldKind.PERSON | FieldKind.ROLE:
                return "", ""

    @property
    def _playbook(self) -> Playbook:
        return self._reader.session.exercise.playbook

    def _level(self, option: str) -> str:
        table = level_table(self._playbook, self._reader.names)
        row = next((row for row in table.levels if str(row.level) == option), None)
        if row is None:
            return ""
        if row.rest:
            return _("whatever reaches no threshold")
        told = (
            _("{measure}: {value}").format(measure=threshold.title, value=threshold.words)
            for threshold in row.thresholds
        )
        return _("one is enough: {thresholds}").format(thresholds=_("; ").join(told))

    def _statutory(self, option: str) -> str:
        scale, level = judgement(option)
        for pack in shipped_packs():
            if scale in pack.scales:
                found = pack.scales[scale].levels.get(level or "")
                return level_criteria(found, pack, self._reader.names) if found is not None else ""
        return ""

    def _established(self, measure: str) -> str:
        """What is on record of a measure that the law asks about."""
        facts, undone = self._reader.facts, self._reader.undone
        for number in range(len(facts) - 1, -1, -1):
            fact = facts[number]
            if not isinstance(fact, MeasureTaken) or number in undone:
                continue
            if (fact.incident, fact.measure) == (self._incident, measure):
                value = value_words(_unit(measure), fact.value)
                return _("{value} · on record #{number}").format(value=value, number=number)
        return ""

    def _deadline(self, clock: str) -> tuple[str, str]:
        names = self._reader.names
        for pack in shipped_packs():
            if clock in pack.clocks:
                row = deadline_row(self._playbook, pack, pack.clocks[clock], names)
                limit = _("{limit}, counted from {anchor}").format(limit=row.limit, anchor=row.counted_from)
                views = self._clocks.get(self._incident, ())
                state = next((view.state for view in views if view.clock.id == clock), None)
                return (limit if row.counted_from else row.limit), "" if state is None else state_word(state)
        return "", ""

    def known(self, step: Step) -> tuple[str, ...]:
        """Return what reached whoever fills in a judgement: the figures with their sources, then the messages.

        Empty where the step judges nothing.
        """
        if not step.fits and not any(field.kind in _JUDGING for field in step.fields):
            return ()
        told = [
            _("{measure}: {value} · {source}").format(measure=figure.title, value=figure.words, source=figure.source)
            for figure in self._figures
        ]
        messages = [
            message
            for message in inbox(self._reader.session, self._reader.pseudonyms or None)
            if message.incident == self._incident and not isinstance(message.fact, Escalated)
        ]
        told += [
            _("#{number} {subject}").format(
                number=message.number, subject=message_words(self._reader.narrator, message)[0]
            )
            for message in messages[-_MOST_MESSAGES:]
        ]
        return tuple(told) or (_("Nothing about it has reached you."),)

    def judgements(self, step: Step) -> tuple[JudgementView, ...]:
        """Return by what the questions that the step answers are judged, and what is known of each so far."""
        return tuple(
            JudgementView(
                title=question_words(row),
                speaks_for=tuple(map(self._criterion, row.speaks_for)),
                speaks_against=tuple(map(self._criterion, row.speaks_against)),
                said=tuple(said.words for said in self._said if said.judgement == row.judgement),
            )
            for row in judged_by(self._playbook, [step], self._reader.names)
        )

    def _criterion(self, row: CriterionRow) -> str:
        known = [
            _("{measure}: {value}").format(measure=figure.title, value=known_words((figure,), figure.measure))
            for figure in self._figures
            if figure.measure in row.measures
        ]
        told = criterion_words(row)
        return _("{title} – {note}").format(title=told, note=_("; ").join(known)) if known else told

    def rules(self, step: Step) -> tuple[str, ...]:
        """Return how a level follows from the figures; empty where the step sets no level.

        Aggravating factors are told where they do not stand among the options of another field.
        """
        if not any(field.kind is FieldKind.LEVEL for field in step.fields):
            return ()
        table = level_table(self._playbook, self._reader.names)
        offered = {choice for field in step.fields for choice in field.choices}
        factors = (
            _("{measure}: {value} – {effect}").format(
                measure=factor.threshold.title, value=factor.threshold.words, effect=factor.words
            )
            for factor in table.aggravations
            if factor.threshold.measure not in offered
        )
        return (*table.rules, *factors)


def _unit(measure: str) -> Unit:
    return next((pack.measures[measure].unit for pack in shipped_packs() if measure in pack.measures), "count")
