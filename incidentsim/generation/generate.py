"""A scenario as a function of archetype, seed, level, locale, difficulty and organisation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from incidentsim.definitions.formats.common import TextShape
from incidentsim.definitions.formats.durations import format_duration
from incidentsim.definitions.formats.scenario import BIGGEST, ScenarioShape
from incidentsim.definitions.scenario.write import scenario_to_yaml
from incidentsim.domain.errors import InputError
from incidentsim.domain.scenario import LEVEL
from incidentsim.domain.text import Text
from incidentsim.generation import difficulty, ending, moments, story
from incidentsim.generation.archetype import Archetype, yes
from incidentsim.generation.cast import CAST, NAMELESS, scenario_id
from incidentsim.generation.format_archetype import ArchetypeInjectShape
from incidentsim.generation.measures import UnreachableError
from incidentsim.generation.names import FAKER
from incidentsim.generation.people import Character, desk_of, hire
from incidentsim.generation.settings import DIFFICULTIES, LOCALES, Setting, Streams, draw, holds
from incidentsim.generation.story import Teller
from incidentsim.generation.vocabulary import Vocabulary
from incidentsim.generation.world import Organisation, world
from incidentsim.messages import gettext as _
from incidentsim.version import __version__

INVENTED: Final = Text("{} (invented)", "{}（虚构）")
_POLICE: Final = Text("Officer on duty", "值班民警")
_POLICE_DESK: Final = Text("cyber police (invented)", "网安部门（虚构）")
_CLIENT: Final = Text("Client desk of {}", "{}客户接口人")
_FICTION: Final = Text(
    "People, companies, towns, figures and addresses are invented: {}. Domains, IP addresses and telephone numbers are "
    "those reserved for examples, or masked.",
    "人物、公司、地名、数字和地址均为虚构：{}。域名与IP地址取自专供示例使用的保留范围，电话号码为保留号码或已脱敏。",
)
_FOR_PARTICIPANTS: Final = (
    (
        "raises",
        Text(
            "Report what comes to notice at once, with what is known and what is not.",
            "发现异常立即报告，讲清已知什么、未知什么。",
        ),
    ),
    (
        "shows",
        Text(
            "Judge and grade on evidence, and say what each judgement rests on.",
            "凭证据判断和定级，写明每项判断的依据。",
        ),
    ),
)
"""The objectives of every story, and what an inject has that puts them to the test: being the same for each, they give
nothing of any of them away."""
_ON_LEAVE: Final = Text("on leave", "休假中")
_PERCENT: Final = 100
_HOUR: Final = 60


def _for_participants(injects: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The objectives that participants may read, each with the injects of the story that put it to the test."""
    tested = [(words, [one["id"] for one in injects if one.get(key)]) for key, words in _FOR_PARTICIPANTS]
    return [
        {"en": words.en, "zh": words.zh, "tested_by": names, "for_participants": True}
        for words, names in tested
        if names
    ]


@dataclass(frozen=True, slots=True)
class Order:
    """The parameters of a generated scenario; the same order always gives the same scenario.

    Attributes:
        seed: of every stream that is drawn from.
        level: of the incident, as the playbook numbers it.
        locale: one of `LOCALES`.
        difficulty: from 1, the easiest, to 5.
        organisation: whose story it is; `None` for one of the locale's invented ones.
    """

    seed: int
    level: int
    locale: str = "en_US"
    difficulty: int = 3
    organisation: Organisation | None = None


@dataclass(frozen=True, slots=True)
class Generated:
    """A scenario made from an archetype."""

    id: str
    shape: ScenarioShape
    data: bytes


def generate(archetype: Archetype, order: Order) -> Generated:
    """The scenario for an order; the same order always gives the same bytes.

    Raises:
        InputError: the archetype cannot reach the level, or something asked for is not on offer.
    """
    _check(archetype, order)
    shape = _shape(archetype, order)
    return Generated(shape.id, shape, _header(archetype, order).encode() + scenario_to_yaml(shape))


def scenario_name(archetype: str, order: Order) -> str:
    """The id of the scenario for an order."""
    language = order.locale.partition("_")[0]
    return f"{archetype}-{language}-l{order.level}-d{order.difficulty}-s{order.seed}"


def _check(archetype: Archetype, order: Order) -> None:
    if order.level not in archetype.shape.levels:
        message = _("The archetype {name} cannot reach level {level}; it can reach {levels}.")
        levels = ", ".join(map(str, archetype.shape.levels))
        raise InputError(message.format(name=archetype.id, level=order.level, levels=levels))
    if order.difficulty not in DIFFICULTIES:
        raise InputError(
            _("There is no difficulty {value}; it is a number from 1 to 5.").format(value=order.difficulty)
        )
    if order.locale not in LOCALES:
        message = _("There is no locale {value}; valid are {valid}.")
        raise InputError(message.format(value=order.locale, valid=", ".join(LOCALES)))
    if not 0 <= order.seed <= BIGGEST:
        message = _("{seed} cannot be a seed; it is a whole number from 0 to {most}.")
        raise InputError(message.format(seed=order.seed, most=BIGGEST))


