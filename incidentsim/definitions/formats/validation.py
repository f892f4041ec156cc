"""Checking a document against its shape, and saying what does not fit in our own sentences, at its position.

pydantic finds the errors; where one of them is only a missing word, the rest of the file can still be looked at, so
`validate` mends such places (and notes them) until the shape holds.
"""

import copy
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from incidentsim.definitions.formats import common as format_common
from incidentsim.definitions.formats.common import (
    BOTH,
    MISSING_LANGUAGE,
    STRANGE_LANGUAGE,
    BasisWord,
    Languages,
    Shape,
    is_text,
)
from incidentsim.definitions.formats.messages import YES, as_id, nearest_word, sentence
from incidentsim.definitions.yaml12.findings import MOST, Findings
from incidentsim.definitions.yaml12.positions import Spot, locate
from incidentsim.definitions.yaml12.problems import Path

S = TypeVar("S", bound=BaseModel)

_PLACEHOLDER: Final = "?"
_TIMES: Final = (format_common.DURATION, format_common.LIMIT)
_ATTEMPTS: Final = 4
"""The most times a document is mended and looked at again: a mended part can show what stood behind it."""


def validate(findings: Findings, model: type[S], languages: Languages = BOTH) -> S | None:
    """The document as `model`, with whatever does not fit noted in `findings`.

    Args:
        findings: the document, and where to note what does not fit.
        model: the shape.
        languages: in which languages its texts have to be, and may be.

    Returns:
        The shape; where something did not fit, with that place mended so that the names and rules in the rest can
        be checked; `None` where mending would be guessing.
    """
    value = findings.document.value
    try:
        return model.model_validate(value, context=languages)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    if _renamed(findings, model, errors):
        return validate(findings, model, languages)
    value = copy.deepcopy(value)
    for _attempt in range(_ATTEMPTS):
        located = [(detail, locate(model, detail)) for detail in errors[:MOST]]
        for detail, spot in located:
            findings.add(spot.path, sentence(detail, spot), key=spot.key)
        mended = [_mend(value, detail, spot, findings, languages) for detail, spot in located]
        if findings.full or not all(mended):
            return None
        try:
            return model.model_validate(value, context=languages)
        except ValidationError as error:
            errors = error.errors(include_url=False)
    return None


def _renamed(findings: Findings, model: type[BaseModel], errors: list[ErrorDetails]) -> bool:
    """Call by its name of today each key that is unknown only because it has another name now; were there any?"""
    old = [
        (spot.path, new)
        for detail in errors
        if detail["type"] == "extra_forbidden"
        for spot in (locate(model, detail),)
        if isinstance(spot.owner, type)
        and issubclass(spot.owner, Shape)
        and (new := spot.owner.OLD_KEYS.get(str(spot.path[-1]))) is not None
        and not _stands(findings.document.value, (*spot.path[:-1], new))
    ]
    for path, new in old:
        findings.document.rename_key(path, new)
    return bool(old)


def _stands(value: Any, path: Path) -> bool:  # noqa: ANN401 - plain data
    for part in path[:-1]:
        value = value[part]
    return path[-1] in value


def _mend(
    value: Any,  # noqa: ANN401 - plain data
    detail: ErrorDetails,
    spot: Spot,
    findings: Findings,
    languages: Languages,
) -> bool:
    """Put something harmless where the error is; say whether that was possible."""
    parent = value
    try:
        for part in spot.path[:-1]:
            parent = parent[part]
        last = spot.path[-1]
        if detail["type"] == STRANGE_LANGUAGE:
            del parent[last]
            return True
        if detail["type"] == MISSING_LANGUAGE:
            _fill_in(value, spot.path[:-1], languages)
            return True
        if detail["type"] == "extra_forbidden":
            parent.pop(last, None)
            # A key that means nothing was often meant as one that is missing now. The whole file is not given up.
            if spot.path[:-1]:
                findings.disregard(spot.path[:-1])
            return True
        if spot.key and _is_no_id(detail):
            return _rename(parent, last)
        instead = _instead(detail, spot, languages)
        if instead is None:
            return False
        parent[last] = instead
    except (KeyError, IndexError, TypeError, AttributeError):  # mended away meanwhile, or not a mapping at all
        return False
    return True


def _is_no_id(detail: ErrorDetails) -> bool:
    pattern = (detail.get("ctx") or {}).get("pattern")
    return detail["type"] == "string_pattern_mismatch" and pattern == format_common.IDENTIFIER


def _rename(parent: dict[Any, Any], key: object) -> bool:
    """Call a key what it would be as an id, in its place; say whether that was possible."""
    name = as_id(str(key))
    if name is None or name in parent:
        return False
    renamed = [(name if other == key else other, held) for other, held in parent.items()]
    parent.clear()
    parent.update(renamed)
    return True


def _fill_in(value: Any, path: Path, languages: Languages) -> None:  # noqa: ANN401 - plain data
    """Give the text at `path` words in each language that it lacks."""
    for part in path[:-1]:
        value = value[part]
    held = value[path[-1]]
    words = held if isinstance(held, dict) else {languages.own: held}
    value[path[-1]] = {**words, **{tag: _PLACEHOLDER for tag in languages.asked if tag not in words}}


def _instead(detail: ErrorDetails, spot: Spot, languages: Languages) -> object:
    """A value that fits and that no other rule minds, in place of the wrong one; `None` where there is none."""
    kind, wrong = detail["type"], detail["input"]
    if is_text(spot.annotation):
        return dict.fromkeys(languages.known, _PLACEHOLDER)
    if is_text(spot.owner) and (spot.annotation is None or kind.startswith("string")):
        return _PLACEHOLDER
    if kind == "duration" or (detail.get("ctx") or {}).get("pattern") in _TIMES:
        return "1m"
    if kind == "bool_type" and isinstance(wrong, str):
        return wrong.lower() in YES
    if kind == "string_type" and isinstance(wrong, int):
        return str(wrong)
    if kind == "list_type" and isinstance(wrong, str):
        return [wrong]
    if kind == "literal_error":
        expected = (detail.get("ctx") or {}).get("expected", "")
        return "assumption" if spot.annotation is BasisWord else nearest_word(str(wrong), expected)
    if _is_no_id(detail):
        return as_id(str(wrong))
    return None
