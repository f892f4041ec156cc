"""The one form of facts outside of the program: flat objects of JSON, made from the classes of facts and nothing else.

What a part is called on record, how its value is written and what is accepted for it when it is read follow from the
class: from the type of the field and its traits.
"""

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Final, cast, get_args

from incidentsim.domain.actions import Because, Reason, Slip
from incidentsim.domain.facts.kinds import Appraisal, EndReason, HintStep, ImprovementState, MessageAct, RefusalReason
from incidentsim.domain.facts.texts import (
    Actor,
    CommittedText,
    Content,
    ContentValue,
    Json,
    RecordedText,
    RosterEntry,
    content_value_from_json,
    content_value_to_json,
    text_from_json,
    text_to_json,
)
from incidentsim.domain.text import FreeText
from incidentsim.domain.traits import Traits, traits_of
from incidentsim.messages import gettext as _


class NotAFactError(ValueError):
    """Raised where what was read is no fact; the message says why, as the end of a sentence."""


class _UnfitError(ValueError):
    """A value is not of the type of its field."""


@dataclass(frozen=True, slots=True)
class _Form:
    """How a type of field is written and read.

    `write` is `None` where the value stands on record as it is; a value of the type `exact` is read without a question.
    """

    wanted: Callable[[], str]
    read: Callable[[Json], object]
    write: Callable[[Any], Json] | None = None
    exact: type | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a fact besides `at`, its kind and its incident: its name in Python and on record, traits and form."""

    name: str
    key: str
    traits: Traits
    form: _Form

    @property
    def is_content(self) -> bool:
        """True if it is the content of an action: an object of which any value may be a text, whatever its name."""
        return self.form is _FORMS[Content]


_NOTHING: Final[Mapping[str, Any]] = {}
"""An object in which nothing stands, one for all facts that say so: an empty one takes as much as a small one."""


def _same(*kinds: type) -> Callable[[Json], object]:
    """Accepts values of exactly these types: `True` is no integer."""

    def read(value: Json) -> object:
        if type(value) not in kinds:
            raise _UnfitError
        return value

    return read


def _or_nothing(read: Callable[[Json], object]) -> Callable[[Json], object]:
    return lambda value: None if value is None else read(value)


def _strings(value: Json) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _UnfitError
    return _one_of_equal(tuple(cast("list[str]", value)))


@lru_cache(maxsize=4096)
def _one_of_equal(strings: tuple[str, ...]) -> tuple[str, ...]:
    """The same strings, one object for all that are equal: a long record names the same people in every other fact."""
    return strings


def _integers(value: Json) -> tuple[int, ...]:
    if not isinstance(value, list) or not all(type(item) is int for item in value):
        raise _UnfitError
    return tuple(cast("list[int]", value))


def _named(exact: type) -> Callable[[Json], object]:
    """Accepts an object whose values are all of exactly this type."""

    def read(value: Json) -> object:
        if not isinstance(value, dict) or not all(type(item) is exact for item in value.values()):
            raise _UnfitError
        return dict(value) if value else _NOTHING

    return read


_Member = EndReason | HintStep | RefusalReason | MessageAct | ImprovementState | Appraisal


def _member(enum: type[_Member]) -> Callable[[Json], object]:
    def read(value: Json) -> object:
        if not isinstance(value, str) or value not in tuple(enum):
            raise _UnfitError
        return enum(value)

    return read


def _object(value: Json, needed: AbstractSet[str], optional: AbstractSet[str]) -> dict[str, Json]:
    if not isinstance(value, dict) or not needed <= value.keys() <= needed | optional:
        raise _UnfitError
    return value


def _string(value: Json) -> str:
    if not isinstance(value, str):
        raise _UnfitError
    return value


def actor_to_json(actor: Actor) -> Json:
    """Return the actor as it stands on record: `as` names the deputy's own role."""
    by: dict[str, Json] = {"person": actor.person, "role": actor.role}
    if actor.deputy is not None:
        by["as"] = actor.deputy
    return by


_ACTOR: Final = frozenset({"person", "role"})
_DEPUTY: Final = frozenset({"as"})


