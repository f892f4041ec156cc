"""Plain mode: the same exercise as a dialogue, line by line, for screen readers and pipes.

It shares everything with the screens but the showing: what can be done and what it leads to, the seat says.
"""

from functools import partial
from typing import TYPE_CHECKING, TextIO

from incidentsim import messages
from incidentsim.cli.dialogue.commands import Commands
from incidentsim.cli.dialogue.conversation import Conversation
from incidentsim.cli.dialogue.facilitating import Facilitating
from incidentsim.cli.dialogue.talk import LeaveError, NoAnswerError, farewell
from incidentsim.cli.dialogue.words import FACILITATING, help_lines, understood, word
from incidentsim.cli.dialogue.writing import ACTS
from incidentsim.cli.exit_codes import ExitCode
from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidentsim.domain.text import Language
    from incidentsim.session.seat import Seat


class Dialogue:
    """An exercise, asked and answered line by line."""

    def __init__(self, seat: "Seat", language: "Language", answers: TextIO | None) -> None:
        """`answers` is where answers are read from, `None` where there is no input at all."""
        self._at = Conversation(seat, language, answers)
        commands, console = Commands(self._at), Facilitating(self._at)
        self._said = ""
        self._answers: dict[str, Callable[[str], None]] = {
            "go": lambda _rest: commands.go_on(),
            "actions": lambda _rest: self._at.tell_actions(),
            "do": commands.do,
            "why": commands.why,
            "try": commands.attempt,
            **{word_of_act: partial(commands.write, act) for word_of_act, act in ACTS.items()},
            "read": commands.read,
            "attachment": lambda rest: commands.attachment(rest, self._said),
            "inbox": lambda _rest: commands.inbox(),
            "duties": lambda _rest: commands.duties(),
            "tracks": lambda _rest: commands.tracks(),
            "log": commands.log,
            "procedure": commands.procedure,
            "incident": commands.to_incident,
            "hint": lambda _rest: commands.hint(),
            "coach": commands.coach,
            "wait": commands.wait,
            "players": lambda rest: commands.players(rest, self._said),
            "hand": commands.hand_over,
            "console": lambda _rest: console.tell(),
            "truth": console.truth,
            "step": lambda _rest: console.step(),
            "release": console.release,
            "skip": console.skip,
            "delay": console.delay,
            "add": lambda _rest: console.add(),
            "write": lambda _rest: console.write(),
            "note": console.note,
            "undo": lambda _rest: console.undo(),
            "end": lambda _rest: console.end(),
            "manual": commands.manual,
            "lang": commands.speak,
            "help": lambda _rest: self._at.talk.say(*help_lines(self._at.language, facilitating=self._facilitated)),
            "quit": self._leave,
        }

    def run(self) -> ExitCode:
        """Play until it is over or nothing more is answered; whatever was acknowledged is on record then.

        Raises:
            SurroundingsError: the record cannot be kept, and the run cannot be taken up anew.
        """
        at = self._at
        messages.use(at.language)
        try:
            self._greet()
            while not at.view.ended:
                self._answer(at.talk.ask())
        except (NoAnswerError, LeaveError, KeyboardInterrupt):
            pass
        finally:
            at.seat.close()
        at.talk.say("", farewell(at.view.run, ended=at.view.ended))
        return ExitCode.POSITIVE

    def _answer(self, answer: str) -> None:
        self._said = answer
        command = understood(answer)
        if command is None:
            message = _("“{words}” is not understood. Say the number of an action, or one of: {known}.")
            names = (name for name in self._answers if self._facilitated or name not in FACILITATING)
            known = _(", ").join(word(name, self._at.language) for name in names)
            self._at.talk.say(message.format(words=answer.strip(), known=known))
            return
        if command[0] in FACILITATING and not self._facilitated:
            self._at.talk.say(_("Only whoever facilitates an exercise can do this: “play --plain --facilitated”."))
            return
        try:
            self._answers[command[0]](command[1])
        except InputError as error:
            self._at.talk.say(str(error))
        except SurroundingsError as error:
            self._take_up_anew(error)

    def _greet(self) -> None:
        """What it is about, who one is, and what has come in so far."""
        at, view = self._at, self._at.view
        if view.recorded > 1:
            at.talk.say(_("“{title}” goes on.").format(title=view.title))
        else:
            at.talk.say(*at.seat.story(at.language))
        for person in view.at_keyboard:
            roles = _(", ").join(person.role_names)
            who = _("{name} ({roles}) sits at the table.") if self._facilitated else _("You are {name} ({roles}).")
            at.talk.say(who.format(name=person.name, roles=roles))
        if not view.keyboard:
            at.talk.say(_("Bots play everybody."))
        if self._facilitated:
            told = _("You facilitate: “{console}” tells what is planned and what came of it.")
            at.talk.say(told.format(console=word("console", at.language)))
        hint = _("Enter lets time go on, “{help}” tells what else can be said.")
        at.talk.say(hint.format(help=word("help", at.language)))
        at.tell_unread()
        at.tell_actions()

    @property
    def _facilitated(self) -> bool:
        return self._at.view.mode == "facilitated"

    def _leave(self, _rest: str) -> None:
        raise LeaveError

    def _take_up_anew(self, error: SurroundingsError) -> None:
        """The exercise may have gone further than its record: go on from the record."""
        if not self._at.seat.take_up_anew():
            raise error
        self._at.talk.say(_("{reason} What was acknowledged is on record.").format(reason=error))
        self._at.tell_actions()
