"""A facilitator's rating in place of the proposed one: a fact like any other, with its reason."""

from incidentsim.domain.errors import InputError
from incidentsim.domain.evaluation import RATINGS
from incidentsim.domain.facts import Fact, RatingSet, recordable_text
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.text import FreeText
from incidentsim.domain.unknown_names import unknown_name
from incidentsim.messages import gettext as _


def rating_fact(
    playbook: Playbook, at: int, task: str, rating: str, reason: str, *, objective: str | None = None
) -> Fact:
    """The fact that sets a rating.

    Args:
        playbook: the playbook of the run.
        at: the time of the run's last fact (ms).
        task: the task's id.
        rating: P, S, M or U.
        reason: why, in words.
        objective: the objective's id, checked if it is given; a task belongs to one objective anyway.

    Raises:
        UnknownNameError: the playbook has no such task, or there is no such rating.
        InputError: no reason is given, or the task is not one of the objective.
    """
    its_objective = next((one for one in playbook.objectives.values() if task in one.tasks), None)
    if its_objective is None:
        message = _("The playbook {playbook} has no critical task {name}; it has: {known}.")
        message = message.replace("{playbook}", playbook.id)
        raise unknown_name(_("critical task"), task, playbook.tasks, kind="task", otherwise=message)
    if objective is not None and objective != its_objective.id:
        message = _("The task {task} belongs to the objective {objective}, not to {other}.")
        raise InputError(message.format(task=task, objective=its_objective.id, other=objective))
    if rating not in RATINGS:
        message = _("There is no rating {name}; there are: {known}.")
        raise unknown_name(_("rating"), rating, RATINGS, kind="rating", otherwise=message)
    if not reason.strip():
        raise InputError(_("A rating is set with a reason; say why."))
    return RatingSet(at, None, its_objective.id, task, rating, recordable_text(FreeText(reason)))
