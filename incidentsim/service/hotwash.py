"""The hot wash of a run that is over: answers and votes, on record as they are given."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import Appraisal, CommittedText, Fact, HotwashAnswered, PlayerSeated
from incidentsim.domain.text import Text
from incidentsim.ledger.reading import RecordedRun
from incidentsim.messages import gettext as _
from incidentsim.service.afterwards import append_afterwards, check_finished
from incidentsim.service.context import ServiceContext
from incidentsim.service.evaluations import EvaluationService
from incidentsim.session.course import RunView

if TYPE_CHECKING:  # imported when a run is evaluated
    from incidentsim.exercise.afterwards.hotwash import HotWash
    from incidentsim.exports.wording.hotwash import HotWashPoint, HotWashQuestion


@dataclass(frozen=True, slots=True)
class HotWashView:
    """The hot wash of one run, as far as it has come.

    Attributes:
        run: the run's id.
        title: the scenario's title.
        questions: the questions made from what happened.
        points: the strengths and weaknesses that are put to the vote.
        said: what is on record.
        speakers: the names of whoever took part: players first, then those of the story, each with their pseudonym.
    """

    run: str
    title: Text
    questions: "tuple[HotWashQuestion, ...]"
    points: "tuple[HotWashPoint, ...]"
    said: "HotWash"
    speakers: tuple[tuple[Text, str | None], ...]

    def speaker(self, words: str) -> tuple[str, str | None]:
        """The name and the pseudonym of whoever is meant by `words`; only a name where it is nobody known."""
        wanted = words.strip().casefold()
        for name, person in self.speakers:
            if wanted and wanted in {name.en.casefold(), name.zh.casefold(), person}:
                return (words.strip() if person is None else "", person)
        return words.strip(), None


class HotWashService:
    """Asks the questions of a hot wash, and puts on record what is said."""

    def __init__(self, context: ServiceContext, evaluations: EvaluationService) -> None:
        self._context = context
        self._evaluations = evaluations

    def of(self, run: str) -> HotWashView:
        """The hot wash of a finished run; one that was played long ago can have one too.

        Raises:
            InputError: there is no such run, it is not finished, or its record is faulty.
            SurroundingsError: the database cannot be read.
        """
        from incidentsim.exercise.afterwards.hotwash import hot_wash
        from incidentsim.exports.wording.account import Account
        from incidentsim.exports.wording.hotwash import hot_wash_points, hot_wash_questions

        info = self._context.store.find(run)
        check_finished(info)
        evaluated = self._evaluations.evaluate(info.id)
        view = evaluated.view
        account = Account(view.facts, view.playbook, view.scenario, "en")
        return HotWashView(
            run=info.id,
            title=view.scenario.title,
            questions=hot_wash_questions(account, evaluated.evaluation),
            points=hot_wash_points(account, evaluated.evaluation),
            said=hot_wash(view.facts),
            speakers=tuple(_speakers(view)),
        )

    def answer(  # the parts of the fact, one by one
        self,
        run: str,
        *,
        question: str,
        about: tuple[int, ...],
        asked: str | Text,
        answer: str,
        said_by: str = "",
        person: str | None = None,
        instead_of: int | None = None,
    ) -> int:
        """Put an answer on record; returns the number of its fact. The other arguments are those of `HotwashAnswered`.

        Raises:
            InputError: there is no such run, it is not finished, nothing is said, or there is no such earlier answer.
            RunBusyError: another process is writing the run.
            SurroundingsError: the record could not be kept.
        """
        from incidentsim.exercise.afterwards.hotwash import answer_fact

        def make(recorded: RecordedRun) -> Sequence[Fact]:
            facts = recorded.facts
            if instead_of is not None and not (
                0 <= instead_of < len(facts) and isinstance(facts[instead_of], HotwashAnswered)
            ):
                raise InputError(_("Fact #{number} is no answer of the hot wash.").format(number=instead_of))
            return [
                answer_fact(
                    facts[-1].at,
                    question=question,
                    about=about,
                    asked=asked,
                    answer=answer,
                    said_by=said_by,
                    person=person,
                    instead_of=instead_of,
                )
            ]

        return append_afterwards(self._context, run, make)[1][0]

    def vote(self, run: str, *, point: str | None, appraisal: Appraisal, title: str | Text, votes: int) -> int:
        """Put a count of hands on record, in place of an earlier one for the same point; returns the fact's number.

        `point` is the id of what was voted on; `None`: it is new, and gets one that tells nothing of its words.

        Raises:
            InputError: there is no such run, it is not finished, the count is none, or nothing is named.
            RunBusyError: another process is writing the run.
            SurroundingsError: the record could not be kept.
        """
        from incidentsim.exercise.afterwards.hotwash import vote_fact

        def make(recorded: RecordedRun) -> Sequence[Fact]:
            at, number = recorded.facts[-1].at, len(recorded.facts)
            name = f"said-{number}" if point is None else point
            return [vote_fact(at, point=name, appraisal=appraisal, title=title, votes=votes)]

        return append_afterwards(self._context, run, make)[1][0]


def _speakers(view: RunView) -> Iterator[tuple[Text, str | None]]:
    """Players by the names they gave, then those of the story whom people played; all of them where nobody is known."""
    for fact in view.facts:
        if isinstance(fact, PlayerSeated) and not isinstance(fact.name, CommittedText) and fact.name.say("en").strip():
            yield Text(fact.name.say("en"), fact.name.say("zh")), None
    for person in view.scenario.people.values():
        if view.played is None or person.pseudonym in view.played:
            yield person.name, person.pseudonym
