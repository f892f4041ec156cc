"""The improvement plan of a report: what the evaluation proposes and what was typed in, as the record leaves it."""

from typing import TYPE_CHECKING

from incidentsim.exports.documents.model import Block, Row, Table
from incidentsim.exports.reports.chapters.events import titled
from incidentsim.exports.reports.material import Material
from incidentsim.exports.text.evaluation import NOT_RATED
from incidentsim.exports.wording.afterwards import state_words
from incidentsim.exports.wording.evaluation import poete_words
from incidentsim.exports.wording.improvements import closing_words, owner_words
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.exercise.afterwards.carrying import CarriedItem


def run_items(material: Material) -> "tuple[CarriedItem, ...]":
    """The improvement items of the run; what later runs show is not among it, since a report is made of one record."""
    from incidentsim.exercise.afterwards.carrying import EvaluatedRun, items_of
    from incidentsim.exercise.afterwards.items import items_on_record
    from incidentsim.exercise.evaluation.summary import summary_of

    provenance, facts = material.provenance, material.account.facts
    summary = summary_of(material.evaluation, facts, passed=True)  # the verdict plays no part in it
    run = EvaluatedRun(provenance.run or "", provenance.recorded_from or "", summary, items_on_record(facts))
    return items_of(run)


def plan(material: Material) -> list[Block]:
    """Write the improvement plan (HSEEP): what is to be done, by whom, until when, and where it stands."""
    rows = [
        Row(
            (
                str(number),
                item.proposal.rating if item.proposal is not None else NOT_RATED,
                item.action.say(material.language),
                owner_words(item, material.language),
                _due(item),
                poete_words(item.proposal.poete) if item.proposal is not None else "",
                "\n".join((state_words(item.state), *closing_words(item, material.language), item.id)),
            )
        )
        for number, item in enumerate(run_items(material), start=1)
    ]
    table = Table(plan_head(), tuple(rows), (2, 2, 8, 5, 5, 4, 5))
    return titled(_("Improvement plan"), table, _("No corrective actions."))


def _due(item: "CarriedItem") -> str:
    within = item.proposal.due_within if item.proposal is not None and not item.changes else None
    if within is None:
        return _("no date") if item.due is None else item.due.isoformat()
    length = duration_words(within)
    if item.due is None:
        return _("within {length}").format(length=length)
    return _("{date} ({length} after the exercise)").format(date=item.due.isoformat(), length=length)


def plan_head() -> tuple[str, ...]:
    """The columns of the improvement plan."""
    return (
        _("No."),
        _("Rating"),
        _("Corrective action"),
        _("Owner"),
        _("Due"),
        _("Element (POETE)"),
        _("State, evidence, id"),
    )
