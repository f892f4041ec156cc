"""Objectives that nothing in the story puts to the test."""

from collections.abc import Iterator

from incidentsim.exercise.quality.finding import Finding
from incidentsim.exercise.quality.story import Story
from incidentsim.messages import gettext as _


def findings(story: Story, missing: set[str]) -> Iterator[Finding]:
    """Objectives without an inject that tests them; `missing` are the injects that never come."""
    for number, objective in enumerate(story.scenario.objectives):
        if not objective.tested_by:
            message = _("No inject tests this objective; name those that do under tested_by.")
            yield Finding(("objectives", number), "untested-objective", message)
        elif missing.issuperset(objective.tested_by):
            message = _("This objective is tested only by injects that never come: {injects}.")
            path = ("objectives", number, "tested_by")
            yield Finding(path, "untested-objective", message.format(injects=", ".join(objective.tested_by)))
