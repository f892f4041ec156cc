"""What was written into the fields of a message: how it begins, what is missing, and the message that it makes."""

from collections.abc import Mapping
from typing import Final

from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import MessageAct
from incidentsim.domain.speech import Say
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.messages import gettext as _
from incidentsim.session.form_view import MessageFormView, Written
from incidentsim.session.seat_view import SeatView
from incidentsim.session.writing.field_entries import Findings, findings, typed
from incidentsim.tui.message.fields import NAMES, SEVERAL, needed, shown
from incidentsim.tui.message.start import Start

_MOST_DIGITS: Final = 5


def begun(view: SeatView, kept: object, start: Start | None) -> Written:
    """Return a draft that was not sent, or else the beginning of an answer, a forwarding or a new message.

    Args:
        view: the seat at which it is written.
        kept: what lies in the workspace in place of a draft, which may be anything.
        start: what it is about; `None` for a new message.
    """
    written: Written = {}
    if isinstance(kept, dict):
        for name, value in kept.items():
            if name in SEVERAL and isinstance(value, list):
                written[name] = [part for part in value if isinstance(part, str)]
            elif name in NAMES and name not in SEVERAL and isinstance(value, str):
                written[name] = value
    return {**_beginning(view, start), **written}


def _beginning(view: SeatView, start: Start | None) -> Written:
    if start is None:
        return {
            "person": view.at_keyboard[0].pseudonym,
            "act": MessageAct.INFORM.value,
            "incident": view.incident or "",
        }
    begins: Written = {
        "person": start.person,
        "act": start.act.value,
        "channel": start.channel,
        "incident": start.quote.incident or "",
    }
    if start.act is MessageAct.ANSWER:
        begins |= {"answers": str(start.quote.message), "to": [start.quote.by]}
    else:
        begins["quotes"] = [start.quote.name]
    return begins


def act_of(written: Mapping[str, str | list[str]]) -> MessageAct:
    """The act that is chosen; where a draft says something else, that people are informed."""
    value = str(written.get("act", ""))
    return MessageAct(value) if value in set(MessageAct) else MessageAct.INFORM


def problems(written: Mapping[str, str | list[str]], form: MessageFormView) -> dict[str, str]:
    """Return what keeps the message from being sent, by field; the kernel may know more."""
    act = act_of(written)
    wrong: dict[str, str] = {
        name: _("This is needed.") for name in NAMES if name in needed(act) and not _words(written, name)
    }
    if act is MessageAct.ORDER:
        due = _words(written, "due")
        if due and not (due.isascii() and due.isdecimal() and len(due) <= _MOST_DIGITS):
            wrong["due"] = _("Say a whole number of minutes.")
    try:
        _findings(written, act, form)
    except InputError as error:
        wrong["findings"] = str(error)
    return wrong


def message(written: Mapping[str, str | list[str]], form: MessageFormView, view: SeatView) -> Say:
    """The message; what does not belong to its act is left out.

    Raises:
        InputError: a figure or a finding cannot be read.
    """
    act = act_of(written)
    there = shown(act, form, view)
    told = _findings(written, act, form)
    quotes = _several(written, "quotes") if "quotes" in there else ()
    answers, due = _words(written, "answers"), _words(written, "due")
    text = str(written.get("text", ""))
    return Say(
        person=form.person,
        act=act,
        to=_several(written, "to"),
        channel=_words(written, "channel"),
        incident=_words(written, "incident") or None,
        answers=int(answers) if "answers" in there and answers else None,
        injects=tuple(name.removeprefix("inject/") for name in quotes if name.startswith("inject/")),
        messages=tuple(int(name.removeprefix("message/")) for name in quotes if name.startswith("message/")),
        measures=told.measures,
        flags=told.flags,
        text=typed(text.rstrip()) if text.strip() else None,
        do=(_words(written, "do") or None) if "do" in there else None,
        due=view.time.now + int(due) * MINUTE if "due" in there and due else None,
        role=(_words(written, "role") or None) if "role" in there else None,
    )


def _findings(written: Mapping[str, str | list[str]], act: MessageAct, form: MessageFormView) -> Findings:
    return Findings() if act is MessageAct.ASK else findings(_words(written, "findings"), form)


def _several(written: Mapping[str, str | list[str]], name: str) -> tuple[str, ...]:
    value = written.get(name, [])
    return tuple(value) if isinstance(value, list) else (value,)


def _words(written: Mapping[str, str | list[str]], name: str) -> str:
    value = written.get(name, "")
    return value.strip() if isinstance(value, str) else ", ".join(value)
