"""How it went: ratings with their evidence, strengths, what to improve and how, what would have been right, metrics."""

from typing import TYPE_CHECKING

from incidentsim.exports.documents.model import Block, Heading, Listing, Numbers, Paragraph, Row, Table
from incidentsim.exports.reports.chapters.events import titled
from incidentsim.exports.reports.chapters.overview import evidence
from incidentsim.exports.reports.material import Material
from incidentsim.exports.text.evaluation import NOT_RATED, group_title
from incidentsim.exports.wording.causes import cause_words
from incidentsim.exports.wording.evaluation import (
    hints_words,
    metric_title,
    metric_value,
    no_way_words,
    reason_words,
    test_words,
    way_words,
)
from incidentsim.exports.wording.sentences import sentence
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.exercise.evaluation.metrics import Metric
    from incidentsim.exercise.evaluation.ratings import Override, Reason, TaskRating
    from incidentsim.exercise.evaluation.scenario_objectives import ScenarioObjective


def rating_scale() -> str:
    """The scale of HSEEP, in words."""
    return _(
        "P: performed without challenges. S: performed with some challenges. M: performed with major challenges. "
        "U: unable to be performed. “–”: not called for. Ratings are proposed by the rules of the procedure; what a "
        "facilitator set instead is marked. The numbers (#) are the facts on record that a rating rests on."
    )


def ratings_table(material: Material) -> Table:
    """Every objective and task with its rating, why, and the facts that say it."""
    names, playbook = material.teller.names, material.account.playbook
    rows = []
    for objective in material.evaluation.objectives:
        title = names.say(playbook.objectives[objective.objective].title)
        words = _("Objective: {title}").format(title=title)
        bots = all(task.by_people is False for task in objective.tasks)
        rating = objective.rating if bots else objective.of_people
        rows.append(Row((rating or NOT_RATED, words, "", "", ""), "group"))
        for task in sorted(objective.tasks, key=lambda task: task.by_people is False):
            rule = playbook.tasks[task.task]
            title = names.say(rule.title)
            rows.append(
                Row(
                    (
                        task.rating or NOT_RATED,
                        _titled(task, title),
                        names.listed(rule.basis.clauses),
                        "\n".join(task_reasons(material, task)) or _("Not called for."),
                        Numbers(task_evidence(task)),
                    )
                )
            )
    head = (_("Rating"), _("Objective or task"), _("Clauses"), _("Why"), _("Evidence"))
    return Table(head, tuple(rows), (2, 7, 3, 12, 4))


def _titled(task: "TaskRating", title: str) -> str:
    """A task's title, which says whether it was bots', and how far the coach's hints went."""
    if task.by_people is False:
        title = _("bots: {what}").format(what=title)
    said = hints_words(task.hints)
    return _("{what} ({hints})").format(what=title, hints=said) if said else title


def task_reasons(material: Material, task: "TaskRating") -> list[str]:
    """Return the reasons for the rating of a task, a line each; that of an override stands last."""
    found = [reason_line(material, reason) for reason in task.reasons]
    if task.override is not None:
        found.append(override_line(material, task, task.override))
    return found


def reason_line(material: Material, reason: "Reason") -> str:
    """One reason with its rating and the incident it concerns."""
    return _("{rating} – {incident}: {reason}").format(
        rating=reason.rating, incident=reason.incident, reason=reason_words(material.teller, reason)
    )


def override_line(material: Material, task: "TaskRating", override: "Override") -> str:
    """Return the line about a rating that a facilitator set instead of the proposed one, with the reason."""
    said = override.reason.say(material.language)
    return _("{rating} – set by the facilitator (proposed: {proposed}): {reason}").format(
        rating=override.rating, proposed=task.proposed or NOT_RATED, reason=said
    )


def task_evidence(task: "TaskRating") -> tuple[int, ...]:
    """The facts that a rating rests on, each once."""
    found = [number for reason in task.reasons for number in reason.evidence]
    if task.override is not None:
        found.append(task.override.sequence)
    return tuple(dict.fromkeys(found))


def scenario_objectives(material: Material) -> list[Block]:
    """The objectives of the scenario, rated by the injects that test them; nothing where it has none."""
    scenario, names = material.account.scenario, material.teller.names
    rows = [
        Row(
            (
                (one.rating if _bots_alone(one) else one.of_people) or NOT_RATED,
                names.say(scenario.objectives[one.number].text),
                "\n".join(
                    test_words(material.teller, test)
                    for test in sorted(one.tests, key=lambda test: test.by_people is False)
                )
                or _("None of its injects came."),
                evidence(tuple(dict.fromkeys(number for test in one.tests for number in test.evidence))),
            )
        )
        for one in material.evaluation.scenario_objectives
    ]
    if not rows:
        return []
    head = (_("Rating"), _("Objective"), _("Why"), _("Evidence"))
    return [Heading(2, _("Objectives of the scenario")), Table(head, tuple(rows), (2, 6, 8, 4))]


