"""The coach at one seat: what is owed first and how much of it is said, the hints given, and the next one."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import HintGiven, HintStep, StepTaken
from incidentsim.domain.interventions import GiveHint
from incidentsim.exercise.coaching.advice import Adviser
from incidentsim.exercise.coaching.marking import Marking
from incidentsim.exercise.coaching.progress import ActKind, act_kind, markings
from incidentsim.exports.wording.afterwards import hint_step_words
from incidentsim.messages import gettext as _
from incidentsim.session.coaching.hints import HintWords, key_of
from incidentsim.session.coaching.owed_acts import Matter, owed_acts
from incidentsim.session.coaching.words import good, in_a_line, title, why
from incidentsim.session.procedure.coach_view import CoachView, HintView, OwedAct
from incidentsim.session.reading.reader import Reader
from incidentsim.session.reading.regulatory import Clocks
from incidentsim.session.seat_view import InboxMessage

if TYPE_CHECKING:
    from incidentsim.session.session import Session


class CoachReading:
    """Reads what the coach tells whoever sits at a seat of a session."""

    def __init__(self) -> None:
        self._session: Session | None = None
        self._adviser: Adviser | None = None

    def view(self, reader: Reader, inbox: Callable[[], Sequence[InboxMessage]], clocks: Clocks) -> CoachView:
        """Return what the coach tells a reader whom it helps; `inbox` is what reached whoever sits there."""
        adviser = self._read(reader)
        matter = next(owed_acts(reader, adviser, clocks), None)
        if matter is None:
            return CoachView(Marking.LINE, None, _("Nothing is for you to do right now; let time go on."))
        words, given = HintWords(reader, matter, adviser, inbox(), clocks), _given(reader, matter)
        step = _next(given)
        known = {fact.step: (number, fact) for number, fact in reversed(given)}
        return CoachView(
            marking=markings(reader.session.exercise, adviser, reader.pseudonyms)[_kind(reader, matter)],
            act=_act(reader, matter),
            nothing="",
            hints=tuple(
                HintView(known[one][0], one, hint_step_words(one), words.lines(one), known[one][1].unasked)
                for one in HintStep
                if one in known
            ),
            next=step,
            next_title=hint_step_words(step) if step is not None else "",
            suggested=words.suggested() if HintStep.ACT in known else None,
        )

    def next_hint(self, reader: Reader, clocks: Clocks, *, unasked: bool) -> GiveHint:
        """Return the next hint about what is owed first.

        Raises:
            InputError: nothing is owed, or all hints about it were given.
        """
        matter = next(owed_acts(reader, self._read(reader), clocks), None)
        if matter is None:
            raise InputError(_("Nothing is for you to do right now; let time go on."))
        step = _next(_given(reader, matter))
        if step is None:
            raise InputError(_("All hints about it were given: {act}.").format(act=title(reader, matter)))
        duty = matter.duty.duty if matter.duty is not None else None
        return GiveHint(matter.offers[0].person.pseudonym, matter.incident, matter.acts, duty, step, unasked)

    def _read(self, reader: Reader) -> Adviser:
        if self._adviser is None or self._session is not reader.session:
            self._session = reader.session
            self._adviser = Adviser(reader.session.exercise.playbook, reader.narrator.sight.scenario)
        self._adviser.follow(reader.session.exercise.state)
        return self._adviser


def _kind(reader: Reader, matter: Matter) -> ActKind:
    return act_kind(reader.session.exercise.playbook, matter.steps[0])


def _given(reader: Reader, matter: Matter) -> list[tuple[int, HintGiven]]:
    """The hints about it, each with its number, since one of its steps was last taken; the latest first."""
    acts, people = set(matter.acts), set(reader.pseudonyms)
    given = []
    for number, fact in reversed(list(reader.session.exercise.state.standing())):
        if fact.incident != matter.incident:
            continue
        if isinstance(fact, StepTaken) and fact.do in acts:
            break
        if isinstance(fact, HintGiven) and fact.person in people and not acts.isdisjoint(fact.acts):
            given.append((number, fact))
    return given


def _next(given: Sequence[tuple[int, HintGiven]]) -> HintStep | None:
    """The step after the furthest that was given."""
    furthest = max((fact.step.number for _number, fact in given), default=0)
    steps = tuple(HintStep)
    return steps[furthest] if furthest < len(steps) else None


def _act(reader: Reader, matter: Matter) -> OwedAct:
    return OwedAct(
        incident=matter.incident,
        incident_title=reader.names.incident(matter.incident),
        keys=tuple(key_of(reader, matter, do) for do in matter.acts if any(do == one.step.do for one in matter.offers)),
        title=title(reader, matter),
        owed=matter.duty is not None or matter.clock is not None,
        due=matter.due,
        line=in_a_line(reader, matter),
        why=why(reader, matter),
        good=good(reader, matter),
    )
