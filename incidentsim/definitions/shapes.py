"""Checking a document against its shape, and saying what does not fit in our own sentences, at its position.

pydantic finds the errors; where one of them is only a missing word, the rest of the file can still be looked at, so
`shaped` mends such places (and notes them) until the shape holds.
"""

import copy
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeVar

from pydantic import BaseModel, Tag, ValidationError
from pydantic_core import ErrorDetails

from incidentsim.definitions import format_common, format_scenario
from incidentsim.definitions.findings import MOST, Findings, nearest
from incidentsim.definitions.format_common import BasisWord, TextShape
from incidentsim.definitions.problems import Path
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

S = TypeVar("S", bound=BaseModel)

_PLACEHOLDER: Final = "?"
_YES: Final = frozenset({"yes", "y", "on", "true"})
_ATTEMPTS: Final = 4
"""How often a document is mended and looked at again: a mended part can show what stood behind it."""


def shaped(findings: Findings, model: type[S]) -> S | None:
    """The document as `model`, with whatever does not fit noted in `findings`.

    Returns:
        The shape; where something did not fit, with that place mended so that the names and rules in the rest can
        be checked; `None` where mending would be guessing.
    """
    value = findings.document.value
    try:
        return model.model_validate(value)
    except ValidationError as error:
        value = copy.deepcopy(value)
        errors = error.errors(include_url=False)
    for _attempt in range(_ATTEMPTS):
        found = [(detail, _locate(model, detail)) for detail in errors[:MOST]]
        for detail, spot in found:
            findings.add(spot.path, _sentence(detail, spot), key=spot.key)
        mended = [_mend(value, detail, spot, findings) for detail, spot in found]
        if findings.full or not all(mended):
            return None
        try:
            return model.model_validate(value)
        except ValidationError as error:
            errors = error.errors(include_url=False)
    return None


@dataclass(frozen=True, slots=True)
class _Spot:
    """What an error is about: its place, the shape that encloses it, and what the file should hold there."""

    path: Path
    owner: type[BaseModel] | None
    annotation: Any
    key: bool


def _locate(model: type[BaseModel], detail: ErrorDetails) -> _Spot:
    """Follow pydantic's location, which names the alternatives of unions too, through the shapes."""
    path: list[str | int] = []
    owner: type[BaseModel] | None = None
    annotation: Any = model
    is_key = detail["type"] in ("extra_forbidden", "missing")
    for part in detail["loc"]:
        annotation = _bare(annotation)
        origin = typing.get_origin(annotation)
        if origin in (types.UnionType, typing.Union):
            annotation = next((arm for arm in typing.get_args(annotation) if _tag(arm) == part), None)
        elif part == "[key]":
            is_key, annotation = True, None
        elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
            owner = annotation
            path.append(part)
            annotation = _annotation_of(owner, str(part))
        elif origin in (dict, list):
            path.append(part)
            annotation = typing.get_args(annotation)[-1]
    return _Spot(tuple(path), owner, _bare(annotation), is_key)


def _bare(annotation: Any) -> Any:  # noqa: ANN401 - any annotation
    """`annotation` without what pydantic hangs on it and without `| None`."""
    while True:
        if typing.get_origin(annotation) is Annotated:
            annotation = typing.get_args(annotation)[0]
            continue
        arms = [arm for arm in typing.get_args(annotation) if arm is not types.NoneType]
        if typing.get_origin(annotation) not in (types.UnionType, typing.Union) or len(arms) != 1:
            return annotation
        annotation = arms[0]


def _tag(arm: Any) -> str | None:  # noqa: ANN401 - any annotation
    return next((extra.tag for extra in typing.get_args(arm)[1:] if isinstance(extra, Tag)), None)


def _annotation_of(owner: type[BaseModel], key: str) -> Any:  # noqa: ANN401 - any annotation
    return next((field.annotation for name, field in owner.model_fields.items() if key in (field.alias, name)), None)


def _mend(value: Any, detail: ErrorDetails, spot: _Spot, findings: Findings) -> bool:  # noqa: ANN401 - plain data
    """Put something harmless where the error is; say whether that was possible."""
    parent = value
    try:
        for part in spot.path[:-1]:
            parent = parent[part]
        last = spot.path[-1]
        if detail["type"] == "extra_forbidden":
            parent.pop(last, None)
            # A key that means nothing was often meant as one that is missing now. The whole file is not given up.
            if spot.path[:-1]:
                findings.disregard(spot.path[:-1])
            return True
        instead = _instead(detail, spot)
        if instead is None:
            return False
        parent[last] = instead
    except (KeyError, IndexError, TypeError, AttributeError):  # mended away meanwhile, or not a mapping at all
        return False
    return True


