"""The moments of a playbook that start regulatory deadlines."""

from typing import TYPE_CHECKING

from incidentsim.definitions.formats.values import measured
from incidentsim.definitions.rules.clock_names import ANCHORS, clock_measures
from incidentsim.definitions.rules.rules import RuleChecker
from incidentsim.domain.playbook import AnchorRule
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.definitions.yaml12.problems import Path


def anchors(checker: RuleChecker) -> dict[str, AnchorRule]:
    """Return the rules that say which facts start regulatory deadlines, by the anchor's id.

    Notes a problem where the anchor, or a measure that is established with it, is none of the clock packs.
    """
    rules = {}
    for name, shape in checker.shape.anchors.items():
        path: Path = ("anchors", name)
        if name not in ANCHORS:
            checker.findings.unknown(path, _("anchor"), name, ANCHORS, key=True)
        known = {}
        for measure, written in shape.establishes.items():
            at = (*path, "establishes", measure)
            if measure in clock_measures():
                known[measure] = measured(checker.findings, clock_measures()[measure].unit, written, at)
            else:
                checker.findings.unknown(at, _("measure"), measure, clock_measures(), key=True)
        on = checker.patterns(shape.when_fact, (*path, "when_fact"))
        rules[name] = AnchorRule(name, on, checker.basis(shape, path), known)
    return rules
