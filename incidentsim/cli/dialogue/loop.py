"""Plain mode: the same exercise as a dialogue, line by line, for screen readers and pipes.

It shares everything with the screens but the showing: what can be done and what it leads to, the session says.
"""

from typing import TYPE_CHECKING, TextIO

from incidentsim import messages
from incidentsim.cli.dialogue.acting import Acting
from incidentsim.cli.dialogue.talk import LeaveError, NoAnswerError, farewell
from incidentsim.cli.dialogue.words import help_lines, understood, word
from incidentsim.cli.exit_codes import ExitCode
from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.exports.text.narrative import story
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidentsim.domain.text import Language
    from incidentsim.service import Service
    from incidentsim.session.session import Session


class Dialogue(Acting):
    """An exercise, asked and answered line by line."""

    def __init__(self, session: "Session", service: "Service", language: "Language", answers: TextIO | None) -> None:
        super().__init__(session, service, language, answers)
        self._answers: dict[str, Callable[[str], None]] = {
            "go": lambda _rest: self.go_on(),
            "actions": lambda _rest: self.tell_actions(),
            "do": self.do,
            "why": self.why,
            "try": self.attempt,
            "read": self.read,
            "inbox": lambda _rest: self.talk.say(*self.telling.inbox()),
            "duties": lambda _rest: self.tell_duties(),
            "tracks": lambda _rest: self.talk.say(*self.telling.tracks()),
            "log": self.log,
            "incident": self.to_incident,
            "wait": self.wait,
            "hand": self.hand_over,
            "lang": self.speak,
            "help": lambda _rest: self.talk.say(*help_lines(self.language)),
            "quit": self._leave,
        }

    def run(self) -> ExitCode:
        """Play until it is over or nothing more is answered; whatever was acknowledged is on record then.

        Raises:
            SurroundingsError: the record cannot be kept, and the run cannot be taken up anew.
        """
        messages.use(self.language)
        try:
            self._greet()
            while not self.session.ended:
                self._answer(self.talk.ask())
        except (NoAnswerError, LeaveError, KeyboardInterrupt):
            pass
        finally:
            self.session.close()
        self.talk.say("", farewell(self.session.run, ended=self.session.ended))
        return ExitCode.POSITIVE

    def _answer(self, answer: str) -> None:
        found = understood(answer)
        if found is None:
            message = _("“{words}” is not understood. Say the number of an action, or one of: {known}.")
            known = self.teller.names.listed(word(name, self.language) for name in self._answers)
            self.talk.say(message.format(words=answer.strip(), known=known))
            return
        try:
            self._answers[found[0]](found[1])
        except InputError as error:
            self.talk.say(str(error))
        except SurroundingsError as error:
            self._take_up_anew(error)

    def _greet(self) -> None:
        """What it is about, who one is, and what has come in so far."""
        session, names = self.session, self.teller.names
        if len(session.facts) > 1:
            title = names.say(session.exercise.scenario.title)
            self.talk.say(_("“{title}” goes on.").format(title=title))
        else:
            self.talk.say(*story(session.exercise.scenario, self.language))
        for person in self.people:
            roles = names.listed(names.role(role) for role in person.roles)
            self.talk.say(_("You are {name} ({roles}).").format(name=names.person(person.pseudonym), roles=roles))
        if not self.people:
            self.talk.say(_("Bots play everybody."))
        hint = _("Enter lets time go on, “{help}” tells what else can be said.")
        self.talk.say(hint.format(help=word("help", self.language)))
        self.tell_unread()
        self.tell_actions()

    def _leave(self, _rest: str) -> None:
        raise LeaveError

    def _take_up_anew(self, error: SurroundingsError) -> None:
        """The exercise may have gone further than its record: go on from the record."""
        run = self.session.run
        self.session.close()
        if run is None:
            raise error
        self.sit_down(self.service.exercises.take_up(run))
        self.talk.say(_("{reason} What was acknowledged is on record.").format(reason=error))
        self.tell_actions()
