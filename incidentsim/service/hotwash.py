"""The hot wash of a run that is over: answers and votes, on record as they are given."""

from collections.abc import Sequence

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import Appraisal, Fact, HotwashAnswered
from incidentsim.domain.text import Text
from incidentsim.ledger.reading import RecordedRun
from incidentsim.messages import gettext as _
from incidentsim.service.afterwards import append_afterwards
from incidentsim.service.context import ServiceContext


class HotWashService:
    """Puts on record what is said after an exercise."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

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

    def vote(self, run: str, *, point: str, appraisal: Appraisal, title: str | Text, votes: int) -> int:
        """Put a count of hands on record, in place of an earlier one for the same point; returns the fact's number.

        Raises:
            InputError: there is no such run, it is not finished, the count is none, or nothing is named.
            RunBusyError: another process is writing the run.
            SurroundingsError: the record could not be kept.
        """
        from incidentsim.exercise.afterwards.hotwash import vote_fact

        def make(recorded: RecordedRun) -> Sequence[Fact]:
            at = recorded.facts[-1].at
            return [vote_fact(at, point=point, appraisal=appraisal, title=title, votes=votes)]

        return append_afterwards(self._context, run, make)[1][0]
