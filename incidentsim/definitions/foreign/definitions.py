"""Reading a definition of one kind: a file of another kind, or none of ours, is told as what it is before all else."""

import re
from collections.abc import Callable, Collection
from typing import Any, Final

from incidentsim.definitions.foreign.recognising import looks
from incidentsim.definitions.yaml12.problems import DefinitionError, Problem, shortened
from incidentsim.definitions.yaml12.reader import Document, read_head, read_yaml
from incidentsim.messages import N_
from incidentsim.messages import gettext as _
from incidentsim.unseen import quoted

_OURS: Final = re.compile(rb"""^[ \t{"']*schema["']?[ \t]*:[ \t]*["']?incidentsim/([a-z]+)/""", re.MULTILINE)
_WANTED: Final = {
    "playbook": N_("This is no playbook, which is wanted here."),
    "scenario": N_("This is no scenario, which is wanted here."),
    "roster": N_("This is no roster, which is wanted here."),
    "archetype": N_("This is no archetype, which is wanted here."),
    "clocks": N_("This is no clock pack, which is wanted here."),
    "controls": N_("This is no control map, which is wanted here."),
    "evidence": N_("This is no file of evidence for controls, which is wanted here."),
}


def read_definition(data: bytes, file: str, schema: str) -> Document:
    """The YAML document in `data`, unless it is plainly something else than a definition of this schema.

    Args:
        data: the file's bytes.
        file: what the file is called in a problem.
        schema: what its key `schema` must say, such as `incidentsim/scenario/1`. Where it says something else, or is
            not there, and the file looks like nothing that is known, the document is given all the same: what is
            wrong with it is told with everything else.

    Raises:
        DefinitionError: it is no YAML of the kind that definitions use, or looks like something else that is known.
    """
    return _read(data, file, schema, lambda: read_yaml(data, file))


def read_definition_head(data: bytes, file: str, schema: str, keys: Collection[str]) -> Document:
    """The beginning of the document in `data`, up to the last of `keys`, under the terms of `read_definition`.

    Raises:
        DefinitionError: as there; or its key `schema` is missing.
    """
    document = _read(data, file, schema, lambda: read_head(data, file, ("schema", *keys)))
    if isinstance(document.value, dict) and "schema" not in document.value:
        message = _("This is no file of incidentsim: it has no key schema. That key says what the file is: {valid}.")
        raise DefinitionError([document.problem((), message.format(valid=schema))], readable=False)
    return document


def as_ours(data: bytes, file: str, error: DefinitionError) -> DefinitionError:
    """The error about a file that is no YAML of ours: what it is, if that is known; else what `error` says.

    What lacks the key `schema` altogether is said to be none of ours first.
    """
    if _OURS.search(data):
        return error
    told = looks(data)
    if told:
        return refusal(file, (1, 1), foreign(None), told)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return error
    if "schema" in text or not text.strip():
        return error
    return DefinitionError([Problem(file, 1, 1, "$", foreign(None)), *error.problems], readable=False)


def foreign(schema: object) -> str:
    """The sentence that a file is none of ours: it has no key `schema`, or another `schema` than ours."""
    if schema is None:
        return _("This is no file of incidentsim: it has no key schema.")
    return _("This is no file of incidentsim: its schema is {schema}.").format(schema=shortened(quoted(schema)))


def refusal(file: str, place: tuple[int, int], *sentences: str) -> DefinitionError:
    """The refusal of a file as a whole, in these sentences."""
    message = sentences[0]
    for sentence in sentences[1:]:
        message = _("{sentence} {more}").format(sentence=message, more=sentence)
    return DefinitionError([Problem(file, *place, "$", message)], readable=False)


def _read(data: bytes, file: str, schema: str, read: Callable[[], Document]) -> Document:
    try:
        document = read()
    except DefinitionError as error:
        if _kind_in(data) in (None, _kind(schema)):
            raise as_ours(data, file, error) from None
        raise refusal(file, (1, 1), _(_WANTED[_kind(schema)]), looks(data)) from None
    value: Any = document.value
    said = value.get("schema") if isinstance(value, dict) else None
    if said == schema:
        return document
    told = looks(data)
    if not told:
        return document
    kind = said.split("/")[1] if isinstance(said, str) and re.match("incidentsim/[a-z]+/", said) else None
    if kind == _kind(schema):  # another version of what is wanted
        return document
    place = document.position(("schema",))
    raise refusal(file, place, _(_WANTED[_kind(schema)]) if kind is not None else foreign(said), told)


def _kind(schema: str) -> str:
    return schema.split("/")[1]


def _kind_in(data: bytes) -> str | None:
    match = _OURS.search(data)
    return match[1].decode() if match is not None else None
