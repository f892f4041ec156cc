"""What `check` says about a scenario whose clocks change while it is played: it is valid, and easily misread."""

from collections.abc import Iterator

from incidentsim.definitions.formats.durations import format_duration
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.local_time import LocalTime, Offsets
from incidentsim.domain.scenario import Scenario
from incidentsim.messages import gettext as _


def clock_warnings(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """The warnings, each with the place in the scenario that it is about."""
    table, local = scenario.offsets, scenario.local_time
    if table is None:
        return
    changes = local.changes(scenario.ends)
    for at, before, after in changes:
        if after > before:
            message = _("The clocks of the exercise go forward {elapsed} after its start: at {old} it is {new}.")
        else:
            message = _("The clocks of the exercise go back {elapsed} after its start: at {old} it is {new}.")
        instant = local.start + at
        old, new = Offsets(before).iso(instant), local.offsets.iso(instant)
        yield ("starts",), message.format(elapsed=format_duration(at), old=old, new=new)
    offset = local.offsets.at(local.start)
    fitting = [name for name, place in table.places.items() if place.at(local.start) == offset]
    courses = [LocalTime(local.start, table.places[name]).changes(scenario.ends) for name in fitting]
    if scenario.zone is None and changes in courses and any(course != changes for course in courses):
        message = _("The clocks of these places change at different times: {zones}. The key zone says which is meant.")
        yield ("starts",), message.format(zones=", ".join(fitting))
    if table.until is not None and local.start + scenario.ends > table.until:
        message = _("Changes of the clocks are looked up until {date}; from there on the last offset holds.")
        yield ("ends",), message.format(date=local.offsets.iso(table.until)[:10])