def _bots_alone(rated: "ScenarioObjective") -> bool:
    return all(test.by_people is False for test in rated.tests)


def objectives(material: Material) -> list[Block]:
    """The ratings as a chapter."""
    title, table = _("Objectives and ratings"), ratings_table(material)
    if not table.rows:
        return [Heading(2, title), Paragraph(_("This playbook names no objectives."))]
    return [Heading(2, title), Paragraph(rating_scale()), table]


def _called_for(material: Material) -> bool:
    return any(task.rating is not None for task in material.evaluation.tasks.values())


def strengths(material: Material) -> list[Block]:
    """The tasks that were performed without challenges, those of bots apart."""
    names, tasks = material.teller.names, material.account.playbook.tasks

    def told(of_bots: bool) -> tuple[str, ...]:
        return tuple(
            _("{task} {numbers}")
            .format(task=names.say(tasks[one.task].title), numbers=Numbers(task_evidence(one)).words)
            .strip()
            for one in material.evaluation.report.strengths
            if (one.by_people is False) is of_bots
        )

    head, items, bots = Heading(2, _("Strengths")), told(of_bots=False), told(of_bots=True)
    if not _called_for(material):
        return [head, Paragraph(_("No task was called for, so none is rated."))]
    blocks: list[Block] = [head, Listing(items) if items else Paragraph(_("No task was performed without challenges."))]
    return [*blocks, Heading(3, _("Bots' tasks")), Listing(bots)] if bots else blocks


def areas(material: Material) -> list[Block]:
    """Each task that did not go without challenges: why, the usual cause, what would have been right."""
    names, tasks = material.teller.names, material.account.playbook.tasks
    blocks: list[Block] = [Heading(2, _("Areas for improvement"))]
    rated = material.evaluation.tasks
    for area in sorted(material.evaluation.report.areas, key=lambda one: rated[one.task].by_people is False):
        task = tasks[area.task]
        title = f"{area.rating}  {names.say(task.title)}"
        if rated[area.task].by_people is False:
            title = _("bots: {what}").format(what=title)
        clauses = names.listed(area.clauses)
        blocks.append(Heading(3, _("{sentence} [{basis}]").format(sentence=title, basis=clauses) if clauses else title))
        said = [
            _("{reason} {numbers}")
            .format(reason=reason_line(material, reason), numbers=Numbers(reason.evidence).words)
            .strip()
            for reason in area.reasons
        ]
        rating = material.evaluation.tasks.get(area.task)
        if rating is not None and rating.override is not None:
            said.append(override_line(material, rating, rating.override))
        if area.cause is not None:
            said.append(_("Usual cause: {cause}").format(cause=cause_words(area.cause)))
        said += [
            _("Expected action (#{sequence}): {way}").format(sequence=way.sequence, way=way_words(material.teller, way))
            for way in area.ways
        ]
        blocks.append(Listing(tuple(said)))
    if not _called_for(material):
        blocks.append(Paragraph(_("No task was called for, so none is rated.")))
    elif len(blocks) == 1:
        blocks.append(Paragraph(_("None: every task that was called for was performed without challenges.")))
    return blocks


def right_ways(material: Material) -> list[Block]:
    """For everything refused, late or missed: the allowed path from there."""
    rows = tuple(
        Row(
            (
                Numbers((way.sequence,)),
                sentence(material.teller, way.sequence),
                way_words(material.teller, way),
            ),
            "refused" if way.kind == "refused" else "late",
        )
        for way in material.evaluation.ways
    )
    table = Table((_("No."), _("What happened"), _("Expected action")), rows, (2, 9, 9))
    return titled(_("Expected action"), table, no_way_words())


def shown_metrics(material: Material) -> "list[Metric]":
    """The metrics; counts of nothing are left out."""
    return [metric for metric in material.evaluation.metrics if metric.unit != "count" or metric.value]


def metrics_table(material: Material) -> Table:
    """Make the table of metrics, each with its value and the sequence numbers of the facts it rests on."""
    teller = material.teller
    rows = [
        Row(
            (
                group_title(teller, metric),
                metric_title(teller, metric),
                metric_value(metric),
                evidence(metric.evidence),
            )
        )
        for metric in shown_metrics(material)
    ]
    return Table((_("Of what"), _("Measured"), _("Value"), _("Evidence")), tuple(rows), (5, 7, 4, 5))


def metrics(material: Material) -> list[Block]:
    """The metrics as a chapter."""
    return titled(_("Metrics"), metrics_table(material), _("Nothing could be measured."))
