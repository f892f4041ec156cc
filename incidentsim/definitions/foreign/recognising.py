"""What a file looks like, in sentences, for whoever reads it in vain."""

from collections.abc import Collection
from pathlib import Path

from incidentsim.definitions.foreign.content import Content, beginning
from incidentsim.definitions.foreign.shapes import SHAPES, UTF_16, Shape
from incidentsim.messages import gettext as _
from incidentsim.messages import language


def shape_of(data: bytes) -> Shape | None:
    """The shape of a file that begins with these bytes; `None` where it is like nothing that is known."""
    return _shape_of(Content(data))


def _shape_of(content: Content) -> Shape | None:
    return next((shape for shape in SHAPES if shape.telltale(content)), None)


def looks(data: bytes, *, but: Collection[str] = ()) -> str:
    """Return what these bytes look like and what can be done with them, in sentences; empty where that is not known.

    Args:
        data: the bytes of a file, or its beginning.
        but: the ids of shapes of which nothing is said, because whoever asks knows them better.
    """
    content = Content(data)
    shape = _shape_of(content)
    if shape is None or shape.id in but:
        return ""
    said = []
    if shape is not UTF_16 and UTF_16.telltale(content):
        said = [_("This is UTF-16 text; save it as UTF-8.")]
    title = _(shape.title)
    if shape is UTF_16:
        said = [_("This is {what}.").format(what=title)]
    elif shape.ours:
        said.append(_("This is {what}.").format(what=title))
    else:
        said.append(_("It looks like {what}.").format(what=title))
    return " ".join([*said, advice(shape)]) if language() == "en" else "".join([*said, advice(shape)])


def advice(shape: Shape) -> str:
    """Return what can be done with a file of this shape: a sentence or two."""
    if shape.importer is not None:
        return _("“incidentsim import {format} FILE” makes scenarios of it.").format(format=shape.importer)
    return _(shape.advice)


def with_looks(sentence: str, path: Path, *, but: Collection[str] = ()) -> str:
    """The sentence that refuses a file, and behind it what the file looks like (see `looks`), where that is known."""
    told = looks(beginning(path), but=but)
    return _("{sentence} {more}").format(sentence=sentence, more=told) if told else sentence
