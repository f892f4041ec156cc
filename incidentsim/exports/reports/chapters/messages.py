"""What people said to each other, as a table; and the decision log: what was decided, by whom, and why."""

from collections.abc import Iterable

from incidentsim.domain.facts import MessageAct, MessageSent
from incidentsim.exports.documents.model import Block, Heading, Numbers, Paragraph, Row, Table
from incidentsim.exports.reports.material import Material
from incidentsim.exports.wording.said import act_words, sender_words
from incidentsim.messages import gettext as _


def messages_table(material: Material) -> Table:
    """Every message: who said what to whom, by which channel, and whom it reached."""
    names = material.teller.names
    head = (_("No."), _("Time"), _("Incident"), _("Sender"), _("To"), _("Channel"), _("Message"))
    rows = tuple(
        Row(
            (
                Numbers((number,)),
                material.moment(fact.at),
                fact.incident or "",
                sender_words(names, fact),
                _receivers(material, fact),
                names.role(fact.channel),
                material.marked(number, _said(material, fact)),
            ),
            material.tone(number),
        )
        for number, fact in material.of(MessageSent)
    )
    return Table(head, rows, (2, 4, 3, 5, 5, 3, 10))


def decisions_table(material: Material) -> Table:
    """The decision log: every decision that somebody made known, with its reason."""
    names = material.teller.names
    head = (_("No."), _("Time"), _("Incident"), _("Who"), _("Made known to"), _("Decision and reason"))
    rows = tuple(
        Row(
            (
                Numbers((number,)),
                material.moment(fact.at),
                fact.incident or "",
                sender_words(names, fact),
                _receivers(material, fact),
                material.marked(number, "\n".join(_parts(material, fact))),
            ),
            material.tone(number),
        )
        for number, fact in material.of(MessageSent)
        if fact.act is MessageAct.DECIDE and fact.because is None
    )
    return Table(head, rows, (2, 4, 3, 5, 6, 12))


def decision_log(material: Material) -> list[Block]:
    """The decision log as a chapter, where anything was decided so."""
    table = decisions_table(material)
    if not table.rows:
        return []
    note = _("What people decided in words of their own. Steps of the procedure stand in the record.")
    return [Heading(2, _("Decision log")), Paragraph(note), table]


def messages(material: Material) -> list[Block]:
    """All messages as a chapter, where there are any."""
    table = messages_table(material)
    return [Heading(2, _("Messages")), table] if table.rows else []


def _receivers(material: Material, fact: MessageSent) -> str:
    """As addressed, and below it the people whom that reached."""
    people = material.teller.somebody(fact.persons)
    told = material.teller.messages.receivers(fact)
    return told if not people or people == told else f"{told}\n{people}"


def _said(material: Material, fact: MessageSent) -> str:
    head = _("{act} M{number}").format(act=act_words(fact.act), number=fact.number)
    return "\n".join([head, *_parts(material, fact)])


def _parts(material: Material, fact: MessageSent) -> Iterable[str]:
    if step := material.teller.messages.step(fact):
        yield step
    for title, words in material.teller.messages.parts(fact):
        yield _("{title}: {value}").format(title=title, value=words) if title else words
