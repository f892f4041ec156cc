"""A message in words: one line that says who said what to whom, and its parts one by one.

The sender's own words stand as they were written. What a message quotes is named, never copied; what a step or a bot
says has no words on record, and is worded here from what it carries, in the reader's language.
"""

from collections.abc import Sequence

from incidentsim.domain.facts import AT_WORK, FACILITATOR, Fact, MessageAct, MessageSent, StepTaken
from incidentsim.domain.playbook import Playbook
from incidentsim.exports.wording.evidence import flag_said, measure_words
from incidentsim.exports.wording.local_time import LocalClock
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.plain_text import within_quotes
from incidentsim.messages import gettext as _


def act_words(act: MessageAct) -> str:
    """The act of a message, in a word or two."""
    match act:
        case MessageAct.INFORM:
            return _("Information")
        case MessageAct.ASK:
            return _("Question")
        case MessageAct.ANSWER:
            return _("Answer")
        case MessageAct.FORWARD:
            return _("Forwarded")
        case MessageAct.ORDER:
            return _("Order")
        case MessageAct.DECIDE:
            return _("Decision")


def receiver_words(names: Names, name: str) -> str:
    """A receiver: a role, a body, a person, everybody at work on the incident, or the facilitator."""
    if name == AT_WORK:
        return _("everybody at work on the incident")
    return _("the facilitator") if name == FACILITATOR else names.somebody(name)


def sender_words(names: Names, fact: MessageSent) -> str:
    """Return the sender with the role, and that it is not theirs where they only pretend to have it."""
    sender = names.actor(fact)
    return _("{sender} [does not hold that role]").format(sender=sender) if fact.pretended else sender


def _said(act: MessageAct) -> str:
    match act:
        case MessageAct.INFORM:
            return _("Message M{number} – {sender} informs {receivers} ({channel}): {what}")
        case MessageAct.ASK:
            return _("Message M{number} – {sender} asks {receivers} ({channel}): {what}")
        case MessageAct.ANSWER:
            return _("Message M{number} – {sender} answers {receivers} ({channel}): {what}")
        case MessageAct.FORWARD:
            return _("Message M{number} – {sender} forwards to {receivers} ({channel}): {what}")
        case MessageAct.ORDER:
            return _("Message M{number} – {sender} orders {receivers} ({channel}): {what}")
        case MessageAct.DECIDE:
            return _("Message M{number} – {sender} decides and informs {receivers} ({channel}): {what}")


class MessageWords:
    """Words the messages of a record: each in one line, or part by part."""

    def __init__(self, playbook: Playbook, names: Names, clock: LocalClock, facts: Sequence[Fact]) -> None:
        self._playbook = playbook
        self._facts = facts
        self._names = names
        self._clock = clock

    def sentence(self, fact: MessageSent) -> str:
        """The message in one line."""
        names = self._names
        return _said(fact.act).format(
            number=fact.number,
            sender=sender_words(names, fact),
            receivers=self.receivers(fact),
            channel=names.role(fact.channel),
            what=self.content(fact),
        )

    def receivers(self, fact: MessageSent) -> str:
        """The receivers, as they were addressed."""
        return self._names.listed(receiver_words(self._names, name) for name in fact.to)

    def content(self, fact: MessageSent) -> str:
        """The whole content of the message, on one line."""
        step = self.step(fact)
        parts = [step] if step else []
        parts += [] if fact.text is None else [_("“{words}”").format(words=" ".join(self._own_words(fact).split()))]
        parts += [_("does not know anything about it")] if self._knows_nothing(fact) else []
        parts += [self._order(fact)] if fact.do is not None or fact.due is not None else []
        parts += [*self._evidence(fact), *self._quoted(fact)]
        if fact.answers is not None:
            parts.append(_("in answer to M{number}").format(number=fact.answers))
        return _("; ").join(parts) or _("no words")

    def parts(self, fact: MessageSent) -> list[tuple[str, str]]:
        """Return the titles and texts of what it carries; the sender's own words come first, without a title."""
        names = self._names
        parts = [] if fact.text is None else [("", self._own_words(fact))]
        if self._knows_nothing(fact):
            parts.append(("", _("I do not know anything about it.")))
        if fact.do is not None or fact.due is not None:
            parts.append((_("Order"), self._order(fact)))
        if evidence := self._evidence(fact):
            parts.append((_("Findings"), names.listed(evidence)))
        if quoted := self._quoted(fact):
            parts.append((_("Quotes"), names.listed(quoted)))
        if fact.answers is not None:
            parts.append((_("Answers"), _("message M{number}").format(number=fact.answers)))
        if fact.absent:
            parts.append((_("Reaches on return"), names.listed(names.person(person) for person in fact.absent)))
        return parts

    def step(self, fact: MessageSent) -> str:
        """Return the step that a message tells of; empty where it was sent of somebody's own accord."""
        told = self._facts[fact.because] if fact.because is not None and fact.because < len(self._facts) else None
        return self._names.step(told.do) if isinstance(told, StepTaken) else ""

    def quoted(self, fact: MessageSent) -> list[tuple[str, str]]:
        """Return the headings and texts of the injects and messages that a message quotes."""
        injects = [self._names.inject(inject) for inject in fact.injects]
        earlier = self._facts if fact.messages else ()
        words = {one.number: self.content(one) for one in earlier if isinstance(one, MessageSent)}
        said = [(_("message M{number}").format(number=one), words.get(one, "")) for one in fact.messages]
        return [*injects, *said]

    @staticmethod
    def _knows_nothing(fact: MessageSent) -> bool:
        """Whether it is an answer without anything in it, which is what bots say where they know nothing."""
        says = fact.text is not None or fact.injects or fact.messages or fact.measures or fact.flags
        return fact.act is MessageAct.ANSWER and not says

    def _own_words(self, fact: MessageSent) -> str:
        return "" if fact.text is None else self._names.value(None, fact.text)

    def _order(self, fact: MessageSent) -> str:
        step = self._names.step(fact.do) if fact.do is not None else ""
        if fact.due is None:
            return step
        time = self._clock.until(fact.due, fact.at)
        return _("{step}, by {time}").format(step=step, time=time) if step else _("by {time}").format(time=time)

    def _evidence(self, fact: MessageSent) -> list[str]:
        told = (measure_words(self._playbook, self._names, name, value) for name, value in fact.measures.items())
        return [*told, *(flag_said(flag, holds=holds) for flag, holds in fact.flags.items())]

    def _quoted(self, fact: MessageSent) -> list[str]:
        injects = [
            _("“{heading}”").format(heading=within_quotes(self._names.inject(inject)[0])) for inject in fact.injects
        ]
        return [*injects, *(_("message M{number}").format(number=number) for number in fact.messages)]