def _instead(detail: ErrorDetails, spot: _Spot) -> object:
    """A value that fits and that no other rule minds, in place of the wrong one; `None` where there is none."""
    kind, wrong = detail["type"], detail["input"]
    if spot.owner is TextShape:
        return _PLACEHOLDER
    if spot.annotation is TextShape:
        return {"en": _PLACEHOLDER, "zh": _PLACEHOLDER}
    if kind == "duration" or (detail.get("ctx") or {}).get("pattern") == format_common.DURATION:
        return "1m"
    if kind == "bool_type" and isinstance(wrong, str):
        return wrong.lower() in _YES
    if kind == "string_type" and isinstance(wrong, int):
        return str(wrong)
    if kind == "list_type" and isinstance(wrong, str):
        return [wrong]
    if kind == "literal_error" and spot.annotation is BasisWord:
        return "assumption"
    return None


def _sentence(detail: ErrorDetails, spot: _Spot) -> str:
    kind, context, value = detail["type"], detail.get("ctx") or {}, detail["input"]
    key = spot.path[-1] if spot.path else "$"
    if kind == "missing":
        return _missing(spot, str(key))
    if kind == "extra_forbidden":
        return _extra(spot, str(key))
    if kind == "string_pattern_mismatch":
        return _pattern(context["pattern"]).format(value=value)
    if kind == "sort":
        return _("Expected {valid} here, not {found}.").format(valid=_valid_sorts(spot.annotation), found=_sort(value))
    writer = _SENTENCES.get(kind)
    if writer is None:
        return _("This is not valid here: {detail}.").format(detail=detail["msg"])
    return writer(context).format(found=_sort(value), value=value)


def _missing(spot: _Spot, key: str) -> str:
    if spot.owner is TextShape:
        language = _("English") if key == "en" else _("Chinese")
        return _("The text in {language} is missing.").format(language=language)
    return _("The key {key} is missing.").format(key=key)


def _extra(spot: _Spot, key: str) -> str:
    fields = spot.owner.model_fields if spot.owner is not None else {}
    valid = [field.alias or name for name, field in fields.items()]
    near = nearest(key, valid)
    if near is not None:
        return _("The key {key} means nothing here; the nearest valid one is {near}.").format(key=key, near=near)
    return _("The key {key} means nothing here; valid are {valid}.").format(key=key, valid=", ".join(valid))


def _pattern(pattern: str) -> str:
    """What a text must look like, with `{value}` for what stands there."""
    sentences = {
        format_common.IDENTIFIER: _(
            "{value} is not an id: lower-case letters and digits, with single - or _ between them, a letter first."
        ),
        format_common.DURATION: _("{value} is not a duration; write it like 90s, 15m, 4h, 2d or 1h 30m."),
        format_common.WORDS: _("This text is empty."),
        format_common.CLAUSE_ID: _("{value} is not a clause id: letters, digits, dots and -, a letter first."),
        format_scenario.STARTS: _("{value} is not a local time with its offset, such as 2021-06-30T09:10+08:00."),
        format_scenario.LOCAL_RANGE: _("{value} is not a stretch of the day, such as 12:00/13:30."),
    }
    return sentences.get(pattern, _("{value} is not valid here."))


_SENTENCES: Final[Mapping[str, Callable[[dict[str, Any]], str]]] = {
    "condition": lambda _context: _(
        "A condition has one of the keys all, any, not, track, level_at_least, role_is and happened."
    ),
    "field": lambda _context: _(
        "A field is text, level, person or role, a list of channels such as [email], "
        "{{choice: LIST}}, or {{choices: LIST, at_least: 2}}."
    ),
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
    "literal_error": lambda context: _("{value} is not valid here; valid are {valid}.").replace(
        "{valid}", context["expected"].replace(" or ", ", ").replace("'", "")
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
        return _("the text {value}").format(value=value if len(value) <= 40 else value[:40] + "…")  # noqa: PLR2004 - enough to recognise it
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
    tags = [tag for tag in map(_tag, typing.get_args(annotation)) if tag is not None]
    return _(" or ").join(names[tag] for tag in tags)
