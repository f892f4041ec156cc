"""The words of injects for a facilitator: which part of the story, when it comes, what it shows and should prompt."""

from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Inject, Scenario, Shown
from incidentsim.exports.wording.conditions import pattern_words
from incidentsim.exports.wording.evidence import flag_said, measure_words
from incidentsim.exports.wording.local_time import LocalClock, duration_words
from incidentsim.exports.wording.measures import measure_value
from incidentsim.exports.wording.names import Names
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


def shown_words(shown: Shown, playbook: Playbook, names: Names) -> str:
    """Return the words for what a piece of evidence tells: a flag, or a measure and its value."""
    if shown.kind == "flag":
        return flag_said(shown.name, holds=bool(shown.value))
    return measure_words(playbook, names, shown.name, shown.value)


def claim_words(shown: Shown, inject: Inject, scenario: Scenario, playbook: Playbook, names: Names) -> str:
    """Return what an inject claims, and whether the ground truth bears it out where that is known.

    What stands in a message is its sender's claim, never a fact of this list.
    """
    told = shown_words(shown, playbook, names)
    truth = _true_value(shown, inject, scenario)
    if truth is None:
        return told
    if truth == shown.value:
        return _("{claim} – true").format(claim=told)
    if shown.kind == "flag":
        return _("{claim} – not true").format(claim=told)
    return _("{claim} – in truth {value}").format(claim=told, value=measure_value(playbook, shown.name, truth))


def _true_value(shown: Shown, inject: Inject, scenario: Scenario) -> int | None:
    """The value in the ground truth; `None` where it says nothing or it is not clear of which incident."""
    name = inject.incident if inject.incident is not None else next(iter(scenario.incidents), None)
    if name is None or (inject.incident is None and len(scenario.incidents) > 1):
        return None
    truth = scenario.incidents[name].truth
    if shown.kind == "measure":
        return truth.why.get(shown.name)
    if shown.name == "incident":
        return int(truth.incident)
    flag = truth.flags.get(shown.name)
    return None if flag is None else int(flag)


def share_words(plays: int, total: int) -> str:
    """Return in how many of all plays by bots an inject came."""
    if not plays:
        return _("in none of {total} plays by bots").format(total=total)
    if plays == total:
        return _("in each of {total} plays by bots").format(total=total)
    return _("in {plays} of {total} plays by bots").format(plays=plays, total=total)


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
