"""An archetype that passed its checks, with everything worked out that every story of it needs."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from incidentsim.definitions.formats.common import TextShape
from incidentsim.domain.playbook import Playbook
from incidentsim.generation.cast import CAST
from incidentsim.generation.format_archetype import (
    ArchetypeInjectShape,
    ArchetypeMeasureShape,
    ArchetypePersonShape,
    ArchetypeShape,
    SlotShape,
    WhenShape,
)
from incidentsim.generation.meant import Meant
from incidentsim.generation.measures import Fitting, UnreachableError
from incidentsim.generation.noise import noise_slots
from incidentsim.generation.settings import Possible, Setting, holds
from incidentsim.generation.slot_values import Turn
from incidentsim.generation.templates import Template

TENANT: Final = "tenant"
"""The slot of the client's company, which is always there."""
SLOT_KINDS: Final = (
    "host", "account", "address", "ticket", "code", "phone", "domain", "company", "moment", "number", "share", "less",
    "pick",
)  # fmt: skip
_GRAVITIES: Final = 5
_ENDS: Final = (lambda _name, low, _high: low, lambda _name, _low, high: high)
"""The least and the most that is drawn."""
_MOST_SETTINGS: Final = 5000
FALSE_PARTS: Final = ("contradiction", "red_herring")
"""The parts of a story that may show something false."""


