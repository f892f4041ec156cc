"""The story of a scenario: its incidents with what really happened, and the injects that tell of them."""

from dataclasses import replace

from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.definitions.formats.scenario import BringsShape, InjectShape, ScenarioShape, TruthShape
from incidentsim.definitions.formats.values import measured, text
from incidentsim.definitions.rules.clock_names import ANCHORS
from incidentsim.definitions.rules.conditions import Checker
from incidentsim.definitions.scenario import evidence as scenario_evidence
from incidentsim.definitions.scenario.attachments import AttachedFiles
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import LEVEL, Emergence, Incident, Inject, Truth
from incidentsim.domain.text import Text
from incidentsim.messages import gettext as _


def incidents(checker: Checker, shape: ScenarioShape, playbook: Playbook) -> dict[str, Incident]:
    """The incidents, each of which some inject must raise."""
    raised = {inject.raises for inject in shape.injects}
    read = {}
    for name, written in shape.incidents.items():
        path: Path = ("incidents", name)
        if name not in raised:
            message = _("No inject raises the incident {name}, so nobody would ever notice it.")
            checker.findings.add(path, message.format(name=name), key=True)
        read[name] = Incident(
            name,
            text(written.title),
            _truth(checker, written.truth, (*path, "truth"), playbook),
            text(written.working_title) if written.working_title is not None else None,
        )
    return read


def _truth(checker: Checker, shape: TruthShape, path: Path, playbook: Playbook) -> Truth:
    why: dict[str, int] = {}
    for index, value in enumerate(shape.why):
        at = (*path, "why", index)
        if not checker.known((*at, "measure"), _("measure"), value.measure, playbook.measures):
            continue
        if value.measure in why:
            message = _("{name} stands here twice.").format(name=value.measure)
            checker.findings.add((*at, "measure"), message)
        why[value.measure] = measured(checker.findings, playbook.measures[value.measure].unit, value.is_, (*at, "is"))
    _check_level(checker, shape, path, why, playbook)
    for flag in ("incident", "unlawful"):
        if flag in shape.flags:
            message = _("{flag} stands beside flags, not in it: write it under truth.").format(flag=flag)
            checker.findings.add((*path, "flags", flag), message, key=True)
    concealed_by = None
    if shape.concealed_by is not None and checker.known(
        (*path, "concealed_by"), _("person"), shape.concealed_by, checker.names.people
    ):
        concealed_by = checker.names.people[shape.concealed_by]
    return Truth(
        incident=shape.incident,
        level=shape.level,
        why=why,
        flags={**shape.flags, "incident": shape.incident, "unlawful": shape.unlawful},
        cause=shape.cause,
        scope=text(shape.scope) if shape.scope else None,
        loss=text(shape.loss) if shape.loss else None,
        concealed_by=concealed_by,
        notes=tuple(text(note) for note in shape.notes),
        root_cause=text(shape.root_cause) if shape.root_cause else None,
        late_evidence=_late_evidence(checker, shape, path, playbook),
    )


def _late_evidence(checker: Checker, shape: TruthShape, path: Path, playbook: Playbook) -> tuple[str, ...]:
    """What has to be judged before its evidence comes: the level, or a yes or no that some step asks for."""
    at: Path = (*path, "late_evidence")
    checker.once(at, shape.late_evidence)
    judged = sorted({*playbook.asked} if shape.level is None else {LEVEL, *playbook.asked})
    for index, name in enumerate(shape.late_evidence):
        checker.known((*at, index), _("judgement"), name, judged)
    return tuple(shape.late_evidence)


def _check_level(checker: Checker, shape: TruthShape, path: Path, why: dict[str, int], playbook: Playbook) -> None:
    add = checker.findings.add
    if not shape.incident:
        if shape.level is not None:
            add((*path, "level"), _("What is no incident has no level; leave it out."), key=True)
    elif shape.level is None:
        if playbook.levels:
            add((*path, "level"), _("An incident has a right level; the key level is missing."), key=True)
    elif checker.level((*path, "level"), shape.level) and shape.why:
        judged = playbook.judged_level(why)
        if judged != shape.level:
            message = _("The measured values under why make level {judged} by the playbook, not {level}.")
            judged_text = _("none") if judged is None else str(judged)
            add((*path, "level"), message.format(judged=judged_text, level=shape.level))


def injects(checker: Checker, shape: ScenarioShape, playbook: Playbook, attached: AttachedFiles) -> tuple[Inject, ...]:
    """The injects, in the order of the file."""
    ends = parse_duration(shape.ends)
    seen: set[str] = set()
    read = []
    for index, written in enumerate(shape.injects):
        path: Path = ("injects", index)
        if written.id in seen:
            checker.findings.add(
                (*path, "id"),
                _("There is another inject {name}; give this one an id of its own.").format(name=written.id),
            )
        seen.add(written.id)
        inject = _inject(checker, written, path, playbook, ends)
        read.append(replace(inject, attachments=attached.of(written.attachments, (*path, "attachments"))))
    attached.check_used()
    return scenario_evidence.with_evidence(checker, shape, tuple(read), playbook)


