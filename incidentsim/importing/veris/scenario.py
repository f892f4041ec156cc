"""From the facts of a record to a whole scenario, in the format of scenario files."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from incidentsim.definitions.formats.common import BOTH
from incidentsim.definitions.formats.durations import format_duration
from incidentsim.definitions.formats.scenario import ScenarioShape
from incidentsim.definitions.rosters.casting import account, cast
from incidentsim.definitions.rosters.roster import Roster
from incidentsim.definitions.starting.fitting import (
    channel,
    end_of,
    first_to_hear,
    judges_of,
    lawyers_of,
    main_path,
)
from incidentsim.domain.playbook import Playbook, Step
from incidentsim.domain.text import LANGUAGES, Text
from incidentsim.importing.answers import answers_of
from incidentsim.importing.measured import Measured
from incidentsim.importing.message import Message
from incidentsim.importing.phrasing import fill, passage, shape
from incidentsim.importing.veris import narrative as telling
from incidentsim.importing.veris.content import Facts
from incidentsim.importing.veris.culpability import Judgement, judge
from incidentsim.importing.veris.evidence import Shows, asked_of, evidence
from incidentsim.importing.veris.loss import Loss, loss_of
from incidentsim.importing.veris.measuring import measure
from incidentsim.importing.veris.record import Record
from incidentsim.importing.veris.scope import course, spoken
from incidentsim.importing.veris.start import day_of, starts
from incidentsim.importing.veris.vocabulary.story import story
from incidentsim.importing.veris.vocabulary.tables import words_at

INCIDENT: Final = "case"
"""The id of the one incident of an imported scenario."""

_MINUTE: Final = 60_000

_TESTED_BY: Final = (("first-sign", "findings"), ("extent", "damage"), ("who",))
"""The messages that put each objective to the test, in the order of the objectives; of these, those that there are."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """A message, about when it comes (minutes, and so many later at most), and to whom."""

    message: Message
    after: int
    spread: int
    to: list[str]


def scenario_of(record: Record, facts: Facts, playbook: Playbook, roster: Roster | None = None) -> ScenarioShape:
    """The scenario; what became of each part of the record, and of a roster that lacks roles, is noted in it.

    Args:
        record: the record.
        facts: what it says.
        playbook: the procedure that the scenario is meant for.
        roster: the people who take part; without one, they are invented.
    """
    digest = record.digest()
    loss, judged = loss_of(record), judge(record, facts)
    judgement = replace(judged, flags=answers_of(playbook, judged.flags))
    measured = measure(record, facts, loss, playbook)
    path = main_path(playbook, judgement.flags)
    slots = _slots(record, facts, loss, measured, path)
    begins = starts(record)
    people = cast(playbook, roster, day_of(begins), BOTH)
    if roster is not None:
        for said in account(playbook, roster, people):
            record.assume((), said)
    shows = evidence(facts, judgement, measured, [slot.message.id for slot in slots])
    value = {
        "schema": "incidentsim/scenario/1",
        "id": f"veris-{digest.hex()[:12]}",
        "playbook": playbook.id,
        "title": shape(telling.headline(facts)),
        "summary": shape(fill(story().summary, version=facts.version)),
        "fiction": shape(story().fiction if roster is None else story().fiction_with_people),
        "language": [tag for tag in LANGUAGES if tag in playbook.languages] or list(LANGUAGES),
        "tags": ["imported", "veris", *(deed.category for deed in facts.deeds)],
        "objectives": _objectives([slot.message.id for slot in slots]),
        "seed": int.from_bytes(digest[-6:], "big"),
        "starts": begins,
        "organisation": {"name": shape(story().company), "about": shape(story().company_about)},
        "people": people.people,
        "injects": _injects(slots, digest, playbook, shows),
        "incidents": {
            INCIDENT: {
                "title": shape(telling.suspicion(facts)),
                "truth": _truth(record, facts, judgement, measured, loss),
            }
        },
        "expect": _expectations(playbook, path, measured),
    }
    return ScenarioShape.model_validate(value)


def _objectives(messages: Collection[str]) -> list[dict[str, object]]:
    """The objectives that the story puts to the test, each with the messages that do.

    Participants may read them: they are the same whatever a record says.
    """
    tested = zip(story().objectives, _TESTED_BY, strict=True)
    found = [(text, [name for name in names if name in messages]) for text, names in tested]
    return [
        {"en": text.en, "zh": text.zh, "tested_by": names, "for_participants": True} for text, names in found if names
    ]


def _slots(record: Record, facts: Facts, loss: Loss, measured: Measured, path: Sequence[Step]) -> list[_Slot]:
    playbook = measured.playbook
    active = measured.has("attacker_active")
    first, judges, lawyers = (tell(playbook, path) for tell in (first_to_hear, judges_of, lawyers_of))
    slots = [
        _Slot(telling.first_sign(record, facts), 0, 0, first),
        _Slot(telling.findings(record, facts), 4, 4, judges),  # before anybody has to judge what it is
    ]
    if not facts.is_incident:
        return slots
    grades = measured.has("direct_loss")  # then it comes before the grading
    later: tuple[tuple[Message | None, int, int, list[str]], ...] = (
        (telling.extent(record, facts, measured, still_active=active), 9, 4, judges),
        (telling.who(record, facts), 30, 10, lawyers),
        (course(record), 45, 10, judges),
        (telling.damage(record, loss), *((13, 2) if grades else (60, 15)), judges),
    )
    told = [_Slot(message, after, spread, to) for message, after, spread, to in later if message is not None]
    return sorted([*slots, *told], key=lambda slot: slot.after)


def _injects(
    slots: Sequence[_Slot], digest: bytes, playbook: Playbook, shows: Mapping[str, Shows]
) -> list[dict[str, object]]:
    injects = []
    for number, slot in enumerate(slots):
        minutes = slot.after + (digest[number] % slot.spread if slot.spread else 0)
        injects.append(
            {
                "id": slot.message.id,
                "at": format_duration(minutes * _MINUTE),
                "to": slot.to,
                "channel": channel(playbook, slot.message.channels),
                "subject": shape(slot.message.subject),
                "body": shape(slot.message.body),
                ("incident" if number else "raises"): INCIDENT,
                "shows": shows[slot.message.id],
            }
        )
    return injects


def _truth(record: Record, facts: Facts, judgement: Judgement, measured: Measured, loss: Loss) -> dict[str, object]:
    asked = asked_of(measured) - {"unlawful"}  # it has a key of its own
    flags = {flag: holds for flag, holds in judgement.flags.items() if flag in asked}
    truth: dict[str, object] = {
        "incident": facts.is_incident,
        "level": measured.level,
        "why": measured.why(),
        "unlawful": judgement.unlawful,
        "cause": judgement.cause,
        "root_cause": shape(telling.root_cause(record, facts)),
        "scope": shape(telling.concerns(facts)),
        "flags": flags,
        "notes": [shape(note) for note in _notes(record, facts, judgement, measured)],
    }
    lost = loss.sentences(record) if facts.is_incident else []
    return truth | ({"loss": shape(passage(lost))} if lost else {})


def _notes(record: Record, facts: Facts, judgement: Judgement, measured: Measured) -> list[Text]:
    """What a facilitator should know besides."""
    notes = [words_at("security_incident")[facts.status]]
    confidence = record.word(("confidence",), "confidence")
    if confidence is not None:
        record.carry(confidence.path)
        notes.append(words_at("confidence")[confidence.id])
    if not facts.is_incident:
        return notes
    notes += judgement.notes
    notes += [story().residual] if measured.residual else []
    notes += [story().stated] if measured.stated else []
    contained = spoken(record, ("timeline", "containment"), story().contained_in, story().never_contained)
    return notes if contained is None else [*notes, contained]


def _expectations(playbook: Playbook, path: Sequence[Step], measured: Measured) -> list[dict[str, object]]:
    expected: list[dict[str, object]] = []
    end = end_of(playbook, path)
    if end is not None:
        expected.append({"incident": INCIDENT, "track": playbook.main_track.id, "ends_in": end})
    graded = any(step.sets_level for track in playbook.tracks.values() for step in track.steps)
    level = measured.level if graded and measured.level is not None else "none"
    return [*expected, {"incident": INCIDENT, "ends_at_level": level}]
