"""What was played, about what, and by whom."""

from collections.abc import Sequence
from datetime import datetime

from incidentsim.domain.facts import DecisionSource, FactKind, PlayerSeated, actor_of
from incidentsim.exercise.kernel.role_holdings import holdings_on_record
from incidentsim.exports.documents.model import (
    Block,
    Cell,
    Heading,
    Listing,
    Numbers,
    Paragraph,
    Row,
    Table,
    Terms,
)
from incidentsim.exports.reports.material import Material
from incidentsim.exports.wording.local_time import date_words, duration_words
from incidentsim.exports.wording.playbook_words import language_notes
from incidentsim.exports.wording.sentences import sentence
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

NOTHING = "–"


def overview(material: Material) -> list[Block]:
    """The exercise in a few lines, its incidents, and what pins the record."""
    return [
        Heading(2, _("Overview")),
        Terms((*exercise_terms(material), *decision_terms(material), *record_terms(material))),
        *pinning(material),
        *_incidents(material),
    ]


def exercise_terms(material: Material) -> list[tuple[str, str]]:
    """Return titles and words about the exercise: what was played, when it was set, how long it took, how it ended."""
    account, names = material.account, material.teller.names
    scenario, playbook = account.scenario, account.playbook
    ends = account.facts[-1].at if account.facts else 0
    organisation = names.say(scenario.organisation.name)
    if scenario.organisation.about is not None:
        organisation = _("{name}: {about}").format(name=organisation, about=names.say(scenario.organisation.about))
    return [
        (_("Scenario"), _("{title} ({id})").format(title=names.say(scenario.title), id=scenario.id)),
        (
            _("Procedure"),
            _("{title}, version {version} ({id})").format(
                title=names.say(playbook.title), version=playbook.version, id=playbook.id
            ),
        ),
        (_("Organisation in the story"), organisation),
        (_("Begins (in the story)"), _begins(scenario.starts)),
        *((_("The clocks change"), words) for _at, words in material.teller.clock.changes(ends)),
        (_("Lasted (in the story)"), duration_words(ends)),
        (_("How it ended"), ending(material)),
    ]


def _begins(starts: str) -> str:
    moment = datetime.fromisoformat(starts)
    return _("{time} on {date}").format(time=moment.isoformat(timespec="minutes")[11:], date=date_words(moment.date()))


def ending(material: Material) -> str:
    """Return the sentence on how the exercise ended, or that the record stops in the middle."""
    ended = material.counting(FactKind.EXERCISE_ENDED)
    if not ended:
        return _("It has not ended: the record stops in the middle.")
    return sentence(material.teller, ended[0][0])


def record_terms(material: Material) -> list[tuple[str, str]]:
    """Return titles and words that identify the record: ids, times, digests, size, root; unknown ones are left out."""
    provenance = material.provenance
    recorded = provenance.recorded_from
    if recorded and provenance.recorded_to and provenance.recorded_to != recorded:
        recorded = _("{first} to {last}").format(first=recorded, last=provenance.recorded_to)
    size = (
        None
        if provenance.size is None
        else ngettext("{n} entry", "{n} entries", provenance.size).format(n=provenance.size)
    )
    facts = len(material.account.facts)
    terms = [
        (_("Run"), provenance.run),
        (_("Recorded (UTC)"), recorded),
        (_("Recorded by"), provenance.program),
        (_("Facts on record"), str(facts)),
        (_("Digest of the outcome"), provenance.outcome_digest),
        (_("Size of the record"), size),
        (_("Hash of the last entry"), provenance.head),
        (_("Root over all entries (RFC 6962)"), provenance.root),
        (_("Origin of the checkpoint"), provenance.origin),
    ]
    return [(title, words) for title, words in terms if words]


