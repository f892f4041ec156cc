"""Reading what is looked for as evidence: signs, their traits and the names in them."""

from collections.abc import Mapping, Sequence
from typing import Final

from incidentsim.definitions.formats.common import PatternShape
from incidentsim.definitions.formats.controls import SignShape, SoughtShape
from incidentsim.definitions.formats.values import text
from incidentsim.definitions.names.names import names_of
from incidentsim.definitions.rules.clock_names import ANCHORS, clock_ids, clock_scales
from incidentsim.definitions.rules.conditions import Checker, pattern_parts
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.conditions import Pattern
from incidentsim.domain.controls import TRAIT_KINDS, Evidence, Sign
from incidentsim.domain.facts import FACT_FIELDS, FactKind, RefusalReason
from incidentsim.domain.meanings import StepMeaning
from incidentsim.domain.playbook import Playbook
from incidentsim.messages import gettext as _

_ANYWHERE: Final = ("why", "anchor", "clock")
"""The parts of a pattern that mean the same by every procedure."""

_OF_A_SCENARIO: Final = ("incident", "inject")
"""The parts of a pattern that only one scenario knows."""


class SignReader:
    """Reads the pieces of evidence of one file.

    Args:
        findings: takes what is wrong.
        playbooks: playbooks by id, in which names are looked up; what names others is taken as it stands.
    """

    def __init__(self, findings: Findings, playbooks: Mapping[str, Playbook]) -> None:
        self._findings = findings
        self._checkers = {
            name: Checker(names_of(playbook, {}, (), ()), findings) for name, playbook in playbooks.items()
        }

    def evidence(self, name: str, shape: SoughtShape) -> Evidence:
        """The piece of evidence called `name`."""
        path: Path = ("evidence", name)
        if not (shape.anywhere or shape.procedures or shape.proofs):
            message = _("Nothing could ever be this; it needs one of the keys anywhere, procedures and proofs.")
            self._findings.add(path, message, key=True)
        procedures = {
            playbook: self._signs(signs, (*path, "procedures", playbook), playbook)
            for playbook, signs in shape.procedures.items()
        }
        anywhere = self._signs(shape.anywhere, (*path, "anywhere"), None)
        self._once(shape.proofs, (*path, "proofs"))
        return Evidence(name, text(shape.asks), anywhere, procedures, tuple(shape.proofs))

    def _signs(self, shapes: Sequence[SignShape], path: Path, playbook: str | None) -> tuple[Sign, ...]:
        found: dict[Sign, None] = {}
        for index, shape in enumerate(shapes):
            sign = self._sign(shape, (*path, index), playbook)
            if sign in found:
                self._findings.add((*path, index), _("This stands here twice."))
            elif sign is not None:
                found[sign] = None
        return tuple(found)

    def _sign(self, shape: SignShape, path: Path, playbook: str | None) -> Sign | None:
        kind = self._kind(shape, path)
        if shape.means is not None and not self._means(shape, path):
            return None
        if kind is None or not self._parts_fit(shape, kind, path, playbook):
            return None
        if shape.trait is not None and kind not in TRAIT_KINDS[shape.trait]:
            message = _("The fact {kind} can never be {trait}; that can be of {valid}.")
            valid = ", ".join(TRAIT_KINDS[shape.trait])
            self._findings.add((*path, "trait"), message.format(kind=kind, trait=shape.trait, valid=valid))
            return None
        means = StepMeaning(shape.means) if shape.means is not None else None
        checker = self._checkers.get(playbook or "")
        if checker is not None:
            plain = shape.model_copy(update={"fact": kind})
            pattern = checker.pattern(plain, path)
            return Sign(pattern, shape.trait, shape.scale, means) if pattern is not None else None
        asked = {part: getattr(shape, part) for part in PatternShape.model_fields if part != "fact"}
        return Sign(Pattern(kind, **asked), shape.trait, shape.scale, means)

    def _means(self, shape: SignShape, path: Path) -> bool:
        """Whether a sign by meaning asks for a term of the vocabulary, and names no step besides."""
        if shape.means not in tuple(StepMeaning):
            self._findings.unknown((*path, "means"), _("meaning"), shape.means, StepMeaning)
            return False
        if shape.do is not None or shape.fact not in (None, FactKind.STEP_TAKEN):
            message = _("What has a meaning is a step; a sign with means names no other fact and no step by its id.")
            self._findings.add((*path, "means"), message, key=True)
            return False
        return True

    def _kind(self, shape: SignShape, path: Path) -> FactKind | None:
        if shape.fact is None and shape.do is None and shape.means is None:
            message = _("A sign names a fact, a step under do, or the meaning of a step under means.")
            self._findings.add(path, message)
            return None
        kind = shape.fact or FactKind.STEP_TAKEN
        if kind not in FACT_FIELDS:
            self._findings.unknown((*path, "fact"), _("fact"), kind, FACT_FIELDS)
            return None
        return FactKind(kind)

    def _parts_fit(self, shape: SignShape, kind: FactKind, path: Path, playbook: str | None) -> bool:
        named = [part for part in PatternShape.model_fields if part != "fact" and getattr(shape, part) is not None]
        valid = [part for part in pattern_parts(kind) if part not in _OF_A_SCENARIO]
        if playbook is None:
            valid = [part for part in valid if part in _ANYWHERE]
        if shape.scale is not None:
            named.append("scale")
        if "scale" in FACT_FIELDS[kind]:
            valid.append("scale")
        wrong = [part for part in named if part not in valid]
        for part in wrong:
            message = _("The fact {kind} has no part {part}; it has {valid}.")
            if playbook is None and part in pattern_parts(kind):
                message = _("By any procedure, no {part} can be asked for: its name belongs to one procedure.")
            listed = ", ".join(valid) or _("none")
            self._findings.add((*path, part), message.format(kind=kind, part=part, valid=listed), key=True)
        return not wrong and self._names_known(shape, path)

    def _names_known(self, shape: SignShape, path: Path) -> bool:
        known = True
        for part, kind, valid in (
            ("why", _("kind of refusal"), tuple(RefusalReason)),
            ("anchor", _("anchor"), ANCHORS),
            ("clock", _("clock"), clock_ids() if shape.clock is not None else ()),
            ("scale", _("scale"), clock_scales() if shape.scale is not None else ()),
        ):
            name = getattr(shape, part)
            if name is not None and name not in valid:
                self._findings.unknown((*path, part), kind, name, valid)
                known = False
        return known

    def _once(self, names: Sequence[str], path: Path) -> None:
        for index, name in enumerate(names):
            if name in names[:index]:
                self._findings.add((*path, index), _("{name} stands here twice.").format(name=name))
