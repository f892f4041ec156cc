"""Everything that the texts of one story may name, drawn once, so that log, alert, chat and e-mail agree."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.domain.text import LANGUAGES, Language, Text
from incidentsim.exercise.running.randomness import Stream
from incidentsim.generation.archetype import TENANT, Archetype, slot_in
from incidentsim.generation.format_archetype import MomentShape, SlotShape, TextWhen
from incidentsim.generation.measures import MINUTE, spoken
from incidentsim.generation.moments import Moment
from incidentsim.generation.noise import noise_slots
from incidentsim.generation.numbers import percent
from incidentsim.generation.people import Character
from incidentsim.generation.settings import Setting, Streams, holds
from incidentsim.generation.slot_values import NO_WORDS, Count, Maker, Named, SlotValue, Turn, Words
from incidentsim.generation.templates import Ref
from incidentsim.generation.world import Organisation, World

_LEAST: Final = 2
_SECOND: Final = 1000
_PART: Final = 25
_NEVER_EXACT: Final = 8
"""An estimate is a round number: see `spoken`."""


class Vocabulary:
    """Looks up what texts name."""

    def __init__(
        self,
        archetype: Archetype,
        setting: Setting,
        streams: Streams,
        *,
        organisation: Organisation,
        world: World,
        start: Moment,
        measures: Mapping[str, int],
        bounds: Mapping[str, int],
    ) -> None:
        """Draw every slot.

        Args:
            archetype: the story's skeleton.
            setting: what was drawn so far.
            streams: of the story.
            organisation: whose story it is.
            world: what its locale offers.
            start: when the exercise starts.
            measures: what was measured.
            bounds: the most that the value of some slots may be, because they are first estimates.
        """
        self._archetype = archetype
        self._setting = setting
        self._streams = streams
        self._bounds = bounds
        self._maker = Maker(organisation.domain, world, str(setting["locale"]))
        self._slot_values: dict[str, SlotValue] = {
            "org": Named(organisation.name, organisation.domain),
            "city": Words(organisation.city),
            "start": start,
        }
        unit = archetype.fitting.unit
        self._slot_values.update({name: Count(value, unit(name)) for name, value in measures.items()})
        self._said: dict[tuple[str, str, Language], str] = {}
        kind = archetype.tenant_kind(setting)
        self.tenant = self._maker.company(kind, streams("tenant"), archetype.turn(TENANT, "company", kind))
        self._slot_values["tenant"] = self.tenant
        self.now: Moment | None = None
        for name in archetype.shape.slots:
            if self._shape(name) is not None:
                self._thing(name)

    def add_people(self, people: Mapping[str, Character]) -> None:
        """Let texts name these people."""
        self._slot_values.update(people)

    def __call__(self, ref: Ref, language: Language) -> str:
        """The words for a slot."""
        if ref.name == "now" and self.now is not None:
            return self.now.say(ref.form, language)
        key = (ref.name, ref.form, language)
        found = self._said.get(key)
        if found is None:
            found = self._thing(ref.name).say(ref.form, language)
            self._said[key] = found
        if ref.opens and language == "en" and isinstance(self._slot_values[ref.name], Words):
            return found[:1].upper() + found[1:]
        return found

    @property
    def companies(self) -> list[Named]:
        """The companies drawn so far, each once."""
        named = [
            thing for thing in self._slot_values.values() if isinstance(thing, Named) and thing.kind is not NO_WORDS
        ]
        return list({one.domain: one for one in named}.values())

    def value(self, name: str) -> int:
        """The number behind a slot."""
        return self._number(name).value

    def _shape(self, name: str) -> SlotShape | None:
        return self._archetype.slot(name, self._setting) or slot_in(noise_slots().get(name), self._setting)

    def _thing(self, name: str) -> SlotValue:
        if name not in self._slot_values:
            shape = self._shape(name)
            if shape is None:
                raise LookupError(name)
            self._slot_values[name] = self._made(name, shape)
        return self._slot_values[name]

    def _made(self, name: str, shape: SlotShape) -> SlotValue:
        stream, maker = self._streams(f"slots/{name}"), self._maker
        kinds: tuple[tuple[str, str | None, Callable[[str, Stream, Turn], SlotValue]], ...] = (
            ("host", shape.host, maker.host),
            ("account", shape.account, maker.account),
            ("address", shape.address, maker.address),
            ("ticket", shape.ticket, maker.ticket),
            ("code", shape.code, maker.code),
            ("phone", shape.phone, maker.phone),
            ("domain", shape.domain, maker.domain),
            ("company", shape.company, maker.company),
        )
        for kind, given, make in kinds:
            if given is not None:
                return make(given, stream, self._archetype.turn(name, kind, given))
        if shape.moment is not None:
            return self._moment(shape.moment, stream)
        if shape.pick is not None:
            return self._phrase([one for one in shape.pick if holds(one.when, self._setting)], stream)
        return self._count(name, shape, stream)

    def _moment(self, shape: MomentShape, stream: Stream) -> Moment:
        origin = self._thing(shape.before or shape.after or "start")
        if not isinstance(origin, Moment):
            raise TypeError(f"${shape.before or shape.after} is no moment")
        seconds = between(shape.by, stream) // _SECOND
        return origin.later(-seconds if shape.before is not None else seconds)

    def _phrase(self, options: Sequence[TextWhen], stream: Stream) -> Words:
        template = self._archetype.template(stream.pick(options))
        en, zh = (template.say(language, self) for language in LANGUAGES)
        return Words(Text(en, zh))

    def _count(self, name: str, shape: SlotShape, stream: Stream) -> Count:
        if shape.number is not None:
            return Count(stream.between(shape.number[0], shape.number[1]))
        if shape.less is not None and isinstance(shape.by, str):
            whole, part = self._number(shape.less), self._number(shape.by)
            return Count(max(whole.value - part.value, 0), whole.unit)
        low, high = shape.share or (0, 0)
        whole = self._number(str(shape.of))
        value = percent(whole.value, stream.between(low, high))
        bound = self._bounds.get(name)
        if bound is not None and value > bound:
            value = bound - bound // _PART  # a bound itself, such as 99,999, would look made
        if whole.unit == "duration":
            return Count(max(value // MINUTE, 1) * MINUTE, whole.unit)
        return Count(max(spoken(value, stream.below(_NEVER_EXACT)), _LEAST), whole.unit)

    def _number(self, name: str) -> Count:
        thing = self._thing(name)
        if not isinstance(thing, Count):
            raise TypeError(f"${name} is no number")
        return thing


def between(written: str | Sequence[str], stream: Stream) -> int:
    """A duration as it stands in a file, or one between two, in whole seconds; in ms."""
    if isinstance(written, str):
        return parse_duration(written)
    low, high = (parse_duration(one) // _SECOND for one in written)
    return stream.between(low, high) * _SECOND
