"""The tracks of a playbook: their states and steps, and those that notices bring along."""

from dataclasses import dataclass, replace

from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.definitions.formats.owing import NoticeShape
from incidentsim.definitions.formats.playbook import StepShape, TrackEntryShape
from incidentsim.definitions.formats.values import text
from incidentsim.definitions.names.names import NOTICE_STATES, SAME, as_tuple
from incidentsim.definitions.playbook.meaning import meanings
from incidentsim.definitions.playbook.telling import telling, told_of_notice
from incidentsim.definitions.rules.conditions import Checker
from incidentsim.definitions.rules.rules import RuleChecker
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.conditions import Pattern
from incidentsim.domain.facts import FactKind
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.meanings import StepMeaning
from incidentsim.domain.playbook import ANYONE, Field, State, Step, Track
from incidentsim.domain.text import Text
from incidentsim.messages import gettext as _


@dataclass(frozen=True, slots=True)
class PlacedTrack:
    """A track and where its parts stand in the file.

    Attributes:
        steps: where each of its steps stands.
        sound: whether every state that a step names exists, so that ways can be followed.
        made: whether a notice brought it along, so that its form is ours.
    """

    track: Track
    path: Path
    steps: tuple[Path, ...]
    sound: bool
    made: bool = False


def tracks(checker: RuleChecker) -> list[PlacedTrack]:
    """All tracks, in the order of the file, those of the notices last."""
    found = [_track(checker, name, shape) for name, shape in checker.shape.tracks.items()]
    for name, notice in checker.shape.notices.items():
        own = f"notice_{name}"
        if own in checker.shape.tracks:
            message = _("The track {track} has the name of this notice's own track.")
            checker.findings.add(("notices", name), message.format(track=own), key=True)
        found.append(_notice_track(checker, name, notice))
    return found


def _track(checker: RuleChecker, name: str, shape: TrackEntryShape) -> PlacedTrack:
    path: Path = ("tracks", name)
    states = {}
    for state, written in shape.states.items():
        at = (*path, "states", state)
        if state == SAME:
            checker.findings.add(
                at, _("The word same means the state a step starts from; choose another id."), key=True
            )
        if written.phase is not None:
            checker.known((*at, "phase"), _("phase"), written.phase, checker.shape.phases)
        states[state] = State(state, text(written.title), written.phase, written.final)
    steps = []
    sound = True
    for index, step in enumerate(shape.steps):
        at = (*path, "steps", index)
        sound = _ways_exist(checker, name, step, at) and sound
        steps.append(_step(checker, name, step, at))
    track = Track(name, text(shape.title), next(iter(states)), states, tuple(steps), shape.main)
    return PlacedTrack(track, path, tuple((*path, "steps", index) for index in range(len(steps))), sound)


def _ways_exist(checker: Checker, track: str, step: StepShape, path: Path) -> bool:
    sources = as_tuple(step.from_)
    several = isinstance(step.from_, list)
    if several:
        checker.once((*path, "from"), sources)
    known = [
        checker.state((*path, "from", index) if several else (*path, "from"), track, source)
        for index, source in enumerate(sources)
    ]
    if step.to != SAME:
        known.append(checker.state((*path, "to"), track, step.to))
    return all(known)


def _step(checker: RuleChecker, track: str, step: StepShape, path: Path) -> Step:
    fields = checker.fields(step, path)
    on = checker.patterns(step.when_fact, (*path, "when_fact"))
    automatic = not step.by
    if automatic:
        _check_automatic(checker, step, path)
    elif step.when_fact is not None or step.when is not None:
        message = _("A step is taken by somebody, or it is triggered (when_fact, when); this one says both.")
        checker.findings.add((*path, "by"), message, key=True)
    return Step(
        do=step.do,
        title=text(step.title),
        track=track,
        sources=as_tuple(step.from_),
        target=None if step.to == SAME else step.to,
        basis=checker.basis(step, path),
        by=checker.names.roles_behind(step.by),
        by_named=_actors(checker, step.by, (*path, "by")),
        fields=fields,
        needs=checker.condition(step.needs, (*path, "needs")),
        not_by_author_of=_authors(checker, step, (*path, "not_by_author_of")),
        takes=parse_duration(step.takes) if step.takes is not None else 0,
        on=on,
        when=checker.condition(step.when, (*path, "when")),
        automatic=automatic,
        sets_level=_level_field(checker, fields, path),
        fits=dict(step.fits),
        detour=step.detour,
        tells=telling(checker, step, fields, path),
        means=meanings(checker, step.means, step.do, path, StepMeaning),
    )