def _actor(value: Json) -> Actor:
    by = _object(value, _ACTOR, _DEPUTY)
    return _same_actor(_string(by["person"]), _string(by["role"]), _string(by["as"]) if "as" in by else None)


@lru_cache(maxsize=4096)
def _same_actor(person: str, role: str, deputy: str | None) -> Actor:
    return Actor(person, role, deputy)


def because_to_json(because: Because) -> Json:
    """Return the reason for a decision as it stands on record; what is empty is left out."""
    said: dict[str, Json] = {"reason": because.reason}
    if because.duty is not None:
        said["duty"] = because.duty
    if because.injects:
        said["injects"] = list(because.injects)
    if because.slips:
        said["slips"] = list(because.slips)
    return said


def _because(value: Json) -> Because:
    said = _object(value, {"reason"}, {"duty", "injects", "slips"})
    reason, slips = said["reason"], _strings(said.get("slips", []))
    if reason not in get_args(Reason) or not set(slips) <= set(get_args(Slip)):
        raise _UnfitError
    duty = _string(said["duty"]) if "duty" in said else None
    injects = _strings(said.get("injects", []))
    return Because(cast("Reason", reason), duty, injects, cast("tuple[Slip, ...]", slips))


def _cause_to_json(cause: int | Because | None) -> Json:
    return because_to_json(cause) if isinstance(cause, Because) else cause


def _cause(value: Json) -> int | Because | None:
    if value is None or type(value) is int:
        return value
    return _because(value)


def _text(value: Json) -> RecordedText:
    text = text_from_json(value)
    if text is None:
        raise _UnfitError
    return text


def _content(value: Json) -> Content:
    if not isinstance(value, dict):
        raise _UnfitError
    content: dict[str, ContentValue] = {}
    for name, item in value.items():
        said = content_value_from_json(item)
        if said is None:
            raise _UnfitError
        content[name] = said
    return content or _NOTHING


def _content_to_json(content: Content) -> Json:
    return {name: content_value_to_json(value) for name, value in content.items()}


def _roster(value: Json) -> tuple[RosterEntry, ...]:
    if not isinstance(value, list):
        raise _UnfitError
    written = [_object(item, {"person", "roles"}, set()) for item in value]
    return tuple(RosterEntry(_string(item["person"]), _strings(item["roles"])) for item in written)


def _roster_to_json(roster: tuple[RosterEntry, ...]) -> Json:
    return [{"person": entry.person, "roles": list(entry.roles)} for entry in roster]


def _value(member: _Member) -> Json:
    return member.value


def _value_or_nothing(member: _Member | None) -> Json:
    return None if member is None else member.value


_FORMS: Final[Mapping[Any, _Form]] = {
    str: _Form(lambda: _("a string"), _same(str), exact=str),
    str | None: _Form(lambda: _("a string or null"), _or_nothing(_same(str)), exact=str),
    int: _Form(lambda: _("an integer"), _same(int), exact=int),
    int | None: _Form(lambda: _("an integer or null"), _or_nothing(_same(int)), exact=int),
    bool: _Form(lambda: _("true or false"), _same(bool), exact=bool),
    tuple[str, ...]: _Form(lambda: _("a list of strings"), _strings, list),
    tuple[RosterEntry, ...]: _Form(lambda: _("a list of people with their roles"), _roster, _roster_to_json),
    tuple[int, ...]: _Form(lambda: _("a list of integers"), _integers, list),
    Mapping[str, int]: _Form(lambda: _("an object of integers"), _named(int), dict),
    Mapping[str, bool]: _Form(lambda: _("an object of true and false"), _named(bool), dict),
    MessageAct: _Form(lambda: _("what somebody does by a message"), _member(MessageAct), _value),
    EndReason: _Form(lambda: _("a way in which an exercise ends"), _member(EndReason), _value),
    RefusalReason: _Form(lambda: _("a kind of refusal"), _member(RefusalReason), _value),
    HintStep: _Form(lambda: _("a step of a hint"), _member(HintStep), _value),
    Appraisal: _Form(lambda: _("strength or weakness"), _member(Appraisal), _value),
    Appraisal | None: _Form(lambda: _("strength or weakness"), _member(Appraisal), _value_or_nothing),
    ImprovementState | None: _Form(
        lambda: _("a state of an improvement item"), _member(ImprovementState), _value_or_nothing
    ),
    Actor: _Form(lambda: _("a person and a role"), _actor, actor_to_json),
    Actor | None: _Form(
        lambda: _("a person and a role, or null"),
        _or_nothing(_actor),
        lambda actor: None if actor is None else actor_to_json(actor),
    ),
    Because | None: _Form(lambda: _("why somebody decided so"), _because, because_to_json),
    int | Because | None: _Form(
        lambda: _("the number of a fact, why somebody decided so, or null"), _cause, _cause_to_json
    ),
    RecordedText: _Form(lambda: _("a text or a commitment to one"), _text, text_to_json),
    RecordedText | None: _Form(
        lambda: _("a text, a commitment to one, or null"),
        _or_nothing(_text),
        lambda text: None if text is None else text_to_json(text),
    ),
    Content: _Form(lambda: _("an object with the content of an action"), _content, _content_to_json),
}
"""Every type that a field of a fact may have."""

