"""A procedure of somebody else's as one's own: under another name, in one language, without what is not wanted.

It is changed at its places in the text, so comments and everything else stay as they were written. What spoke of a
part that was taken out goes with it: the reader of playbooks says what that is, round by round, until it holds.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.playbook.unused import unused
from incidentsim.definitions.yaml12.edits import Edits, texts
from incidentsim.definitions.yaml12.problems import DefinitionError, Path
from incidentsim.definitions.yaml12.reader import Document, read_yaml
from incidentsim.definitions.yaml12.writer import one_line
from incidentsim.domain.errors import InputError
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.text import LANGUAGES
from incidentsim.domain.unknown_names import unknown_name
from incidentsim.messages import gettext as _

MOST_ROUNDS: Final = 60
"""So often what rests on what was taken out is looked for; no procedure hangs together in longer chains."""

_STEP: Final = re.compile(r'\.([A-Za-z_][A-Za-z0-9_-]*)|\[(\d+)\]|\["([^"]*)"\]')
_PRUNED: Final = frozenset({"needs", "settled_by", "dropped_by", "performed", "deputies", "members", "from"})
"""Where one of several parts may go and the rule still means what it meant: a need, a way to settle, a deputy."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """A procedure that was taken over.

    Attributes:
        data: its playbook, which is valid.
        playbook: the same, read.
        gone: the places in the original that were taken out because they spoke of what was not wanted.
    """

    data: bytes
    playbook: Playbook
    gone: tuple[Path, ...]


def adopted(data: bytes, file: str, name: str, language: str, unwanted: Collection[str] = ()) -> Adopted:
    """The playbook in `data` as one's own.

    Args:
        data: a valid playbook.
        file: what it is called in a problem.
        name: the id that it gets.
        language: the tag of the language that it is left in; one that it is not written in leaves its languages alone.
        unwanted: ids of tracks and notices that are taken out, with every rule that speaks of them alone.

    Raises:
        UnknownNameError: there is no such track or notice.
        InputError: the main track is not wanted, or without what is not wanted the procedure does not hold together.
    """
    playbook = read_playbook(data, file)
    made = _named(data, file, name)
    gone: list[Path] = []
    if unwanted:
        made = _without(made, file, _places(playbook, data, file, unwanted), gone)
        made = _without_unused(made, file, data, gone)
    if language in playbook.languages:
        made = _in_one_language(made, file, language)
    return Adopted(made, read_playbook(made, file), tuple(gone))


def _named(data: bytes, file: str, name: str) -> bytes:
    edits = Edits.of(data, file)
    part = edits.part(("id",))
    if part is not None:
        edits.replace(part, name)
    return edits.data()


def _places(playbook: Playbook, data: bytes, file: str, unwanted: Collection[str]) -> set[Path]:
    """Where the tracks and notices stand that are not wanted."""
    value = read_yaml(data, file).value
    notices: Mapping[str, Any] = value.get("notices") or {}
    tracks: Mapping[str, Any] = value.get("tracks") or {}
    places: set[Path] = set()
    for name in unwanted:
        if name == playbook.main_track.id:
            message = _("{name} is the main track; a procedure has one, so it cannot be left out.")
            raise InputError(message.format(name=name))
        if name not in tracks and name not in notices:
            known = [track for track in (*tracks, *notices) if track != playbook.main_track.id]
            otherwise = _("There is no track or notice {name}; there are: {known}.")
            raise unknown_name(_("track or notice"), name, known, kind="track", otherwise=otherwise)
        places.add(("tracks" if name in tracks else "notices", name))
    return places


def _without(data: bytes, file: str, places: set[Path], gone: list[Path]) -> bytes:
    """The playbook without these parts, nor anything that speaks of them."""
    for _round in range(MOST_ROUNDS):
        edits = Edits.of(data, file)
        edits.remove(places)
        data = edits.data()
        try:
            read_playbook(data, file)
        except DefinitionError as error:
            document = read_yaml(data, file)
            places = {_to_remove(document, parsed(problem.path)) for problem in error.problems}
            if any(len(place) <= 1 for place in places):  # a whole section, or nothing that could be told
                raise InputError(_not_holding(error)) from None
            gone += sorted(places, key=str)
            continue
        return data
    raise InputError(_("Without these parts the procedure does not hold together."))


def _without_unused(data: bytes, file: str, original: bytes, gone: list[Path]) -> bytes:
    """The playbook without fields, lists and the like that nothing uses any more, as long as there are any."""
    before = {path for path, _said in unused(read_yaml(original, file).value)}
    while places := {path for path, _said in unused(read_yaml(data, file).value)} - before:
        edits = Edits.of(data, file)
        edits.remove(places)
        try:
            read_playbook(edits.data(), file)
        except DefinitionError:
            break  # they are named after all, where nothing is asked or done: a warning is better than no playbook
        data = edits.data()
        gone += sorted(places, key=str)
    return data


def _not_holding(error: DefinitionError) -> str:
    message = _("Without these parts the procedure does not hold together: {problem}")
    return message.format(problem=error.problems[0])


def parsed(path: str) -> Path:
    """The place that a problem names, such as `$.duties[3].within`."""
    return tuple(
        int(found[2]) if found[2] is not None else _number(found[1] if found[1] is not None else found[3])
        for found in _STEP.finditer(path)
    )


def _number(key: str) -> str | int:
    return int(key) if key.isdecimal() else key


def _to_remove(document: Document, path: Path) -> Path:
    """What goes because of a problem at `path`: one of several needs, or the whole rule in which it stands."""
    while path and not _stands(document.value, path):
        path = path[:-1]
    for place, key in enumerate(path):
        if key in _PRUNED:
            inside = [length for length in range(place + 2, len(path) + 1) if isinstance(path[length - 1], int)]
            several = [n for n in inside if len(_at(document.value, path[: n - 1])) > 1]
            if several:
                return path[: several[-1]]
            if key == "needs":
                return path[: place + 1]
            break
    return _rule(document.value, path)


def _rule(value: Any, path: Path) -> Path:  # noqa: ANN401 - plain data
    """The rule that a place is part of: an item of the innermost list of rules, or an entry of a section."""
    lists = [n for n in range(2, len(path) + 1) if isinstance(path[n - 1], int) and _is_rule(_at(value, path[:n]))]
    return path[: lists[-1]] if lists else path[:2]


def _is_rule(value: Any) -> bool:  # noqa: ANN401 - plain data
    """Whether this is a rule of its own, rather than a part of a condition or a pattern."""
    return isinstance(value, dict) and bool({"title", "clause", "basis", "says"} & value.keys())


def _stands(value: Any, path: Path) -> bool:  # noqa: ANN401 - plain data
    try:
        _at(value, path)
    except (KeyError, IndexError, TypeError):
        return False
    return True


def _at(value: Any, path: Path) -> Any:  # noqa: ANN401 - plain data
    for key in path:
        value = value[key]
    return value


def _in_one_language(data: bytes, file: str, language: str) -> bytes:
    """The playbook with each text as plain words of one language; what has none in it stays as it is."""
    edits = Edits.of(data, file)
    languages = {*LANGUAGES, *read_yaml(data, file).value.get("languages", ())}
    unwanted: set[Path] = set()
    for path, part in texts(edits.root, languages):
        entries = part.entries or {}
        if language not in entries:
            continue
        if set(entries) <= languages:
            held = entries[language][1]
            edits.replace(part, edits.text[held.start : held.end].rstrip("\n"))
        else:
            unwanted |= {(*path, key) for key in entries if key in languages and key != language}
    edits.remove(unwanted)
    for key, words in (("languages", f"[{language}]"), ("prevailing_language", language)):
        said = edits.part((key,))
        if said is not None:
            edits.replace(said, words)
    return edits.data()


def assumptions(data: bytes, file: str) -> Iterator[tuple[str, int, str]]:
    """The rules of a playbook without a source: section, line, and what each is about, in the order of the file.

    Args:
        data: a valid playbook, in one language.
        file: what it is called in a problem.
    """
    document = read_yaml(data, file)
    for path in _assumed(document.value, ()):
        yield str(path[0]), document.position(path)[0], _about(document.value, path)


def _assumed(value: Any, path: Path) -> Iterator[Path]:  # noqa: ANN401 - plain data
    if isinstance(value, dict):
        basis = value.get("basis")
        if basis == "assumption" or (isinstance(basis, dict) and "assumption" in basis.values()):
            yield (*path, "basis")
        for key, held in value.items():
            yield from _assumed(held, (*path, key))
    elif isinstance(value, list):
        for number, held in enumerate(value):
            yield from _assumed(held, (*path, number))


def _about(value: Any, path: Path) -> str:  # noqa: ANN401 - plain data
    """What a rule is called: its title, or that of the nearest thing it is part of, or else what it says in the file.

    Empty where a section is one rule: its question says all.
    """
    for length in range(len(path) - 1, 0, -1):
        held = _at(value, path[:length])
        if isinstance(held, dict):
            named = next((held[key] for key in ("title", "name", "says", "do", "id", "to") if key in held), None)
            if isinstance(named, dict):
                named = next(iter(named.values()))
            if isinstance(named, str):
                return named
    rule, own = path[:-1], ("basis", "clause")
    if len(rule) == 1:
        return ""
    said = one_line({key: held for key, held in _at(value, rule).items() if key not in own})
    return f"`{said}`" if isinstance(rule[-1], int) else f"`{rule[-1]}: {said}`"
