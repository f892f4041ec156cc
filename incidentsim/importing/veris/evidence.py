"""Which message shows what of the truth: whatever the level rests on, and every answer, has a message that shows it."""

from collections.abc import Collection, Mapping
from typing import Final

from incidentsim.definitions.formats.scenario import MeasuredShape
from incidentsim.importing.measured import MEASURES, Measured
from incidentsim.importing.veris.content import Facts
from incidentsim.importing.veris.culpability import BY_CHANCE, DELIBERATE, Judgement

Shows = list[dict[str, object]]

_TOLD_IN: Final[Mapping[str, str]] = {"direct_loss": "damage", "control_plane_compromised": "findings"}
"""The message that tells a measure, by its name among `MEASURES`; the others are told with the extent."""


def evidence(facts: Facts, judgement: Judgement, measured: Measured, messages: Collection[str]) -> dict[str, Shows]:
    """Return what each message shows of the truth, by message.

    Args:
        facts: what the record says.
        judgement: the answers.
        measured: the values that the level rests on.
        messages: the ids of the messages that the story has.
    """
    shows: dict[str, Shows] = {name: [] for name in messages}
    shows["findings"].append({"flag": "incident", "is": facts.is_incident})
    answers = [flag for flag, holds in judgement.flags.items() if holds and flag in asked_of(measured)]
    told_by_deeds = bool(facts.categories() & (DELIBERATE | BY_CHANCE))
    for flag in answers:
        for name in ("findings", "who"):
            if name in shows and (name == "who" or told_by_deeds or "who" not in shows):
                shows[name].append({"flag": flag, "is": True})
    for value in measured.why():
        estimated = measured.estimate is not None and measured.estimate.measure == value.measure
        name = "extent" if estimated else _TOLD_IN.get(_meant(measured, value), "extent")
        shows[name if name in shows else "extent"].append(value.model_dump(by_alias=True, mode="json"))
    return shows


def asked_of(measured: Measured) -> frozenset[str]:
    """The answers that the steps of the playbook ask for, besides whether it is an incident at all."""
    return frozenset({*measured.playbook.asked, "unlawful"}) - {"incident"}


def _meant(measured: Measured, value: MeasuredShape) -> str:
    """What a measure of the playbook is called in `MEASURES`."""
    return next(name for name in MEASURES if measured.called(name) == value.measure)
