"""The answers in a scenario's ground truth that no step asks for: one that is misspelt leaves the right one unanswered.

Whoever plays such a scenario would not be told: what a step asks for and no truth answers counts as no.
"""

from incidentsim.definitions.yaml12.problems import Problem
from incidentsim.definitions.yaml12.reader import Document
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.unknown_names import nearest
from incidentsim.messages import gettext as _
from incidentsim.unseen import quoted


def flag_problems(document: Document, playbook: Playbook) -> tuple[list[Problem], list[Problem]]:
    """Return what is wrong with the flags of a valid scenario, and what is only of no use.

    A flag that is much like one that a step asks for and that the same truth leaves open is a problem; any other that
    no step asks for is a warning.
    """
    asked = set(playbook.asked) - {"incident", "unlawful"}
    problems: list[Problem] = []
    warnings: list[Problem] = []
    for incident, written in document.value["incidents"].items():
        flags = written["truth"].get("flags", {})
        for name in flags:
            if name in asked:
                continue
            path = ("incidents", incident, "truth", "flags", name)
            near = nearest(name, sorted(asked - set(flags)))
            if near is not None:
                message = _("No step asks for the flag {name}; the nearest valid one is {near}.")
                problems.append(document.problem(path, message.format(name=quoted(name), near=near), key=True))
                continue
            message = _("No step asks for the flag {name}, so it answers nothing; steps ask for {asked}.")
            names = _(", ").join(sorted(asked)) or _("none")
            warnings.append(document.problem(path, message.format(name=quoted(name), asked=names), key=True))
    return problems, warnings
