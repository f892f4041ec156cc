"""Who is proposed to see to an improvement: a role that somebody in the story holds, and that can do it."""

from collections.abc import Iterable

from incidentsim.exercise.evaluation.trace import Trace


def proposed_owner(trace: Trace, owner: str, steps: Iterable[str]) -> str:
    """Return who is proposed: `owner` where somebody holds it, or else the first role that may take one of the steps.

    `owner` may be empty; so is the answer where nobody may take any of the steps either.
    """
    held = {role for person in trace.scenario.people.values() if not person.always_away for role in person.roles}
    if owner in held:
        return owner
    wanted, playbook = set(steps), trace.playbook
    able = (
        role
        for track in playbook.tracks.values()
        for step in track.steps
        if step.do in wanted
        for name in step.by
        for role in playbook.roles_of(name)
    )
    return next((role for role in able if role in held), owner)
