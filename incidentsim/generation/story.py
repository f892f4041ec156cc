"""Which injects a story has at a difficulty, and what each says."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from incidentsim.definitions.formats.amounts import amount, written
from incidentsim.definitions.formats.common import PatternShape, TextShape
from incidentsim.definitions.formats.durations import format_duration, parse_duration
from incidentsim.domain.meanings.terms import TeamMeaning
from incidentsim.domain.playbook import Measure
from incidentsim.domain.text import LANGUAGES, Language, Text
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
_FIGURES: Final = Text("What it comes to", "目前的数字")
_FIGURE: Final = Text(
    "Counted for the grading, by those who can count it. {measure}: {value}. This is checked and will not change.",
    "供定级使用，由掌握数据的人员核实。{measure}：{value}。已复核，不会再变。",
)
_BARE_FIGURE: Final = Text(
    "Counted for the grading, by those who can count it: {value}. This is checked and will not change.",
    "供定级使用，由掌握数据的人员核实，结果为：{value}。已复核，不会再变。",
)
_YES: Final = Text("yes", "是")
_FIGURES_FROM, _FIGURES_UNTIL = 20, 29
"""When the figures come, in minutes: as those of other stories do."""
_OPTIONAL: Final = ("noise", "red_herring", "contradiction")


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
        if comes and can_come(archetype, inject):
            told.append(inject)
    return told


def can_come(archetype: Archetype, inject: ArchetypeInjectShape) -> bool:
    """Tell whether the playbook has the step that an inject waits for, or that keeps it from coming."""
    patterns = (pattern for pattern in (inject.when_fact, inject.unless) if pattern is not None)
    return all(archetype.meant.pattern(pattern) is not None for pattern in patterns)


def noise(archetype: Archetype, setting: Setting, streams: Streams) -> list[ArchetypeInjectShape]:
    """The noise of a story: the archetype's own and the common kind in turn."""
    own = _pool(archetype, "noise", setting, streams)
    # Not by the start itself: at an easier difficulty, which begins by day, the same noise comes.
    fit = {inject.id for inject in noise_pool(by_day=not may_be_late(streams))}
    common = [inject for inject in difficulty.dealt(noise_pool(), streams("noise/common")) if inject.id in fit]
    return difficulty.mixed(common, own)[: difficulty.count(difficulty.NOISE, int(setting["difficulty"]))]