def pinning(material: Material) -> list[Block]:
    """Write how a copy on paper pins the record by its size and root (RFC 6962), and the command that checks it."""
    provenance = material.provenance
    if provenance.root is None or provenance.size is None:
        message = _("The root of the record was not stated to this report, so this copy does not pin the record.")
        return [Paragraph(message)]
    message = _(
        "Size and root pin the record: whoever holds this page can tell later whether the record shown to them is the "
        "one that it was written from. To check a bundle against it:"
    )
    command = _("incidentsim verify BUNDLE --size {size} --root {root}").format(
        size=provenance.size, root=provenance.root
    )
    return [Paragraph(f"{message}\n{command}")]


def source_words() -> dict[str, str]:
    """Return the words for the source of a decision, by source."""
    return {
        DecisionSource.PERSON: _("decided by a person"),
        DecisionSource.SCRIPT: _("written down beforehand"),
        DecisionSource.BOT: _("decided by a bot"),
    }


def decision_terms(material: Material) -> list[tuple[str, str]]:
    """Return titles and words about who decided how much, and how people sat at the table."""
    names, provenance = material.teller.names, material.provenance
    decided = material.deciders
    words = {
        DecisionSource.PERSON: _("people"),
        DecisionSource.SCRIPT: _("a script written beforehand"),
        DecisionSource.BOT: _("bots"),
    }
    said = names.listed(_("{who}: {n}").format(who=who, n=decided[source]) for source, who in words.items())
    modes = {
        "solo": _("One person played."),
        "hot_seat": _("Several people played at one screen."),
        "facilitated": _("People played, and a facilitator ran the exercise."),
    }
    terms = [(_("Decisions by"), said if provenance.sources is not None else _("not stated"))]
    if provenance.mode in modes:
        terms.append((_("How it was played"), modes[provenance.mode]))
        roles = [
            _("{title}: {value}").format(title=names.person(who), value=names.listed(map(names.role, roles)))
            for who, roles in _roles_played(material).items()
        ]
        terms.append((_("Played by people"), "\n".join(roles) or NOTHING))
    return terms


def _roles_played(material: Material) -> dict[str, tuple[str, ...]]:
    account = material.account
    holdings = holdings_on_record(account.scenario, account.facts)
    people = [person.pseudonym for person in account.scenario.people.values()]
    return {person: holdings.roles_of(person) for person in people if person in material.provenance.played}


def signatures(material: Material) -> list[Block]:
    """Lines to be filled in by hand, where people played: the record knows nobody who sat at the table."""
    names, roles = material.teller.names, _roles_played(material)
    if material.provenance.mode is None:
        return []
    rows = [Row((f"{names.person(who)}\n{names.listed(map(names.role, held))}", "", "")) for who, held in roles.items()]
    if material.provenance.mode == "facilitated":
        rows.append(Row((_("The facilitator"), "", "")))
    note = _(
        "The people named in this report are those of the story. Who played them is not on record; if it is to be "
        "kept, it is written here by hand."
    )
    head = (_("Played"), _("Name"), _("Date and signature"))
    return [Heading(2, _("Who sat at the table")), Paragraph(note), Table(head, tuple(rows), (8, 7, 7))]


def _incidents(material: Material) -> list[Block]:
    names, playbook = material.teller.names, material.account.playbook
    rows = []
    for incident in material.evaluation.report.overview.incidents:
        states = [
            _("{track}: {state}").format(track=names.track(track), state=names.state(track, state))
            for track, state in incident.ended_in.items()
            if track in playbook.tracks and state != playbook.tracks[track].initial
        ]
        rows.append(
            Row(
                (
                    f"{incident.incident}\n{names.incident(incident.incident)}",
                    names.level(incident.true_level) if incident.true_level is not None else NOTHING,
                    names.grade(incident.graded) or NOTHING,
                    "\n".join(states) or _("Nothing was done about it."),
                )
            )
        )
    if not rows:
        return [Paragraph(_("The scenario holds no incident."))]
    head = (_("Incident"), _("Level by the ground truth"), _("Graded"), _("Where it stood at the end"))
    return [Heading(3, _("Incidents")), Table(head, tuple(rows), (3, 2, 2, 5))]


