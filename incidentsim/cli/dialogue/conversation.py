"""A conversation about an exercise: at which seat, in which language, and what is told again and again."""

from typing import TextIO

from incidentsim.cli.dialogue.talk import Talk
from incidentsim.cli.dialogue.telling import Telling
from incidentsim.cli.dialogue.words import word
from incidentsim.domain.text import Language
from incidentsim.messages import gettext as _
from incidentsim.session.coaching.parts import in_brief
from incidentsim.session.seat import Seat
from incidentsim.session.seat_view import Outcome, SeatView


class Conversation:
    """The talk between a seat and those who sit there, in one language at a time."""

    def __init__(self, seat: Seat, language: Language, answers: TextIO | None) -> None:
        self.seat = seat
        self.language: Language = language
        self.talk = Talk(answers)
        self.asked: tuple[int, ...] = ()
        """The duties before whose deadlines time stopped just now: the next jump goes past them."""
        self._before = seat.time(language)
        self._coached: tuple[str, ...] = ()

    @property
    def view(self) -> SeatView:
        """The view from the seat as it is now, in the language spoken."""
        return self.seat.view(self.language)

    @property
    def telling(self) -> Telling:
        """Tells it to whoever sits there."""
        return Telling(self.view)

    def tell_after(self, outcome: Outcome) -> None:
        """Tell what happened, and what can be done now."""
        said, read = self.telling.news(outcome, self._before)
        self.asked, self._before = outcome.due, self.view.time
        self.talk.say(*said)
        self.seat.mark_read(read)
        if not self.view.ended:
            self.tell_actions()

    def tell_actions(self) -> None:
        """Tell the time, the actions that are open, and the other incidents that can be turned to."""
        view, telling = self.view, self.telling
        self.talk.say("", telling.now(), *telling.open_actions())
        self._tell_coach(view)
        others = [incident.id for incident in view.incidents if incident.id != view.incident]
        if others and view.keyboard:
            message = _("Other incidents: {incidents}. “{word} NAME” turns to one.")
            listed = _(", ").join(others)
            self.talk.say(message.format(incidents=listed, word=word("incident", self.language)))

    def _tell_coach(self, view: SeatView) -> None:
        """What the coach says unasked, once for each thing that is owed first; after that its first line."""
        told = tuple(in_brief(view.coach))
        if told:
            words = _("“{word}” asks for a hint.").format(word=word("hint", self.language))
            self.talk.say(*(told if told != self._coached else told[:1]), words)
        self._coached = told

    def tell_unread(self) -> None:
        """Read out what has come in and was not read."""
        telling = self.telling
        unread = [(place, one) for place, one in enumerate(telling.view.inbox, 1) if not one.read]
        for place, message in unread:
            self.talk.say("", *telling.message(place, message))
        if unread:
            self.seat.mark_read([message.number for _place, message in unread])
