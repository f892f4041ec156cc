"""The procedure for one seat: the rules as they are told everywhere, beside what reached whoever sits there."""

from collections.abc import Sequence
from typing import Final

from incidentsim.definitions.clocks.read import shipped_packs
from incidentsim.domain.errors import InputError
from incidentsim.domain.scenario import Person
from incidentsim.exercise.regulatory.engine import Situation
from incidentsim.exercise.regulatory.engine import clock_views as clocks_at
from incidentsim.exercise.regulatory.situation import moment_of, offsets_of, scope_of
from incidentsim.exercise.regulatory.views import ClockState, ClockView
from incidentsim.exports.text.clock_table import scope_sentence, state_word
from incidentsim.exports.text.narrative import story_paragraphs
from incidentsim.exports.wording.playbook_words import language_notes
from incidentsim.exports.wording.procedure.clauses import clause_rows, rules_without_clause
from incidentsim.exports.wording.procedure.duties import duty_rows
from incidentsim.exports.wording.procedure.judgements import judgement_rows
from incidentsim.exports.wording.procedure.levels import level_table
from incidentsim.exports.wording.procedure.matrix import escalation_rows
from incidentsim.exports.wording.procedure.roles import role_card
from incidentsim.exports.wording.procedure.statutory import deadline_row
from incidentsim.messages import gettext as _
from incidentsim.session.procedure.view import DeadlineView, MyRole, ProcedureView
from incidentsim.session.reading.figures import incident_figures
from incidentsim.session.reading.people import colleagues, person_rows, working_hours_now
from incidentsim.session.reading.reader import Reader
from incidentsim.session.reading.regulatory import Clocks
from incidentsim.session.seat_view import InboxMessage

_OTHERS: Final = frozenset({ClockState.NOT_APPLICABLE, ClockState.DISABLED, ClockState.NOT_IN_FORCE})
"""States of clocks of which the organisation need not think."""


def procedure_view(reader: Reader, reached: Sequence[InboxMessage], clocks: Clocks) -> ProcedureView:
    """Return the procedure with what is known by now to whoever sits there.

    Args:
        reader: the session, told in one language to some people.
        reached: the messages that reached them.
        clocks: the regulatory deadlines of each incident as they stand now.
    """
    playbook, names, language = reader.session.exercise.playbook, reader.names, reader.narrator.language
    deadlines, trouble = _deadlines(reader, clocks)
    return ProcedureView(
        language=language,
        title=_("“{playbook}”, version {version}").format(playbook=names.say(playbook.title), version=playbook.version),
        story=(
            *story_paragraphs(reader.narrator.sight.scenario, language),
            *language_notes(reader.narrator.sight.scenario.title, playbook.title, language),
        ),
        reached=tuple(reached),
        roles=tuple(role for person in reader.people for role in _roles(reader, person)),
        judgements=judgement_rows(playbook, names),
        levels=level_table(playbook, names),
        figures=incident_figures(reader),
        duties=duty_rows(playbook, names),
        escalations=escalation_rows(playbook, names),
        working_hours=working_hours_now(reader),
        people=person_rows(reader),
        clauses=clause_rows(playbook, names),
        without_clause=rules_without_clause(playbook, names),
        deadlines=deadlines,
        deadlines_rest_on=trouble or scope_sentence(reader.narrator.account, shipped_packs()),
    )


def _roles(reader: Reader, person: Person) -> list[MyRole]:
    playbook, roster, names = reader.session.exercise.playbook, reader.session.exercise.roster, reader.names
    return [
        MyRole(
            person=person.pseudonym,
            person_name=names.person(person.pseudonym),
            card=role_card(playbook, role, names),
            others=tuple(names.person(holder.pseudonym) for holder in roster.holders_of(role) if holder is not person),
            deputies=tuple(colleagues(reader, deputy) for deputy in playbook.roles[role].deputies),
            stands_in_for=tuple(
                colleagues(reader, other.id) for other in playbook.roles.values() if role in other.deputies
            ),
        )
        for role in roster.roles_of(person)
    ]


def _deadlines(reader: Reader, clocks: Clocks) -> tuple[tuple[DeadlineView, ...], str]:
    """Those that may concern the organisation, before anything has happened too, and why they cannot be reckoned."""
    scenario = reader.narrator.account.scenario
    packs = {pack.id: pack for pack in shipped_packs()}
    blank = Situation(moment_of(scenario.starts, reader.session.now).at)
    scope = scope_of(scenario)
    if scope.jurisdictions is None:
        return (), _("The organisation declares no scope, so no regulatory deadline can be calculated.")
    try:
        views = clocks_at(packs.values(), scope, blank, offsets_of(scenario))
    except InputError as error:  # a time zone or holiday calendar that does not exist
        return (), str(error)
    playbook, names = reader.session.exercise.playbook, reader.names
    told = (
        DeadlineView(
            row=deadline_row(playbook, packs[view.pack], view.clock, names),
            stands=tuple(_stands(reader, incident, known, view.clock.id) for incident, known in clocks.items()),
        )
        for view in views
        if view.state not in _OTHERS
    )
    return tuple(told), ""


def _stands(reader: Reader, incident: str, views: Sequence[ClockView], clock: str) -> str:
    state = next((view.state for view in views if view.clock.id == clock), ClockState.NOT_APPLICABLE)
    return _("{incident}: {title}").format(incident=reader.names.incident(incident), title=state_word(state))