def story(material: Material) -> list[Block]:
    """Write the chapter on the scenario: its summary, what was to be practised, and what had really happened."""
    names, scenario = material.teller.names, material.account.scenario
    blocks: list[Block] = [Heading(2, _("Scenario")), Paragraph(names.say(scenario.summary))]
    blocks += [
        Paragraph(note) for note in language_notes(scenario.title, material.account.playbook.title, names.language)
    ]
    if scenario.objectives:
        blocks += [
            Heading(3, _("Exercise objectives")),
            Listing(tuple(names.say(objective.text) for objective in scenario.objectives)),
        ]
    for incident in scenario.incidents.values():
        truth = incident.truth
        told = [] if truth.incident else [_("It was a false alarm.")]
        if truth.scope is not None:
            told.append(_("Scope: {words}").format(words=names.say(truth.scope)))
        if truth.loss is not None:
            told.append(_("Loss: {words}").format(words=names.say(truth.loss)))
        told += [names.say(note) for note in truth.notes]
        if told:
            title = _("Ground truth: {incident}").format(incident=names.say(incident.title))
            blocks += [Heading(3, title), Listing(tuple(told))]
    return blocks


def participants(material: Material) -> list[Block]:
    """Write the table of participants, by role, with the sequence numbers of their steps and refusals in it."""
    names, account = material.teller.names, material.account
    done: dict[tuple[str, str], list[int]] = {}
    refused: dict[tuple[str, str], list[int]] = {}
    for number, fact in material.counting(FactKind.STEP_TAKEN, FactKind.REFUSED):
        actor = actor_of(fact)
        if actor is not None:
            acted = done if fact.kind == FactKind.STEP_TAKEN else refused
            acted.setdefault((actor.person, actor.role), []).append(number)
    players = players_of(material)
    rows = []
    holdings = holdings_on_record(account.scenario, account.facts)
    for role in account.playbook.roles:
        for person in account.scenario.people.values():
            key, holds = (person.pseudonym, role), role in holdings.roles_of(person.pseudonym)
            if not holds and key not in done and key not in refused:
                continue
            title = names.role(role) if holds else _("{role} (standing in)").format(role=names.role(role))
            name = names.say(person.name)
            if person.desk is not None:
                name = f"{name}\n{names.say(person.desk)}"
            if person.pseudonym in players:
                by = _("Played by {names}").format(names=names.listed(players[person.pseudonym]))
                name = f"{name}\n{by}"
            rows.append(
                Row((title, name, person.pseudonym, evidence(done.get(key, ())), evidence(refused.get(key, ()))))
            )
    head = (_("Role"), _("Person"), _("In the record"), _("Steps"), _("Refused"))
    blocks: list[Block] = [Heading(2, _("Participants by role"))]
    if not rows:
        return [*blocks, Paragraph(_("Nobody was at the table."))]
    return [*blocks, Table(head, tuple(rows), (6, 5, 2, 5, 3))]


def players_of(material: Material) -> dict[str, list[str]]:
    """Return the names of those who played each person (by pseudonym), in the order in which they sat down."""
    players: dict[str, dict[str, None]] = {}
    for _number, fact in material.counting(FactKind.PLAYER_SEATED):
        if isinstance(fact, PlayerSeated) and (name := material.teller.words(fact.name)):
            for person in fact.people:
                players.setdefault(person, {})[name] = None
    return {person: list(names) for person, names in players.items()}


MOST = 12
"""More sequence numbers, or stretches of them, than this are counted instead of written out for people."""


def evidence(sequences: Sequence[int]) -> Cell:
    """Sequence numbers; of many only the first, and how many more there are."""
    return Numbers(tuple(sequences), MOST) if sequences else NOTHING