def _check_automatic(checker: Checker, step: StepShape, path: Path) -> None:
    if step.when_fact is None and step.when is None:
        message = _("Nobody takes this step: say by whom (by), or what triggers it (when_fact, when).")
        checker.findings.add((*path, "do"), message)
        return
    for key, given in (
        ("requires", step.requires),
        ("may", step.may),
        ("needs", step.needs),
        ("not_by_author_of", step.not_by_author_of),
        ("tells", step.tells),
    ):
        if given:
            message = _("A step that is triggered automatically has no {key}; conditions stand under when.")
            checker.findings.add((*path, key), message.format(key=key), key=True)


def _actors(checker: Checker, names: list[str], path: Path) -> tuple[str, ...]:
    """Who takes a step, as written; `anyone` is allowed here."""
    checker.once(path, names)
    parties = (*checker.names.parties, ANYONE)
    for index, name in enumerate(names):
        checker.known((*path, index), _("role or body"), name, parties)
    return tuple(names)


def _authors(checker: Checker, step: StepShape, path: Path) -> tuple[str, ...]:
    names = as_tuple(step.not_by_author_of)
    several = isinstance(step.not_by_author_of, list)
    for index, name in enumerate(names):
        at = (*path, index) if several else path
        known = checker.known(at, _("step"), name, checker.names.steps)
        if known and all(other.automatic for other in checker.names.steps[name]):
            checker.findings.add(at, _("{do} is triggered automatically, so it has no author.").format(do=name))
    return names


def _level_field(checker: Checker, fields: tuple[Field, ...], path: Path) -> str | None:
    levels = [field for field in fields if field.kind is FieldKind.LEVEL]
    if len(levels) > 1 and levels[0].name != levels[1].name:
        under = "requires" if levels[1].required else "may"
        message = _("A step sets one level; {first} does so already.").format(first=levels[0].name)
        checker.findings.add((*path, under, levels[1].name), message, key=True)
    return levels[0].name if levels else None


def _notice_track(checker: RuleChecker, name: str, notice: NoticeShape) -> PlacedTrack:
    """The track, the steps and the names of a notice, as design says: not due, due, done, overdue."""
    path: Path = ("notices", name)
    own = f"notice_{name}"
    not_due, due, done, overdue = NOTICE_STATES
    titles = _notice_titles(checker)
    title, basis = text(notice.title), checker.duty_bases(notice, path)[0]
    states = {state: State(state, titles[state], final=state in (not_due, done)) for state in NOTICE_STATES}
    fields = checker.fields(notice, path)
    if any(field.kind is FieldKind.LEVEL for field in fields):
        checker.findings.add(path, _("A notice sets no level."), key=True)
    tells = checker.parties((*path, "to"), notice.to)
    notify = Step(
        do=f"notify_{name}",
        title=title,
        track=own,
        sources=(due, overdue),
        target=done,
        basis=basis,
        by=checker.names.roles_behind(notice.by),
        by_named=_actors(checker, notice.by, (*path, "by")),
        fields=fields,
        takes=parse_duration(notice.takes) if notice.takes is not None else 0,
        tells=told_of_notice(fields, tells, basis),
        means=meanings(checker, notice.means, f"notify_{name}", path, StepMeaning),
    )
    steps = (
        Step(
            do=f"fall_due_{name}",
            title=_joined(title, titles[due]),
            track=own,
            sources=(not_due,),
            target=due,
            basis=basis,
            when=checker.condition(notice.due, (*path, "due")),
            automatic=True,
        ),
        notify,
        replace(notify, sources=(not_due,), detour=True),  # nobody has to tell before it is due, but anybody may
        Step(
            do=f"lapse_{name}",
            title=_joined(title, titles[overdue]),
            track=own,
            sources=(due,),
            target=overdue,
            basis=basis,
            on=(Pattern(FactKind.DUTY_BREACHED, duty=f"notify_{name}"),),
            automatic=True,
        ),
    )
    track = Track(own, title, not_due, states, steps, tells=tells)
    return PlacedTrack(track, path, (path, path, path, path), sound=True, made=True)


def _notice_titles(checker: RuleChecker) -> dict[str, Text]:
    shape = checker.shape.notice_states
    if shape is None:  # only where there are no notices
        return {}
    return {state: text(getattr(shape, state)) for state in NOTICE_STATES}


def _joined(title: Text, state: Text) -> Text:
    return Text(f"{title.en}: {state.en}", f"{title.zh}：{state.zh}")
