"""Who played a recorded run, and what else its record says of it before it is read as a whole.

Of each run only its first entry and those after its end are read, so that hundreds can be asked.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from incidentsim.domain.facts import AFTERWARDS, CommittedText, Fact, PlayerSeated
from incidentsim.domain.scenario import Person
from incidentsim.exercise.evaluation.beside.team import Team
from incidentsim.ledger.entry import Header, read_entry
from incidentsim.ledger.erasures import Erasures, erasures_of
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.listing import differences_in_list
from incidentsim.ledger.reading import RecordedRun
from incidentsim.ledger.sealing import TextRecord, unseal
from incidentsim.ledger.store import RecordStore, RunInfo
from incidentsim.messages import gettext as _
from incidentsim.service.context import ServiceContext
from incidentsim.session.course import RunView
from incidentsim.session.seats import Seats

_A_LOOK: Final = 32
"""So many entries are read from the end at first, and twice as many each time until the exercise's end is there."""


@dataclass(frozen=True, slots=True)
class PlayedBy:
    """A recorded run at a glance: its header, who played it, and what was erased from it."""

    header: Header
    team: Team
    erasures: Erasures


class PlayedByReader:
    """Reads who played runs; scenarios that many of them share are read once."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context
        self._roles: dict[tuple[str, str], Mapping[str, frozenset[str]]] = {}

    def of(self, store: RecordStore, info: RunInfo) -> PlayedBy:
        """Read it from the record of a finished run.

        Raises:
            InputError: its record, or a document that is kept with it, is not there or faulty.
            SurroundingsError: the database cannot be read.
        """
        try:
            first = next((read_entry(data) for data in store.entries(info.id)), None)
            after = _afterwards(store, info)
        except ValueError as error:
            message = _("The record of run {run} is faulty: {reason}").format(run=info.id, reason=error)
            raise RecordFaultError(message) from error
        header = first.header if first is not None else None
        if first is None or header is None:
            raise RecordFaultError(_("The record of run {run} has no beginning.").format(run=info.id))
        for difference in differences_in_list(info, first):
            raise difference.error(info.id)
        erasures = erasures_of(after.items())
        played = Seats.of(header.options).played
        roles = self._roles_of(store, info, header, erasures) if played else {}
        return PlayedBy(header, team_of(played, roles, after.values()), erasures)

    def _roles_of(
        self, store: RecordStore, info: RunInfo, header: Header, erasures: Erasures
    ) -> Mapping[str, frozenset[str]]:
        key = (header.playbook, erasures.scenario_kept(header.scenario) or "")
        if key not in self._roles:
            recorded = RecordedRun(info, header, (), (), erasures=erasures)
            self._roles[key] = roles_by_pseudonym(self._context.stored(recorded, store).scenario.people.values())
        return self._roles[key]


def roles_by_pseudonym(people: Iterable[Person]) -> dict[str, frozenset[str]]:
    """The roles of the people of a story."""
    return {person.pseudonym: frozenset(person.roles) for person in people}


def team_of(played: Collection[str], roles: Mapping[str, frozenset[str]], facts: Iterable[Fact]) -> Team:
    """Put together who played.

    Args:
        played: the pseudonyms of those for whom people decided.
        roles: those of everybody in the story.
        facts: the facts of the run, or those after its end.
    """
    names: list[str] = []
    erased = False
    for fact in facts:
        if isinstance(fact, PlayerSeated):
            erased = erased or isinstance(fact.name, CommittedText)
            said = "" if isinstance(fact.name, CommittedText) else fact.name.say("en").strip()
            names += [said] if said else []
    held = frozenset(role for person in played for role in roles.get(person, frozenset()))
    return Team(held, tuple(dict.fromkeys(names)), erased)


def team_in(view: RunView) -> Team:
    """The team that played a run, as the whole of it says."""
    return team_of(view.played or (), roles_by_pseudonym(view.scenario.people.values()), view.facts)


def _afterwards(store: RecordStore, info: RunInfo) -> dict[int, Fact]:
    """The facts after the end of an exercise, by number; texts that are not there stay commitments."""
    look = _A_LOOK
    while True:
        start = max(0, info.entries - look)
        bodies = [read_entry(data) for data in store.entries(info.id, start)]
        last = next((n for n in range(len(bodies) - 1, -1, -1) if bodies[n].fact.get("fact") not in AFTERWARDS), None)
        if last is not None or start == 0:
            break
        look *= 2
    first = start + (0 if last is None else last + 1)
    texts: dict[int, list[TextRecord]] = {}
    for text in store.texts(info.id, first) if first < info.entries else ():
        texts.setdefault(text.seq, []).append(text)
    return {seq: unseal(bodies[seq - start].fact, texts.get(seq, ())) for seq in range(first, start + len(bodies))}
