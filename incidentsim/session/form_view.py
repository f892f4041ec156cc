"""What a seat hands out of forms: what a step or a message asks for, what can be chosen, what was written wrongly."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from incidentsim.domain.facts import MessageAct
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.messages import gettext as _

Written = dict[str, str | list[str]]
"""What stands in a form, by field: what was typed or chosen, or the several that were chosen."""


@dataclass(frozen=True, slots=True)
class ActionKey:
    """Names something that somebody may try: who, as whom, does what, about which incident.

    `role` may be left open, as in `Action`. `step` is which of the steps with this trigger it is, since each may ask
    for other content: its track and its place there from 0, as in `lifecycle/4`; empty for what nobody may do.
    """

    incident: str
    do: str
    person: str
    role: str | None = None
    step: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen: how it is sent, and how it is called. `unit` is that of a measure.

    `criterion` is what the procedure or the law asks for it, and `known` what is known of it at this seat with its
    source; both are empty where there is nothing to say. `measured` says that it is a measure, of which something can
    be known.
    """

    value: str
    words: str
    unit: str = ""
    criterion: str = ""
    known: str = ""
    measured: bool = False


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """Options that belong together, under a heading (empty where there is only one group)."""

    heading: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of a form. Words are typed into it where it has no `options`.

    `options` are in the playbook's order, each with words that stand alone; `groups` hold what can be chosen in a list,
    what concerns the organisation first, with words that stand under the heading of their group.
    """

    name: str
    kind: FieldKind
    title: str
    required: bool
    several: bool
    options: tuple[Option, ...]
    groups: tuple[OptionGroup, ...]


@dataclass(frozen=True, slots=True)
class JudgementView:
    """A question that a step answers: what speaks for a yes and what against it, with the figures known of each.

    `said` is what messages to this seat said of it, newest first, each with its source.
    """

    title: str
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """The form of a step: the person and role that take it, its usual time (ms), basis, clauses and fields.

    `clauses` are pairs of a clause's id and its wording. Where the step judges something, `known` is what reached this
    seat about the incident, `judgements` are the questions that it answers, and `rules` say how a level follows from
    figures.
    """

    key: ActionKey
    title: str
    person_name: str
    role_name: str
    incident_title: str
    takes: int
    basis: str
    clauses: tuple[tuple[str, str], ...]
    fields: tuple[FieldView, ...]
    known: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    judgements: tuple[JudgementView, ...] = ()


@dataclass(frozen=True, slots=True)
class FormCheck:
    """The result of checking a form: pairs of a field's name and a sentence that says what is wrong with it.

    `closed` says that the step has been closed meanwhile, `ended` that the exercise is over.
    """

    problems: tuple[tuple[str, str], ...]
    closed: bool
    ended: bool


@dataclass(frozen=True, slots=True)
class QuoteView:
    """Something that the sender may quote: an inject (by id, else empty) or a message (by number, else 0).

    `by` is the pseudonym of who sent the message, empty for an inject.
    """

    inject: str
    message: int
    time: str
    sender: str
    subject: str
    incident: str | None
    by: str = ""

    @property
    def name(self) -> str:
        """The name of what is quoted: `message/NUMBER` or `inject/ID`."""
        return f"message/{self.message}" if self.message else f"inject/{self.inject}"


@dataclass(frozen=True, slots=True)
class OpenMessageView:
    """A question or an order to the sender that they have not answered yet."""

    number: int
    act: MessageAct
    act_words: str
    time: str
    sender: str
    subject: str
    incident: str | None


@dataclass(frozen=True, slots=True)
class MessageFormView:
    """The form of a message.

    Attributes:
        person: the pseudonym of the sender.
        person_name: what the sender is called.
        roles: the roles that the sender holds; the first is meant where none is chosen.
        other_roles: all others: who writes as one of them pretends to it, or stands in for it.
        acts: what can be done by a message.
        groups: everybody at work on the incident, and the facilitator.
        bodies_and_roles: receivers.
        people: receivers, without the sender.
        channels: how it can be sent.
        incidents: what it can be about: the incidents that have come to notice.
        steps: what can be ordered.
        measures: what has a value that can be told, each with its unit.
        flags: what can be said to be so, or not.
        quotes: what can be quoted, oldest first.
        open: the messages that wait for an answer, oldest first.
        takes: how long it takes (ms).
    """

    person: str
    person_name: str
    roles: tuple[Option, ...]
    other_roles: tuple[Option, ...]
    acts: tuple[Option, ...]
    groups: tuple[Option, ...]
    bodies_and_roles: tuple[Option, ...]
    people: tuple[Option, ...]
    channels: tuple[Option, ...]
    incidents: tuple[Option, ...]
    steps: tuple[Option, ...]
    measures: tuple[Option, ...]
    flags: tuple[Option, ...]
    quotes: tuple[QuoteView, ...]
    open: tuple[OpenMessageView, ...]
    takes: int


def lines_above(form: FormView) -> list[str]:
    """Return the clauses, by what is judged, what is known, and how a level follows; what belongs below is indented."""
    said = [_("{title}: {value}").format(title=name, value=words) for name, words in form.clauses]
    for judgement in form.judgements:
        said += _judgement(judgement)
    if form.known:
        said += [_("Known to you:"), *_below(form.known)]
    return [*said, *form.rules]


def _judgement(judgement: JudgementView) -> Iterable[str]:
    yield judgement.title
    yield from _part(_("Speaks for it:"), judgement.speaks_for)
    yield from _part(_("Speaks against it:"), judgement.speaks_against)
    told = _("; ").join(judgement.said) or _("nobody has told you yet")
    yield f"  {_('{title}: {value}').format(title=_('Said to you'), value=told)}"


def _part(title: str, words: Sequence[str]) -> Iterable[str]:
    if words:
        yield f"  {title}"
        yield from (f"  · {told}" for told in words)


def _below(words: Iterable[str]) -> Iterable[str]:
    return (f"  {told}" for told in words)
