"""Where scenarios are made from archetypes: what a front end needs of it, and the real one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from incidentsim.definitions.library.library import Library
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.scenario.read import read_scenario, scenario_head
from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import Text
from incidentsim.files import AlreadyThereError, make_folder, write_file
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.generation.catalogue import Catalogue

LOCALES: Final = ("en_US", "zh_CN")
DIFFICULTIES: Final = (1, 2, 3, 4, 5)
USUAL_DIFFICULTY: Final = 3
BIGGEST_SEED: Final = 2**53 - 1


@dataclass(frozen=True, slots=True)
class ArchetypeCard:
    """An archetype in a list.

    Attributes:
        playbook: the one that it was written for.
        told_by: the levels that its stories have by each playbook there is, its own first; empty in a list, where
            nobody asked for it.
    """

    id: str
    title: Text
    levels: tuple[int, ...]
    tags: tuple[str, ...] = ()
    attack: tuple[str, ...] = ()
    playbook: str = ""
    told_by: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def levels_by(self, playbook: str) -> tuple[int, ...]:
        """The levels that its stories have by a playbook; by the one that it was written for, its own."""
        return self.told_by.get(playbook or self.playbook, self.levels)

    @property
    def usual_level(self) -> int:
        """The level where nobody asks for one: the middle one, of two the more severe."""
        return sorted(self.levels)[(len(self.levels) - 1) // 2]


@dataclass(frozen=True, slots=True)
class Wish:
    """The parameters of a scenario that is to be made; the same wish always gives the same scenario.

    `playbook` is the one that the story is told by; empty for that which the archetype was written for.
    """

    level: int
    locale: str
    seed: int
    difficulty: int = USUAL_DIFFICULTY
    playbook: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A scenario that was made, the playbook that it is meant for, and sentences on what that lacks for it."""

    data: bytes
    scenario: Scenario
    playbook: Playbook
    left_out: tuple[str, ...] = ()


class Workshop(Protocol):
    """Makes scenarios and keeps them."""

    def archetypes(self) -> Sequence[ArchetypeCard]:
        """The archetypes there are."""

    def told_by(self, card: ArchetypeCard) -> ArchetypeCard:
        """The same with the levels of its stories by every playbook there is."""

    def fresh_seed(self) -> int:
        """A seed that nobody chose."""

    def make(self, archetype: str, wish: Wish) -> Made:
        """A scenario; an `InputError` where the archetype cannot give what is asked for."""

    def place(self, made: Made) -> Path:
        """The file in which it would be kept."""

    def keep(self, made: Made) -> Path:
        """The file where it stands from now on; nothing else is ever overwritten."""


class ArchetypeWorkshop:
    """The archetypes of a library; what is made of them is kept in a folder."""

    def __init__(self, library: Library, folder: Path, draw_seed: Callable[[], int]) -> None:
        """Put a workshop together.

        Args:
            library: where archetypes and playbooks are found by id.
            folder: where scenarios are kept; it is made when the first one is.
            draw_seed: draws a seed that nobody chose.
        """
        self._folder = folder
        self._library = library
        self._draw_seed = draw_seed
        self._catalogue: Catalogue | None = None
        self._playbooks: dict[str, Playbook] = {}

    def archetypes(self) -> Sequence[ArchetypeCard]:
        """The archetypes there are, by id."""
        return [
            ArchetypeCard(one.id, one.title, one.levels, one.tags, one.attack, one.playbook)
            for one in self._opened().list()
        ]

    def told_by(self, card: ArchetypeCard) -> ArchetypeCard:
        """The same with the levels of its stories by every playbook there is; one that cannot be read is left out.

        Raises:
            InputError: the archetype is faulty.
        """
        levels = {card.playbook: card.levels}
        for name in self._library.playbooks:
            if name != card.playbook:
                try:
                    playbook = self._playbook(name)
                except InputError:
                    continue
                reached = self._opened().archetype(card.id, playbook).levels
                levels |= {name: reached} if reached else {}
        return replace(card, told_by=levels)

    def fresh_seed(self) -> int:
        """A seed that nobody chose."""
        return self._draw_seed()

    def make(self, archetype: str, wish: Wish) -> Made:
        """A scenario.

        Raises:
            InputError: the archetype cannot give what is asked for, or is faulty.
        """
        from incidentsim.generation.generate import Order, generate
        from incidentsim.generation.left_out import left_out

        order = Order(wish.seed, wish.level, wish.locale, wish.difficulty)
        told_by = self._playbook(wish.playbook) if wish.playbook else None
        made = generate(self._opened().archetype(archetype, told_by), order)
        playbook = self._playbook(scenario_head(made.data, made.id).playbook)
        scenario = read_scenario(made.data, made.id, playbook)
        return Made(made.data, scenario, playbook, tuple(left_out(playbook, made)))

    def place(self, made: Made) -> Path:
        """The file in which it would be kept."""
        return place(self._folder, made)

    def keep(self, made: Made) -> Path:
        """The file where it stands from now on.

        Raises:
            InputError: something else stands there.
            SurroundingsError: it cannot be written.
        """
        return kept(self._folder, made)

    def _opened(self) -> "Catalogue":
        if self._catalogue is None:
            try:
                from incidentsim.generation.catalogue import Catalogue
            except ModuleNotFoundError as error:
                message = _("Scenarios cannot be made here: the module {name} is not installed.")
                raise SurroundingsError(message.format(name=error.name)) from error
            self._catalogue = Catalogue(self._library)
        return self._catalogue

    def _playbook(self, name: str) -> Playbook:
        if name not in self._playbooks:
            path, data = self._library.playbook(name)
            self._playbooks[name] = read_playbook(data, str(path))
        return self._playbooks[name]


def seed_of(typed: str) -> int | None:
    """The seed that somebody typed; `None` where it is none."""
    digits = typed.strip()
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > len(str(BIGGEST_SEED)):
        return None
    return int(digits) if int(digits) <= BIGGEST_SEED else None


def place(folder: Path, made: Made) -> Path:
    """The file in `folder` in which a scenario would be kept: under its id."""
    return folder / f"{made.scenario.id}.yaml"


def kept(folder: Path, made: Made) -> Path:
    """Keep a scenario in `folder` under its id.

    Raises:
        InputError: something else stands there.
        SurroundingsError: it cannot be written.
    """
    path = place(folder, made)
    make_folder(folder)
    try:
        write_file(path, made.data)
    except AlreadyThereError:
        message = _("{path} is there already and holds something else; another seed makes another scenario.")
        raise InputError(message.format(path=path)) from None
    return path
