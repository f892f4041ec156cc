"""With what a message begins that comes of another one: an answer to it, or what forwards it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.domain.facts import MessageAct
from incidentsim.session.form_view import QuoteView
from incidentsim.session.seat import Seat

if TYPE_CHECKING:
    from incidentsim.domain.text import Language


@dataclass(frozen=True, slots=True)
class Start:
    """An act about something that reached `person` (a pseudonym), who writes the new message.

    `channel` is the channel by which it came, empty where the sender cannot use that.
    """

    act: MessageAct
    person: str
    quote: QuoteView
    channel: str

    @property
    def name(self) -> str:
        """The name of its draft."""
        return f"{self.act.value}/{self.quote.name}"


def starts(seat: Seat, number: int, language: "Language") -> tuple[Start, ...]:
    """Return the beginnings that the inbox message of this fact offers to the first at the keyboard who can use them.

    A message can be answered and forwarded, an inject forwarded; what is neither leads to nothing.
    """
    view = seat.view(language)
    came = next((message for message in view.inbox if message.number == number), None)
    if came is None or view.ended:
        return ()
    for person in view.at_keyboard:
        form = seat.message_form(person.pseudonym, language)
        for quote in form.quotes:
            if (quote.message or None, quote.inject) != (came.message, came.inject):
                continue
            channel = next((option.value for option in form.channels if option.words == came.channel), "")
            acts = [MessageAct.FORWARD]
            if quote.message and quote.by != person.pseudonym:
                acts.insert(0, MessageAct.ANSWER)
            return tuple(Start(act, person.pseudonym, quote, channel) for act in acts)
    return ()
