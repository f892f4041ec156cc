"""What can be done and what is owed: steps open and closed, what nobody may do, open duties."""

from collections.abc import Mapping, Sequence

from incidentsim.exports.wording.refusals import reason_kind_words
from incidentsim.session.form_view import ActionKey
from incidentsim.session.reading.reader import Reader, step_id
from incidentsim.session.relevance import called_for
from incidentsim.session.seat_view import AvailableAction, ForbiddenAct, OpenDutyView, RefusalView
from incidentsim.session.views import OfferedAction, OwedDuty, duties, offers


def available_actions(reader: Reader, incident: str | None) -> tuple[AvailableAction, ...]:
    """The steps that whoever sits there might take on an incident, open ones first, owed ones first among these."""
    if incident is None or reader.session.ended:
        return ()
    place, owed = places(reader), duties(reader.session, incident)
    known = [_action(reader, offer, place, owed) for offer in offers(reader.session, incident, reader.people)]
    rank = {number: at for at, number in enumerate(duty.number for duty in owed)}
    return tuple(sorted(known, key=lambda action: _order(action, rank)))


def _order(action: AvailableAction, rank: Mapping[int, int]) -> tuple[bool, bool, int]:
    """Open ones first; among these what is owed soonest, then what is called for, then the rest."""
    if not action.open:
        return True, False, 0
    return False, not action.called_for, min((rank[number] for number in action.settles), default=len(rank))


def places(reader: Reader) -> dict[str, int]:
    """Return the place of every step of the procedure, by its trigger: those of the people there come first.

    It follows from playbook and scenario alone, so it stays the same as long as the same people sit there.
    """
    held = {role for person in reader.people for role in person.roles}
    steps = [step for track in reader.session.exercise.playbook.tracks.values() for step in track.steps]
    acts = sorted((step for step in steps if not step.automatic), key=lambda step: held.isdisjoint(step.by))
    return {do: place for place, do in enumerate(dict.fromkeys(step.do for step in acts))}


def _action(
    reader: Reader, offer: OfferedAction, place: Mapping[str, int], owed: Sequence[OwedDuty]
) -> AvailableAction:
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
        place=place[step.do],
        settles=tuple(duty.number for duty in owed if step.do in duty.settled_by),
        called_for=called_for(reader.session.exercise, offer.incident, step),
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
