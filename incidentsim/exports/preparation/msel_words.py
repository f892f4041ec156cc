"""The words of injects for a facilitator: which part of the story, when it comes, what it shows and should prompt."""

from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts import FactKind
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Inject, Scenario, Shown
from incidentsim.exports.wording.local_time import LocalClock, duration_words
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.refusals import reason_kind_words
from incidentsim.messages import gettext as _


def part_words(part: str | None) -> str:
    """Return the word for the part of the story that an inject tells; empty where it names none."""
    words = {
        "cause": _("cause"),
        "spread": _("spread"),
        "symptom": _("symptom"),
        "notice": _("somebody notices"),
        "worse": _("it gets worse"),
        "resolve": _("way to a solution"),
        "truth": _("the truth comes out"),
        "red_herring": _("red herring"),
        "noise": _("noise"),
        "contradiction": _("contradictory report"),
        "late_evidence": _("late evidence"),
    }
    return words.get(part, part) if part is not None else ""


def moment_words(at: int, clock: LocalClock) -> str:
    """A time on the scenario's clock, with the date."""
    day = clock.day(at)
    return f"{day.isoformat()} {clock.time(at)}" if day is not None else clock.time(at)


def offset_words(at: int, clock: LocalClock) -> str:
    """A time from the start, as exercises write it: T+0:15."""
    return "T" + clock.elapsed(at)


def condition_words(inject: Inject, names: Names) -> str:
    """Return the condition on which an inject comes, in words; empty where it comes in any case."""
    if inject.unless is not None:
        return _("only if this has not happened by then: {what}").format(what=pattern_words(inject.unless, names))
    if inject.on is not None:
        what = pattern_words(inject.on, names)
        if inject.after:
            return _("{time} after: {what}").format(time=duration_words(inject.after), what=what)
        return _("as soon as: {what}").format(what=what)
    return ""


def pattern_words(pattern: Pattern, names: Names) -> str:
    """A kind of fact, as a phrase."""
    words = _fact_words(pattern, names)
    if pattern.by is not None:
        words = _("{what}, by {role}").format(what=words, role=names.somebody(pattern.by))
    if pattern.incident is not None:
        words = _("{what} ({incident})").format(what=words, incident=names.incident(pattern.incident))
    return words


def _fact_words(pattern: Pattern, names: Names) -> str:  # noqa: PLR0911 - one phrase a kind of fact
    match pattern.kind:
        case FactKind.STEP_TAKEN if pattern.do is not None:
            return _("“{step}” done").format(step=names.step(pattern.do))
        case FactKind.STEP_TAKEN if pattern.track is not None and pattern.state is not None:
            state = names.state(pattern.track, pattern.state)
            return _("{track}: {states}").format(track=names.track(pattern.track), states=state)
        case FactKind.REFUSED if pattern.do is not None:
            return _("“{step}” tried and refused").format(step=names.step(pattern.do))
        case FactKind.REFUSED:
            return _("something refused – {why}").format(
                why=reason_kind_words(pattern.why) if pattern.why is not None else "–"
            )
        case FactKind.DUTY_BREACHED if pattern.duty is not None:
            return _("“{duty}” overdue").format(duty=names.duty(pattern.duty))
        case FactKind.DUTY_SETTLED if pattern.duty is not None:
            return _("“{duty}” done").format(duty=names.duty(pattern.duty))
        case FactKind.DUTY_OPENED if pattern.duty is not None:
            return _("“{duty}” owed").format(duty=names.duty(pattern.duty))
        case FactKind.ESCALATED if pattern.to is not None:
            return _("{receivers} told").format(receivers=names.somebody(pattern.to))
        case FactKind.LEVEL_SET if pattern.level is not None:
            return _("graded {level}").format(level=names.level(pattern.level))
        case FactKind.CIRCUMSTANCE_AROSE if pattern.circumstance is not None:
            return _("brought to light: {circumstance}").format(circumstance=names.circumstance(pattern.circumstance))
        case FactKind.INJECT_DELIVERED if pattern.inject is not None:
            return _("“{heading}” delivered").format(heading=names.inject(pattern.inject)[0])
        case kind:
            parts = (f"{name} {value}" for name, value in pattern.parts().items() if name not in {"kind", "by"})
            return _("on record: {fact}").format(fact=" ".join([kind, *parts]))


def flag_words(name: str) -> str:
    """A yes or no of the ground truth; one that only its playbook knows goes by its name there."""
    words = {
        "incident": _("it is an incident"),
        "unlawful": _("it is unlawful"),
        "crime": _("it is a crime"),
        "at_fault": _("somebody of the house is at fault"),
    }
    return words.get(name, name)


def measure_value(playbook: Playbook, measure: str, value: int) -> str:
    """A measured value in its unit."""
    match playbook.measures[measure].unit if measure in playbook.measures else "count":
        case "flag":
            return _("yes") if value else _("no")
        case "duration":
            return duration_words(value)
        case "percent":
            return f"{value}%"
        case _other:
            return f"{value:,}"


def shown_words(shown: Shown, playbook: Playbook, names: Names) -> str:
    """Return the words for what a piece of evidence tells: a measure or a flag, and its value."""
    if shown.kind == "flag":
        return _("{measure}: {value}").format(
            measure=flag_words(shown.name), value=_("yes") if shown.value else _("no")
        )
    title = names.say(playbook.measures[shown.name].title) if shown.name in playbook.measures else shown.name
    return _("{measure}: {value}").format(measure=title, value=measure_value(playbook, shown.name, shown.value))


def receiver_words(inject: Inject, scenario: Scenario, playbook: Playbook, names: Names) -> str:
    """Return the receivers of an inject: roles and bodies with whoever stands for them, persons with their roles."""
    return names.listed(_receiver(name, scenario, playbook, names) for name in inject.to)


def _receiver(name: str, scenario: Scenario, playbook: Playbook, names: Names) -> str:
    if name in playbook.roles or name in playbook.bodies:
        roles = set(playbook.roles_of(name))
        people = [names.say(one.name) for one in scenario.people.values() if roles & set(one.roles)]
        found = _("{role} ({names})").format(role=names.role(name), names=names.listed(people))
        return found if people else names.role(name)
    person = scenario.person_by_pseudonym(name)
    roles_held = names.listed(names.role(role) for role in person.roles)
    return _("{name} ({role})").format(name=names.say(person.name), role=roles_held)
