"""What people do in plain mode: every action goes to the session, which puts it on record before anything is told."""

from typing import TYPE_CHECKING, TextIO

from incidentsim import messages
from incidentsim.cli.dialogue.forms import Form
from incidentsim.cli.dialogue.talk import Talk
from incidentsim.cli.dialogue.telling import Telling, forbidden_acts
from incidentsim.cli.dialogue.words import language_named, named, whole_number, word
from incidentsim.domain.actions import Action
from incidentsim.domain.errors import InputError
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.messages import gettext as _
from incidentsim.session.forms import content, draft, keep_draft
from incidentsim.session.narration import Teller
from incidentsim.session.sentences import FILTERS, filter_words
from incidentsim.session.session import Acted, Halt, Passed
from incidentsim.session.views import Offer, at_keyboard, mark_read, offers, raised

if TYPE_CHECKING:
    from incidentsim.domain.scenario import Person
    from incidentsim.domain.text import Language
    from incidentsim.service import Service
    from incidentsim.session.session import Session


class Acting:
    """An exercise, and one method for each word that plain mode understands."""

    def __init__(self, session: "Session", service: "Service", language: "Language", answers: TextIO | None) -> None:
        self.session = session
        self.service = service
        self.language: Language = language
        self.talk = Talk(answers)
        self.teller = Teller(session, language)
        self._incident: str | None = session.desk.get("incident")

    def sit_down(self, session: "Session") -> None:
        """Go on with another session of the same run."""
        self.session = session
        self.teller = Teller(session, self.language)

    @property
    def people(self) -> "tuple[Person, ...]":
        """Whoever sits at the keyboard: everybody at the table, or in a hot seat the one who has taken it over."""
        return at_keyboard(self.session)

    @property
    def telling(self) -> Telling:
        """Tells the session to those who sit there now."""
        return Telling(self.teller, self.people)

    @property
    def incident(self) -> str | None:
        """The incident that actions are about; `None` while none was noticed."""
        noticed = raised(self.session)
        if self._incident not in noticed:
            self._incident = noticed[0] if noticed else None
        return self._incident

    def offers(self) -> list[Offer]:
        """What is open and closed to those who sit there, open ones first: an offer's number is its place, from 1."""
        incident = self.incident
        return offers(self.session, incident, self.people) if incident is not None else []

    def go_on(self) -> None:
        """Let time jump to the next thing that matters."""
        passed = self.session.go_on()
        self._after(passed)
        if passed.halt is Halt.YOUR_TURN:
            message = _("Nothing more happens before you act; “{wait}” lets minutes pass all the same.")
            self.talk.say(message.format(wait=word("wait", self.language)))

    def wait(self, rest: str) -> None:
        """Let some minutes pass."""
        minutes = whole_number(rest)
        if minutes is None:
            raise InputError(_("Say a whole number of minutes, such as “{wait} 10”.").format(
                wait=word("wait", self.language)
            ))  # fmt: skip
        self._after(self.session.live_to(self.session.now + minutes * MINUTE))

    def do(self, rest: str) -> None:
        """Take an action, after its form."""
        offer = self._offer(rest)
        if not offer.open:
            self.talk.say(*self.telling.reasons(offer))
            message = _("“{word} {do}” attempts it all the same; the refusal goes on record.")
            self.talk.say(message.format(word=word("try", self.language), do=offer.step.do))
            return
        action = Form(self.talk, self.teller, offer).fill_in()
        if action is None:
            self.talk.say(_("Left; what was written is kept."))
        else:
            self._act(action, offer)

    def attempt(self, rest: str) -> None:
        """Try a step that is closed, or that nobody may take."""
        playbook = self.session.exercise.playbook
        people, incident = self.people, self.incident
        if not people or incident is None:
            raise InputError(_("Nothing to act on yet."))
        if not rest:
            self.talk.say(_("Forbidden to everybody, and yet to be tried:"), *forbidden_acts(self.teller, playbook))
            return
        acts = [(do, self.teller.names.step(do)) for do in playbook.forbidden]
        place = None if whole_number(rest) is not None else named(rest, acts)
        if place is not None:
            self._act(Action(people[0].pseudonym, acts[place][0], incident, people[0].roles[0]), None)
            return
        try:
            offer = self._offer(rest)
        except InputError:
            if whole_number(rest) is not None:
                raise
            self._act(Action(people[0].pseudonym, rest, incident), None)  # the kernel says what else there is
            return
        made = content(offer.step, draft(self.session, offer))
        self._act(Action(offer.person.pseudonym, offer.step.do, offer.incident, offer.role, made), offer)

    def why(self, rest: str) -> None:
        """What closes an action."""
        found = self.offers()
        if rest:
            self.talk.say(*self.telling.reasons(self._offer(rest)))
            return
        closed = [offer for offer in found if not offer.open]
        self.talk.say(*self.telling.closed_actions(closed, len(found) - len(closed) + 1))

    def read(self, rest: str) -> None:
        """Read a message: one by number, or the next that was not read."""
        found = self.telling.messages()
        number = whole_number(rest) if rest else next((n for n, one in enumerate(found, 1) if not one.read), None)
        if not found:
            raise InputError(_("No message yet."))
        if number is None and not rest:
            raise InputError(_("You have read everything."))
        if number is None or not 1 <= number <= len(found):
            raise InputError(_("There is no message {words}; they go from 1 to {last}.").format(
                words=rest, last=len(found)
            ))  # fmt: skip
        self.talk.say(*self.telling.message(number, found[number - 1]))
        mark_read(self.session, [found[number - 1].number])

    def tell_unread(self) -> None:
        """Read out what has come in and was not read."""
        unread = [(place, one) for place, one in enumerate(self.telling.messages(), 1) if not one.read]
        for place, message in unread:
            self.talk.say("", *self.telling.message(place, message))
        if unread:
            mark_read(self.session, [message.number for _place, message in unread])

    def tell_actions(self) -> None:
        """What time it is and what is open."""
        opened = [offer for offer in self.offers() if offer.open]
        self.talk.say("", self.telling.now(), *self.telling.open_actions(self.incident, opened))
        others = [name for name in raised(self.session) if name != self.incident]
        if others and self.people:
            message = _("Other incidents: {incidents}. “{word} NAME” turns to one.")
            listed = self.teller.names.listed(others)
            self.talk.say(message.format(incidents=listed, word=word("incident", self.language)))

    def tell_duties(self) -> None:
        """Duties and regulatory clocks."""
        views = self.service.records.clocks(self.session.view(), self.session.now).values()
        self.talk.say(*self.telling.duties(view for found in views for view in found))

    def log(self, rest: str) -> None:
        """Tell what is on record."""
        number = whole_number(rest.removeprefix("#"))
        if number is not None and number < len(self.session.facts):
            self.talk.say(*self.telling.fact(number))
            return
        place = named(rest, list(filter_words().items())) if rest and number is None else None
        self.talk.say(*self.telling.log(FILTERS[place] if place is not None else None, rest))

    def to_incident(self, rest: str) -> None:
        """Turn to another incident."""
        noticed = raised(self.session)
        titles = [(name, self.teller.names.incident(name)) for name in noticed]
        place = named(rest, titles) if rest else None
        if place is not None:
            self._incident = noticed[place]
            self.session.desk.put("incident", self._incident)
            self.tell_actions()
            return
        if rest:
            self.talk.say(_("There is no such incident to act on."))
        self.talk.say(
            *(f"{number}. {name}: {title}" for number, (name, title) in enumerate(titles, 1))
            if titles
            else [_("No incident has come to anybody's notice.")]
        )

    def hand_over(self, rest: str) -> None:
        """Let somebody else take the keyboard."""
        people = self.session.people
        if self.session.seats.mode != "hot_seat" or len(people) < 2:  # noqa: PLR2004 - somebody else
            raise InputError(_("Only in a hot seat does the keyboard go from one to another."))
        names = self.teller.names
        place = named(rest, [(one.id, names.person(one.pseudonym)) for one in people]) if rest else None
        if place is None:
            listed = names.listed(f"{n} {names.person(one.pseudonym)}" for n, one in enumerate(people, 1))
            raise InputError(_("Say who takes the keyboard now: {people}.").format(people=listed))
        self.session.desk.put("seat", people[place].pseudonym)
        self.talk.say(_("Now it is the turn of {name}.").format(name=names.person(people[place].pseudonym)))
        self.tell_unread()
        self.tell_actions()

    def speak(self, rest: str) -> None:
        """Switch the language."""
        wanted = language_named(rest) if rest else "en" if self.language == "zh" else "zh"
        if wanted is None:
            raise InputError(_("There are two languages: en and zh."))
        self.language = wanted
        messages.use(wanted)
        self.teller = Teller(self.session, wanted)
        self.tell_actions()

    def _offer(self, wanted: str) -> Offer:
        found = self.offers()
        place = named(wanted, [(one.step.do, self.teller.names.step(one.step.do)) for one in found])
        if place is not None:
            return found[place]
        if not found:
            raise InputError(_("Nothing to act on yet."))
        message = _("There is no action “{words}”; say a number from 1 to {last}, or the name of a step.")
        raise InputError(message.format(words=wanted, last=len(found)))

    def _act(self, action: Action, offer: Offer | None) -> None:
        acted = self.session.act(action)
        if acted.answer is not None and acted.answer.taken and offer is not None:
            keep_draft(self.session, offer, {})
        self._after(acted)

    def _after(self, passed: Passed | Acted) -> None:
        """Tell what happened, and what can be done now."""
        said, read = self.telling.news(passed.since)
        self.talk.say(*said)
        mark_read(self.session, read)
        if not self.session.ended:
            self.tell_actions()
