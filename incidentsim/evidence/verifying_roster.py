"""Verifying who is who: the names behind the pseudonyms, compared with what the first entry pins of each."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from incidentsim.definitions.yaml12.problems import DefinitionError
from incidentsim.domain.text import Text
from incidentsim.evidence import members
from incidentsim.evidence.findings import Notebook
from incidentsim.evidence.members import MemberError
from incidentsim.evidence.open_bundle import OpenedBundle
from incidentsim.ledger.canonical import UncanonicalError
from incidentsim.ledger.checkpoint import Checkpoint
from incidentsim.ledger.digests import PREFIX
from incidentsim.ledger.entry import Body, Header, read_entry
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.roster import Roster, compare_roster, name_unlike, pinned_people
from incidentsim.ledger.store import RecordStore
from incidentsim.messages import gettext as _

UNPINNED: Final = "people"
"""The name of the check of names, and of what is not known where none are pinned."""


def first_entry(entries: Iterable[bytes]) -> Body | None:
    """Read the first of these entries, which says how the run was made; `None` where it cannot be read."""
    try:
        return read_entry(next(iter(entries), b""))
    except UncanonicalError:
        return None


def other_pins(header: Header | None, here: Callable[[str], bool], notes: Notebook) -> list[str]:
    """Name the limit that applies where the first entry pins what is not here: a version may pin what others do not.

    Args:
        header: what the first entry says; `None` where that cannot be read.
        here: whether something with this digest is at hand; then it is what was pinned.
        notes: where checks are noted; a pin that has one of its name is told by it.
    """
    if header is None:
        return []
    people = pinned_people(header.pins)
    told = {*notes.made, *notes.not_made}
    missing = [
        name
        for name, digest in header.pins.items()
        if digest not in people.values() and name not in told and not here(digest)
    ]
    return ["pins"] if missing else []


def check_bundled_roster(
    bundle: OpenedBundle,
    header: Header | None,
    checkpoint: Checkpoint | None,
    digest: str | None,
    notes: Notebook,
    *,
    erased: Mapping[str, int],
) -> None:
    """Compare the roster in a bundle with the checkpoint, and every name in it with the first entry.

    Args:
        bundle: what is verified.
        header: what its first entry says; `None` where that cannot be read.
        checkpoint: its checkpoint; `None` where there is none that can be read.
        digest: that of the roster (hexadecimal); `None` where there is none.
        notes: where the checks are noted.
        erased: the pseudonyms whose names were erased, each with the entry that says so.
    """
    if digest is None:
        notes.skips("roster")
        return
    if checkpoint is not None:
        notes.compare("roster", checkpoint.roster or _("none"), PREFIX + digest)
    try:
        roster = members.read_roster(bundle.read(members.ROSTER))
    except MemberError as error:
        notes.fails("roster", _("a roster"), str(error))
    else:
        _check_names(roster, header, notes, erased)
        if members.SCENARIO in bundle:
            _check_against_scenario(roster, bundle.read(members.SCENARIO), notes)


def check_stored_roster(
    store: RecordStore,
    run: str,
    header: Header | None,
    scenario: bytes | None,
    notes: Notebook,
    *,
    erased: Mapping[str, int],
) -> None:
    """Compare every name that is kept with a stored run with its first entry and its scenario.

    Args:
        store: where the run is.
        run: its id.
        header: what its first entry says; `None` where that cannot be read.
        scenario: the scenario that is kept with it; `None` where there is none that can be read.
        notes: where the checks are noted.
        erased: the pseudonyms whose names were erased, each with the entry that says so.

    Raises:
        SurroundingsError: the store cannot be read.
    """
    try:
        roster = store.roster(run)
    except RecordFaultError as error:
        notes.fails(UNPINNED, _("names that can be read"), str(error))
        return
    if roster or (header is not None and pinned_people(header.pins)):
        _check_names(roster, header, notes, erased)
        if scenario is not None:
            _check_against_scenario(roster, scenario, notes)
    else:
        notes.skips("roster")


def _check_against_scenario(roster: Roster, scenario: bytes, notes: Notebook) -> None:
    """Compare the roster with the people of the scenario, whose digest is in the first entry.

    Both have the same people: where a name is erased, so is the scenario that has it.
    """
    named = _named(scenario)
    if named is None:
        return
    notes.passes("cast")
    other = name_unlike(roster, named) or next((who for who in named if who not in roster), None)
    if other is not None:
        by_roster = roster[other].name if other in roster else None
        notes.fails("cast", _name_of(other, named.get(other)), _name_of(other, by_roster))


def _name_of(pseudonym: str, name: Text | None) -> str:
    if name is None:
        return _("nothing for {person}").format(person=pseudonym)
    return f"{pseudonym}  {name.en} / {name.zh}"


def _named(scenario: bytes) -> dict[str, Text] | None:
    """The names in a scenario; `None` where they cannot be read, as in one that this version does not know."""
    from incidentsim.definitions.scenario.named_people import named_people  # YAML takes long to load

    try:
        return named_people(scenario)
    except DefinitionError:
        return None


def _check_names(roster: Roster, header: Header | None, notes: Notebook, erased: Mapping[str, int]) -> None:
    for person, said in erased.items():
        if person in roster:
            expected = _("no name of {person}, which entry {said} says was erased").format(person=person, said=said)
            notes.fails(UNPINNED, expected, _("one"), said)
    if header is None or not pinned_people(header.pins):  # of an earlier version, or unreadable, which is told
        notes.skips(UNPINNED)
        return
    notes.passes(UNPINNED)
    try:
        verdict = compare_roster(roster, header.pins)
    except UncanonicalError as error:
        notes.fails(UNPINNED, _("names that can be read"), str(error))
        return
    missing = [person for person in verdict.missing if person not in erased]
    if missing:
        named = _("the name of {person}, or an entry that says that it was erased").format(person=missing[0])
        notes.fails(UNPINNED, named, _("neither"))
    if verdict.wrong is not None:
        none = _("nothing for {person}").format(person=verdict.wrong)
        pinned, given = (
            f"{verdict.wrong}  {commitment}" if commitment else none for commitment in (verdict.expected, verdict.found)
        )
        notes.fails(UNPINNED, pinned, given)
