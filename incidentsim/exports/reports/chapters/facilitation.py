"""What the facilitator did to the exercise and observed in it; every sentence says that it was the facilitator."""

from typing import Final

from incidentsim.domain.facts import INTERVENTIONS, EndReason, Fact, FactKind
from incidentsim.exports.documents.model import Block, Heading, Numbers, Paragraph, Row, Table
from incidentsim.exports.reports.material import Material
from incidentsim.exports.wording.sentences import sentence
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

_ADDED: Final = FactKind.INJECT_ADDED


def table(material: Material) -> Table:
    """Every intervention and observation, in order, and the end where the facilitator made it."""
    rows = tuple(
        Row(
            (Numbers((number,)), material.moment(fact.at), fact.incident or "", _told(material, number)),
            material.tone(number),
        )
        for number, fact in enumerate(material.account.facts)
        if _is_intervention(fact)
    )
    head = (_("No."), _("Time"), _("Incident"), _("What the facilitator did or observed"))
    return Table(head, rows, (2, 4, 3, 16))


def _is_intervention(fact: Fact) -> bool:
    return fact.kind in INTERVENTIONS or (fact.kind == FactKind.EXERCISE_ENDED and fact.reason == EndReason.STOPPED)


def _told(material: Material, number: int) -> str:
    fact = material.account.facts[number]
    lines = [material.marked(number, sentence(material.teller, number))]
    if fact.kind == _ADDED:
        lines += [words for _title, words in material.teller.details(number)]
    return "\n".join(lines)


def after_action(material: Material) -> list[Block]:
    """The chapter, where there is something to say."""
    return audited(material) if table(material).rows else []


def audited(material: Material) -> list[Block]:
    """The chapter, in any case: an auditor wants to know how far the story was steered."""
    title, shown = Heading(2, _("What the facilitator did and observed")), table(material)
    if not shown.rows:
        return [title, Paragraph(_("No facilitator stepped in, and nothing was observed."))]
    note = _(
        "A facilitator steers the story and takes no part in the procedure. What was undone stays on record, struck "
        "out and marked “undone”, and is not counted anywhere in this report."
    )
    gone = len(material.undone)
    if gone:
        count = ngettext("{n} fact counts no more.", "{n} facts count no more.", gone).format(n=gone)
        note = _("{first} {then}").format(first=note, then=count)
    return [title, Paragraph(note), shown]
