"""What does not fit a shape, in our own sentences: pydantic's speak to programmers, and in English only."""

import re
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from incidentsim.definitions.formats import common as format_common
from incidentsim.definitions.formats import controls as format_controls
from incidentsim.definitions.formats import scenario as format_scenario
from incidentsim.definitions.formats.common import MISSING_LANGUAGE, STRANGE_LANGUAGE
from incidentsim.definitions.yaml12.positions import Spot, tag_of
from incidentsim.domain.text import LANGUAGE_TAG, is_language_tag
from incidentsim.domain.unknown_names import nearest
from incidentsim.messages import gettext as _
from incidentsim.messages import language_name, ngettext
from incidentsim.unseen import quoted

_ENOUGH: Final = 40
"""The number of characters of a wrong text that are shown, so that it is recognised."""
YES: Final = frozenset({"yes", "y", "on", "true"})
"""What people write for true, and in other versions of YAML means it."""
_NO: Final = frozenset({"no", "n", "off", "false"})
_EXPECTATIONS: Final = (
    format_scenario.OccursShape,
    format_scenario.EndsInShape,
    format_scenario.EndsAtLevelShape,
    format_scenario.NeverShape,
    format_scenario.OrderShape,
    format_scenario.CountsShape,
)
"""What may be expected is told apart by its keys, so a key that is none of them may be meant for any."""


def sentence(detail: ErrorDetails, spot: Spot) -> str:
    """Return the sentence that says what is wrong at `spot` and what would be valid, in the language spoken now."""
    kind, context, value = detail["type"], detail.get("ctx") or {}, detail["input"]
    value = quoted(value) if isinstance(value, str) else value
    key = spot.path[-1] if spot.path else "$"
    if kind == "missing":
        return _("The key {key} is missing.").format(key=key)
    if kind == MISSING_LANGUAGE:
        return _missing_languages(context["missing"])
    if kind == STRANGE_LANGUAGE:
        return _strange_language(spot, str(key), context["known"])
    if kind == "extra_forbidden":
        return _extra(spot, str(key))
    if kind == "string_pattern_mismatch":
        return _pattern(context["pattern"], str(detail["input"]))
    if kind == "sort":
        return _("Expected {valid} here, not {found}.").format(valid=_valid_sorts(spot.annotation), found=_sort(value))
    writer = _literal if kind == "literal_error" else _SENTENCES.get(kind)
    if writer is None:
        return _("This is not valid here: {detail}.").format(detail=detail["msg"])
    said = writer({**context, "input": value}).format(found=_sort(value), value=value)
    advice = _advice(kind, detail["input"])
    return _("{sentence} {advice}").format(sentence=said, advice=advice) if advice else said


def _advice(kind: str, value: object) -> str:
    """How a value of the wrong kind is probably to be written; empty where nothing can be told."""
    if kind == "list_type" and isinstance(value, str) and len(value) <= _ENOUGH:
        return _("Write [{value}].").format(value=value)
    if kind == "bool_type" and isinstance(value, str) and value.lower() in YES | _NO:
        return _("Write {value}.").format(value="true" if value.lower() in YES else "false")
    if kind == "condition" and isinstance(value, dict) and value:
        return _("Here stands {keys}.").format(keys=", ".join(quoted(str(key)) for key in value))
    return ""


def _literal(context: dict[str, Any]) -> str:
    """The sentence about a word that is none of a closed list, which pydantic gives as Python writes it."""
    valid, near = _words(context["expected"]), nearest_word(str(context["input"]), context["expected"])
    if near is not None:
        return _("{value} is not valid here; the nearest valid one is {near}.").replace("{near}", near)
    return _("{value} is not valid here; valid are {valid}.").replace("{valid}", ", ".join(valid))


def _missing_languages(missing: Sequence[str]) -> str:
    names = _(", ").join(language_name(tag) for tag in missing)
    return _("The text in {language} is missing.").format(language=names)


def _strange_language(spot: Spot, key: str, known: Sequence[str]) -> str:
    if is_language_tag(key):
        message = _("This document is not in the language {tag}; it is in {known}. Name it under languages.")
        return message.format(tag=key, known=", ".join(known))
    return _extra(spot, key)


def _extra(spot: Spot, key: str) -> str:
    owners = (spot.owner,) if spot.owner not in _EXPECTATIONS else _EXPECTATIONS
    valid = list(dict.fromkeys(name for owner in owners for name in _keys(owner)))
    near = nearest(key, valid)
    if near is not None:
        message = _("The key {key} means nothing here; the nearest valid one is {near}.")
        return message.format(key=quoted(key), near=near)
    return _("The key {key} means nothing here; valid are {valid}.").format(key=quoted(key), valid=", ".join(valid))


def _keys(owner: type[BaseModel] | None) -> list[str]:
    fields = owner.model_fields if owner is not None else {}
    return [field.alias or name for name, field in fields.items()]


def not_an_id(value: str) -> str:
    """Return the sentence that refuses `value` as an id, with what it would be as one."""
    said = _("{value} is not an id: lower-case letters and digits, with single - or _ between them, a letter first.")
    said = said.format(value=quoted(value))
    written = as_id(value)
    if written is None:
        return said
    return _("{sentence} {advice}").format(sentence=said, advice=_("Write {value}.").format(value=written))


