"""What stands in the sections of the procedure, made of the view that the seat gives."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from incidentsim.exports.wording.procedure.judgements import criterion_words
from incidentsim.exports.wording.procedure.rows import DutyRow, EscalationRow, JudgementRow, StepRow, TimeRow
from incidentsim.messages import gettext as _
from incidentsim.session.procedure.page import Block, Row, block, listed, said
from incidentsim.session.procedure.view import Colleagues, FigureView, MyRole, ProcedureView


def section_names() -> list[str]:
    """Return the names of the sections, from left to right; they fit into 80 columns."""
    return [_("Story"), _("Role"), _("Criteria"), _("Duties"), _("Matrix"), _("People"), _("Clauses"), _("Law")]


def section_titles() -> list[str]:
    """Return what the sections are called where there is room."""
    return [
        _("Story so far"),
        _("My role"),
        _("Criteria and levels"),
        _("Duties and their times"),
        _("Escalation matrix"),
        _("Who is who"),
        _("Clauses"),
        _("Regulatory deadlines"),
    ]


def section(view: ProcedureView, number: int) -> list[Block]:
    """The blocks of a section, from 0."""
    return _SECTIONS[number](view)


def _story(view: ProcedureView) -> list[Block]:
    blocks: list[Block] = [
        [Row(words, "strong" if place == 0 else "") for place, words in enumerate(view.story)],
    ]
    blocks.append([Row(_("What has reached you"), "heading"), *([] if view.reached else [Row(_("No message yet."))])])
    blocks += [
        block(
            _("#{number} {time} {channel}: {subject}").format(
                number=message.number, time=message.time, channel=message.channel, subject=message.subject
            ),
            *(Row(words, indent=2) for words in message.body.splitlines()),
        )
        for message in view.reached
    ]
    return blocks


# my role


def _role(view: ProcedureView) -> list[Block]:
    if not view.roles:
        return [[Row(_("Nobody at this seat plays a role."), "dim")]]
    return [part for role in view.roles for part in _one_role(role)]


def _one_role(role: MyRole) -> list[Block]:
    card = role.card
    nobody = Row(_("none"), "dim", indent=2)
    return [
        block(
            _("{name}: {role}").format(name=role.person_name, role=card.title),
            said(_("Belongs to"), _(", ").join(card.bodies)),
            said(_("Holds the role too"), _(", ").join(role.others)),
            note=card.mark,
        ),
        [Row(_("What you may do"), "heading"), *(map(_step, card.may) if card.may else [nobody])],
        [Row(_("What you owe, and how fast"), "heading"), *(map(_owed, card.owes) if card.owes else [nobody])],
        *([[Row(_("What you judge"), "heading"), *(listed(row.title) for row in card.judges)]] if card.judges else []),
        [
            Row(_("Whom you tell"), "heading"),
            *([said(step, to) or nobody for step, to in card.tells] if card.tells else [nobody]),
        ],
        [
            Row(_("What reaches you by the matrix"), "heading"),
            *([listed(_escalated(row)) for row in card.hears] if card.hears else [nobody]),
        ],
        [
            Row(_("Who stands in for you, in this order"), "heading"),
            *([_colleagues(one) for one in role.deputies] if role.deputies else [Row(_("nobody"), "dim", indent=2)]),
        ],
        [
            Row(_("For whom you stand in"), "heading"),
            *(
                [_colleagues(one) for one in role.stands_in_for]
                if role.stands_in_for
                else [Row(_("nobody"), "dim", indent=2)]
            ),
        ],
        [
            Row(_("Forbidden to everybody"), "heading"),
            *(listed(_("{title} [{mark}]").format(title=title, mark=mark), "bad") for title, mark in card.forbidden),
        ],
    ]


def _step(step: StepRow) -> Row:
    notes = [step.takes]
    notes += [_("needs {needs}").format(needs=step.needs)] if step.needs else []
    notes += [_("not by whoever did {steps}").format(steps=step.not_by)] if step.not_by else []
    words = _("{title} [{mark}]").format(title=step.title, mark=step.mark)
    told = _("; ").join(note for note in notes if note)
    return listed(_("{title} – {note}").format(title=words, note=told) if told else words)


def _owed(duty: DutyRow) -> Row:
    return listed(_("{title}: {times}").format(title=duty.title, times=_times(duty.times)))


def _colleagues(colleagues: Colleagues) -> Row:
    names = _(", ").join(colleagues.people) or _("nobody")
    return listed(_("{role}: {names}").format(role=colleagues.role, names=names))


# criteria and levels


def _criteria(view: ProcedureView) -> list[Block]:
    figures = _figures(view)
    asked: list[Block] = [_judgement(view, row, figures) for row in view.judgements]
    if asked:
        asked.insert(0, [Row(_("What has to be judged, and by what"), "heading")])
    levels = _levels(view, figures)
    return [*asked, *levels] or [[Row(_("This procedure has no levels."), "dim")]]


def _judgement(view: ProcedureView, row: JudgementRow, figures: Iterable[tuple[str, FigureView]]) -> Block:
    """A question with its criteria, the figures known of each, and what was said of it."""
    several = len(view.figures) > 1
    rows: list[Row | None] = []
    for title, criteria in ((_("Speaks for it:"), row.speaks_for), (_("Speaks against it:"), row.speaks_against)):
        rows += [Row(title, "dim", indent=2)] if criteria else []
        rows += [listed(f"{criterion_words(one)}{_known(figures, *one.measures)}") for one in criteria]
    for known in view.figures:
        told = _("; ").join(one.words for one in known.said if one.judgement == row.judgement)
        rows.append(said(known.title if several else _("Said to you"), told or _("nobody has told you yet")))
    return block(row.title, *rows, note=row.mark)


def _figures(view: ProcedureView) -> list[tuple[str, FigureView]]:
    """What is known, each with the incident's title where there are several."""
    several = len(view.figures) > 1
    return [(known.title if several else "", figure) for known in view.figures for figure in known.figures]


