"""The record as tables: the timeline, the steps, the refusals, the duties and the escalations."""

from incidentsim.domain.facts import DutyOpened, Escalated, Fact, Refused, StepTaken, basis_of, duty_number_of
from incidentsim.exports.documents.model import Block, Heading, Numbers, Paragraph, Row, Table
from incidentsim.exports.reports.chapters.overview import NOTHING, source_words
from incidentsim.exports.reports.chapters.timeline import picture
from incidentsim.exports.reports.material import Material
from incidentsim.exports.text.duty_table import duty_lines, outcome_words
from incidentsim.exports.wording.reasons import because_words
from incidentsim.exports.wording.refusals import refusal_words
from incidentsim.exports.wording.sentences import marked_sentence, sentence
from incidentsim.messages import gettext as _


def titled(title: str, table: Table, empty: str) -> list[Block]:
    """A chapter with one table, or with a sentence where it has no rows."""
    return [Heading(2, title), table if table.rows else Paragraph(empty)]


def timeline(material: Material) -> list[Block]:
    """The timeline as a picture."""
    drawn = picture(material)
    return [Heading(2, _("Timeline")), Paragraph(_("Nothing happened.")) if drawn is None else drawn]


def whole_record(material: Material, *, details: bool) -> list[Block]:
    """Every fact in a row; with `details` also what messages said and what reports contained."""
    rows = tuple(
        Row(
            (
                Numbers((number,)),
                material.moment(fact.at),
                fact.incident or "",
                "\n".join([marked_sentence(material.teller, number), *(_details(material, number) if details else ())]),
            ),
            material.tone(number),
            number,
        )
        for number, fact in enumerate(material.account.facts)
    )
    head = (_("No."), _("Time"), _("Incident"), _("What happened"))
    return titled(_("The record, fact by fact"), Table(head, rows, (2, 4, 3, 16)), _("Nothing is on record."))


def _details(material: Material, number: int) -> list[str]:
    return [
        _("{title}: {value}").format(title=title, value=words) if title else words
        for title, words in material.teller.details(number)
    ]


def _who(material: Material, number: int) -> str:
    """Who acted, and whose decision it was where the run holds decisions of several kinds."""
    actor = material.teller.names.actor(material.account.facts[number])
    if not actor:
        return _("triggered automatically")
    words = source_words().get(material.source(number), "") if len(material.deciders) > 1 else ""
    return f"{actor}\n{words}" if words else actor


def _what(material: Material, number: int) -> str:
    """The step that was taken or wanted, with its content and what is on record of why."""
    fact, names = material.account.facts[number], material.teller.names
    because, do = because_words(fact, names), fact.do if isinstance(fact, StepTaken | Refused) else ""
    return "\n".join(
        [
            material.marked(number, names.step(do)),
            *_details(material, number),
            *([because] if because else ()),
        ]
    )


def steps_table(material: Material) -> Table:
    """Every step: who took it, from where to where, with which content."""
    names = material.teller.names
    rows = []
    for number, fact in material.of(StepTaken):
        track, source, target = fact.track, fact.source, fact.target
        moved = _("{track}: {state}").format(track=names.track(track), state=names.state(track, target))
        if source != target:
            moved = _("{track}: {source} → {state}").format(
                track=names.track(track), source=names.state(track, source), state=names.state(track, target)
            )
        rows.append(
            Row(
                (
                    Numbers((number,)),
                    material.moment(fact.at),
                    fact.incident or "",
                    _who(material, number),
                    _what(material, number),
                    moved,
                    basis(material, fact),
                ),
                material.tone(number),
            )
        )
    head = (_("No."), _("Time"), _("Incident"), _("Who"), _("Step"), _("From and to"), _("Basis"))
    return Table(head, tuple(rows), (2, 4, 3, 5, 8, 5, 4))


def refusals_table(material: Material) -> Table:
    """Every refusal: who wanted what, why it was refused, and what would have been allowed."""
    names = material.teller.names
    rows = [
        Row(
            (
                Numbers((number,)),
                material.moment(fact.at),
                fact.incident or "",
                _who(material, number),
                _what(material, number),
                refusal_words(fact, names),
                basis(material, fact),
            ),
            material.tone(number),
        )
        for number, fact in material.of(Refused)
    ]
    head = (
        _("No."),
        _("Time"),
        _("Incident"),
        _("Who"),
        _("Wanted"),
        _("Why it was refused, and what would have been allowed"),
        _("Basis"),
    )
    return Table(head, tuple(rows), (2, 4, 3, 5, 6, 8, 3))