def as_id(value: str) -> str | None:
    """Return what a name would be as an id; `None` where it cannot be one."""
    written = re.sub(r"[^a-z0-9]+", "_", value.lower()).strip("_")
    return written if re.fullmatch(format_common.IDENTIFIER, written) else None


def nearest_word(value: str, expected: str) -> str | None:
    """Return the nearest word of a closed list, which pydantic gives as Python writes it; `None` where none is near."""
    return nearest(value, _words(expected))


def _words(expected: str) -> list[str]:
    return re.findall(r"'([^']*)'", expected)


def _pattern(pattern: str, value: str) -> str:
    """What a text must look like, and what stands there."""
    if pattern == format_common.IDENTIFIER:
        return not_an_id(value)
    sentences = {
        format_common.DURATION: _("{value} is not a duration; write it like 90s, 15m, 4h, 2d or 1h 30m."),
        format_common.LIMIT: _("{value} is no time limit; write it like 15m, 4h, 2d or 1h 30m, or none."),
        format_common.WORDS: _("This text is empty."),
        LANGUAGE_TAG: _("{value} is no language tag, such as en, zh, de or pt-BR."),
        format_common.CLAUSE_ID: _("{value} is not a clause id: letters, digits, dots and -, a letter first."),
        format_common.SECTION: _("{value} is no section of a document, such as 4.2, A.5.26 or §7."),
        format_scenario.STARTS: _("{value} is not a local time with its offset, such as 2021-06-30T09:10+08:00."),
        format_scenario.OFFSET: _("{value} is not an offset from UTC, such as +01:00."),
        format_common.LOCAL_RANGE: _("{value} is not a stretch of the day, such as 12:00/13:30."),
        format_common.RECEIVER: _("{value} is no receiver: a role, a body, a person, @incident or @facilitator."),
        format_controls.CONTROL_ID: _("{value} is not a control's id, in which no space is doubled, first or last."),
        format_controls.ADDRESS: _("{value} is not an address that begins with https://."),
    }
    return sentences.get(pattern, _("{value} is not valid here.")).format(value=quoted(value))


_SENTENCES: Final[Mapping[str, Callable[[dict[str, Any]], str]]] = {
    "condition": lambda _context: _(
        "A condition has one of the keys all, any, not, track, level_at_least, role_is and happened."
    ),
    "field": lambda _context: _(
        "A field is text, level, person, role, clock, statutory_level or clock_measures, a list of channels such as "
        "[email], {{choice: LIST}}, or {{choices: LIST, at_least: 2}}."
    ),
    "clock_condition": lambda _context: _(
        "A clock asks with one of the keys all, any, not, attribute, measure and scale."
    ),
    "deadline": lambda _context: _(
        "A deadline has one of the keys hours, days, months, business_days, immediately and earlier_of."
    ),
    "limit": lambda _context: _("A limit has one of the keys hours, days, months and business_days."),
    "duration": lambda _context: _(
        "{value} is not a duration: the larger unit stands first, each unit once, and it is at most a hundred years."
    ),
    "string_type": lambda _context: _("Expected a text, not {found}; put it in quotes if it is meant as one."),
    "string_too_short": lambda _context: _("This text is empty."),
    "string_too_long": lambda context: _("This is longer than {most} characters.").replace(
        "{most}", str(context["max_length"])
    ),
    "int_type": lambda _context: _("Expected a whole number, not {found}."),
    "bool_type": lambda _context: _("Expected true or false, not {found}."),
    "list_type": lambda _context: _("Expected a list, not {found}."),
    "dict_type": lambda _context: _("Expected a mapping (key: value), not {found}."),
    "model_type": lambda _context: _("Expected a mapping (key: value), not {found}."),
    "too_short": lambda context: ngettext(
        "At least one is needed here.", "At least {least} are needed here.", context["min_length"]
    ).replace("{least}", str(context["min_length"])),
    "greater_than_equal": lambda context: _("This is too small; {least} is the least.").replace(
        "{least}", str(context["ge"])
    ),
    "less_than_equal": lambda context: _("This is too large; {most} is the most.").replace(
        "{most}", str(context["le"])
    ),
}


def _sort(value: object) -> str:
    """What a value is, in a word or two."""
    if value is None:
        return _("nothing")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return _("the number {value}").format(value=value)
    if isinstance(value, str):
        return _("the text {value}").format(value=value if len(value) <= _ENOUGH else value[:_ENOUGH] + "…")
    return _("a list") if isinstance(value, list) else _("a mapping")


def _valid_sorts(annotation: Any) -> str:  # noqa: ANN401 - any annotation
    names = {
        "text": _("a text"),
        "number": _("a whole number"),
        "flag": _("true or false"),
        "list": _("a list"),
        "mapping": _("a mapping"),
        "duty": _("a mapping of duty and within"),
    }
    tags = [tag for tag in map(tag_of, typing.get_args(annotation)) if tag is not None]
    return _(" or ").join(dict.fromkeys(names.get(tag, _("a mapping")) for tag in tags))
