"""What in the file, and in its shape, a validation error of pydantic is about."""

import types
import typing
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import BaseModel, Tag
from pydantic_core import ErrorDetails

from incidentsim.definitions.yaml12.problems import Path

KEY_MEANT: Final = "key"
"""In the context of an error of ours: it is about this key of the mapping in which it was found."""


@dataclass(frozen=True, slots=True)
class Spot:
    """The place in a file that an error is about.

    Attributes:
        path: keys and positions from the top of the document.
        owner: the shape that holds the key at the end of `path`; `None` at the top.
        annotation: the type that the shape wants there; `None` where there is none, such as for an unknown key.
        key: the error is about the key, not about its value.
    """

    path: Path
    owner: type[BaseModel] | None
    annotation: Any
    key: bool


def locate(model: type[BaseModel], detail: ErrorDetails) -> Spot:
    """Follow pydantic's location, which names the alternatives of unions too, through the shapes."""
    path: list[str | int] = []
    owner: type[BaseModel] | None = None
    annotation: Any = model
    is_key = detail["type"] in ("extra_forbidden", "missing")
    for part in detail["loc"]:
        annotation = _bare(annotation)
        origin = typing.get_origin(annotation)
        if origin in (types.UnionType, typing.Union):
            annotation = next((arm for arm in typing.get_args(annotation) if tag_of(arm) == part), None)
        elif part == "[key]":
            is_key, annotation = True, None
        elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
            owner = annotation
            path.append(part)
            annotation = _annotation_of(owner, str(part))
        elif origin in (dict, list):
            path.append(part)
            annotation = typing.get_args(annotation)[-1]
    context = detail.get("ctx") or {}
    if KEY_MEANT in context:
        owner, annotation, is_key = _bare(annotation), None, True
        path.append(context[KEY_MEANT])
    return Spot(tuple(path), owner, _bare(annotation), is_key)


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


def tag_of(arm: Any) -> str | None:  # noqa: ANN401 - any annotation
    """Return the tag that tells an alternative of a union from the others; `None` where it has none."""
    return next((extra.tag for extra in typing.get_args(arm)[1:] if isinstance(extra, Tag)), None)


def _annotation_of(owner: type[BaseModel], key: str) -> Any:  # noqa: ANN401 - any annotation
    return next((field.annotation for name, field in owner.model_fields.items() if key in (field.alias, name)), None)
