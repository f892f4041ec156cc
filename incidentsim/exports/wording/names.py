"""What the ids in a record are called: people, roles, steps, states, duties and the values of fields.

An id that the playbook or scenario does not know (a record told with another playbook) is shown as it is.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from incidentsim.domain.actions import judgement, measurement
from incidentsim.domain.attachments import AttachedFile
from incidentsim.domain.facts import CommittedText, ContentValue, Fact, Refused, StepTaken, sender_of
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import Field, Playbook, Step
from incidentsim.domain.scenario import Person, Scenario, Truth
from incidentsim.domain.text import FreeText, Language, Text
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.domain.basis import Basis
    from incidentsim.domain.clocks import ClockPack


def _packs() -> "tuple[ClockPack, ...]":
    from incidentsim.definitions.clocks.read import shipped_packs  # read only where a record speaks of clocks

    return shipped_packs()


class Names:
    """Titles by id, in one language."""

    def __init__(self, playbook: Playbook, scenario: Scenario, language: Language) -> None:
        self.language: Language = language
        self._playbook = playbook
        self._scenario = scenario
        self._people = {person.pseudonym: person for person in scenario.people.values()}
        self._injects = {inject.id: inject for inject in scenario.injects}
        self._steps = {step.do: step for track in playbook.tracks.values() for step in track.steps}
        self._rules: dict[str, Basis] = {step.rule: step.basis for step in self._steps.values()}
        self._rules |= {rule.rule: rule.basis for rule in playbook.escalations}
        self._rules |= {duty.rule: duty.basis for duty in playbook.duties.values()}
        self._rules |= {act.rule: act.basis for act in playbook.forbidden.values()}

        self._rules |= {rule.rule: rule.basis for rule in playbook.anchors.values()}

    def say(self, text: Text | None, instead: str = "") -> str:
        """The text in this language; `instead` where there is none."""
        return instead if text is None else text.say(self.language)

    def person(self, name: str) -> str:
        """A person by pseudonym (or by id, where no pseudonym is like that)."""
        found: Person | None = self._people.get(name) or self._scenario.people.get(name)
        return self.say(found.name) if found is not None else name

    def somebody(self, name: str) -> str:
        """Return the title of a receiver: a role, a body or a person."""
        if name in self._playbook.roles or name in self._playbook.bodies:
            return self.role(name)
        return self.person(name)

    def role(self, name: str) -> str:
        """A role, a body or a channel."""
        return self.say(self._playbook.title_of(name))

    def actor(self, fact: Fact) -> str:
        """Return the actor of a fact with the role, and for whom where a deputy acted; empty where nobody did."""
        actor = sender_of(fact)
        if actor is None:
            return ""
        name, role, own = self.person(actor.person), self.role(actor.role), actor.deputy
        if own is not None:
            return _("{name} ({own}, standing in for: {role})").format(name=name, own=self.role(own), role=role)
        return _("{name} ({role})").format(name=name, role=role)

    def step(self, do: str) -> str:
        """A step, or a forbidden act."""
        if do in self._steps:
            return self.say(self._steps[do].title)
        act = self._playbook.forbidden.get(do)
        return self.say(act.title) if act is not None else do

    def step_at(self, fact: StepTaken | Refused) -> Step | None:
        """The very step that a fact is about: the same trigger may ask for other content from another state."""
        if isinstance(fact, StepTaken) and fact.track in self._playbook.tracks:
            for step in self._playbook.tracks[fact.track].steps:
                if step.do == fact.do and fact.source in step.sources:
                    return step
        return self._steps.get(fact.do)

    def track(self, name: str) -> str:
        """A track."""
        found = self._playbook.tracks.get(name)
        return self.say(found.title) if found is not None else name

    def state(self, track: str, name: str) -> str:
        """A state of a track."""
        found = self._playbook.tracks.get(track)
        state = found.states.get(name) if found is not None else None
        return self.say(state.title) if state is not None else name

    def task(self, name: str) -> str:
        """A critical task of the evaluation."""
        found = self._playbook.tasks.get(name)
        return self.say(found.title) if found is not None else name

    def duty(self, name: str) -> str:
        """A duty."""
        found = self._playbook.duties.get(name)
        return self.say(found.title) if found is not None else name

    def circumstance(self, name: str) -> str:
        """A circumstance."""
        found = self._playbook.circumstances.get(name)
        return self.say(found.title) if found is not None else name

    def level(self, number: int) -> str:
        """A level's name."""
        found = self._playbook.levels.get(number)
        return self.say(found.name) if found is not None else str(number)

    def grade(self, level: int | None) -> str:
        """The name of the level that an incident has; empty where the procedure grades nothing."""
        if level is None:
            return _("not graded") if self._playbook.levels else ""
        return self.level(level)

    def true_level(self, truth: Truth) -> str:
        """The level that an incident ought to have, or that it is none."""
        if truth.level is None:
            return self.grade(None) or _("an incident") if truth.incident else _("no incident")
        return self.level(truth.level)

    def incident(self, name: str) -> str:
        """An incident's title."""
        found = self._scenario.incidents.get(name)
        return self.say(found.title) if found is not None else name

    def inject(self, name: str) -> tuple[str, str]:
        """An inject's heading and the rest of it; the body is the heading where there is no subject."""
        found = self._injects.get(name)
        if found is None:
            return name, ""
        if found.subject is None:
            return self.say(found.body), ""
        return self.say(found.subject), self.say(found.body)

    def attached_files(self, name: str) -> tuple[AttachedFile, ...]:
        """The files that come with an inject."""
        found = self._injects.get(name)
        return () if found is None else tuple(one.say(self.language) for one in found.attachments)

    def inject_sender(self, name: str) -> str:
        """Return who sends an inject: a role, a body, a person, or somebody outside; empty where nothing says so."""
        found = self._injects.get(name)
        if found is None or found.sender is None:
            return ""
        return self.somebody(found.sender) if isinstance(found.sender, str) else self.say(found.sender)

    def inject_receivers(self, name: str) -> tuple[str, ...]:
        """The roles, bodies and persons that an inject is meant for."""
        found = self._injects.get(name)
        return found.to if found is not None else ()

    def escalation(self, rule: str) -> str:
        """Return the title of an escalation rule; the bare rule where it has no title."""
        found = next((one for one in self._playbook.escalations if one.rule == rule), None)
        return self.say(found.title) if found is not None else rule

    def field(self, name: str) -> str:
        """Return the title of a field of a step; its bare name where no step has it."""
        for step in self._steps.values():
            for wanted in step.fields:
                if wanted.name == name:
                    return self.say(wanted.title)
        return name

    def value(self, wanted: Field | None, value: ContentValue) -> str:
        """One value of an action's content, as people say it."""
        if isinstance(value, FreeText | CommittedText):
            return value.say(self.language)
        if isinstance(value, tuple):
            return self.listed(self.value(wanted, one) for one in value)
        return self._choice(None, str(value)) if wanted is None else self._single(wanted, value)

    def _single(self, wanted: Field, value: str | int) -> str:
        match wanted.kind:
            case FieldKind.CLOCK:
                return self.clock(str(value))
            case FieldKind.STATUTORY_LEVEL:
                return self.judgement(*judgement(str(value)))
            case FieldKind.CLOCK_MEASURES:
                measured = measurement(str(value))
                return str(value) if measured is None else self.clock_measure(*measured)
            case FieldKind.PERSON:
                return self.person(str(value))
            case FieldKind.LEVEL:
                return self.level(value) if isinstance(value, int) else self._choice(wanted, str(value))
            case FieldKind.TEXT | FieldKind.CHOICE | FieldKind.CHOICES | FieldKind.ROLE:
                return self._choice(wanted, str(value))

    def clock(self, name: str) -> str:
        """A regulatory deadline, by what has to be filed."""
        found = next((pack.clocks[name] for pack in _packs() if name in pack.clocks), None)
        return self.say(found.title) if found is not None else name

    def judgement(self, scale: str, level: str | None) -> str:
        """A level of a statutory scale, or that none of them is reached."""
        found = next((pack.scales[scale] for pack in _packs() if scale in pack.scales), None)
        if found is None:
            return f"{scale}: {level}"
        reached = found.levels.get(level or "")
        said = self.say(reached.title) if reached is not None else level or _("none of its levels")
        return _("{scale}: {level}").format(scale=self.say(found.title), level=said)

    def clock_measure(self, name: str, value: int) -> str:
        """A value of a measure that regulatory deadlines ask about."""
        measure = next((pack.measures[name] for pack in _packs() if name in pack.measures), None)
        if measure is None:
            return f"{name}: {value}"
        said = str(value)
        if measure.unit == "flag":
            said = _("yes") if value else _("no")
        elif measure.unit == "duration":
            said = duration_words(value)
        elif measure.unit == "percent":
            said = f"{value}%"
        return _("{measure}: {value}").format(measure=self.say(measure.title), value=said)

    def _choice(self, wanted: Field | None, item: str) -> str:
        playbook = self._playbook
        vocabulary = playbook.vocabularies.get(wanted.vocabulary or "") if wanted is not None else None
        if vocabulary is not None:
            return self.say(vocabulary.items.get(item), item)
        if item in playbook.measures:
            return self.say(playbook.measures[item].title)
        return self.role(item)

    def mark(self, rule: str, clause: str | None) -> str:
        """Return the basis of a rule, as short as it goes: clauses, an article, or that it is our assumption."""
        basis = self._rules.get(rule)
        if basis is not None and basis.kind == "regulation":
            return _("{instrument}, {article}").format(
                instrument=self.say(basis.instrument), article=self.say(basis.article)
            )
        clauses = basis.clauses if basis is not None else (clause,) if clause else ()
        assumed = (_("assumption"),) if basis is not None and basis.kind == "assumption" else ()
        return self.listed([*clauses, *assumed])

    def basis(self, rule: str, clause: str | None) -> str:
        """Return the basis of a rule in words: clauses, an article, or our assumption (and on what occasion)."""
        basis = self._rules.get(rule)
        if basis is not None and basis.kind == "regulation":
            return self.mark(rule, clause)
        clauses = self.listed(basis.clauses if basis is not None else [clause] if clause else [])
        if basis is not None and basis.kind == "assumption":
            if clauses:
                return _("assumption of this playbook, on the occasion of clause {clauses}").format(clauses=clauses)
            return _("assumption of this playbook")
        return _("clause {clauses}").format(clauses=clauses) if clauses else ""

    def listed(self, items: Iterable[str]) -> str:
        """Several things one after the other."""
        return _(", ").join(items)
