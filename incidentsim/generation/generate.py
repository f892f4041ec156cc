"""A scenario as a function of archetype, seed, level, locale, difficulty and organisation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from incidentsim.definitions.formats.common import TextShape
from incidentsim.definitions.formats.scenario import BIGGEST, ScenarioShape
from incidentsim.definitions.rosters.roster import Roster
from incidentsim.definitions.scenario.write import scenario_to_yaml
from incidentsim.domain.errors import InputError
from incidentsim.domain.text import Text
from incidentsim.generation import difficulty, ending, moments, story, truth
from incidentsim.generation.archetype import Archetype, yes
from incidentsim.generation.cast import CAST, NAMELESS, played_by, roles_held, scenario_id
from incidentsim.generation.measures import UnreachableError
from incidentsim.generation.names import FAKER
from incidentsim.generation.pace import Pace
from incidentsim.generation.pace import told as told_at_pace
from incidentsim.generation.people import Character, desk_of, hire, of_roster
from incidentsim.generation.settings import DIFFICULTIES, LOCALES, Setting, Streams, draw, holds
from incidentsim.generation.story import Teller
from incidentsim.generation.truth import asked_flags, reach_judges, reach_takers
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
_FICTION_WITH_PEOPLE: Final = Text(
    "The people are those of a roster, unless they are marked as invented. Companies, towns, figures and addresses are "
    "invented: {}. Domains, IP addresses and telephone numbers are those reserved for examples, or masked.",
    "人物取自人员名册，注明虚构者除外。公司、地名、数字和地址均为虚构：{}。域名与IP地址取自专供示例使用的保留范围，电话号码为保留号码或已脱敏。",
)
_ON_LEAVE: Final = Text("on leave", "休假中")
_PERCENT: Final = 100
_HOUR: Final = 60
_TRIES: Final = 200
_SEVERAL: Final = 2
"""An estimate of less says nothing: texts speak of several."""


@dataclass(frozen=True, slots=True)
class Order:
    """The parameters of a generated scenario; the same order always gives the same scenario.

    Attributes:
        seed: of every stream that is drawn from.
        level: of the incident, as the playbook numbers it.
        locale: one of `LOCALES`.
        difficulty: from 1, the easiest, to 5.
        organisation: whose story it is; `None` for one of the locale's invented ones.
        people: the people of a company, who take part in place of invented ones.
    """

    seed: int
    level: int
    locale: str = "en_US"
    difficulty: int = 3
    organisation: Organisation | None = None
    people: Roster | None = None


@dataclass(frozen=True, slots=True)
class Generated:
    """A scenario made from an archetype.

    Attributes:
        lacking: the meanings that the story asks for and the playbook has not: what rests on them was left out, or
            goes to whoever or whatever stands nearest.
        unanswered: the answers of the ground truth that steps of the playbook ask for and the story does not give.
        invented: the names of people who are invented because nobody of the roster is there for their part.
    """

    id: str
    shape: ScenarioShape
    data: bytes
    lacking: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    invented: tuple[Text, ...] = ()


def generate(archetype: Archetype, order: Order) -> Generated:
    """The scenario for an order; the same order always gives the same bytes.

    Raises:
        InputError: the archetype cannot reach the level, or something asked for is not on offer.
    """
    _check(archetype, order)
    story = _drawn(archetype, order)
    shape = story.shape()
    data = _header(archetype, order).encode() + scenario_to_yaml(shape)
    return Generated(shape.id, shape, data, story.lacking(), story.unanswered(), story.invented(shape))


def scenario_name(archetype: Archetype, order: Order) -> str:
    """The id of the scenario for an order; a playbook that the archetype was not written for is named in it."""
    language = order.locale.partition("_")[0]
    told_by = "" if archetype.own else f"-{archetype.playbook.id}"
    told_by += "-people" if order.people is not None else ""
    return f"{archetype.id}{told_by}-{language}-l{order.level}-d{order.difficulty}-s{order.seed}"


def _check(archetype: Archetype, order: Order) -> None:
    if not archetype.levels:
        message = _("No story of the archetype {name} reaches a level of the playbook {playbook}.")
        raise InputError(message.format(name=archetype.id, playbook=archetype.playbook.id))
    if order.level not in archetype.levels:
        message = _("The archetype {name} cannot reach level {level}; it can reach {levels}.")
        levels = ", ".join(map(str, archetype.levels))
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
    told_by = "" if archetype.own else f"--playbook={archetype.playbook.id}"
    call = (
        f"incidentsim generate {archetype.id} --seed {order.seed} --level {order.level} --locale {order.locale}"
        f" --difficulty {order.difficulty} {told_by}".rstrip()
        + (f" --people={order.people.id}" if order.people is not None else "")
    ).rstrip()
    return (
        f"# Generated by incidentsim {__version__} from the archetype {archetype.id} with {FAKER}. Again:\n#   {call}\n"
    )


def _drawn(archetype: Archetype, order: Order) -> "_Story":
    """The story for an order. Of a playbook that it was not written for, it is drawn until it reaches the level."""
    asked: Setting = {"level": archetype.gravity(order.level), "difficulty": order.difficulty, "locale": order.locale}
    tries = 1 if archetype.own else _TRIES
    for attempt in range(tries):
        streams = Streams(order.seed, f"{archetype.id}/{attempt}" if attempt else archetype.id)
        try:
            return _Story(archetype, order, draw(archetype.shape, asked, streams), streams)
        except UnreachableError as error:
            unreached = error
    message = _("The archetype {name} cannot reach level {level} with the measure {measure}.")
    raise InputError(message.format(name=archetype.id, level=order.level, measure=unreached.measure)) from unreached


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
        self._fitted = archetype.fitting.fitted(
            archetype.measures(setting),
            order.level,
            archetype.gravity(order.level),
            lambda name, low, high: streams(name).between(low, high),
        )
        own = {name: person.roles for name, person in archetype.people(setting).items()}
        held = roles_held(archetype.meant, own, archetype.spoken_of)
        self._ours = played_by(
            order.people,
            held,
            self._start.at.date(),
            archetype.playbook,
            apart={*own, *archetype.accused},
            spoken_of=archetype.spoken_of,
        )
        self._held = self._ours.held
        self._words = Vocabulary(
            archetype,
            setting,
            streams,
            organisation=self._organisation,
            world=place,
            start=self._start,
            measures=self._fitted.values,
            bounds=self._bounds(),
        )
        self._teller = Teller(
            archetype, setting, streams, self._words, self._start, held=self._held, stands_in=self._ours.stands_in
        )
        self._told = story.chosen(archetype, setting, streams)
        self._noise = story.noise(archetype, setting, streams)

    def shape(self) -> ScenarioShape:
        """The whole scenario; by a playbook that it was not written for, at the pace of that."""
        if self._archetype.own:
            return self._at(Pace())
        return told_at_pace(self._archetype.playbook, self._at)

    def _at(self, pace: Pace) -> ScenarioShape:
        """The whole scenario as it is told at a pace."""
        self._pace = pace
        self._teller.pace = pace.percent
        archetype, order = self._archetype.shape, self._order
        people = self._people()
        self._words.add_people(people)
        told = self._told
        title = self._teller.one_of(archetype.titles, "title")
        injects = [self._teller.tell(inject) for inject in told]
        if self._fitted.figure is not None:
            figure = self._fitted.figure
            injects.append(self._teller.figure(figure, self._fitted.known[figure]))
        if not self._archetype.own:  # for its own playbook, it says itself who is told
            reach_judges(self._archetype.meant, injects)
            reach_takers(self._archetype.meant, [one for one in injects if one["id"] in pace.prompted])
        events = len(injects)
        injects += [self._teller.tell(inject) for inject in self._noise[: len(self._noise) * pace.noise // _PERCENT]]
        self._words.now = None
        organisation = self._organisation
        return ScenarioShape.model_validate(
            {
                "schema": "incidentsim/scenario/1",
                "id": scenario_name(self._archetype, order),
                "playbook": self._archetype.playbook.id,
                "title": title,
                "summary": self._teller.one_of(archetype.summaries, "summary"),
                "fiction": self._fiction(),
                "language": ["en", "zh"],
                "tags": self._tags(),
                "objectives": [
                    *ending.for_participants(injects[:events]),
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
                    archetype.incident: {"title": title, **self._working_title(injects), "truth": self._truth()}
                },
                "injects": injects,
                "expect": ending.expectations(
                    self._archetype.playbook, archetype.incident, self._asked_flags(), order.level
                ),
            }
        )

    def _working_title(self, injects: list[dict[str, Any]]) -> dict[str, Any]:
        """What people call it until it is judged: the subject of the message that raises it, where it has one."""
        raising = next((inject for inject in injects if inject.get("raises")), {})
        return {"working_title": raising["subject"]} if raising.get("subject") else {}

    def _bounds(self) -> dict[str, int]:
        """The most that each first estimate may be, so that it makes a lighter level than the truth."""
        found: dict[str, int] = {}
        for slot, measure in self._archetype.estimates.items():
            if measure in self._fitted.values:
                bound = self._archetype.fitting.lightest_below(measure, self._fitted.values)
                found |= {slot: bound} if bound is not None and bound >= _SEVERAL else {}
        return found

    def _people(self) -> dict[str, Character]:
        tenant = self._words.tenant
        desks = {
            "police": desk_of("police", _POLICE, ""),
            "client": desk_of("client", _filled(_CLIENT, tenant.name), f"service@{tenant.domain}"),
        }
        names = [name for name in (*CAST, *self._held) if name not in NAMELESS]
        names = list(dict.fromkeys(names))
        hired = hire(self._order.locale, self._organisation.domain, names, self._streams)
        known = {name: of_roster(hired[name], person) for name, person in self._ours.people.items()}
        return hired | known | desks

    def _cast(self, people: Mapping[str, Character]) -> dict[str, dict[str, Any]]:
        own = self._archetype.people(self._setting)
        roles = self._held
        there = {name: held for name, held in roles.items() if name not in own or own[name].away != "always"}
        gone = difficulty.absent(
            self._archetype.playbook,
            {name: held for name, held in there.items() if name not in self._ours.people},
            self._archetype.spoken_of,
            self._streams("absent"),
            difficulty.count(difficulty.ABSENT, self._order.difficulty),
        )
        start_minute = self._start.at.hour * _HOUR + self._start.at.minute
        cast: dict[str, dict[str, Any]] = {}
        for name, held in roles.items():
            person: dict[str, Any] = {"name": self._ours.called(name, people[name].name.full), "roles": list(held)}
            ours = self._ours.people.get(name)
            desk = self._desk(name) if ours is None else self._ours.desk(ours)
            away: str | list[str] = own[name].away if name in own else list(ours.away) if ours else []
            if name in gone and scenario_id(name, self._archetype.playbook) not in self._pace.there:
                away = difficulty.away(start_minute, self._streams(f"absent/{name}"))
                if away == "always" and desk is None:
                    desk = _text(_ON_LEAVE)
            if desk is not None:
                person["desk"] = desk
            if away:
                person["away"] = away
            cast[scenario_id(name, self._archetype.playbook)] = person
        return cast

    def _desk(self, name: str) -> TextShape | None:
        if name == "police":
            return _text(_POLICE_DESK)
        if name == "client":
            return _in(INVENTED, self._words.tenant.kind)
        own = self._archetype.shape.people.get(name)
        written = own.desk if own is not None else self._archetype.shape.desks.get(name)
        return self._teller.text(written) if written is not None else None

    def invented(self, shape: ScenarioShape) -> tuple[Text, ...]:
        """The names of those for whose part nobody of the roster was there."""
        called = (shape.people[scenario_id(one, self._archetype.playbook)].name for one in self._ours.marked)
        return tuple(Text(name.en or "", name.zh or "") for name in called if isinstance(name, TextShape))

    def _fiction(self) -> TextShape:
        named = [self._organisation.name, *(one.name for one in self._words.companies)]
        fiction = _FICTION if self._order.people is None else _FICTION_WITH_PEOPLE
        return TextShape.model_construct(
            en=fiction.en.format(", ".join(one.en for one in named)),
            zh=fiction.zh.format("、".join(one.zh for one in named)),
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
        return {
            "incident": yes(truth.incident, self._setting),
            "unlawful": yes(truth.unlawful, self._setting),
            **{name: yes(value, self._setting) for name, value in truth.flags.items()},
        }

    def _asked_flags(self) -> dict[str, bool]:
        """The answers that the playbook asks for, by its own names."""
        return asked_flags(self._archetype.meant, self._flags())

    def _truth(self) -> dict[str, Any]:
        return truth.truth(
            self._archetype,
            self._setting,
            self._teller,
            fitted=self._fitted,
            flags=self._flags(),
            told=self._told,
            level=self._order.level,
            pace=self._pace,
        )

    def lacking(self) -> tuple[str, ...]:
        """The meanings that the story asks for and the playbook has not, each once."""
        return truth.lacking(self._archetype, self._setting, self._told)

    def unanswered(self) -> tuple[str, ...]:
        """The answers that steps of the playbook ask for and the story does not give."""
        return tuple(flag for flag in self._archetype.playbook.asked if flag not in self._asked_flags())


def _text(text: Text) -> TextShape:
    return TextShape.model_construct(en=text.en, zh=text.zh)


def _filled(pattern: Text, words: Text) -> Text:
    return Text(pattern.en.format(words.en), pattern.zh.format(words.zh))


def _in(pattern: Text, words: Text) -> TextShape:
    return _text(_filled(pattern, words))
