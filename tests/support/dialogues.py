"""Plain mode driven from a test: answers given beforehand, or by a bot that types what it would do."""

import io
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from incidentsim.cli.dialogue.loop import Dialogue
from incidentsim.domain.actions import Action, Value
from incidentsim.domain.references import references_of
from incidentsim.domain.text import FreeText, Language
from incidentsim.service import Service
from incidentsim.session.forms import blanks
from incidentsim.session.local_seat import LocalSeat
from incidentsim.session.session import Session
from incidentsim.session.views import OfferedAction, offers, raised
from tests.support.play import ActingBot

GOLDEN: Final = Path(__file__).parents[1] / "golden"
MOST_LINES: Final = 3_000


@dataclass(frozen=True)
class Played:
    """What a dialogue came to."""

    code: int
    told: str
    session: Session


def played(
    service: Service, session: Session, answers: Sequence[str] | io.TextIOBase, language: Language = "en"
) -> Played:
    """A dialogue from its greeting to its end."""
    told = io.StringIO()
    given = answers if isinstance(answers, io.TextIOBase) else io.StringIO("".join(f"{one}\n" for one in answers))
    seat = LocalSeat(session, service.exercises.take_up, stepped=True)
    dialogue = Dialogue(seat, language, given)  # type: ignore[arg-type]  # reads lines, which is enough
    with redirect_stdout(told):
        code = dialogue.run()
    return Played(int(code), told.getvalue(), seat.session)


class Watched(io.StringIO):
    """Answers given beforehand; before each is read, something is made sure of."""

    def __init__(self, answers: str, check: Callable[[], None]) -> None:
        super().__init__(answers)
        self._check = check

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]  # the hint of the base differs
        self._check()
        return super().readline(-1 if size is None else size)


class Typist(io.TextIOBase):
    """Types what a bot would do in the place of those who are played, and keeps what was typed."""

    def __init__(self, session: Session) -> None:
        self.typed: list[str] = []
        self._session = session
        self._bot = ActingBot()
        self._queue: list[str] = []
        self._waited_at = (-1, -1)

    def isatty(self) -> bool:
        return False

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]  # noqa: ARG002 - whole lines
        if not self._queue:
            self._queue = self._next()
        if len(self.typed) >= MOST_LINES:
            return ""
        self.typed.append(self._queue.pop(0))
        return f"{self.typed[-1]}\n"

    def _next(self) -> list[str]:
        session = self._session
        wish = self._bot.propose(session.exercise)
        action = wish.action if wish is not None else None
        if isinstance(action, Action):
            for incident in raised(session):
                for offer in offers(session, incident, session.people):
                    if offer.open and (incident, offer.step.do) == (action.incident, action.do):
                        return self._form(incident, offer, action.content)
        if self._waited_at == (len(session.facts), session.now):  # nothing happens any more
            return ["wait 2880"]
        self._waited_at = (len(session.facts), session.now)
        return [""]

    def _form(self, incident: str, offer: OfferedAction, content: Mapping[str, Value]) -> list[str]:
        fields = [line for blank in blanks(self._session, offer.step) for line in _lines_typed(content.get(blank.name))]
        turn = [f"incident {incident}"] if len(raised(self._session)) > 1 else []
        return [*turn, f"do {offer.step.do}", *fields, *(["send"] if fields else [])]


def _lines_typed(value: Value | None) -> list[str]:
    """What is typed into one field; a text ends with a full stop on a line of its own."""
    typed = _typed(value)
    return [typed, "."] if isinstance(value, FreeText) or references_of(value) is not None else [typed]


def _typed(value: Value | None) -> str:
    if isinstance(value, FreeText):
        return " ".join(value.say("en").split())
    if references_of(value) is not None:
        return "What is known."
    if isinstance(value, tuple):
        return ", ".join(value)
    return "" if value is None else str(value)


def compared_with_golden(name: str, told: str) -> None:
    """The transcript is the one in `tests/golden`.

    After a change that is meant, set INCIDENTSIM_UPDATE_GOLDEN=1 and read the difference before it is kept.
    """
    path = GOLDEN / name
    if os.environ.get("INCIDENTSIM_UPDATE_GOLDEN"):
        path.write_bytes(told.encode())
    assert told == path.read_text(encoding="utf-8")