_HEAD: Final = ("at", "incident")
_PARTS: dict[type, tuple[Part, ...]] = {}


def parts_of(kind: type) -> tuple[Part, ...]:
    """The parts of a class of facts besides `at` and `incident`, in order.

    Raises:
        TypeError: a field has no traits.
        KeyError: a field is of a type that no fact holds.
    """
    known = _PARTS.get(kind)
    if known is None:
        own = [field for field in fields(kind) if field.name not in _HEAD]
        known = _PARTS[kind] = tuple(
            Part(field.name, traits_of(field).key or field.name, traits_of(field), _FORMS[field.type]) for field in own
        )
    return known


def value_of(fact: object, part: str) -> object:
    """The value of the part that is called so in Python."""
    value: object = getattr(fact, part)
    return value


def parts_to_json(fact: object) -> dict[str, Json]:
    """The parts of a fact besides time, kind and incident, as they stand on record."""
    written: dict[str, Json] = {}
    for part in parts_of(type(fact)):
        value, write = getattr(fact, part.name), part.form.write
        if value is not None or not part.traits.if_said:
            written[part.key] = value if write is None else write(value)
    return written


def texts_of(fact: object) -> Iterator[tuple[tuple[str, ...], RecordedText]]:
    """Every text that a fact holds, each with where it stands in the fact's form on record: one key or two."""
    for part in parts_of(type(fact)):
        if not part.traits.text:
            continue
        value = getattr(fact, part.name)
        if part.is_content:
            for name, item in value.items():
                if isinstance(item, FreeText | CommittedText):
                    yield (part.key, name), item
        elif value is not None:
            yield (part.key,), value


def _if_said(part: Part, written: Json) -> Json:
    """What is written of a part; one that stands there only if there is something to say is never null."""
    if written is None and part.traits.if_said:
        raise _UnfitError
    return written


def parts_from_json(kind: type, name: str, value: Mapping[str, Json]) -> dict[str, object]:
    """The values of the fields of `kind` (on record: `name`), each checked.

    Raises:
        NotAFactError: a part is missing, superfluous or of another type.
    """
    read: dict[str, object] = {}
    for part in parts_of(kind):
        if part.key in value:
            written, form = value[part.key], part.form
            if type(written) is form.exact:
                read[part.name] = written
                continue
            try:
                read[part.name] = form.read(_if_said(part, written))
            except _UnfitError:
                message = _("in the fact {kind}, the part {part} is not {wanted}")
                raise NotAFactError(message.format(kind=name, part=part.key, wanted=part.form.wanted())) from None
        elif not part.traits.if_said:
            raise NotAFactError(_("the fact {kind} has no part {part}").format(kind=name, part=part.key))
    if len(read) != len(value):
        known = {part.key for part in parts_of(kind)}
        extra = ", ".join(key for key in value if key not in known)
        raise NotAFactError(_("the fact {kind} holds what it should not: {parts}").format(kind=name, parts=extra))
    return read