def duties_table(material: Material) -> Table:
    """Every duty with what became of it."""
    names, playbook = material.teller.names, material.account.playbook
    rows = []
    for line in duty_lines(material.account):
        late = line.outcome in {"late", "overdue"}
        rule = playbook.duties.get(line.duty)
        clause = rule.basis.clause if rule is not None else None
        mark = names.mark(rule.rule, clause) if rule is not None else ""
        title = names.duty(line.duty)
        opened = material.opened.get(line.number)
        outcome = outcome_words(line)
        rows.append(
            Row(
                (
                    Numbers((opened,) if opened is not None else ()),
                    line.incident,
                    _("{sentence} [{basis}]").format(sentence=title, basis=mark) if mark else title,
                    line.owner,
                    material.moment(line.opened),
                    material.moment(line.due) if line.due is not None else _("no time limit"),
                    _("LATE: {outcome}").format(outcome=outcome) if late else outcome,
                ),
                "late" if late else "plain",
            )
        )
    head = (_("No."), _("Incident"), _("Duty"), _("Owed by"), _("Owed since"), _("Due by"), _("Outcome"))
    return Table(head, tuple(rows), (2, 3, 7, 5, 4, 4, 4))


def escalations_table(material: Material) -> Table:
    """Every escalation: to whom, by which channel, why, and on which basis."""
    teller, names = material.teller, material.teller.names
    rows = []
    for number, fact in material.of(Escalated):
        channel = fact.channel
        receivers = teller.receivers(fact)
        absent = teller.somebody(fact.absent)
        if absent:
            receivers = _("{told}; away: {people}").format(told=receivers, people=absent)
        rows.append(
            Row(
                (
                    Numbers((number,)),
                    material.moment(fact.at),
                    fact.incident or "",
                    receivers,
                    names.role(channel) if channel is not None else NOTHING,
                    "\n".join([material.marked(number, names.escalation(fact.rule)), *_reasons(material, fact)]),
                    basis(material, fact),
                ),
                material.tone(number),
            )
        )
    head = (_("No."), _("Time"), _("Incident"), _("To"), _("Channel"), _("What and why"), _("Basis"))
    return Table(head, tuple(rows), (2, 4, 3, 5, 3, 9, 4))


def _reasons(material: Material, fact: Escalated) -> list[str]:
    """Why an escalation fired, and what else it tells."""
    names, facts = material.teller.names, material.account.facts
    reasons = []
    because, number = fact.because, fact.number
    if 0 <= because < len(facts):
        words = _("#{sequence} {sentence}").format(sequence=because, sentence=sentence(material.teller, because))
        reasons.append(_("Why: ") + words)
        opened = facts[material.opened[number]] if number is not None and number in material.opened else None
        if isinstance(opened, DutyOpened) and duty_number_of(facts[because]) != number:
            reasons.append(_("Undone: ") + names.duty(opened.duty))
    for rule in fact.also:
        words, mark = names.escalation(rule), names.mark(rule, None)
        reasons.append(_("Also: ") + (_("{sentence} [{basis}]").format(sentence=words, basis=mark) if mark else words))
    return reasons


def basis(material: Material, fact: Fact) -> str:
    """Return the basis of the rule in a fact, in words; empty where there is none."""
    rule, clause = basis_of(fact)
    return material.teller.names.basis(rule or "", clause)


def steps(material: Material) -> list[Block]:
    """All steps as a chapter."""
    return titled(_("Steps"), steps_table(material), _("No step was taken."))


def refusals(material: Material) -> list[Block]:
    """All refusals as a chapter."""
    return titled(_("Refusals"), refusals_table(material), _("Nothing was refused."))


def duties(material: Material) -> list[Block]:
    """All duties as a chapter."""
    return titled(_("Duties"), duties_table(material), _("Nobody owed anything."))


def escalations(material: Material) -> list[Block]:
    """All escalations as a chapter."""
    return titled(_("Escalations"), escalations_table(material), _("Nothing was escalated."))
