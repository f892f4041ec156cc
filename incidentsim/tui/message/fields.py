"""The fields of a message: which of them an act needs, what they are called, and what can be chosen in each."""

from typing import Final

from incidentsim.domain.facts import MessageAct
from incidentsim.messages import gettext as _
from incidentsim.session.form_view import MessageFormView, Option, QuoteView
from incidentsim.session.seat_view import SeatView
from incidentsim.tui.widgets.choices import Options

NAMES: Final = (
    "person", "role", "act", "answers", "to", "do", "due", "text", "quotes", "findings", "channel", "incident",
)  # fmt: skip
"""The fields in the order in which they stand."""
TYPED: Final = frozenset({"due", "findings"})
"""What is a line of words; `text` has several lines, and everything else is chosen."""
SEVERAL: Final = frozenset({"to", "quotes"})
"""Where any number can be chosen."""
KEPT: Final = frozenset({"person", "role", "act", "channel"})
"""Where exactly one is chosen at all times."""


def needed(act: MessageAct) -> frozenset[str]:
    """Return the fields without which such a message cannot be sent."""
    match act:
        case MessageAct.ANSWER:
            return frozenset({"to", "answers"})
        case MessageAct.FORWARD:
            return frozenset({"to", "quotes"})
        case MessageAct.DECIDE:
            return frozenset({"to", "text"})
        case MessageAct.INFORM | MessageAct.ASK | MessageAct.ORDER:
            return frozenset({"to"})


def shown(act: MessageAct, form: MessageFormView, view: SeatView) -> frozenset[str]:
    """Return the fields that are there for such a message: those in which something can be written or chosen."""
    there = {"act", "to", "text", "channel"}
    there |= {"person"} if len(view.at_keyboard) > 1 else set()
    there |= {"role"} if len(form.roles) > 1 else set()
    there |= {"incident"} if form.incidents else set()
    there |= {"quotes"} if form.quotes or act is MessageAct.FORWARD else set()
    match act:
        case MessageAct.ANSWER:
            there.add("answers")
        case MessageAct.ORDER:
            there |= {"do", "due"}
        case MessageAct.INFORM | MessageAct.ASK | MessageAct.FORWARD | MessageAct.DECIDE:
            pass
    if act is not MessageAct.ASK and (form.measures or form.flags):
        there.add("findings")
    return frozenset(there)


def title(name: str, act: MessageAct, form: MessageFormView) -> str:
    """Return the title of a field."""
    match name:
        case "findings":
            examples = _(", ").join(option.value for option in (*form.measures[:2], *form.flags[:1]))
            return _("Figures and findings: NAME=VALUE, with commas (such as {names})").format(names=examples)
        case "quotes":
            return _("What do you forward?") if act is MessageAct.FORWARD else _("What do you quote?")
        case _:
            return {
                "person": _("Who writes?"),
                "role": _("In which role?"),
                "act": _("What kind of message?"),
                "answers": _("Which message do you answer?"),
                "to": _("To whom?"),
                "do": _("Which step do you order?"),
                "due": _("In how many minutes at the latest?"),
                "text": _("Your words"),
                "channel": _("By which channel?"),
                "incident": _("Which incident is it about?"),
            }[name]


def options(name: str, form: MessageFormView, view: SeatView) -> Options:
    """Return what can be chosen in a field, as (value, title) pairs; a heading has `None` for a value."""
    match name:
        case "person":
            return [(person.pseudonym, person.name) for person in view.at_keyboard]
        case "to":
            return [
                *_pairs(form.groups),
                (None, _("Bodies and roles")),
                *_pairs(form.bodies_and_roles),
                (None, _("People")),
                *_pairs(form.people),
            ]
        case "quotes":
            return [(quote.name, _quote_words(quote)) for quote in reversed(form.quotes)]
        case "answers":
            waiting = {message.number for message in form.open}
            known = [quote for quote in reversed(form.quotes) if quote.message and quote.by != form.person]
            known.sort(key=lambda quote: quote.message not in waiting)
            return [(str(quote.message), _quote_words(quote)) for quote in known]
        case _:
            return _pairs(
                {
                    "role": form.roles,
                    "act": form.acts,
                    "do": form.steps,
                    "channel": form.channels,
                    "incident": form.incidents,
                }[name]
            )


def _pairs(offered: tuple[Option, ...]) -> list[tuple[str | None, str]]:
    return [(option.value, option.words) for option in offered]


def _quote_words(quote: QuoteView) -> str:
    words = _("{time} {sender}: {subject}") if quote.sender else _("{time}: {subject}")
    said = words.format(time=quote.time, sender=quote.sender, subject=quote.subject)
    return f"M{quote.message} {said}" if quote.message else said
