"""Where definitions are found by their ids: what a call names comes first, what is shipped last."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, get_args

from incidentsim.definitions.library.files import Kind, definition_files, head_of, read_bytes
from incidentsim.definitions.library.places import Origin, Place, beside
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.rosters.resolving import names_roster
from incidentsim.definitions.scenario.attachments import standing_alone
from incidentsim.domain.errors import InputError, UnknownNameError
from incidentsim.domain.unknown_names import nearest
from incidentsim.ledger.digests import digest
from incidentsim.messages import gettext as _
from incidentsim.unseen import quoted

_BY_CHANCE: Final = frozenset({Origin.WORKING, Origin.KEPT, Origin.PATH})
"""Where nobody named the file: there it may be one that is shipped, as in a checkout of the program."""

_OF_ONES_OWN: Final = frozenset({"playbook", "roster"})
"""What people write themselves, so that it is said where it is looked for."""


@dataclass(frozen=True, slots=True)
class Located:
    """A definition's file.

    Attributes:
        path: its file.
        origin: why that was looked into.
        hides: a shipped file of the same id that says something else and does not count therefore; `None` where
            there is none.
    """

    path: Path
    origin: Origin
    hides: Path | None = None


class Library:
    """Definitions by id. Where two files have one id, the first counts.

    Args:
        places: where to look, in this order; a path is a place that is shipped. One that is missing or empty holds
            nothing. They are looked through when the first definition is asked for.
        on_hidden: told, in a sentence, each time that a definition is taken which hides a shipped one.
        behind: a library that counts after these places.
    """

    def __init__(
        self,
        places: Sequence[Place | Path],
        on_hidden: Callable[[str], None] | None = None,
        behind: "Library | None" = None,
    ) -> None:
        self._places = tuple(
            place if isinstance(place, Place) else Place(place, Origin.SHIPPED, whole=True) for place in places
        )
        self.on_hidden = on_hidden
        self._behind = behind
        self._index: dict[Kind, dict[str, Located]] | None = None
        self._alone: dict[str, str] = {}  # by digest, that of the same scenario as runs keep it: it names its files so

    def with_paths(self, paths: Sequence[Path]) -> "Library":
        """A library that looks into these files and folders first, and then around them.

        Raises:
            InputError: a path does not exist, or a folder holds no YAML file.
        """
        named = [Place(path, Origin.CALL, whole=True) for path in definition_files(paths)]
        around = [place for path in paths if not path.is_dir() for place in beside(path)]
        return Library((*named, *around), self.on_hidden, self)

    def beside(self, file: Path) -> "Library":
        """A library that looks around this file first: into its folder, and into those of a library there."""
        return Library(beside(file), self.on_hidden, self)

    def afresh(self) -> "Library":
        """The same library, in which files that came or went since are noticed."""
        return Library(self._places, self.on_hidden, None if self._behind is None else self._behind.afresh())

    @property
    def playbooks(self) -> Mapping[str, Path]:
        """The file of each playbook, by the playbook's id; files that cannot be read are left out."""
        return self._paths("playbook")

    @property
    def scenarios(self) -> Mapping[str, Path]:
        """The file of each scenario, by the scenario's id; files that cannot be read are left out."""
        return self._paths("scenario")

    @property
    def archetypes(self) -> Mapping[str, Path]:
        """The file of each archetype, by the archetype's id; files that cannot be read are left out."""
        return self._paths("archetype")

    def located(self, kind: Kind) -> Mapping[str, Located]:
        """The file of each definition of a kind, by its id, and why it was looked into."""
        return self._found()[kind]

    def playbook(self, name: str) -> tuple[Path, bytes]:
        """The file of the playbook `name`, and its bytes.

        Raises:
            UnknownNameError: there is none.
            InputError: it cannot be read any more.
        """
        return self._get("playbook", _("playbook"), name)

    def scenario(self, name: str) -> tuple[Path, bytes]:
        """The file of the scenario `name`, and its bytes.

        Raises:
            UnknownNameError: there is none.
            InputError: it cannot be read any more.
        """
        return self._get("scenario", _("scenario"), name)

    def archetype(self, name: str) -> tuple[Path, bytes]:
        """The file of the archetype `name`, and its bytes.

        Raises:
            UnknownNameError: there is none.
            InputError: it cannot be read any more.
        """
        return self._get("archetype", _("archetype"), name)

    def roster(self, name: str) -> tuple[Path, bytes]:
        """The file of the roster `name`, and its bytes.

        Raises:
            UnknownNameError: there is none.
            InputError: it cannot be read any more.
        """
        return self._get("roster", _("roster"), name)

    def document(self, wanted: str) -> bytes | None:
        """The bytes of the playbook or scenario that has this digest (`sha256:…`); `None` where none has.

        A scenario with files, or with a roster, is looked for as runs keep it, standing alone.
        """
        for path in (*self.playbooks.values(), *self.scenarios.values()):
            try:
                data = read_bytes(path)
                key = digest(data)
                if wanted not in (key, self._alone.get(key, wanted)):
                    continue
                if key != wanted:
                    data = self._standing_alone(data, path)
                    self._alone[key] = digest(data)
            except InputError:
                continue
            if digest(data) == wanted:
                return data
        return None

    def _standing_alone(self, data: bytes, path: Path) -> bytes:
        if not names_roster(data, str(path)):
            return standing_alone(data, str(path), path.parent)
        around = self.beside(path)
        file, procedure = around.playbook(head_of(data, str(path)).playbook)
        playbook = read_playbook(procedure, str(file))
        return standing_alone(data, str(path), path.parent, playbook=playbook, rosters=around.roster)

    def _get(self, kind: Kind, kind_words: str, name: str) -> tuple[Path, bytes]:
        known = self._found()[kind]
        if name not in known:
            near = nearest(name, list(known))
            valid = _("the nearest valid one is {name}.").format(name=near)
            if near is None:
                valid = _("valid are {names}.").format(names=", ".join(known)) if known else _("there are none here.")
                if kind in _OF_ONES_OWN:
                    valid = _("{valid} {looked_for}").format(valid=valid, looked_for=_looked_for(kind))
            message = _("There is no {kind} {name}; {valid}").format(kind=kind_words, name=quoted(name), valid=valid)
            raise UnknownNameError(message, kind=kind_words, name=name, known=known)
        located = known[name]
        if located.hides is not None and self.on_hidden is not None:
            message = _("{path} is taken for the {kind} {name}, in place of the one that comes with the program.")
            self.on_hidden(message.format(path=located.path, kind=kind_words, name=name))
        return located.path, read_bytes(located.path)

    def _paths(self, kind: Kind) -> Mapping[str, Path]:
        return {name: located.path for name, located in self._found()[kind].items()}

    def _found(self) -> dict[Kind, dict[str, Located]]:
        if self._index is None:
            index: dict[Kind, dict[str, Located]] = {kind: {} for kind in get_args(Kind)}
            seen = {path.resolve() for path, origin in self._all_files() if origin is Origin.SHIPPED}
            for path, origin in self._all_files():
                real = path.resolve()
                if origin in _BY_CHANCE and real in seen:
                    continue
                seen.add(real)
                try:
                    head = head_of(read_bytes(path), str(path))
                except InputError:
                    continue  # it is no definition that could be meant; whoever names the file itself is told why
                if head.id:
                    _put(index[head.kind], head.id, Located(path, origin))
            for kind, known in index.items():
                for name, located in (self._behind.located(kind) if self._behind is not None else {}).items():
                    _put(known, name, located)
            self._index = index  # only when it is whole: screens look things up from several threads
        return self._index

    def _all_files(self) -> Iterator[tuple[Path, Origin]]:
        for place in self._places:
            yield from ((path, place.origin) for path in place.files())


def _looked_for(kind: Kind) -> str:
    if kind == "roster":
        return _(
            "A roster is found beside its scenario, in the working folder, in your data folder, in a folder that "
            "INCIDENTSIM_PATH names, and in rosters in each of these; “incidentsim new roster” begins one."
        )
    return _(
        "A playbook of your own is found beside its scenario, in the working folder, in your data folder, in a folder "
        "that INCIDENTSIM_PATH names, and in playbooks and scenarios in each of these."
    )


def _put(index: dict[str, Located], name: str, located: Located) -> None:
    """Let the first of an id count; a shipped one that says something else is remembered as hidden by it."""
    first = index.setdefault(name, located)
    hidden = located.hides if located.origin is not Origin.SHIPPED else located.path
    if first is located or hidden is None or first.hides is not None or first.origin is Origin.SHIPPED:
        return
    try:
        same = read_bytes(first.path) == read_bytes(hidden)
    except InputError:
        same = False
    if not same:
        index[name] = replace(first, hides=hidden)
