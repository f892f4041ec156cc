"""What people do in plain mode, a method for each word: every action goes to the seat before anything is told."""

from pathlib import Path

from incidentsim import messages
from incidentsim.cli.dialogue.conversation import Conversation
from incidentsim.cli.dialogue.forms import Form
from incidentsim.cli.dialogue.telling import detail_told, procedure_told, reasons_told
from incidentsim.cli.dialogue.words import language_named, named, whole_number, word
from incidentsim.cli.dialogue.writing import Writing
from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import MessageAct
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.exports.manual.laying_out import plain_lines
from incidentsim.exports.manual.pages import page, pages, topic_named
from incidentsim.exports.wording.plain_text import PAGE
from incidentsim.files import PRIVATE, AlreadyThereError, trouble, write_file
from incidentsim.messages import gettext as _
from incidentsim.session.coaching.parts import coach_parts, hint_title, next_hint_words
from incidentsim.session.form_view import ActionKey, Written
from incidentsim.session.log_filters import FILTERS, filter_words
from incidentsim.session.pacing import Halt
from incidentsim.session.procedure.page import having
from incidentsim.session.procedure.sections import section, section_titles
from incidentsim.session.seat_view import AvailableAction


class Commands:
    """Carries out what is asked for in a conversation."""

    def __init__(self, conversation: Conversation) -> None:
        self._at = conversation

    def go_on(self) -> None:
        """Let time jump to the next thing that matters."""
        outcome = self._at.seat.go_on(self._at.asked)
        self._at.tell_after(outcome)
        if outcome.halt is Halt.YOUR_TURN:
            message = _("Nothing more happens before you act; “{wait}” lets minutes pass all the same.")
            self._at.talk.say(message.format(wait=word("wait", self._at.language)))

    def wait(self, rest: str) -> None:
        """Let some minutes pass."""
        minutes = whole_number(rest)
        if minutes is None:
            raise InputError(_("Say a whole number of minutes, such as “{wait} 10”.").format(
                wait=word("wait", self._at.language)
            ))  # fmt: skip
        self._at.tell_after(self._at.seat.wait(minutes * MINUTE))

    def do(self, rest: str) -> None:
        """Take an action, after its form."""
        at, action = self._at, self._action(rest)
        if not action.open:
            at.talk.say(*reasons_told(at.seat.reasons(action.key, at.language)))
            message = _("“{word} {do}” attempts it all the same; the refusal goes on record.")
            at.talk.say(message.format(word=word("try", at.language), do=action.key.do))
            return
        written = Form(at.talk, at.seat, action.key, at.language).fill_in()
        if written is None:
            at.talk.say(_("Left; what was written is kept."))
        else:
            self._act(action.key, written)

    def attempt(self, rest: str) -> None:
        """Try a step that is closed, or that nobody may take."""
        view = self._at.view
        people = view.at_keyboard
        if not people or view.incident is None:
            raise InputError(_("Nothing to act on yet."))
        if not rest:
            forbidden = self._at.telling.forbidden_acts()
            self._at.talk.say(_("Forbidden to everybody, and yet to be tried:"), *forbidden)
            return
        acts = [(act.key.do, act.title) for act in view.forbidden]
        place = None if whole_number(rest) is not None else named(rest, acts)
        if place is not None:
            self._act(view.forbidden[place].key, {})
            return
        try:
            action = self._action(rest)
        except InputError:
            if whole_number(rest) is not None:
                raise
            self._act(ActionKey(view.incident, rest, people[0].pseudonym), {})  # the kernel says what else there is
            return
        self._act(action.key, self._at.seat.draft(action.key))

    def why(self, rest: str) -> None:
        """Tell the refusal, basis and clauses of one action; with nothing named, list the actions that are closed.

        Raises:
            InputError: `rest` names no action.
        """
        at = self._at
        if rest:
            at.talk.say(*reasons_told(at.seat.reasons(self._action(rest).key, at.language)))
            return
        actions = at.view.actions
        closed = [action for action in actions if not action.open]
        at.talk.say(*at.telling.closed_actions(closed, len(actions) - len(closed) + 1))

    def write(self, act: MessageAct, rest: str) -> None:
        """Write a message and send it; whoever `rest` names gets it."""
        Writing(self._at, act).send(rest)

    def read(self, rest: str) -> None:
        """Read a message: one by number, or the next that was not read."""
        inbox = self._at.view.inbox
        number = whole_number(rest) if rest else next((n for n, one in enumerate(inbox, 1) if not one.read), None)
        if not inbox:
            raise InputError(_("No message yet."))
        if number is None and not rest:
            raise InputError(_("You have read everything."))
        if number is None or not 1 <= number <= len(inbox):
            raise InputError(_("There is no message {words}; they go from 1 to {last}.").format(
                words=rest, last=len(inbox)
            ))  # fmt: skip
        self._at.talk.say(*self._at.telling.message(number, inbox[number - 1]))
        self._at.seat.mark_read([inbox[number - 1].number])

    def attachment(self, rest: str, said: str) -> None:
        """Read a file that came with a message, or save it where `said` names a file behind the two numbers."""
        at, inbox = self._at, self._at.view.inbox
        first, _space, then = rest.partition(" ")
        second, _space, name = then.partition(" ")
        place, file = whole_number(first), whole_number(second or "1")
        if place is None or file is None or not 1 <= place <= len(inbox):
            raise InputError(_("Say the numbers of a message and of its attachment, such as “{word} 3 1”.").format(
                word=word("attachment", at.language)
            ))  # fmt: skip
        content = at.seat.attachment(inbox[place - 1].number, file - 1, at.language)
        if not name:
            at.talk.say(content.view.words, content.told)
            return
        path = Path(" ".join(said.split()[-len(name.split()) :])).expanduser()
        try:
            write_file(path, content.data, mode=PRIVATE)
        except AlreadyThereError:
            message = _("{path} is there already and holds something else; choose another name.")
            raise InputError(message.format(path=path)) from None
        except BrokenPipeError as error:
            raise trouble(path, error) from None
        at.talk.say(_("Saved: {path}").format(path=path))

    def inbox(self) -> None:
        """Every message in a line."""
        self._at.talk.say(*self._at.telling.inbox())

    def duties(self) -> None:
        """Duties and regulatory deadlines."""
        telling = self._at.telling
        if telling.view.clock_trouble:
            raise InputError(telling.view.clock_trouble)
        self._at.talk.say(*telling.duties())

    def tracks(self) -> None:
        """Tell the level of every incident that was noticed, and its state on each track."""
        self._at.talk.say(*self._at.telling.tracks())

    def log(self, rest: str) -> None:
        """Tell what is on record."""
        at, telling = self._at, self._at.telling
        number = whole_number(rest.removeprefix("#"))
        if number is not None and number < telling.view.recorded:
            at.talk.say(*detail_told(at.seat.fact(number, at.language)))
            return
        place = named(rest, list(filter_words().items())) if rest and number is None else None
        at.talk.say(*telling.log(FILTERS[place] if place is not None else None, rest))

    def manual(self, rest: str) -> None:
        """Read a page of the manual; with nothing named, list the pages."""
        language = self._at.language
        if rest:
            self._at.talk.say(*plain_lines(page(topic_named(rest, language), language), PAGE.get()))
        else:
            self._at.talk.say(*(f"{number}. {about.title}" for number, about in enumerate(pages(language), 1)))

    def procedure(self, rest: str) -> None:
        """Read a section of the procedure, or whatever has some words in it; with nothing named, list the sections."""
        at, sections = self._at, section_titles()
        if not rest:
            at.talk.say(*(f"{number}. {title}" for number, title in enumerate(sections, 1)))
            return
        view = at.seat.procedure(at.language)
        place = named(rest, [(title, title) for title in sections])
        chosen = [place] if place is not None else range(len(sections))
        found = [rows for number in chosen for rows in section(view, number)]
        told = procedure_told(found if place is not None else having(found, rest))
        at.talk.say(*(told or [_("Nothing in the procedure has these words.")]))

    def to_incident(self, rest: str) -> None:
        """Turn to another incident."""
        at, incidents = self._at, self._at.view.incidents
        titles = [(incident.id, incident.title) for incident in incidents]
        place = named(rest, titles) if rest else None
        if place is not None:
            at.seat.turn_to(incidents[place].id)
            at.tell_actions()
            return
        if rest:
            at.talk.say(_("There is no such incident to act on."))
        at.talk.say(
            *(f"{number}. {name}: {title}" for number, (name, title) in enumerate(titles, 1))
            if titles
            else [_("No incident has come to anybody's notice.")]
        )

    def hint(self) -> None:
        """Ask the coach for the next hint, and tell it; whoever facilitates gives it, with a coach that was off."""
        at, facilitated = self._at, self._at.view.mode == "facilitated"
        if facilitated and at.view.coach is None:
            at.seat.set_coaching(on=True)
        at.seat.hint(unasked=facilitated)
        coach = at.view.coach
        if coach is not None and coach.hints:
            last = coach.hints[-1]
            at.talk.say(hint_title(last), *last.lines, next_hint_words(coach))

    def coach(self, rest: str) -> None:
        """Tell all that the coach says, or switch it on or off for whoever sits here."""
        at = self._at
        if rest:
            place = named(rest, [("on", _("on")), ("off", _("off"))])
            if place is None:
                raise InputError(_("Say “{word} on” or “{word} off”.").format(word=word("coach", at.language)))
            at.seat.set_coaching(on=place == 0)
        for title, words in coach_parts(at.view.coach):
            at.talk.say(*([title] if title else []), words)

    def hand_over(self, rest: str) -> None:
        """Let somebody else take the keyboard."""
        at, view = self._at, self._at.view
        if view.mode != "hot_seat" or len(view.hands) < 2:  # noqa: PLR2004 - somebody else
            raise InputError(_("Only in a hot seat does the keyboard go from one to another."))
        players = [(hand[0].id, _(", ").join(one.name for one in hand)) for hand in view.hands]
        place = named(rest, players) if rest else None
        if place is None:
            listed = _(", ").join(f"{n} {name}" for n, (_id, name) in enumerate(players, 1))
            raise InputError(_("Say who takes the keyboard now: {people}.").format(people=listed))
        at.seat.sit_down(view.hands[place][0].pseudonym)
        at.talk.say(_("Now it is the turn of {name}.").format(name=players[place][1]))
        at.tell_unread()
        at.tell_actions()

    def players(self, rest: str, said: str) -> None:
        """Tell who sits in which seat, or let somebody of a name take one; a name is spelt as it was `said`."""
        at = self._at
        if rest:
            number, *words = rest.split()
            seat = whole_number(number)
            if seat is None:
                raise InputError(_("Say the number of a seat and a name, such as “{word} 1 Anna”.").format(
                    word=word("players", at.language)
                ))  # fmt: skip
            at.seat.seat_player(seat, " ".join(said.split()[-len(words) :]) if words else "")
        for hand in at.view.hands:
            who = hand[0].played_by or _("nobody has said a name")
            people = _(", ").join(person.name for person in hand)
            at.talk.say(_("{n}. {name}: {people}").format(n=hand[0].player, name=who, people=people))

    def speak(self, rest: str) -> None:
        """Switch the language."""
        at = self._at
        wanted = language_named(rest) if rest else "en" if at.language == "zh" else "zh"
        if wanted is None:
            raise InputError(_("There are two languages: en and zh."))
        at.language = wanted
        messages.use(wanted)
        at.tell_actions()

    def _action(self, wanted: str) -> AvailableAction:
        """The action that is meant: by its place, open ones first, from 1, or by the name of its step."""
        actions = self._at.view.actions
        place = named(wanted, [(action.key.do, action.title) for action in actions])
        if place is not None:
            return actions[place]
        if not actions:
            raise InputError(_("Nothing to act on yet."))
        message = _("There is no action “{words}”; say a number from 1 to {last}, or the name of a step.")
        raise InputError(message.format(words=wanted, last=len(actions)))

    def _act(self, key: ActionKey, written: Written) -> None:
        outcome = self._at.seat.act(key, written)
        if outcome.taken:
            self._at.seat.keep_draft(key, {})
        self._at.tell_after(outcome)
