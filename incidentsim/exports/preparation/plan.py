"""A plan as people read it: who plays whom, the agenda on the wall clock, what is jumped and left out, and the grounds.

Every line is plain, harmless and at most 80 columns wide.
"""

from collections.abc import Iterator, Mapping

from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import Language
from incidentsim.exercise.forecast.reading import CHARACTERS_A_MINUTE, MINUTES_A_DECISION, WORDS_A_MINUTE
from incidentsim.exercise.planning.shapes import (
    HOT_WASH_PART,
    MOST_PEOPLE,
    SEATING,
    AgendaItem,
    BotPart,
    ItemKind,
    LeftToBots,
    Plan,
)
from incidentsim.exercise.planning.typical_play import PLAYS
from incidentsim.exports.preparation.forecast_words import NOTHING, PAGE_WIDTH, table
from incidentsim.exports.text.narrative import hanging
from incidentsim.exports.wording.local_time import LocalClock, duration_words
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.plain_text import visible, wrap
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

_MINUTE = 60_000


def plan_lines(
    playbook: Playbook, scenario: Scenario, plan: Plan, language: Language, named: Mapping[int, str] | None = None
) -> list[str]:
    """The whole plan; `named` are the names of its players, where a roster says them."""
    telling = PlanTelling(playbook, scenario, plan, language, named)
    lines = [visible(telling.names.say(scenario.title)), *wrap(telling.head(), PAGE_WIDTH)]
    for title, body in (
        (_("Who plays whom"), telling.players()),
        (_("Bots play"), telling.bots()),
        (_("Outside"), telling.outside()),
        (_("Agenda"), telling.agenda()),
        (_("What is jumped and left out"), telling.shortened()),
        (_("Four eyes"), telling.four_eyes()),
        (_("What this rests on"), telling.grounds()),
    ):
        if body:
            lines += ["", title, *body]
    return lines


