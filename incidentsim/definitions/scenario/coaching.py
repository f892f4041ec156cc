"""What a script says of coaching: who is coached, and which hints were given."""

from typing import Final

from incidentsim.definitions.formats.script import CoachShape
from incidentsim.definitions.rules.conditions import Checker
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.facts import HintStep
from incidentsim.domain.interventions import Coach, GiveHint
from incidentsim.domain.playbook import Playbook
from incidentsim.messages import gettext as _

_NEEDED: Final = ("to", "incident", "acts", "step")
"""What a hint says of itself."""


def coaching(checker: Checker, shape: CoachShape, path: Path, playbook: Playbook) -> Coach | GiveHint:
    """The line at `path`."""
    names = checker.names
    steps = [step.do for track in playbook.tracks.values() for step in track.steps]
    for index, name in enumerate(shape.to):
        checker.known((*path, "to", index), _("person"), name, names.people)
    people = tuple(names.people.get(name, name) for name in shape.to)
    if shape.coach == "helps":
        for name in sorted(shape.model_fields_set - {"at", "coach", "to"}):
            message = _("To say whom the coach helps asks for no {name}.")
            checker.findings.add((*path, name), message.format(name=name), key=True)
        return Coach(people)
    for name in _NEEDED:
        if not getattr(shape, name):
            checker.findings.add(path, _("A hint also says {name}.").format(name=name))
    if len(people) > 1:
        checker.findings.add((*path, "to"), _("A hint is for one person."))
    if shape.incident is not None:
        checker.known((*path, "incident"), _("incident"), shape.incident, names.incidents)
    for index, do in enumerate(shape.acts):
        checker.known((*path, "acts", index), _("step"), do, steps)
    if shape.duty is not None:
        checker.known((*path, "duty"), _("duty"), shape.duty, names.duties)
    step = HintStep(shape.step or HintStep.WHERE)
    to = people[0] if people else ""
    return GiveHint(to, shape.incident or "", tuple(shape.acts), shape.duty, step, shape.unasked)
