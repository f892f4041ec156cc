"""What an importer gives back: a scenario file, and an account of what of the record is not in it."""

from dataclasses import dataclass

from incidentsim.domain.errors import InputError


class NoRecordsError(InputError):
    """A file that holds no records and is not meant to: one that is found in a folder is passed over, and said."""


@dataclass(frozen=True, slots=True)
class NotCarried:
    """Something in the record that is not in the scenario.

    Attributes:
        path: where it stands in the record, such as `$.victim.victim_id`; it speaks for everything below it.
        reason: why, as a sentence in the language spoken now.
    """

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Assumed:
    """Something that the record leaves open, and how it was settled here.

    Attributes:
        path: the place in the record that would have said it, or `$`.
        what: what was assumed, as a sentence in the language spoken now.
    """

    path: str
    what: str


@dataclass(frozen=True, slots=True)
class Imported:
    """A scenario made from a record.

    Attributes:
        scenario_id: made from a digest of the record, so that the same record always gives the same id, and two
            equal records one scenario.
        data: the scenario as a YAML file.
        not_carried: what of the record is not in the scenario; something told that does not count stands here too.
        assumed: what the record leaves open, and how it was settled.
        carried: the paths of the values that the scenario has. Every value of the record is here or in `not_carried`.
    """

    scenario_id: str
    data: bytes
    not_carried: tuple[NotCarried, ...]
    assumed: tuple[Assumed, ...]
    carried: tuple[str, ...]

    @property
    def file_name(self) -> str:
        """The name that the scenario's file should have: its id, with the ending `.yaml`."""
        return f"{self.scenario_id}.yaml"
