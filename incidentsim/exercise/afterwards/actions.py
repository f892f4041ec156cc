"""What is proposed to be done about a task that did not go well: an action that somebody can carry out."""

from functools import lru_cache

from incidentsim.domain.evaluation import Poete
from incidentsim.domain.text import LANGUAGES, Language, Text
from incidentsim.exercise.evaluation.aar import ImprovementItem
from incidentsim.messages import gettext as _
from incidentsim.messages import spoken


def proposed_action(item: ImprovementItem) -> Text:
    """The action that an item proposes, by the element of preparedness (POETE) that its task belongs to."""
    return _proposed(item.poete, item.what)


@lru_cache(maxsize=1_000)
def _proposed(poete: str, task: Text) -> Text:
    said: dict[Language, str] = {}
    for language in LANGUAGES:
        with spoken(language):
            said[language] = _action(poete).format(task=task.say(language))
    return Text(said["en"], said["zh"])


def _action(poete: Poete | str) -> str:
    match poete:
        case "planning":
            return _("Write into the procedure who does this, how and by when: {task}")
        case "organisation":
            return _("Settle who sees to this and how that is checked: {task}")
        case "equipment":
            return _("Provide what is needed for this, and try it out: {task}")
        case "training":
            return _("Hold a training on this, with the case of this exercise: {task}")
        case _:
            return _("Practise this once more in an exercise: {task}")