def _header(archetype: Archetype, order: Order) -> str:
    call = (
        f"incidentsim generate {archetype.id} --seed {order.seed} --level {order.level} --locale {order.locale}"
        f" --difficulty {order.difficulty}"
    )
    return (
        f"# Generated by incidentsim {__version__} from the archetype {archetype.id} with {FAKER}. Again:\n#   {call}\n"
    )


def _shape(archetype: Archetype, order: Order) -> ScenarioShape:
    streams = Streams(order.seed, archetype.id)
    setting = draw(
        archetype.shape,
        {"level": order.level, "difficulty": order.difficulty, "locale": order.locale},
        streams,
    )
    return _Story(archetype, order, setting, streams).shape()


class _Story:
    """One story while it is being made."""

    def __init__(self, archetype: Archetype, order: Order, setting: Setting, streams: Streams) -> None:
        self._archetype = archetype
        self._order = order
        self._setting = setting
        self._streams = streams
        place = world(order.locale)
        self._organisation = order.organisation or streams("organisation").pick(place.organisations)
        self._start = moments.start(streams, self._organisation.zone, order.difficulty)
        self._measures = self._measured()
        self._words = Vocabulary(
            archetype,
            setting,
            streams,
            organisation=self._organisation,
            world=place,
            start=self._start,
            measures=self._measures,
            bounds=self._bounds(),
        )
        self._teller = Teller(archetype, setting, streams, self._words, self._start)

    def shape(self) -> ScenarioShape:
        """The whole scenario."""
        archetype, order = self._archetype.shape, self._order
        people = self._people()
        self._words.add_people(people)
        told = story.chosen(self._archetype, self._setting, self._streams)
        noise = story.noise(self._archetype, self._setting, self._streams)
        title = self._teller.one_of(archetype.titles, "title")
        injects = [self._teller.tell(inject) for inject in (*told, *noise)]
        self._words.now = None
        organisation = self._organisation
        return ScenarioShape.model_validate(
            {
                "schema": "incidentsim/scenario/1",
                "id": scenario_name(archetype.id, order),
                "playbook": archetype.playbook,
                "title": title,
                "summary": self._teller.one_of(archetype.summaries, "summary"),
                "fiction": self._fiction(),
                "language": ["en", "zh"],
                "tags": self._tags(),
                "objectives": [
                    *_for_participants(injects[: len(told)]),
                    *self._objectives([inject.id for inject in told]),
                ],
                "seed": order.seed,
                "starts": self._start.at.isoformat(timespec="minutes"),
                "ends": archetype.ends,
                "organisation": {
                    "name": _in(INVENTED, organisation.name),
                    "about": _text(organisation.about),
                    **({"scope": dict(organisation.scope)} if organisation.scope else {}),
                },
                "people": self._cast(people),
                "incidents": {
                    archetype.incident: {"title": title, **self._working_title(injects), "truth": self._truth(told)}
                },
                "injects": injects,
                "expect": ending.expectations(self._archetype.playbook, archetype.incident, self._flags(), order.level),
            }
        )

    def _working_title(self, injects: list[dict[str, Any]]) -> dict[str, Any]:
        """What people call it until it is judged: the subject of the message that raises it, where it has one."""
        raising = next((inject for inject in injects if inject.get("raises")), {})
        return {"working_title": raising["subject"]} if raising.get("subject") else {}

    def _measured(self) -> dict[str, int]:
        streams = self._streams
        try:
            return self._archetype.fitting.values(
                self._archetype.measures(self._setting),
                self._order.level,
                lambda name, low, high: streams(name).between(low, high),
            )
        except UnreachableError as error:
            message = _("The archetype {name} cannot reach level {level} with the measure {measure}.")
            raise InputError(
                message.format(name=self._archetype.id, level=self._order.level, measure=error.measure)
            ) from error

    def _bounds(self) -> dict[str, int]:
        """The most that each first estimate may be, so that it makes a lighter level than the truth."""
        found: dict[str, int] = {}
        for slot, measure in self._archetype.estimates.items():
            if measure in self._measures:
                bound = self._archetype.fitting.lightest_below(measure, self._measures)
                found |= {slot: bound} if bound is not None else {}
        return found

    def _people(self) -> dict[str, Character]:
        tenant = self._words.tenant
        desks = {
            "police": desk_of("police", _POLICE, ""),
            "client": desk_of("client", _filled(_CLIENT, tenant.name), f"service@{tenant.domain}"),
        }
        names = [*(name for name in CAST if name not in NAMELESS), *self._archetype.people(self._setting)]
        return hire(self._order.locale, self._organisation.domain, names, self._streams) | desks

    def _cast(self, people: Mapping[str, Character]) -> dict[str, dict[str, Any]]:
        own = self._archetype.people(self._setting)
        roles = dict(CAST) | {name: tuple(one.roles) for name, one in own.items()}
        there = {name: held for name, held in roles.items() if name not in own or own[name].away != "always"}
        gone = difficulty.absent(
            self._archetype.playbook,
            there,
            self._archetype.spoken_of,
            self._streams("absent"),
            difficulty.count(difficulty.ABSENT, self._order.difficulty),
        )
        start_minute = self._start.at.hour * _HOUR + self._start.at.minute
        cast: dict[str, dict[str, Any]] = {}
        for name, held in roles.items():
            person: dict[str, Any] = {"name": _text(people[name].name.full), "roles": list(held)}
            desk = self._desk(name)
            away: str | list[str] = own[name].away if name in own else []
            if name in gone:
                away = difficulty.away(start_minute, self._streams(f"absent/{name}"))
                if away == "always" and desk is None:
                    desk = _text(_ON_LEAVE)
            if desk is not None:
                person["desk"] = desk
            if away:
                person["away"] = away
            cast[scenario_id(name)] = person
        return cast

    def _desk(self, name: str) -> TextShape | None:
        if name == "police":
            return _text(_POLICE_DESK)
        if name == "client":
            return _in(INVENTED, self._words.tenant.kind)
        own = self._archetype.shape.people.get(name)
        written = own.desk if own is not None else self._archetype.shape.desks.get(name)
        return self._teller.text(written) if written is not None else None

    def _fiction(self) -> TextShape:
        named = [self._organisation.name, *(one.name for one in self._words.companies)]
        return TextShape.model_construct(
            en=_FICTION.en.format(", ".join(one.en for one in named)),
            zh=_FICTION.zh.format("、".join(one.zh for one in named)),
        )

    def _tags(self) -> list[str]:
        order, archetype = self._order, self._archetype.shape
        level, hardness = f"level-{order.level}", f"difficulty-{order.difficulty}"
        return list(dict.fromkeys([*archetype.tags, archetype.id, level, hardness, "generated"]))

    def _objectives(self, told: list[str]) -> Any:  # noqa: ANN401 - plain data
        for objective in self._archetype.shape.objectives:
            tested_by = [name for name in objective.tested_by if name in told]
            if not holds(objective.when, self._setting) or (objective.tested_by and not tested_by):
                continue
            words = self._teller.text(objective)
            more: dict[str, Any] = {"tested_by": tested_by} if tested_by else {}
            if objective.for_participants:
                more["for_participants"] = True
            yield {"en": words.en, "zh": words.zh, **more}

    def _flags(self) -> dict[str, bool]:
        truth = self._archetype.shape.truth
        flags = {name: yes(value, self._setting) for name, value in truth.flags.items()}
        return {
            "incident": yes(truth.incident, self._setting),
            "unlawful": yes(truth.unlawful, self._setting),
            **flags,
        }

    def _truth(self, injects: Sequence[ArchetypeInjectShape]) -> dict[str, Any]:
        written, teller = self._archetype.shape.truth, self._teller
        flags = self._flags()
        incident, unlawful = flags.pop("incident"), flags.pop("unlawful")
        cause = str(self._setting[written.cause[1:]]) if written.cause.startswith("$") else written.cause
        truth: dict[str, Any] = {"incident": incident, "unlawful": unlawful, "cause": cause, "flags": flags}
        if incident:
            truth["level"] = self._order.level
            truth["why"] = [self._measure(name, value) for name, value in self._measures.items()]
            late = [name for name, value in written.late_evidence.items() if yes(value, self._setting)]
            if LEVEL not in late and any(inject.part == "late_evidence" and inject.shows for inject in injects):
                late.append(LEVEL)  # by the first figures it is milder; a test plays that of every archetype
            truth["late_evidence"] = late
        for key, text in (("scope", written.scope), ("loss", written.loss)):
            if text is not None:
                truth[key] = teller.text(text)
        choices = self._archetype.shape.choices
        abouts = {choice: options[str(self._setting[choice])].about for choice, options in choices.items()}
        told = abouts.pop(written.cause[1:], None) if written.cause.startswith("$") else None
        if told is not None:
            truth["root_cause"] = teller.text(told)
        concealed = written.concealed_by
        if isinstance(concealed, str):
            truth["concealed_by"] = scenario_id(concealed)
        elif concealed is not None and holds(concealed.when, self._setting):
            truth["concealed_by"] = scenario_id(concealed.person)
        truth["notes"] = [teller.text(text) for text in (*abouts.values(), *teller.texts(written.notes))]
        return truth

    def _measure(self, name: str, value: int) -> dict[str, Any]:
        unit = self._archetype.playbook.measures[name].unit
        match unit:
            case "flag":
                return {"measure": name, "is": True}
            case "duration":
                return {"measure": name, "is": format_duration(value)}
            case _:
                return {"measure": name, "is": value}


def _text(text: Text) -> TextShape:
    return TextShape.model_construct(en=text.en, zh=text.zh)


def _filled(pattern: Text, words: Text) -> Text:
    return Text(pattern.en.format(words.en), pattern.zh.format(words.zh))


def _in(pattern: Text, words: Text) -> TextShape:
    return _text(_filled(pattern, words))