def _levels(view: ProcedureView, known_figures: Sequence[tuple[str, FigureView]]) -> list[Block]:
    table = view.levels
    blocks: list[Block] = []
    for known in view.figures:
        told = [
            listed(_("{measure}: {value} · {source}").format(measure=one.title, value=one.words, source=one.source))
            for one in known.figures
        ]
        head = _("Known to you: {incident}").format(incident=known.title)
        if known.level_name:
            head = _("Known to you: {incident} ({level})").format(incident=known.title, level=known.level_name)
        nothing = Row(_("No figure has reached you."), "dim", indent=2)
        unknown = said(_("Not known"), _(", ").join(known.unknown))
        blocks.append([Row(head, "heading"), *(told or [nothing]), *([unknown] if unknown is not None else [])])
    if table.rules:
        blocks.append([Row(_("How a level follows"), "heading"), *map(listed, table.rules)])
    for level in table.levels:
        rows = [
            listed(
                _("{measure}: {value}{known}").format(
                    measure=threshold.title, value=threshold.words, known=_known(known_figures, threshold.measure)
                )
            )
            for threshold in level.thresholds
        ]
        rest = Row(_("whatever reaches no threshold"), indent=2) if level.rest else None
        blocks.append(block(level.name, *rows, rest, note=level.mark))
    if table.aggravations:
        factors = [
            listed(
                _("{measure}: {value}{known} – {effect} [{mark}]").format(
                    measure=factor.threshold.title,
                    value=factor.threshold.words,
                    known=_known(known_figures, factor.threshold.measure),
                    effect=factor.words,
                    mark=factor.mark,
                )
            )
            for factor in table.aggravations
        ]
        blocks.append([Row(_("Aggravating factors"), "heading"), *factors])
    return blocks


def _known(figures: Iterable[tuple[str, FigureView]], *measures: str) -> str:
    """What is known of measures, in brackets behind a criterion; empty where nothing is."""
    told = [
        _("{incident} {value} · {source}")
        .format(incident=title, value=_value(one, measures), source=one.source)
        .strip()
        for title, one in figures
        if one.measure in measures
    ]
    return _("  (known: {values})").format(values=_("; ").join(told)) if told else ""


def _value(figure: FigureView, measures: Sequence[str]) -> str:
    """The value, with what was measured where several measures are asked about."""
    if len(measures) == 1:
        return figure.words
    return _("{measure}: {value}").format(measure=figure.title, value=figure.words)


# duties, matrix, people


def _duties(view: ProcedureView) -> list[Block]:
    mine = {role.card.role for role in view.roles}
    rows = sorted(view.duties, key=lambda duty: not mine & set(duty.roles))
    return [_duty(duty, mine=bool(mine & set(duty.roles))) for duty in rows]


