"""What is read at one seat, by whoever sits there and by whoever runs the exercise: each sees only what they may."""

from incidentsim.domain.errors import InputError
from incidentsim.domain.scenario import Person
from incidentsim.domain.text import Language
from incidentsim.messages import gettext as _
from incidentsim.session.narration import SessionNarrator
from incidentsim.session.pacing import Halt
from incidentsim.session.reading.reader import Reader, UndoneWatch
from incidentsim.session.session import Passed, Session
from incidentsim.session.sights.sight import Sight, viewer_at, viewer_of
from incidentsim.session.views import at_keyboard
from incidentsim.session.visibility import Standing, Viewer


class Readers:
    """Makes what reads a session at one seat; what was made for somebody is kept for when they come back."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._undone = UndoneWatch()
        self._sights: dict[tuple[Standing, frozenset[str]], Sight] = {}
        self._narrators: dict[tuple[Language, Sight], SessionNarrator] = {}

    def at_table(self, language: Language) -> Reader:
        """Return what whoever sits at the keyboard reads."""
        return self._reading(language, viewer_at(self.session), at_keyboard(self.session))

    def facilitator(self, language: Language) -> Reader:
        """Return what whoever runs the exercise reads.

        Raises:
            InputError: nobody does, and it is not over: whoever sits here is exercised.
        """
        if self.session.seats.mode != "facilitated" and not self.session.ended:
            raise InputError(_("Before the end, only the facilitator of an exercise sees this, and this one has none."))
        return self._reading(language, Viewer(Standing.FACILITATOR), ())

    def incidents(self) -> tuple[str, ...]:
        """The incidents that whoever sits at the keyboard knows of, in the order of the scenario."""
        return self._sight(viewer_at(self.session)).incidents

    def see_nothing_of(self, passed: Passed) -> bool:
        """Return whether time stopped only for steps about incidents of which nobody at the table knows yet."""
        known = self._sight(viewer_of(self.session, self.session.people)).incidents
        return (
            passed.halt is Halt.MATTERS
            and bool(passed.opened)
            and not any(incident in known for incident, _do in passed.opened)
            and not self.session.concerns(passed.since)
        )

    def _reading(self, language: Language, viewer: Viewer, people: tuple[Person, ...]) -> Reader:
        sight = self._sight(viewer)
        narrator = self._narrators.get((language, sight))
        if narrator is None:
            narrator = self._narrators[language, sight] = SessionNarrator(sight, language)
        return Reader(self.session, narrator, people, self._undone.of(self.session))

    def _sight(self, viewer: Viewer) -> Sight:
        name = (viewer.standing, viewer.people)
        sight = self._sights.get(name)
        if sight is None:
            sight = self._sights[name] = Sight(self.session, viewer)
        else:
            sight.follow(viewer)
        return sight
