"""What can be done and what is owed: steps open and closed, what nobody may do, open duties."""

from incidentsim.exports.wording.refusals import reason_kind_words
from incidentsim.session.reading.reader import Reader, step_id
from incidentsim.session.seat_view import ActionKey, AvailableAction, ForbiddenAct, OpenDutyView, RefusalView
from incidentsim.session.views import OfferedAction, duties, offers


def available_actions(reader: Reader, incident: str | None) -> tuple[AvailableAction, ...]:
    """The steps that whoever sits there might take on an incident, open ones first."""
    if incident is None or reader.session.ended:
        return ()
    return tuple(_action(reader, offer) for offer in offers(reader.session, incident, reader.people))


def _action(reader: Reader, offer: OfferedAction) -> AvailableAction:
    step, names = offer.step, reader.names
    name = step_id(reader.session.exercise.playbook, step)
    refusal = None
    if offer.refusal is not None:
        refusal = RefusalView(offer.refusal.why, reason_kind_words(offer.refusal.why))
    return AvailableAction(
        key=ActionKey(offer.incident, step.do, offer.person.pseudonym, offer.role, name),
        title=names.step(step.do),
        person_name=names.person(offer.person.pseudonym),
        mark=names.mark(step.rule, step.basis.clause),
        takes=step.takes,
        refusal=refusal,
    )


def forbidden_acts(reader: Reader, incident: str | None) -> tuple[ForbiddenAct, ...]:
    """Return the acts that are forbidden to everybody, as the first person at the keyboard could try them.

    It is empty where there is no incident, nobody sits there, or the exercise is over.
    """
    if incident is None or not reader.people or reader.session.ended:
        return ()
    person, names = reader.people[0], reader.names
    return tuple(
        ForbiddenAct(
            ActionKey(incident, do, person.pseudonym, reader.session.exercise.roster.roles_of(person)[0]),
            names.step(do),
            names.mark(act.rule, act.basis.clause),
        )
        for do, act in reader.session.exercise.playbook.forbidden.items()
    )


def open_duties(reader: Reader) -> tuple[OpenDutyView, ...]:
    """The open duties of incidents that they know of, those due first at the top."""
    names, narrator = reader.names, reader.narrator
    return tuple(
        OpenDutyView(
            number=owed.number,
            duty=owed.duty,
            title=names.duty(owed.duty),
            incident=owed.incident,
            opened=owed.opened,
            due=owed.due,
            until="" if owed.due is None else narrator.until(owed.due),
            late=owed.late,
            mine=owed.mine,
            ends=tuple(names.step(do) for do in owed.settled_by),
        )
        for owed in duties(reader.session)
        if owed.incident in reader.incidents
    )