class PlanTelling:
    """A plan told in a language, part by part."""

    def __init__(
        self,
        playbook: Playbook,
        scenario: Scenario,
        plan: Plan,
        language: Language,
        named: Mapping[int, str] | None = None,
    ) -> None:
        self._named = named or {}
        self.names = Names(playbook, scenario, language)
        self._plan = plan
        self._clock = LocalClock(scenario.local_time)
        self._roles = {person.pseudonym: person.roles for person in scenario.people.values()}
        self._phases = playbook.phases

    def head(self) -> str:
        """Say how many play, how long, in which mode and pace."""
        plan = self._plan
        players = ngettext("{n} player", "{n} players", len(plan.players)).format(n=len(plan.players))
        minutes = ngettext("{n} minute", "{n} minutes", plan.minutes).format(n=plan.minutes)
        return _("{players}, {minutes}. {mode} {pace}").format(
            players=players, minutes=minutes, mode=self._mode(), pace=self.pace()
        )

    def _mode(self) -> str:
        if self._plan.facilitated:
            return _("Facilitated: somebody who plays nobody runs the exercise.")
        return _("Solo.") if len(self._plan.players) == 1 else _("Hot seat: the players share one keyboard.")

    def pace(self) -> str:
        """Return the sentence on how time passes."""
        if self._plan.speed is None:
            return _("Stepped: time jumps to the next thing that matters.")
        return _("Live at ×{speed}: so the story fits, and every duty leaves time to decide.").format(
            speed=self._plan.speed
        )

    def person(self, name: str) -> str:
        """A person with their roles."""
        roles = self.names.listed(map(self.names.role, self._roles[name]))
        return visible(_("{person} ({roles})").format(person=self.names.person(name), roles=roles))

    def players(self) -> list[str]:
        """The players, whom each plays, and what each has to do."""
        rows = [[_("Player"), _("Decisions"), _("Messages"), _("First called"), _("Plays whom")]]
        rows += [
            [
                self._player(part.number),
                str(part.decisions),
                str(part.messages),
                NOTHING if part.called is None else self._clock.elapsed(part.called),
                _("; ").join(map(self.person, part.people)),
            ]
            for part in self._plan.players
        ]
        lines = table(rows)
        idle = [part for part in self._plan.players if not part.decisions]
        if len(self._plan.players) > 1:
            bound = ngettext(
                "No two players differ by more than {n} decision.",
                "No two players differ by more than {n} decisions.",
                self._plan.bound,
            ).format(n=self._plan.bound)
            lines += hanging("  ", bound, columns=PAGE_WIDTH)
        if idle:
            message = ngettext(
                "{n} player decides nothing in this part of the story and only reads and advises: fewer players would "
                "do.",
                "{n} players decide nothing in this part of the story and only read and advise: fewer players would "
                "do.",
                len(idle),
            ).format(n=len(idle))
            lines += hanging("  ", message, columns=PAGE_WIDTH)
        return lines

    def _player(self, number: int) -> str:
        name = self._named.get(number)
        return str(number) if name is None else _("{n} {name}").format(n=number, name=visible(name))

    def hands(self) -> list[str]:
        """Tell of each player whom they play, a line each, without anything about the story."""
        return [
            _("{n}  {people}").format(n=part.number, people=_("; ").join(map(self.person, part.people)))
            for part in self._plan.players
        ]

    def left_to_bots(self) -> list[str]:
        """Name those whom bots play, reason by reason, a line each, without anything about the story."""
        told = {reason: [part for part in self._plan.bots if part.why is reason] for reason in LeftToBots}
        return [
            _("{why}: {people}").format(
                why=_why(reason), people=_("; ").join(visible(self.names.person(part.person)) for part in parts)
            )
            for reason, parts in told.items()
            if parts
        ]

    def bots(self) -> list[str]:
        """Name those whom bots play, reason by reason, with how many decisions that leaves to them."""
        lines: list[str] = []
        for reason in LeftToBots:
            parts = [part for part in self._plan.bots if part.why is reason]
            if parts:
                said = _("{why}: {people}").format(why=_why(reason), people=_("; ").join(map(self._bot, parts)))
                lines += hanging("  ", said, columns=PAGE_WIDTH)
        return lines

    def _bot(self, part: BotPart) -> str:
        if not part.decisions:
            return visible(self.names.person(part.person))
        said = ngettext("{person}, {n} decision", "{person}, {n} decisions", part.decisions)
        return said.format(person=self.person(part.person), n=part.decisions)

    def outside(self) -> list[str]:
        """Name who stands outside, and who speaks for them."""
        if not self._plan.outside:
            return []
        who = self.names.listed(visible(self.names.person(name)) for name in self._plan.outside)
        said = (
            _("The facilitator speaks for them, else bots do: {people}")
            if self._plan.facilitated
            else _("Bots speak for them: {people}")
        )
        return hanging("  ", said.format(people=who), columns=PAGE_WIDTH)

    def agenda(self) -> list[str]:
        """The parts of the session, from when and how long by the clock on the wall, and what of the story comes."""
        rows = [[_("From"), _("Minutes"), _("Decisions"), _("Time in the story"), _("What")]]
        for item in self._plan.agenda:
            told = item.kind is ItemKind.PLAY
            story = NOTHING if item.story is None else self._span(*item.story)
            rows.append(
                [wall(item.begins), str(item.minutes), str(item.decisions) if told else "", story, self.what(item)]
            )
        rows.append([wall(self._plan.minutes), "", "", "", _("The session ends")])
        return table(rows)

    def what(self, item: AgendaItem) -> str:
        """Return what a part of the session is called."""
        match item.kind:
            case ItemKind.BRIEFING:
                return _("Briefing")
            case ItemKind.PLAY:
                return visible(self.names.say(self._phases[item.phase].title)) if item.phase else _("Play")
            case ItemKind.RESERVE:
                return _("In reserve")
            case ItemKind.HOT_WASH:
                return _("Hot wash")

    def _span(self, begins: int, ends: int) -> str:
        return _("{begins} to {ends}").format(begins=self._moment(begins), ends=self._moment(ends))

    def _moment(self, at: int) -> str:
        return self._clock.elapsed(at - at % _MINUTE)

    def shortened(self) -> list[str]:
        """Return what of the story is jumped, and where it is broken off; empty where neither is."""
        lines: list[str] = []
        for gap in self._plan.gaps:
            said = _(
                "Jumped: {length} from {begins} to {ends}, in which players have nothing to decide or read."
            ).format(
                length=duration_words(gap.ends - gap.begins),
                begins=self._moment(gap.begins),
                ends=self._moment(gap.ends),
            )
            lines += hanging("  ", said, columns=PAGE_WIDTH)
        for said in self._broken_off():
            lines += hanging("  ", said, columns=PAGE_WIDTH)
        return lines

    def _broken_off(self) -> Iterator[str]:
        if self._plan.stops is None:
            return
        yield _("The time is over at {at} of the story; {length} of it are left out.").format(
            at=self._moment(self._plan.stops), length=duration_words(self._plan.ends - self._plan.stops)
        )
        if self._plan.left_out:
            phases = self.names.listed(visible(self.names.say(self._phases[one].title)) for one in self._plan.left_out)
            yield _("Not reached: {phases}").format(phases=phases)
        yield (
            _("Close the exercise there, from the console.")
            if self._plan.facilitated
            else _("Leave it there, or have somebody facilitate who closes it from the console: then it is debriefed.")
        )

    def four_eyes(self) -> list[str]:
        """Return what only one person can do who would have to look at their own work; empty where there is none."""
        lines: list[str] = []
        for name, step in self._plan.four_eyes.alone:
            said = _("Only {person} can take “{step}”, and may not where it looks at what they did themselves.").format(
                person=visible(self.names.person(name)), step=visible(self.names.step(step))
            )
            lines += hanging("  ", said, columns=PAGE_WIDTH)
        return lines

    def grounds(self) -> list[str]:
        """The assumptions, one sentence after the other."""
        said = _(
            "Practised bots played it {plays} times; the figures are those of the middle play. Assumed: {words} "
            "English words or {characters} Chinese characters a minute to read, {minutes} minutes a decision, "
            "{seating} minutes to sit down, one part in {part} of the session for the hot wash, at most {people} "
            "people a player. Nobody plays both sides of a four-eyes rule, deputies included."
        ).format(
            plays=PLAYS,
            words=WORDS_A_MINUTE,
            characters=CHARACTERS_A_MINUTE,
            minutes=MINUTES_A_DECISION,
            seating=SEATING,
            part=HOT_WASH_PART,
            people=MOST_PEOPLE,
        )
        return hanging("  ", said, columns=PAGE_WIDTH)


def wall(minutes: int) -> str:
    """A time of the session, as hours and minutes from its beginning."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def _why(reason: LeftToBots) -> str:
    match reason:
        case LeftToBots.NOTHING_TO_DECIDE:
            return _("Nothing to decide")
        case LeftToBots.FOUR_EYES:
            return _("Every player is on the other side of a four-eyes rule")
        case LeftToBots.BALANCE:
            return _("Whoever could play them decides enough already")
        case LeftToBots.MANY_PEOPLE:
            return _("Whoever could play them plays enough people already")
        case LeftToBots.TIME:
            return _("The time does not reach for their decisions")
