"""The hot wash in plain mode: question by question, then votes, then improvement items; line by line, also by a pipe.

Whatever is answered is on record before the next line is asked for.
"""

from functools import partial
from typing import TYPE_CHECKING, Final, TextIO

from incidentsim.cli.dialogue.talk import LeaveError, NoAnswerError, Talk
from incidentsim.cli.dialogue.words import COMPARE, FORECAST, plain_words, whole_number, word
from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import Appraisal
from incidentsim.domain.text import Text
from incidentsim.exercise.afterwards.items import ItemChange
from incidentsim.exports.wording.afterwards import appraisal_words, shown_by_words
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.session.appraising import appraised, asking

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidentsim.domain.text import Language
    from incidentsim.exports.wording.hotwash import HotWashQuestion
    from incidentsim.service import Service
    from incidentsim.service.hotwash import HotWashView


_LATER: Final = (Text("votes", "表决"), Text("items", "改进项"))
"""The stops after the questions, as they are named in either language at any time."""


class _GoToError(Exception):
    """A wish to go to another stop of the hot wash."""

    def __init__(self, stop: int) -> None:
        super().__init__()
        self.stop = stop


class HotWashDialogue:
    """A hot wash, asked and answered line by line."""

    def __init__(self, service: "Service", run: str, language: "Language", answers: TextIO | None) -> None:
        """`answers` is where answers are read from, `None` where there is no input at all.

        Raises:
            InputError: there is no such run, or it is not finished.
        """
        self._service = service
        self._language: Language = language
        self._talk = Talk(answers)
        self._view: HotWashView = service.hotwash.of(run)

    def run(self) -> None:
        """Ask until everything was asked, nothing more is answered, or somebody leaves.

        Raises:
            SurroundingsError: the record cannot be kept.
        """
        view, talk = self._view, self._talk
        try:
            title = view.title.say(self._language)
            talk.say(_("Hot wash of run {run}, “{title}”.").format(run=view.run, title=title))
            talk.say(
                _("An empty line goes on; “{quit}” ends. What was answered is on record.").format(
                    quit=word("quit", self._language)
                )
            )
            compare, forecast = COMPARE.say(self._language), FORECAST.say(self._language)
            message = _("“{compare}” sets the run beside earlier ones of the team, “{forecast}” beside bots.")
            talk.say(message.format(compare=compare, forecast=forecast))
            self._say_how_to_go()
            self._go_through()
        except (NoAnswerError, LeaveError, KeyboardInterrupt):
            pass
        said = self._service.hotwash.of(view.run).said
        told = ngettext("{n} answer is on record.", "{n} answers are on record.", len(said.answers))
        talk.say("", told.format(n=len(said.answers)))
        talk.say(_("The report holds them: “incidentsim export {run} --format md”.").format(run=view.run))

    def _go_through(self) -> None:
        """One stop after the other, or wherever somebody wants to go."""
        stops: list[Callable[[], None]] = [
            partial(self._ask, number, question) for number, question in enumerate(self._view.questions, 1)
        ]
        stops += [self._vote, self._improve]
        at = 0
        while at < len(stops):
            try:
                stops[at]()
                at += 1
            except _GoToError as to:
                at = to.stop

    def _line(self, prompt: str) -> str:
        """The answer to a prompt, without spaces around it; empty where nothing was said."""
        self._talk.say(prompt)
        answer = self._talk.ask().strip()
        if answer.casefold() in {"quit", word("quit", self._language).casefold()}:
            raise LeaveError
        if plain_words(answer) in {COMPARE.en, COMPARE.zh, FORECAST.en, FORECAST.zh}:
            self._talk.say(*self._compared(forecast=plain_words(answer) in {FORECAST.en, FORECAST.zh}))
            return self._line(prompt)
        return answer

    def _compared(self, *, forecast: bool) -> list[str]:
        """The run beside earlier ones, or beside bots; or the sentence that says why it cannot be."""
        from incidentsim.cli.comparing import beside_earlier, beside_plays

        try:
            now = self._service.comparing.evaluated(self._view.run)
            if forecast:
                return beside_plays(self._service, self._view.run, now, self._language)
            return beside_earlier(self._service, self._view.run, now, self._language)
        except InputError as error:
            return [str(error)]

    def _line_or_way(self, prompt: str) -> str:
        """The same, where somebody may go elsewhere: nothing that is half said gets lost.

        What only begins as a way, such as “/etc was open to all”, is an answer.
        """
        ways = {name for stop in _LATER for name in (stop.en, stop.zh)}
        while (way := plain_words(answer := self._line(prompt))).startswith("/"):
            wanted = way[1:].strip()
            if wanted and wanted not in ways and whole_number(wanted) is None:
                break
            self._go(wanted)
        return answer

    def _go(self, wanted: str) -> None:
        """Go to a question by its number, to the votes or the items; anything else lists the questions."""
        questions = len(self._view.questions)
        number = whole_number(wanted)
        if number is not None and 1 <= number <= questions:
            raise _GoToError(number - 1)
        for place, name in enumerate(_LATER):
            if wanted in {name.en, name.zh}:
                raise _GoToError(questions + place)
        view = self._view = self._service.hotwash.of(self._view.run)
        for listed, question in enumerate(view.questions, 1):
            count = len(view.said.to(question.id))
            told = ngettext("{n} answer", "{n} answers", count).format(n=count)
            words = question.words.say(self._language)
            self._talk.say(_("/{number} {question} ({answers})").format(number=listed, question=words, answers=told))
        self._say_how_to_go()

    def _say_how_to_go(self) -> None:
        votes, items = (name.say(self._language) for name in _LATER)
        told = _("“/3” goes to question 3, “/{votes}” and “/{items}” to what follows them, “/” lists the questions.")
        self._talk.say(told.format(votes=votes, items=items))

    def _done(self, put: "Callable[[], object]") -> bool:
        """Put something on record; where that cannot be, say why."""
        try:
            put()
        except InputError as error:
            self._talk.say(str(error))
            return False
        return True

    def _ask(self, number: int, question: "HotWashQuestion") -> None:
        words = question.words.say(self._language)
        about = (
            _(" ({facts})").format(facts=_(", ").join(f"#{seq}" for seq in question.about)) if question.about else ""
        )
        self._talk.say("", f"{number}. {words}{about}")
        for answer in self._service.hotwash.of(self._view.run).said.to(question.id):
            self._talk.say(_("Said already: {words}").format(words=answer.answer.say(self._language)))
        while answer_given := self._line_or_way(_("Answer:")):
            name, person = self._view.speaker(self._line(_("Who said it? (a name, or nothing)")))

            def put(answer: str = answer_given, name: str = name, person: str | None = person) -> object:
                return self._service.hotwash.answer(
                    self._view.run,
                    question=question.id,
                    about=question.about,
                    asked=question.words,
                    answer=answer,
                    said_by=name,
                    person=person,
                )

            self._done(put)

    def _vote(self) -> None:
        self._talk.say("", _("Strengths and weaknesses: how many hands for each? Nothing: no vote."))
        for point in self._view.points:
            kind = appraisal_words(point.appraisal)
            prompt = _("{kind}: {words}").format(kind=kind, words=point.title.say(self._language))
            self._votes(prompt, point.id, point.appraisal, point.title)
        while said := self._line_or_way(asking(_("Another one?"))):
            words, appraisal = appraised(said)
            if appraisal is not None:
                self._votes(_("How many hands?"), None, appraisal, words)

    def _votes(self, prompt: str, point: str | None, appraisal: Appraisal, title: "str | Text") -> None:
        while answer := self._line_or_way(prompt):
            votes = whole_number(answer)
            if votes is None:
                self._talk.say(_("Say a number, such as 4."))
                continue

            def put(votes: int = votes) -> object:
                return self._service.hotwash.vote(
                    self._view.run, point=point, appraisal=appraisal, title=title, votes=votes
                )

            if self._done(put):
                return

    def _improve(self) -> None:
        self._talk.say("", _("Improvement items: what is to be done now? Nothing: no more."))
        tasks = self._service.improvements.weak_tasks(self._view.run)
        while action := self._line_or_way(_("Action:")):
            owner = self._line(_("Who sees to it? (a name, or nothing)"))
            due = self._line(_("Until when? (such as 2026-12-31, or nothing)"))
            task = self._line(shown_by_words([title.say(self._language) for _name, title in tasks]))
            change = ItemChange(action=action, owner=owner, due=due)

            def put(change: ItemChange = change, task: str = task) -> object:
                return self._service.improvements.add(self._view.run, change, task=task)

            self._done(put)