def _duty(duty: DutyRow, *, mine: bool) -> Block:
    title = _("{title} (yours)").format(title=duty.title) if mine else duty.title
    return block(
        title,
        said(_("Owed by"), duty.owed_by),
        said(_("Begins with"), duty.begins),
        said(_("Only if"), duty.only_if),
        said(_("Ends with"), duty.ends),
        said(_("Falls away with"), duty.dropped),
        said(_("Time allowed"), _("{times} [{mark}]").format(times=_times(duty.times), mark=duty.time_mark)),
        said(_("If late, told to"), _("; ").join(duty.late)),
        note=duty.mark,
    )


def _times(times: Sequence[TimeRow]) -> str:
    """The times with their levels, those without a limit left out."""
    told = [_("{level}: {length}").format(level=one.name, length=one.words) for one in times if one.limit is not None]
    return _(" · ").join(told) or _("no limit")


def _matrix(view: ProcedureView) -> list[Block]:
    hours: list[Block] = []
    if view.working_hours:
        hours.append([Row(view.working_hours, head=_("Working hours: "), head_style="dim")])
    mine = {role.card.role for role in view.roles}
    return hours + [
        block(
            _("{title} (to you)").format(title=row.title) if mine & set(row.roles) else row.title,
            said(_("When"), _("; ").join(words for words in (row.when, row.hours) if words)),
            said(_("To whom"), row.to),
            said(_("How"), _channels(row)),
            note=row.mark,
        )
        for row in view.escalations
    ]


def _channels(row: EscalationRow) -> str:
    if row.channel == row.out_of_hours:
        return row.channel
    return _("{channel}; out of working hours: {other}").format(channel=row.channel or "–", other=row.out_of_hours)


def _escalated(row: EscalationRow) -> str:
    when = _("; ").join(words for words in (row.when, row.hours) if words)
    channels = _channels(row)
    return _("{when} – by {channel}").format(when=when, channel=channels) if channels else when


def _who(view: ProcedureView) -> list[Block]:
    return [
        block(
            _("{name} (you)").format(name=person.name) if person.mine else person.name,
            Row(_(", ").join(person.role_names), indent=2),
            Row(person.desk, "dim", indent=2) if person.desk else None,
            Row(person.reach, "accent", indent=2) if person.reach else None,
        )
        for person in view.people
    ]


# clauses and law


def _clauses(view: ProcedureView) -> list[Block]:
    blocks: list[Block] = []
    source = ""
    for clause in view.clauses:
        rows: list[Row | None] = []
        if clause.source != source:
            source = clause.source
            blocks.append([Row(source, "heading")])
        rows = [said(_("Rests on it"), _("; ").join(clause.rules)), said(_("Why no rule follows"), clause.context)]
        blocks.append([Row(clause.says, head=f"{clause.clause}  "), *(row for row in rows if row is not None)])
    if view.without_clause:
        loose = [
            listed(_("{title} [{mark}]").format(title=title, mark=mark or _("assumption")))
            for title, mark in view.without_clause
        ]
        blocks.append([Row(_("Rules that rest on no clause"), "heading"), *loose])
    return blocks


def _law(view: ProcedureView) -> list[Block]:
    blocks: list[Block] = [[Row(view.deadlines_rest_on)]]
    for deadline in view.deadlines:
        row = deadline.row
        limit = row.limit
        if row.counted_from:
            limit = _("{limit}, counted from {anchor}").format(limit=limit, anchor=row.counted_from)
        blocks.append(
            block(
                row.title,
                said(_("Stands"), _("; ").join(deadline.stands)),
                said(_("Time allowed"), limit),
                said(_("To whom"), row.to),
                said(_("Owed by"), row.owed_by),
                said(_("Begins with"), row.trigger),
                said(_("Started here by"), row.starts_with),
                said(_("Only after"), row.after),
                said(_("Only if"), row.only_if),
                said(_("Source"), row.source if row.binding else _("{source} (guidance)").format(source=row.source)),
                note=row.jurisdiction,
            )
        )
    return blocks


_SECTIONS: Final[tuple[Callable[[ProcedureView], list[Block]], ...]] = (
    _story,
    _role,
    _criteria,
    _duties,
    _matrix,
    _who,
    _clauses,
    _law,
)
