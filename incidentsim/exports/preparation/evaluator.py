"""The evaluator's sheet, an exercise evaluation guide (EEG) in the terms of HSEEP.

For each objective its critical tasks, with the criteria that the program rates them by, room for what was observed,
and the rating: P, S, M or U.
"""

from typing import TYPE_CHECKING, Final

from incidentsim.domain.evaluation import RATINGS, Task
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.text import Language
from incidentsim.exports.documents.model import Blank, Block, Heading, Paragraph, Part, Row, Table, Terms
from incidentsim.exports.wording.challenges import challenges_words
from incidentsim.exports.wording.conditions import patterns_words
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.playbook_words import playbook_names
from incidentsim.exports.wording.procedure.basis import basis_mark
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.domain.scenario import Scenario

_TO_CIRCLE: Final = "P   S   M   U"
ROOM: Final = 6
"""Lines for what was observed."""


def evaluator_sheet(playbook: Playbook, scenario: "Scenario | None", language: Language) -> Part:
    """The sheet, in one language; with a scenario, without tasks that its ground truth can never call for."""
    names = playbook_names(playbook, language) if scenario is None else Names(playbook, scenario, language)
    about = names.say(playbook.title if scenario is None else scenario.title)
    title = _("Evaluator's sheet")
    blocks: list[Block] = [
        Paragraph(_("For evaluators and the facilitator only."), important=True),
        *(Blank(label) for label in (_("Evaluator"), _("Date and place"), _("Who was observed"))),
        Heading(2, _("How to rate")),
        Paragraph(
            _(
                "Write down what you saw and heard, with the time, and only then rate: circle one letter. What nobody "
                "called for is not rated. An objective is rated as its worst task."
            )
        ),
        Terms(tuple((letter, _meaning(letter)) for letter in RATINGS)),
        *_of_scenario(scenario, names),
        *_of_playbook(playbook, scenario, names),
        Heading(2, _("In closing")),
        *(Blank(label, 4) for label in (_("Strengths"), _("Areas for improvement"))),
    ]
    foot = _("{title} · {scenario}").format(title=title, scenario=about)
    return Part(language, title, about, "", foot, tuple(blocks))


def _meaning(letter: str) -> str:
    """The ratings as HSEEP means them."""
    return {
        "P": _("performed without challenges: done as the procedure asks, and nothing else suffered from it"),
        "S": _("performed with some challenges: done, with shortcomings that did no harm to other work"),
        "M": _("performed with major challenges: done, but late, incomplete or to the harm of other work"),
        "U": _("unable to be performed: called for and not done as the procedure asks"),
    }[letter]


def _of_scenario(scenario: "Scenario | None", names: Names) -> list[Block]:
    """The objectives that the scenario sets itself: nothing is rated by rules there."""
    if scenario is None or not scenario.objectives:
        return []
    rows = tuple(
        Row(
            (
                names.say(objective.text),
                names.listed(names.inject(one)[0] for one in objective.tested_by),
                "",
                _TO_CIRCLE,
            )
        )
        for objective in scenario.objectives
    )
    head = (_("Objective"), _("Tested by inject"), _("Observed"), _("Rating"))
    return [Heading(2, _("Objectives of this scenario")), Table(head, tuple(rows), (5, 4, 9, 3), room=ROOM)]


def _of_playbook(playbook: Playbook, scenario: "Scenario | None", names: Names) -> list[Block]:
    blocks: list[Block] = []
    head = (_("Critical task"), _("Criteria"), _("Observed"), _("Rating"))
    for objective in playbook.objectives.values():
        tasks = [task for task in objective.tasks.values() if _can_be_called_for(task, scenario)]
        if not tasks:
            continue
        blocks.append(Heading(2, _("Objective: {objective}").format(objective=names.say(objective.title))))
        rows = tuple(
            Row((_task_words(task, names), "\n".join(_criteria(task, names)), "", _TO_CIRCLE)) for task in tasks
        )
        blocks.append(Table(head, rows, (5, 8, 9, 3), room=ROOM))
    return blocks


def _can_be_called_for(task: Task, scenario: "Scenario | None") -> bool:
    """Whether an incident of the scenario is such that the task may be called for."""
    if scenario is None:
        return True
    return any(
        all(incident.truth.flags.get(name, False) == value for name, value in task.truth.items())
        for incident in scenario.incidents.values()
    )


def _task_words(task: Task, names: Names) -> str:
    return "\n".join(words for words in (names.say(task.title), basis_mark(task.basis, names)) if words)


def _criteria(task: Task, names: Names) -> list[str]:
    told = []
    if task.when:
        told.append(_("Called for once: {what}").format(what=patterns_words(task.when, names)))
    told.append(_("Done: {what}").format(what=patterns_words(task.performed, names)))
    for letter, challenges in (("S", task.some), ("M", task.major), ("U", task.unable)):
        if challenges:
            told.append(_("{rating} if: {what}").format(rating=letter, what=challenges_words(challenges, names)))
    return told
