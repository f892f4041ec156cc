"""The objective of a playbook that names none: everything that is owed, a task for each duty and notice.

P where it is done in time, S where it is late, M where it is very late (by more than the longest time that there was)
or was tried and refused first, U where it is never done. It is rated by the rules by which all tasks are.
"""

from incidentsim.definitions.formats.common import NO_LIMIT, PatternShape
from incidentsim.definitions.formats.durations import format_duration, parse_duration
from incidentsim.definitions.formats.evaluation import ChallengeShape, ChallengesShape, ObjectiveShape, TaskShape
from incidentsim.definitions.formats.owing import WithinShape
from incidentsim.definitions.formats.playbook import PlaybookShape
from incidentsim.definitions.names.names import patterns_of
from incidentsim.definitions.playbook.filling.words import CAUSE, OBJECTIVE, OBJECTIVE_TITLE
from incidentsim.domain.facts import FactKind
from incidentsim.domain.playbook import ANYONE


def default_objectives(shape: PlaybookShape) -> dict[str, ObjectiveShape]:
    """The one objective, as a playbook would write it; none where nothing is owed.

    Args:
        shape: the playbook, everything else in it written out.
    """
    owed = [(duty.id, duty.title, patterns_of(duty.settled_by), duty.owed_by, duty.within) for duty in shape.duties]
    owed += [
        (f"notify_{name}", one.title, [PatternShape(do=f"notify_{name}")], one.by, one.within)
        for name, one in shape.notices.items()
    ]
    tasks = []
    for duty, title, settled_by, owed_by, within in owed:
        owner = _owner(shape, owed_by)
        if owner is None:
            continue
        longest = _longest(within)
        late = [ChallengeShape(late=duty)] if longest is not None else []
        beyond = [ChallengeShape(late=duty, beyond=format_duration(longest))] if longest else []
        refused = [ChallengeShape(refused=PatternShape(do=one.do)) for one in settled_by if one.do is not None]
        tasks.append(
            TaskShape(
                id=duty,
                title=title,
                performed=settled_by,
                when=PatternShape(fact=FactKind.DUTY_OPENED, duty=duty),
                challenges=ChallengesShape(some=late, major=[*beyond, *refused]),
                owner=owner,
                poete="training",
                cause=CAUSE,
                basis="assumption",
            )
        )
    return {OBJECTIVE: ObjectiveShape(title=OBJECTIVE_TITLE, tasks=tasks, basis="assumption")} if tasks else {}


def _owner(shape: PlaybookShape, owed_by: list[str]) -> str | None:
    """The first role that owes it, which sees to what is to be improved."""
    for name in owed_by:
        if name in shape.roles:
            return name
        if name in shape.bodies:
            return shape.bodies[name].head or shape.bodies[name].members[0]
        if name == ANYONE:
            return next(iter(shape.roles))
    return None


def _longest(within: WithinShape) -> int | None:
    """The longest limit (ms); `None` where there is none at any level."""
    written = within.values() if isinstance(within, dict) else [within]
    return max((parse_duration(limit) for limit in written if limit != NO_LIMIT), default=None)