def _pool(archetype: Archetype, part: str, setting: Setting, streams: Streams) -> list[ArchetypeInjectShape]:
    """The injects of a part that may come, in the order in which they are dealt."""
    held = [
        inject
        for inject in archetype.pool(part)
        if inject.corrects is None and holds(inject.when, setting) and can_come(archetype, inject)
    ]
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
        *,
        held: Mapping[str, Sequence[str]],
        stands_in: Mapping[str, str],
    ) -> None:
        """Put a teller together; `held` are the roles of everybody in the story, `stands_in` who does for whom."""
        self._archetype = archetype
        self._meant = archetype.meant
        self._held = held
        self._stands_in = stands_in
        self.pace = _HUNDRED
        """Percent of the time that passes before what comes at a time."""
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
        written |= {"to": self._to(inject), "channel": self._meant.nearest_channel(inject.channel)}
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
        shows = list(self._shows(inject))
        if shows:
            written["shows"] = shows
        expects = list(dict.fromkeys(do for name in inject.expects for do in self._meant.steps(name)))
        if expects:
            written["expects"] = expects
        if inject.hint is not None:
            written["hint"] = self.text(inject.hint)
        return written

    def text(self, shape: TextShape) -> TextShape:
        """A text with its slots filled."""
        return self._archetype.template(shape).fill(self._words)

    def value(self, name: str) -> int:
        """The number behind a slot, or of what was measured."""
        return self._words.value(name)

    def figure(self, measure: str, value: int) -> dict[str, Any]:
        """An inject that tells a figure of the playbook's own, where the story's own figures are none of its."""
        shape = self._meant.playbook.measures[measure]
        body = {language: self._figure_words(shape, value, language) for language in LANGUAGES}
        at = self._streams("times/figures").between(_FIGURES_FROM, _FIGURES_UNTIL) * self.pace // _HUNDRED
        return {
            "id": "figures",
            "at": f"{at}m",
            "to": list(
                dict.fromkeys((*self._meant.nearest_party(TeamMeaning.RESPONSE_TEAM), *self._meant.judges()[:1]))
            ),
            "channel": self._meant.nearest_channel("email"),
            "subject": TextShape.model_construct(en=_FIGURES.en, zh=_FIGURES.zh),
            "body": TextShape.model_construct(en=body["en"], zh=body["zh"]),
            "incident": self._archetype.shape.incident,
            "part": "spread",
            "shows": [{"measure": measure, "is": written(value, shape.unit)}],
            **({"expects": list(grades)} if (grades := self._meant.steps("grade")) else {}),
        }

    @staticmethod
    def _figure_words(measure: Measure, value: int, language: Language) -> str:
        """The figure in a language; a playbook that has no words for it there is not quoted."""
        said = _YES.say(language) if measure.unit == "flag" else amount(value, measure.unit, language)
        if language not in measure.title.by_language():
            return _BARE_FIGURE.say(language).format(value=said)
        return _FIGURE.say(language).format(measure=measure.title.say(language), value=said)

    def texts(self, shapes: list[TextWhen]) -> list[TextWhen]:
        """Those that hold."""
        return [one for one in shapes if holds(one.when, self._setting)]

    def one_of(self, shapes: list[TextWhen], name: str) -> TextShape:
        """One of those that hold."""
        return self.text(self._streams(name).pick(self.texts(shapes)))

    def _when(self, inject: ArchetypeInjectShape) -> dict[str, Any]:
        haste = difficulty.count(difficulty.HASTE, int(self._setting["difficulty"])) if inject.part == "worse" else None
        if inject.part != "noise" and self.pace != _HUNDRED:
            haste = (haste or _HUNDRED) * self.pace // _HUNDRED
        stream = self._streams(f"times/{inject.id}")
        if inject.at is not None:
            return {"at": _minutes(between(inject.at, stream), haste)}
        if inject.when_fact is not None:
            written: dict[str, Any] = {"when_fact": self._pattern(inject.when_fact)}
            if inject.after is not None:
                written["after"] = _minutes(between(inject.after, stream))
            return written
        if inject.unless is not None and inject.by is not None:
            return {
                "unless": self._pattern(inject.unless),
                "by": _minutes(between(inject.by, stream), haste),
            }
        raise LookupError(inject.id)

    def _pattern(self, shape: PatternShape) -> dict[str, Any]:
        meant = self._meant.pattern(shape)
        if meant is None:
            raise LookupError(shape.do)
        return meant.model_dump(exclude_unset=True)

    def _to(self, inject: ArchetypeInjectShape) -> list[str]:
        """Whom it reaches: of those who are not in this procedure, whoever stands nearest."""
        return list(dict.fromkeys(party for name in inject.to for party in self._addressed(name)))

    def _addressed(self, name: str) -> tuple[str, ...]:
        """Whom a name means. One of the cast is named by role, so that a deputy gets what somebody absent would.

        Only where several hold a role does a person's own id say which of them is meant.
        """
        name = self._stands_in.get(name, name)
        if name not in self._held:
            meanings = CAST.get(name)
            return (self._meant.nearest_role(meanings),) if meanings else self._meant.nearest_party(name)
        role = self._held[name][0]
        alone = name in CAST and sum(role in roles for roles in self._held.values()) == 1
        return (role,) if alone else (scenario_id(name, self._meant.playbook),)

    def _brings(self, inject: ArchetypeInjectShape) -> Iterator[dict[str, str]]:
        written = inject.brings
        brings: list[ArchetypeBringsShape] = written if isinstance(written, list) else [written] if written else []
        for bringing in brings:
            if holds(bringing.when, self._setting):
                brought = bringing.model_dump(exclude_defaults=True, exclude={"when"})
                if bringing.circumstance is not None:
                    brought["circumstance"] = self._meant.circumstance(bringing.circumstance)
                    if brought["circumstance"] is None:
                        continue
                if bringing.person is not None:
                    brought["person"] = scenario_id(bringing.person, self._meant.playbook)
                yield brought

    def _shows(self, inject: ArchetypeInjectShape) -> Iterator[dict[str, object]]:
        for name, shown in inject.shows.items():
            unit, measure = self._meant.unit(name), self._meant.measure(name)
            if unit is None:
                for flag in self._meant.flags(name):
                    yield {"flag": flag, "is": shown}
            elif measure is None:
                continue
            else:
                value = self._words.value(shown) if isinstance(shown, str) else int(shown)
                yield {"measure": measure, "is": written(value, unit)}


def _minutes(milliseconds: int, percent: int | None = None) -> str:
    """A time in whole minutes; something that takes time takes at least one."""
    if percent is not None:
        milliseconds = milliseconds * percent // _HUNDRED
    minutes = milliseconds // _MINUTE
    return format_duration((minutes or (1 if milliseconds else 0)) * _MINUTE)
