"""Answering, voting and taking back at a hot wash: everything goes on record first, then is shown."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from incidentsim.domain.facts import Appraisal
from incidentsim.messages import gettext as _
from incidentsim.session.appraising import appraised, asking

if TYPE_CHECKING:
    from incidentsim.domain.text import Text
    from incidentsim.exercise.afterwards.hotwash import Answer
    from incidentsim.exports.wording.hotwash import HotWashQuestion
    from incidentsim.service.hotwash import HotWashView
    from incidentsim.tui.shell import Shell

Then = Callable[[], object]


class HotWashActs:
    """The acts of a hot wash; drafts of what was typed and not yet put on record are kept here."""

    def __init__(self, shell: "Shell", then: Then) -> None:
        """`then` is called after each thing that is on record."""
        self._shell = shell
        self._then = then
        self._drafts: dict[str, dict[str, str]] = {}

    def answer(self, view: "HotWashView", question: "HotWashQuestion") -> None:
        """Take down an answer to a question."""

        def put(answer: str, name: str, person: str | None) -> object:
            return self._shell.service.hotwash.answer(
                view.run,
                question=question.id,
                about=question.about,
                asked=question.words,
                answer=answer,
                said_by=name,
                person=person,
            )

        self._ask(view, question.id, lambda: question.words.say(self._shell.language), {}, put)

    def correct(self, view: "HotWashView", answer: "Answer", speaker: str) -> None:
        """Put other words in the place of an answer; none take it back. `speaker` is shown as who said it."""

        def put(words: str, name: str, person: str | None) -> object:
            return self._shell.service.hotwash.answer(
                view.run,
                question=answer.question,
                about=answer.about,
                asked=answer.asked.value,
                answer=words,
                said_by=name,
                person=person,
                instead_of=answer.number,
            )

        language = self._shell.language
        before = {"answer": answer.answer.say(language), "who": speaker}
        self._ask(view, str(answer.number), lambda: answer.asked.say(self._shell.language), before, put)

    def _ask(
        self,
        view: "HotWashView",
        name: str,
        title: Callable[[], str],
        before: dict[str, str],
        put: Callable[[str, str, str | None], object],
    ) -> None:
        from incidentsim.tui.dialogs.lines_form import LinesForm

        def asked() -> list[tuple[str, str]]:
            words = _("Answer (nothing takes it back)") if before else _("The answer")
            people = _(", ").join(dict.fromkeys(who.say(self._shell.language) for who, _person in view.speakers))
            return [("answer", words), ("who", _("Who said it? ({people}, or another name)").format(people=people))]

        def keep(typed: dict[str, str] | None) -> None:
            self._drafts.pop(name, None)
            if typed is not None:
                self._drafts[name] = typed

        def done(typed: dict[str, str]) -> bool:
            return self._shell.attempt(lambda: put(typed["answer"], *view.speaker(typed["who"]))) is not None

        def take(typed: dict[str, str] | None) -> None:
            if typed is not None:
                keep(None)
                self._then()

        self._shell.push_screen(LinesForm(title, asked, self._drafts.get(name, before), keep, done), take)

    def vote(
        self, view: "HotWashView", point: str | None, appraisal: Appraisal, title: "str | Text", votes: int | None
    ) -> None:
        """Count the hands for a strength or a weakness; `votes` is what was counted before."""
        from incidentsim.tui.dialogs.prompts import AskScreen

        def question() -> str:
            words = title if isinstance(title, str) else title.say(self._shell.language)
            return _("How many hands for “{words}”?").format(words=words)

        def accept(answer: str) -> bool:
            number = answer.strip()
            if not number:
                return True
            if not (number.isascii() and number.isdigit()):
                self._shell.say(_("Say a number, such as 4."), severity="warning")
                return False

            def put() -> object:
                return self._shell.service.hotwash.vote(
                    view.run, point=point, appraisal=appraisal, title=title, votes=int(number[:9])
                )

            return self._shell.attempt(put) is not None

        def take(answer: str | None) -> None:
            if answer is not None and answer.strip():
                self._then()

        self._shell.push_screen(AskScreen(question, "" if votes is None else str(votes), accept=accept), take)

    def name_point(self, view: "HotWashView") -> None:
        """Type in a strength or a weakness, then count the hands for it."""
        from incidentsim.tui.dialogs.prompts import AskScreen

        def take(answer: str | None) -> None:
            if answer is None or not answer.strip():
                return
            words, appraisal = appraised(answer)
            if appraisal is not None:
                self.vote(view, None, appraisal, words, None)

        def accept(answer: str) -> bool:
            if answer.strip() and appraised(answer)[1] is None:
                self._shell.say(asking(_("Strength or weakness?")), severity="warning")
                return False
            return True

        self._shell.push_screen(AskScreen(lambda: asking(_("Strength or weakness?")), accept=accept), take)