def _inject(checker: Checker, shape: InjectShape, path: Path, playbook: Playbook, ends: int) -> Inject:
    _check_when(checker, shape, path)
    names = checker.names
    everyone = (*names.parties, *names.people)
    checker.once((*path, "to"), shape.to)
    for index, name in enumerate(shape.to):
        checker.known((*path, "to", index), _("role, body or person"), name, everyone)
    checker.known((*path, "channel"), _("channel"), shape.channel, playbook.channels)
    for key in ("incident", "raises"):
        name = getattr(shape, key)
        if name is not None:
            checker.known((*path, key), _("incident"), name, names.incidents)
    if shape.incident is not None and shape.raises is not None and shape.incident != shape.raises:
        message = _("An inject that raises {raises} is about {raises}, not about {incident}.")
        checker.findings.add((*path, "incident"), message.format(raises=shape.raises, incident=shape.incident))
    key = "by" if shape.by is not None else "at"
    written = shape.by if shape.by is not None else shape.at
    at = parse_duration(written) if written is not None else None
    if at is not None and at >= ends:
        checker.findings.add(
            (*path, key), _("By then the exercise is over: put it earlier, or let the exercise last longer (ends).")
        )
    return Inject(
        id=shape.id,
        to=tuple(names.people.get(name, name) for name in shape.to),
        channel=shape.channel,
        body=text(shape.body),
        subject=text(shape.subject) if shape.subject else None,
        at=at,
        on=checker.pattern(shape.when_fact, (*path, "when_fact")) if shape.when_fact else None,
        after=parse_duration(shape.after) if shape.after is not None else 0,
        unless=checker.pattern(shape.unless, (*path, "unless")) if shape.unless else None,
        incident=shape.raises or shape.incident,
        raises=shape.raises is not None,
        brings=_brings(checker, shape, path, playbook),
        anchors=_anchors(checker, shape, path),
        part=shape.part,
        expects=scenario_evidence.expected(checker, shape, path),
        hint=text(shape.hint) if shape.hint else None,
        sender=_sender(checker, shape, path),
    )


def _sender(checker: Checker, shape: InjectShape, path: Path) -> Text | str | None:
    names, written = checker.names, shape.from_
    if not isinstance(written, str):
        return None if written is None else text(written)
    checker.known((*path, "from"), _("role, body or person"), written, (*names.parties, *names.people))
    return names.people.get(written, written)


def _check_when(checker: Checker, shape: InjectShape, path: Path) -> None:
    add = checker.findings.add
    given = [key for key in ("at", "when_fact", "unless") if getattr(shape, key) is not None]
    if not given:
        message = _("Say when this inject comes: at a time, after a fact (when_fact), or unless a fact by a time.")
        add((*path, "id"), message)
    for key in given[1:]:
        message = _("An inject comes in one way; {first} is given already.")
        add((*path, key), message.format(first=given[0]), key=True)
    if shape.unless is not None and shape.by is None:
        add((*path, "unless"), _("Until when is the fact waited for? The key by is missing."), key=True)
    if shape.by is not None and shape.unless is None:
        add((*path, "by"), _("The key by belongs to unless; a time alone is called at."), key=True)
    if shape.after is not None and shape.when_fact is None:
        add((*path, "after"), _("The key after belongs to when_fact; a time alone is called at."), key=True)


def _brings(checker: Checker, shape: InjectShape, path: Path, playbook: Playbook) -> tuple[Emergence, ...]:
    written = shape.brings
    if written is None:
        return ()
    under = (*path, "brings")
    if shape.incident is None and shape.raises is None:
        message = _("What an inject brings is about an incident; say which under incident.")
        checker.findings.add(under, message, key=True)
    emergences = []
    for emergence, at in _placed(written, under):
        if (emergence.circumstance is None) == (emergence.anchor is None):
            message = _("What an inject brings is either a circumstance or an anchor.")
            checker.findings.add(at, message)
        elif emergence.anchor is not None and emergence.person is not None:
            message = _("A person belongs to a circumstance, not to an anchor.")
            checker.findings.add((*at, "person"), message, key=True)
        elif emergence.circumstance is not None:
            emergences.append(_emergence(checker, emergence.circumstance, emergence, at, playbook))
    return tuple(emergences)


def _placed(written: BringsShape | list[BringsShape], under: Path) -> list[tuple[BringsShape, Path]]:
    if isinstance(written, BringsShape):
        return [(written, under)]
    return [(one, (*under, index)) for index, one in enumerate(written)]


def _anchors(checker: Checker, shape: InjectShape, path: Path) -> tuple[str, ...]:
    """The moments for regulatory deadlines that an inject says have come."""
    found = []
    for one, at in _placed(shape.brings or [], (*path, "brings")):
        if one.anchor is not None and checker.known((*at, "anchor"), _("anchor"), one.anchor, ANCHORS):
            found.append(one.anchor)
    return tuple(dict.fromkeys(found))


def _emergence(checker: Checker, circumstance: str, shape: BringsShape, path: Path, playbook: Playbook) -> Emergence:
    checker.known((*path, "circumstance"), _("circumstance"), circumstance, playbook.circumstances)
    person = None
    if shape.person is not None and checker.known((*path, "person"), _("person"), shape.person, checker.names.people):
        person = checker.names.people[shape.person]
    return Emergence(circumstance, person)
