"""What a facilitator sees and may address: the story as planned and as it came, with the truth behind it."""

from incidentsim.exports.wording.attached_files import content_words, file_words
from incidentsim.messages import gettext as _
from incidentsim.session.console_view import InjectFormView, InjectStanding, PlannedInjectView
from incidentsim.session.form_view import Option
from incidentsim.session.reading.inject_plan import PlannedInject, plan
from incidentsim.session.reading.reader import Reader
from incidentsim.session.seat_view import Detail
from incidentsim.session.views import raised


def planned_injects(reader: Reader) -> tuple[PlannedInjectView, ...]:
    """Every inject, in the order of the time that counts for it."""
    return tuple(_planned(reader, planned) for planned in plan(reader.session))


def _planned(reader: Reader, planned: PlannedInject) -> PlannedInjectView:
    names, elapsed = reader.names, reader.narrator.elapsed
    comes = planned.came if planned.came is not None else planned.due
    return PlannedInjectView(
        id=planned.inject.id,
        subject=names.inject(planned.inject.id)[0],
        to=names.listed(names.somebody(name) for name in planned.inject.to),
        standing=planned.standing,
        standing_words=_standing_words()[planned.standing],
        planned=planned.planned,
        planned_elapsed="" if planned.planned is None else elapsed(planned.planned),
        comes=comes,
        comes_elapsed="" if comes is None else elapsed(comes),
        due=planned.due,
    )


def undoable(reader: Reader) -> str | None:
    """Return the sentence of the fact with which the next undo would begin; `None` where nothing has happened yet."""
    last = reader.session.exercise.state.last_step()
    return None if last is None else reader.narrator.sentence(last[0])


def _standing_words() -> dict[InjectStanding, str]:
    """What the standings of injects are called."""
    return {
        "delivered": _("came"),
        "withheld": _("not needed"),
        "skipped": _("left out"),
        "planned": _("to come"),
        "waiting": _("waits for something to happen"),
    }


def spoilers(reader: Reader, inject: str) -> Detail:
    """An inject in full with its hint, and the truth about its incident; nothing where there is no such inject."""
    planned = next((planned for planned in plan(reader.session) if planned.inject.id == inject), None)
    if planned is None:
        return Detail(_("Ground truth"), ())
    names, known = reader.names, planned.inject
    subject, body = names.inject(known.id)
    steps = names.listed(names.step(do) for do in known.expects)
    parts = [(subject, _standing_words()[planned.standing]), ("", body)]
    parts += [(file_words(file), content_words(file)) for file in names.attached_files(known.id)]
    parts += [(_("Should prompt"), steps)] if steps else []
    parts += [(_("Hint"), names.say(known.hint))] if known.hint is not None else []
    scenario = reader.narrator.account.scenario
    truth = scenario.incidents[known.incident].truth if known.incident is not None else None
    if truth is not None:
        incident = scenario.incidents[known.incident or ""]
        parts.append((_("Incident"), names.say(incident.title)))
        parts.append((_("Working title"), names.say(incident.working_title)))
        parts.append((_("What really happened"), names.true_level(truth)))
        parts += [("", names.say(note)) for note in truth.notes]
    return Detail(_("Ground truth"), tuple(part for part in parts if part[1]))


def inject_form(reader: Reader) -> InjectFormView:
    """Return the receivers, channels and incidents that an inject which was not planned can have."""
    names, account = reader.names, reader.narrator.account
    playbook = account.playbook
    return InjectFormView(
        bodies_and_roles=tuple(Option(one, names.role(one)) for one in (*playbook.bodies, *playbook.roles)),
        people=tuple(Option(p.pseudonym, names.person(p.pseudonym)) for p in account.scenario.people.values()),
        channels=tuple(Option(channel, names.role(channel)) for channel in playbook.channels),
        incidents=tuple(Option(incident, names.incident(incident)) for incident in raised(reader.session)),
    )
