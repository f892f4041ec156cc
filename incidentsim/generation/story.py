"""Which injects a story has at a difficulty, and what each says."""

from collections.abc import Iterator
from typing import Any, Final

from incidentsim.definitions.formats.common import TextShape
from incidentsim.definitions.formats.durations import format_duration, parse_duration
from incidentsim.generation import difficulty
from incidentsim.generation.archetype import Archetype
from incidentsim.generation.cast import CAST, scenario_id
from incidentsim.generation.format_archetype import ArchetypeBringsShape, ArchetypeInjectShape, TextWhen
from incidentsim.generation.moments import Moment, may_be_late
from incidentsim.generation.noise import noise_pool
from incidentsim.generation.settings import Setting, Streams, holds
from incidentsim.generation.vocabulary import Vocabulary, between

_MINUTE: Final = 60_000
_SECOND: Final = 1000
_HUNDRED: Final = 100
_OPTIONAL: Final = ("noise", "red_herring", "contradiction")
_PERSONAL: Final = ("discoverer",)
"""Roles that several of the cast hold: only a person's own id says which of them is meant."""


def chosen(archetype: Archetype, setting: Setting, streams: Streams) -> list[ArchetypeInjectShape]:
    """The injects of a story, noise last.

    Noise, red herrings and contradictions are dealt from their pools, as many as the difficulty asks for; what
    corrects one of them comes only with it.
    """
    level = int(setting["difficulty"])
    dealt = {
        inject.id
        for part, counts in (("red_herring", difficulty.RED_HERRINGS), ("contradiction", difficulty.CONTRADICTIONS))
        for inject in _pool(archetype, part, setting, streams)[: difficulty.count(counts, level)]
    }
    told: list[ArchetypeInjectShape] = []
    for inject in archetype.shape.injects:
        if inject.part in _OPTIONAL and inject.corrects is None:
            comes = inject.id in dealt
        elif inject.part == "late_evidence" and level < difficulty.LATE_EVIDENCE_FROM:
            comes = False
        else:
            comes = holds(inject.when, setting) and (inject.corrects is None or inject.corrects in dealt)
        if comes:
            told.append(inject)
    return told


def noise(archetype: Archetype, setting: Setting, streams: Streams) -> list[ArchetypeInjectShape]:
    """The noise of a story: the archetype's own and the common kind in turn."""
    own = _pool(archetype, "noise", setting, streams)
    # Not by the start itself: at an easier difficulty, which begins by day, the same noise comes.
    fit = {inject.id for inject in noise_pool(by_day=not may_be_late(streams))}
    common = [inject for inject in difficulty.dealt(noise_pool(), streams("noise/common")) if inject.id in fit]
    return difficulty.mixed(common, own)[: difficulty.count(difficulty.NOISE, int(setting["difficulty"]))]


def _pool(archetype: Archetype, part: str, setting: Setting, streams: Streams) -> list[ArchetypeInjectShape]:
    """The injects of a part that may come, in the order in which they are dealt."""
    held = [inject for inject in archetype.pool(part) if inject.corrects is None and holds(inject.when, setting)]
    return difficulty.dealt(held, streams(f"deal/{part}"))


class Teller:
    """Writes the injects of one story."""

    def __init__(
        self,
        archetype: Archetype,
        setting: Setting,
        streams: Streams,
        words: Vocabulary,
        start: Moment,
    ) -> None:
        self._archetype = archetype
        self._setting = setting
        self._streams = streams
        self._words = words
        self._start = start

    def tell(self, inject: ArchetypeInjectShape) -> dict[str, Any]:
        """One inject, as it stands in a scenario file."""
        written: dict[str, Any] = {"id": inject.id, **self._when(inject)}
        at = written.get("at")
        self._words.now = self._start.later(parse_duration(at) // _SECOND) if at is not None else None
        messages = [one for one in inject.texts if holds(one.when, self._setting)]
        message = self._streams(f"texts/{inject.id}").pick(messages)
        written |= {"to": self._to(inject), "channel": inject.channel}
        if message.subject is not None:
            written["subject"] = self.text(message.subject)
        written["body"] = self.text(message.body)
        ours = inject.about is None and inject.part != "noise"
        if inject.raises:
            written["raises"] = self._archetype.shape.incident
        elif ours:
            written["incident"] = self._archetype.shape.incident
        brings = list(self._brings(inject))
        if brings:
            written["brings"] = brings[0] if len(brings) == 1 else brings
        written["part"] = inject.part
        if inject.shows:
            written["shows"] = list(self._shows(inject))
        if inject.expects:
            written["expects"] = list(inject.expects)
        if inject.hint is not None:
            written["hint"] = self.text(inject.hint)
        return written

    def text(self, shape: TextShape) -> TextShape:
        """A text with its slots filled."""
        return self._archetype.template(shape).fill(self._words)

    def texts(self, shapes: list[TextWhen]) -> list[TextWhen]:
        """Those that hold."""
        return [one for one in shapes if holds(one.when, self._setting)]

    def one_of(self, shapes: list[TextWhen], name: str) -> TextShape:
        """One of those that hold."""
        return self.text(self._streams(name).pick(self.texts(shapes)))

    def _when(self, inject: ArchetypeInjectShape) -> dict[str, Any]:
        haste = difficulty.count(difficulty.HASTE, int(self._setting["difficulty"])) if inject.part == "worse" else None
        stream = self._streams(f"times/{inject.id}")
        if inject.at is not None:
            return {"at": _minutes(between(inject.at, stream), haste)}
        if inject.when_fact is not None:
            written: dict[str, Any] = {"when_fact": inject.when_fact.model_dump(exclude_unset=True)}
            if inject.after is not None:
                written["after"] = _minutes(between(inject.after, stream))
            return written
        if inject.unless is not None and inject.by is not None:
            return {
                "unless": inject.unless.model_dump(exclude_unset=True),
                "by": _minutes(between(inject.by, stream), haste),
            }
        raise LookupError(inject.id)

    def _to(self, inject: ArchetypeInjectShape) -> list[str]:
        """Whom it reaches. One of the cast is named by role, so that a deputy gets what somebody absent would."""
        found: dict[str, None] = {}
        for name in inject.to:
            roles = CAST.get(name, ())
            found[roles[0] if roles and roles[0] not in _PERSONAL else name] = None
        return list(found)

    def _brings(self, inject: ArchetypeInjectShape) -> Iterator[dict[str, str]]:
        written = inject.brings
        brings: list[ArchetypeBringsShape] = written if isinstance(written, list) else [written] if written else []
        for one in brings:
            if holds(one.when, self._setting):
                found = one.model_dump(exclude_defaults=True, exclude={"when"})
                if one.person is not None:
                    found["person"] = scenario_id(one.person)
                yield found

    def _shows(self, inject: ArchetypeInjectShape) -> Iterator[dict[str, object]]:
        units = self._archetype.playbook.measures
        for name, shown in inject.shows.items():
            if name not in units:
                yield {"flag": name, "is": shown}
            elif units[name].unit == "flag":
                yield {"measure": name, "is": bool(shown)}
            else:
                value = self._words.value(shown) if isinstance(shown, str) else int(shown)
                yield {"measure": name, "is": format_duration(value) if units[name].unit == "duration" else value}


def _minutes(milliseconds: int, percent: int | None = None) -> str:
    """A time in whole minutes; something that takes time takes at least one."""
    if percent is not None:
        milliseconds = milliseconds * percent // _HUNDRED
    minutes = milliseconds // _MINUTE
    return format_duration((minutes or (1 if milliseconds else 0)) * _MINUTE)