class Archetype:
    """The skeleton of a story."""

    def __init__(self, shape: ArchetypeShape, playbook: Playbook) -> None:
        self.shape = shape
        self.playbook = playbook
        self.meant = Meant(playbook)
        self.fitting = Fitting(self.meant, own=self.own)
        self._templates: dict[int, Template] = {}

    @property
    def id(self) -> str:
        """Its id."""
        return self.shape.id

    def turn(self, slot: str, kind: str, given: str) -> Turn:
        """Return the share of a slot among those that draw from the same source, so that no two get the same.

        `kind` is one of `SLOT_KINDS`, and `given` what the file says for it: hosts of one prefix, for example, share a
        source.
        """
        sharing = self._sharing[kind, given]
        return Turn(sharing.index(slot), len(sharing))

    @cached_property
    def _sharing(self) -> Mapping[tuple[str, str], Sequence[str]]:
        """The slots that draw from the same, by kind and by what is given for it; the client's company is one."""
        sharing_by_source: dict[tuple[str, str], list[str]] = {}
        tenant = self.shape.tenant
        for kind in [tenant] if isinstance(tenant, str) else tenant.of.values():
            sharing_by_source["company", kind] = [TENANT]
        for name, slot in (*self.shape.slots.items(), *noise_slots().items()):
            for kind, kind_shape in kinds_of(slot):
                given = kind_shape.model_dump(include={kind})[kind]
                if isinstance(given, str):
                    sharing = sharing_by_source.setdefault((kind, given), [])
                    sharing += [] if name in sharing else [name]
        return sharing_by_source

    @property
    def own(self) -> bool:
        """Tell whether it was written for this playbook, so that its levels and ranges are those of the playbook."""
        return self.shape.playbook == self.playbook.id

    def by(self, playbook: Playbook) -> "Archetype":
        """The same skeleton for stories that are told by another playbook."""
        return Archetype(self.shape, playbook)

    @cached_property
    def levels(self) -> tuple[int, ...]:
        """The levels of the playbook that its stories can have, in the order of severity.

        By a playbook that has no levels, it is how grave the stories are.
        """
        if self.own or not self.playbook.levels:
            return tuple(sorted(self.shape.levels))
        return tuple(level for level in sorted(self.playbook.levels) if self._reaches(level))

    def gravity(self, level: int) -> int:
        """The gravity of a story at a level, among the archetype's own: 1 is the most severe of five.

        The levels of a playbook with more or fewer than five are spread evenly; of two as near, the more severe one.
        """
        if self.own or not self.playbook.levels:
            return level
        lightest = max(self.playbook.levels)
        even = 1 + (level - 1) * (_GRAVITIES - 1) / (lightest - 1) if lightest > 1 else self.usual_gravity
        return min(self.shape.levels, key=lambda one: (abs(one - even), one))

    def _reaches(self, level: int) -> bool:
        """Whether some story has this level, whatever values are drawn."""
        gravity = self.gravity(level)
        asked = ("level", *(key for measure in self.shape.measures for key in measure.when))
        truth = self.shape.truth.incident
        names = asked if isinstance(truth, bool) else (*asked, *truth.when)
        for setting in Possible(self.shape, _MOST_SETTINGS).of(names):
            if setting["level"] == gravity:
                try:
                    for end in _ENDS:
                        self.fitting.fitted(self.measures(setting), level, gravity, end)
                except UnreachableError:
                    continue
                return True
        return False

    @property
    def usual_gravity(self) -> int:
        """The gravity of a story where nothing says so: the middle one, of two the more severe."""
        return _middle(sorted(self.shape.levels))

    @property
    def usual_level(self) -> int:
        """The level of its stories where nobody asks for one: the middle one, of two the more severe."""
        return _middle(self.levels or sorted(self.playbook.levels))

    def template(self, shape: TextShape) -> Template:
        """A text of this archetype, taken apart once."""
        found = self._templates.get(id(shape))  # the shapes live as long as the archetype does
        if found is None:
            found = Template(shape)
            self._templates[id(shape)] = found
        return found

    def slot(self, name: str, setting: Setting) -> SlotShape | None:
        """The slot as it is in a setting; `None` where there is none."""
        return slot_in(self.shape.slots.get(name), setting)

    def tenant_kind(self, setting: Setting) -> str:
        """The kind of the client's company."""
        tenant = self.shape.tenant
        return tenant if isinstance(tenant, str) else tenant.of[str(setting[tenant.by])]

    def measures(self, setting: Setting) -> list[ArchetypeMeasureShape]:
        """The measures of a setting."""
        return [one for one in self.shape.measures if holds(one.when, setting)]

    def people(self, setting: Setting) -> dict[str, ArchetypePersonShape]:
        """Return the people who join the usual cast in a setting, by id."""
        return {name: one for name, one in self.shape.people.items() if holds(one.when, setting)}

    def incident(self, setting: Setting) -> bool:
        """Return whether the story of a setting is an incident; if not, it is a false alarm."""
        return yes(self.shape.truth.incident, setting)

    @cached_property
    def spoken_of(self) -> frozenset[str]:
        """The people of the usual cast who are named in some inject or have another part in the story, by id.

        None of them may be sent away.
        """
        people = {
            ref.name
            for inject in self.shape.injects
            for message in inject.texts
            for text in (message.subject, message.body)
            if text is not None
            for ref in self.template(text).names()
        }
        for inject in self.shape.injects:
            brings = inject.brings if isinstance(inject.brings, list) else [inject.brings]
            people.update(one.person for one in brings if one is not None and one.person is not None)
        people.update(self.accused)
        return frozenset(people & CAST.keys())

    @property
    def accused(self) -> tuple[str, ...]:
        """The id of the person said to have concealed the incident; empty where nobody did."""
        concealed = self.shape.truth.concealed_by
        return () if concealed is None else (concealed if isinstance(concealed, str) else concealed.person,)

    @cached_property
    def estimates(self) -> Mapping[str, str]:
        """The slots that are shown as a first, smaller value of a measure that makes the level, and which measure."""
        makers = {one.measure for one in self.shape.measures if one.makes}
        return {
            shown: measure
            for inject in self.shape.injects
            if inject.part not in FALSE_PARTS and inject.corrects is None
            for measure, shown in inject.shows.items()
            if isinstance(shown, str) and shown != measure and measure in makers
        }

    def pool(self, part: str) -> list[ArchetypeInjectShape]:
        """All injects of a part, in the order of the file."""
        return [inject for inject in self.shape.injects if inject.part == part]


def _middle(levels: Sequence[int]) -> int:
    return levels[(len(levels) - 1) // 2]


def kinds_of(slot: SlotShape) -> Iterator[tuple[str, SlotShape]]:
    """The kind of a slot, or of each of its alternatives."""
    if isinstance(slot.of, dict):
        for alternative in slot.of.values():
            yield from kinds_of(alternative)
        return
    yield from ((kind, slot) for kind in SLOT_KINDS if kind in slot.model_fields_set)


def slot_in(shape: SlotShape | None, setting: Setting) -> SlotShape | None:
    """Return a slot as it is in a setting: itself or the alternative drawn; `None` where it does not exist."""
    while shape is not None and holds(shape.when, setting):
        if not isinstance(shape.of, dict):
            return shape
        shape = shape.of.get(str(setting.get(str(shape.by))))
    return None


def yes(value: "bool | WhenShape", setting: Setting) -> bool:
    """A yes or no that may depend on what was drawn."""
    return value if isinstance(value, bool) else holds(value.when, setting)
