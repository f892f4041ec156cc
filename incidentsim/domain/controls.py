"""Controls of standards and laws, and what in the record of an exercise is evidence for them.

All of it is data: a control names pieces of evidence, a piece of evidence names the facts that are one. What an
exercise shows is that a process was rehearsed. It never shows that the process worked in a real incident, and which
of the two a control asks about is said for each control (`Relation`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts import FactKind
from incidentsim.domain.meanings import StepMeaning
from incidentsim.domain.text import Text

Relation = Literal["exercise", "simulated", "record"]
"""How evidence from an exercise counts for a control.

`exercise`: the control asks for exercises, tests or training, and this run is one. `simulated`: the control asks for
a process, and the run shows it carried out in a simulated incident. `record`: the control asks something of records
of events, and the record of this run is such a record; about the records of other systems it says nothing.
"""
RELATIONS: Final[tuple[Relation, ...]] = get_args(Relation)

Trait = Literal[
    "begins",
    "by_somebody",
    "by_people",
    "stand_in",
    "four_eyes",
    "told_outside",
    "told_inside",
    "reached",
    "changed",
    "in_time",
    "decides_incident",
    "finds_incident",
    "decides_unlawful",
    "another_phase",
]
"""What a fact must be like besides its pattern, as far as the playbook and the scenario say it for any procedure.

`begins`: somebody took the step that leads the main track out of its first state. `by_somebody`: somebody acted in a
role, it did not follow by itself. `by_people`: the same, and a person who played decided it, no script and no bot.
`stand_in`: whoever acted does not hold the role and stood in for somebody away. `four_eyes`: the step may not be
taken by the author of an earlier one. `told_outside`, `told_inside`: somebody gave a notice of the procedure to
somebody outside of the organisation, or to nobody but insiders. `reached`: an escalation found somebody. `changed`: a
level that was set took the place of another. `in_time`: a duty was settled before it was late. `decides_incident`,
`decides_unlawful`: the step is right or wrong depending on whether it is an incident, or unlawful; `finds_incident`:
it is right only where it is one. `another_phase`: the step led the incident on into another phase, not
back by a detour and not to where it may rest for good.
"""
TRAIT_KINDS: Final[Mapping[Trait, tuple[str, ...]]] = {
    "begins": (FactKind.STEP_TAKEN,),
    "by_somebody": (FactKind.STEP_TAKEN, FactKind.REFUSED),
    "by_people": (FactKind.STEP_TAKEN, FactKind.REFUSED),
    "stand_in": (FactKind.STEP_TAKEN,),
    "four_eyes": (FactKind.STEP_TAKEN,),
    "told_outside": (FactKind.STEP_TAKEN,),
    "told_inside": (FactKind.STEP_TAKEN,),
    "reached": (FactKind.ESCALATED,),
    "changed": (FactKind.LEVEL_SET,),
    "in_time": (FactKind.DUTY_SETTLED,),
    "decides_incident": (FactKind.STEP_TAKEN,),
    "finds_incident": (FactKind.STEP_TAKEN,),
    "decides_unlawful": (FactKind.STEP_TAKEN,),
    "another_phase": (FactKind.STEP_TAKEN,),
}
"""Every trait, with the kinds of fact that can have it."""

Proof = Literal["chain", "checkpoint", "cosignature"]
"""What was checked about the record as a whole, from outside of the facts.

`chain`: every entry holds the digest of the one before. `checkpoint`: a signed note pins size and root of the record.
`cosignature`: somebody else signed that note too.
"""
PROOFS: Final[tuple[Proof, ...]] = get_args(Proof)


@dataclass(frozen=True, slots=True)
class Sign:
    """A description of evidence: a fact like `pattern`, of the `trait` if any, and judged on the `scale` if any.

    The scale is a statutory one of the clock packs, and asked for only of a level that was judged. With `means`, the
    fact is a step that has this meaning in the procedure played.
    """

    pattern: Pattern
    trait: Trait | None = None
    scale: str | None = None
    means: StepMeaning | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that is looked for in a run.

    Attributes:
        id: its name, one for all maps that use it.
        asks: what is looked for, in words.
        anywhere: facts that are it by any procedure.
        procedures: playbook id → facts that are it by that procedure besides, for maps of a company's own.
        proofs: checks of the whole record that are it; any one of them is enough.
    """

    id: str
    asks: Text
    anywhere: tuple[Sign, ...] = ()
    procedures: Mapping[str, tuple[Sign, ...]] = field(default_factory=dict, hash=False)
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Control:
    """One requirement of a standard or law.

    Attributes:
        id: as the standard prints it, such as `A.5.24`, `RS.MA-01`, `IR-3(2)`.
        title: its title there; ours where the standard has none (`titled_by_us`).
        relation: how evidence from an exercise counts for it.
        evidence: what is looked for; any of it is evidence.
        titled_by_us: whether the English title is a label of ours.
    """

    id: str
    title: Text
    relation: Relation
    evidence: tuple[Evidence, ...]
    titled_by_us: bool = False


@dataclass(frozen=True, slots=True)
class ControlMap:
    """The controls of one framework.

    Attributes:
        id: its id here, such as `nist-csf-2`.
        title: the framework's title.
        publisher: who publishes it.
        version: the edition, as its publisher calls it.
        source: the public address of the standard or of its official table.
        shows: what evidence from an exercise can and cannot show for this framework.
        controls: in the order of the framework.
    """

    id: str
    title: Text
    publisher: str
    version: str
    source: str
    shows: Text
    controls: tuple[Control, ...]
