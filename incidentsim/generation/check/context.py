"""What all checks of an archetype have in common: its names, its settings, and how a setting is said."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from incidentsim.definitions.names.names import names_of
from incidentsim.definitions.rules.conditions import Checker
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.meanings import (
    ChannelMeaning,
    CircumstanceMeaning,
    JudgementMeaning,
    MeasureMeaning,
    RoleMeaning,
    StepMeaning,
    TeamMeaning,
)
from incidentsim.generation.archetype import Archetype
from incidentsim.generation.cast import CAST, RENAMED
from incidentsim.generation.format_archetype import SlotShape, When
from incidentsim.generation.meant import TRUTH, terms_of
from incidentsim.generation.settings import ASKED, DIFFICULTIES, LOCALES, Possible, Setting, holds
from incidentsim.messages import gettext as _

MOST_SETTINGS: Final = 5000
"""So many settings are all looked at; of more, a part."""


class Looking:
    """An archetype that is being looked at."""

    def __init__(self, archetype: Archetype, findings: Findings) -> None:
        self.archetype = archetype
        self.shape = archetype.shape
        self.playbook = archetype.playbook
        self.findings = findings
        self.possible = Possible(self.shape, MOST_SETTINGS)
        self.people = {name: name for name in (*CAST, *self.shape.people) if name not in RENAMED}
        injects = tuple(inject.id for inject in self.shape.injects)
        names = names_of(self.playbook, self.people, (self.shape.incident,), injects)
        self.lookup = Checker(names, findings)
        self.meant = archetype.meant
        self.flags = {*TRUTH, *self.playbook.asked, *terms_of(JudgementMeaning)}
        self.steps = dict.fromkeys((*terms_of(StepMeaning), *names.steps))
        self.channels = dict.fromkeys((*terms_of(ChannelMeaning), *self.playbook.channels))
        self.roles = dict.fromkeys((*terms_of(RoleMeaning), *self.playbook.roles))
        self.parties = dict.fromkeys((*terms_of(RoleMeaning, TeamMeaning), *names.parties))
        self.circumstances = dict.fromkeys((*terms_of(CircumstanceMeaning), *self.playbook.circumstances))
        measures = dict.fromkeys((*terms_of(MeasureMeaning), *self.playbook.measures))
        self.units = {name: unit for name in measures if (unit := self.meant.unit(name)) is not None}
        self._values: dict[str, Collection[object]] = {
            "level": self.shape.levels,
            "difficulty": DIFFICULTIES,
            "locale": LOCALES,
            **{name: tuple(options) for name, options in self.shape.choices.items()},
        }

    def when(self, path: Path, when: When) -> None:
        """Note what `when` names that is not drawn, or not so."""
        for name, values in when.items():
            at: Path = (*path, name)
            if name not in self._values:
                self.findings.unknown(at, _("thing that is drawn"), name, self._values, key=True)
                continue
            for index, value in enumerate(values):
                if value not in self._values[name]:
                    kind = _("value of {name}").format(name=name)
                    self.findings.unknown((*at, index), kind, value, self._values[name])
        if when and not any(holds(when, setting) for setting in self.possible.of(list(when))):
            self.findings.add(path, _("This never holds."), key=True)

    def alternatives(self, path: Path, by: str, of: Mapping[str, object], *, complete: bool = False) -> None:
        """Note alternatives of what is no variation point, or of options it does not have."""
        known = {
            name: [str(value) for value in values] for name, values in self._values.items() if name != "difficulty"
        }
        if not self.lookup.known((*path, "by"), _("variation point"), by, known):
            return
        for option in of:
            if option not in known[by]:
                kind = _("value of {name}").format(name=by)
                self.findings.unknown((*path, "of", option), kind, option, known[by], key=True)
        missing = [option for option in known[by] if option not in of]
        if complete and missing:
            message = _("There is no alternative for {missing}.")
            self.findings.add((*path, "of"), message.format(missing=", ".join(missing)), key=True)

    def person(self, path: Path, name: str, whens: Sequence[When]) -> None:
        """Note a person who is not in the story, or not always where they are named."""
        if name in CAST:
            return
        if not self.lookup.known(path, _("person"), name, (*CAST, *self.shape.people)):
            return
        self.always(path, name, self.shape.people[name].when, whens)

    def always(self, path: Path, name: str, when: When, whens: Sequence[When]) -> None:
        """Note a setting in which `whens` hold and what is named does not exist."""
        for setting in self.settings(when, *whens):
            if not holds(when, setting):
                message = _("There is no {name} where {setting}.")
                names = [*when, *(key for one in whens for key in one)]
                self.findings.add(path, message.format(name=name, setting=self.said(setting, names)))
                return

    def settings(self, *whens: When, names: Sequence[str] = ()) -> Iterator[Setting]:
        """The settings in which all but the first of `whens` hold, told apart by what is named in them and `names`."""
        named = [*names, *(name for when in whens for name in when)]
        for setting in self.possible.of(named):
            if all(holds(when, setting) for when in whens[1:]):
                yield setting

    def said(self, setting: Setting, names: Sequence[str] = ()) -> str:
        """A setting in a few words."""
        wanted = names or [*ASKED, *self.shape.choices]
        parts = [f"{name}: {setting[name]}" for name in dict.fromkeys(wanted) if name in setting]
        return ", ".join(parts) or _("everything is drawn")


def names_in(slot: SlotShape) -> list[str]:
    """Return the names in a setting that decide whether a slot exists and which alternative it is, repeats included."""
    found = list(slot.when)
    if isinstance(slot.of, dict):
        found.append(str(slot.by))
        for alternative in slot.of.values():
            found += names_in(alternative)
    return found
