"""Who is who, and whether they can be reached: only as far as those who ask can know it."""

from incidentsim.domain.facts import Escalated, Fact, StepTaken
from incidentsim.domain.scenario import Person
from incidentsim.exercise.kernel.sim_time import in_working_hours
from incidentsim.exports.wording.procedure.matrix import working_hours_words
from incidentsim.messages import gettext as _
from incidentsim.session.procedure.view import Colleagues, PersonRow
from incidentsim.session.reading.reader import Reader


def person_rows(reader: Reader) -> tuple[PersonRow, ...]:
    """Everybody of the exercise, in the order of the scenario."""
    roster, names, seen = reader.session.exercise.roster, reader.names, _seen(reader)
    mine = set(reader.pseudonyms)
    return tuple(
        PersonRow(
            person=person.pseudonym,
            name=names.person(person.pseudonym),
            roles=roster.roles_of(person),
            role_names=tuple(map(names.role, roster.roles_of(person))),
            desk=names.say(person.desk),
            mine=person.pseudonym in mine,
            reach=_here(reader, person) if person.pseudonym in mine else seen.get(person.pseudonym, ""),
        )
        for person in roster.people.values()
    )


def colleagues(reader: Reader, role: str) -> Colleagues:
    """The people who hold a role now."""
    names = reader.names
    holders = reader.session.exercise.roster.holders_of(role)
    return Colleagues(names.role(role), tuple(names.person(person.pseudonym) for person in holders))


def working_hours_now(reader: Reader) -> str:
    """The hours of work, and whether it is such an hour now; empty where the playbook knows none."""
    exercise, now = reader.session.exercise, reader.session.now
    hours = exercise.playbook.working_hours
    if hours is None:
        return ""
    at_work = in_working_hours(hours, now, exercise.scenario.kept_time)
    now_words = _("now: in working hours") if at_work else _("now: out of working hours")
    return _("{hours} ({now})").format(hours=working_hours_words(exercise.playbook), now=now_words)


def _here(reader: Reader, person: Person) -> str:
    """Whether somebody whom one plays is there, and else until when they are not."""
    roster, now = reader.session.exercise.roster, reader.session.now
    if not roster.away(person, now):
        return _("there now")
    back = roster.back(person, now)
    if back is None:
        return _("away")
    return _("away until {time}").format(time=reader.narrator.until(back))


def _seen(reader: Reader) -> dict[str, str]:
    """What the log told last of where somebody was, by pseudonym."""
    seen: dict[str, str] = {}
    for number, fact in enumerate(reader.facts):
        if number not in reader.undone:
            seen.update(_seen_in(reader, number, fact))
    return seen


def _seen_in(reader: Reader, number: int, fact: Fact) -> dict[str, str]:
    time = reader.narrator.until(fact.at)
    match fact:
        case StepTaken(by=actor) if actor is not None:
            acted = _("acted at {time} (#{number})").format(time=time, number=number)
            return {actor.person: acted}
        case Escalated():
            reached = _("was told at {time} (#{number})").format(time=time, number=number)
            away = _("was away at {time} (#{number})").format(time=time, number=number)
            return {**dict.fromkeys(fact.persons, reached), **dict.fromkeys(fact.absent, away)}
        case _:
            return {}
