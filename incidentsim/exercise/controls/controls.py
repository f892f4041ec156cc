"""Which facts of a run are evidence for which control. Found says that such facts are there, and nothing more."""

from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidentsim.domain.controls import Control, ControlMap, Evidence, Proof
from incidentsim.domain.facts import Fact
from incidentsim.exercise.controls.asked import looked_for, patterns_of, signs_of
from incidentsim.exercise.controls.signs import Signs
from incidentsim.exercise.kernel.in_force import facts_in_force

if TYPE_CHECKING:
    from incidentsim.domain.playbook import Playbook
    from incidentsim.domain.scenario import Scenario


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """A piece of evidence, and the sequence numbers at which it stands on record, in order; none if it was not found.

    `owed` are the numbers of the wrong decisions because of which it is not there although the truth called for it. For
    a check of the whole record (`Evidence.proofs`) these are the first and the last entry that it covered. What the
    procedure has no rule for could never be there, so it was not `looked_for`: that is not "not found".
    """

    evidence: Evidence
    sequences: tuple[int, ...]
    owed: tuple[int, ...] = ()
    looked_for: bool = True

    @property
    def found(self) -> bool:
        """True if the evidence stands anywhere on record."""
        return bool(self.sequences)


@dataclass(frozen=True, slots=True)
class ControlFinding:
    """The evidence that a run holds for one control: one entry of `evidence` for each piece that the control names."""

    map: ControlMap
    control: Control
    evidence: tuple[EvidenceFound, ...]

    @property
    def found(self) -> bool:
        """True if any evidence was found."""
        return any(one.found for one in self.evidence)

    @property
    def looked_for(self) -> bool:
        """True if any of it could be found in a run by this procedure."""
        return any(one.looked_for for one in self.evidence)

    @property
    def complete(self) -> bool:
        """True if all that is looked for was found."""
        return self.found and all(one.found for one in self.evidence if one.looked_for)

    @property
    def sequences(self) -> tuple[int, ...]:
        """The sequence numbers of all facts found, each once, in order."""
        return tuple(sorted({number for one in self.evidence for number in one.sequences}))


def find_evidence(
    maps: Sequence[ControlMap],
    playbook: "Playbook",
    scenario: "Scenario",
    facts: Sequence[Fact],
    *,
    by_people: Container[int],
    proofs: Collection[Proof],
    owed: Mapping[str, tuple[int, ...]] | None = None,
) -> tuple[ControlFinding, ...]:
    """Find the evidence that the run holds for every control of the maps, in their order.

    The facts are looked at once, however many controls ask; what was undone does not count.

    Args:
        maps: the control maps.
        playbook: the procedure that was played.
        scenario: the scenario that was played.
        facts: the facts of the run, from the first.
        by_people: the sequence numbers of facts that people at the table decided, as the record's envelope says
            (`source` is `person`). Without them no training and no test by people is found, so nobody may leave them
            out by oversight.
        owed: the steps that the truth called for and that were not done because something was judged wrongly, each with
            the numbers of those decisions.
        proofs: what was checked about the record and held; what is left out counts as not checked.
    """
    counting = facts_in_force(facts)
    wanted = dict.fromkeys(one for each in maps for control in each.controls for one in control.evidence)
    signs = Signs(tuple(wanted), playbook, scenario, by_people)
    places = signs.read(counting)
    whole = tuple(dict.fromkeys((0, len(facts) - 1))) if facts else ()
    by_evidence = {
        one: EvidenceFound(
            one,
            tuple(numbers) if not set(one.proofs) & set(proofs) else _with(numbers, whole),
            () if numbers else _owed(one, playbook, owed or {}),
            looked_for(one, playbook),
        )
        for one, numbers in zip(wanted, places, strict=True)
    }
    return tuple(
        ControlFinding(each, control, tuple(by_evidence[one] for one in control.evidence))
        for each in maps
        for control in each.controls
    )


def _owed(evidence: Evidence, playbook: "Playbook", owed: Mapping[str, tuple[int, ...]]) -> tuple[int, ...]:
    patterns = [pattern for sign in signs_of(evidence, playbook) for pattern in patterns_of(sign, playbook)]
    return tuple(sorted({number for pattern in patterns for number in owed.get(pattern.do or "", ())}))


def _with(numbers: Sequence[int], whole: Sequence[int]) -> tuple[int, ...]:
    return tuple(sorted({*numbers, *whole}))
