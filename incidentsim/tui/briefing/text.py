"""What the briefing tells: the story so far, the choices line by line, and what somebody may do."""

from dataclasses import dataclass
from typing import Final

from incidentsim.domain.scenario import Person
from incidentsim.domain.text import Language
from incidentsim.exercise.planning.shapes import ItemKind, Plan
from incidentsim.exports.preparation.ground_rules import ground_rules
from incidentsim.exports.preparation.plan import PlanTelling, wall
from incidentsim.exports.wording.local_time import LocalClock, date_words, duration_words
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.plain_text import pad, width
from incidentsim.exports.wording.playbook_words import language_notes
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.service.library import Playable
from incidentsim.service.seating import Choices, others, people, steps_of
from incidentsim.session.seats import MODES, Mode
from incidentsim.tui.widgets.line_list import Line, Piece, line
from incidentsim.tui.widgets.text import cut

START: Final = "start"
PLAN: Final = "plan"
COACH: Final = "coach"
WIDEST_ROLES: Final = 40
NARROW_ROLES: Final = 24
"""Columns of somebody's roles in the table; what is longer is cut, and told in full elsewhere."""
ROOMY: Final = 90
"""Columns of a table in which the roles may be at their widest."""

Parts = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Told:
    """A scenario that can be played, told in a language."""

    found: Playable
    language: Language

    @property
    def names(self) -> Names:
        """Titles by id."""
        return Names(self.found.playbook, self.found.scenario, self.language)

    @property
    def title(self) -> str:
        """The scenario's title."""
        return self.found.scenario.title.say(self.language)

    def story(self) -> Parts:
        """Return the part of the scenario that everybody may know before it begins, as titles and texts."""
        scenario, language = self.found.scenario, self.language
        organisation = scenario.organisation
        about = f"\n{organisation.about.say(language)}" if organisation.about is not None else ""
        clock = LocalClock(scenario.local_time)
        day = clock.day(0)
        begins = (
            _("{date}, {time}").format(date=date_words(day), time=clock.time(0)) if day is not None else scenario.starts
        )
        parts = [
            ("", scenario.summary.say(language)),
            ("", "\n".join(language_notes(scenario.title, self.found.playbook.title, language))),
            (_("Objectives"), "\n".join(f"· {words}" for words in self._objectives())),
            (_("Organisation"), organisation.name.say(language) + about),
            (_("It begins"), begins),
            (_("By the procedure"), self.found.playbook.title.say(language)),
            (_("Ground rules"), "\n".join(f"· {rule}" for rule in ground_rules())),
        ]
        return [part for part in parts if part[1]]

    def _objectives(self) -> list[str]:
        """Those of the scenario that give nothing away, and those that every exercise of the procedure has."""
        of_scenario = [one.text for one in self.found.scenario.objectives if one.for_participants]
        of_playbook = [one.title for one in self.found.playbook.objectives.values()]
        return [text.say(self.language) for text in (*of_scenario, *of_playbook)]

    def lines(self, choices: Choices, room: int = ROOMY) -> list[Line]:
        """Start, the modes, the pacing, and everybody who takes part; `room` is how many columns there are."""
        shown = [self._start(choices), line("")]
        shown.append(line(Piece(_("How it is played"), "heading")))
        titles = mode_words()
        columns = max(width(title) for title, _about in titles.values()) + 2
        shown += [
            line(_radio(choices.mode == mode), pad(titles[mode][0], columns), Piece(titles[mode][1], "dim"),
                 name=f"mode/{mode}")
            for mode in MODES
        ]  # fmt: skip
        shown += [line(""), line(Piece(_("For whom and how long"), "heading")), *self._plan(choices)]
        shown += [line(""), line(Piece(_("How time passes"), "heading"))]
        paces = pace_words()
        columns = max(width(title) for title, _about in paces.values()) + 2
        shown += [
            line(_radio(choices.live == (pace == "live")), pad(title, columns), Piece(about, "dim"),
                 name=f"pace/{pace}")
            for pace, (title, about) in paces.items()
        ]  # fmt: skip
        shown += [line(""), line(Piece(_("For first-timers"), "heading")), self._coach(choices)]
        return [*shown, line(""), *self._table(choices, WIDEST_ROLES if room >= ROOMY else NARROW_ROLES)]

    def _start(self, choices: Choices) -> Line:
        if not choices.complete:
            return line(Piece("✕ ", "bad"), Piece(_("Choose somebody to play, or facilitate."), "bad"), name=START)
        who = self.names.listed(
            one.name.say(self.language) for one in people(self.found) if one.pseudonym in choices.played
        )
        said = _("Enter starts: you play {who}, bots play the others.")
        if choices.mode == "hot_seat":
            said = _("Enter starts: you share the keyboard and play {who}.")
        elif choices.mode == "facilitated":
            said = (
                _("Enter starts: you facilitate; people play {who}.") if who else _("Enter starts: you watch the bots.")
            )
        return line(Piece("▶ ", "good"), Piece(said.format(who=who), "strong"), name=START)

    def _coach(self, choices: Choices) -> Line:
        """Whom the coach helps."""
        helped = [one for one in people(self.found) if choices.coaches(one.pseudonym)]
        everybody = bool(helped) and len(helped) == len(choices.played)
        box = Piece("[x] ", "accent") if everybody else Piece("[-] " if helped else "[ ] ", "accent" if helped else "")
        whom = "" if everybody or not helped else self.names.listed(one.name.say(self.language) for one in helped)
        title, about = coach_words()
        return line(box, title, Piece("  " + (whom or about), "dim"), name=COACH)

    def _plan(self, choices: Choices) -> list[Line]:
        """For how many people and minutes it is planned, and what each player plays."""
        plan = choices.plan
        if plan is None:
            asked = _("Say how many you are and how many minutes you have; then it is proposed who plays whom.")
            return [line(Piece("… ", "accent"), Piece(asked, "dim"), name=PLAN)]
        said = _("{players}, {minutes}: {times}").format(
            players=ngettext("{n} player", "{n} players", len(plan.players)).format(n=len(plan.players)),
            minutes=ngettext("{n} minute", "{n} minutes", plan.minutes).format(n=plan.minutes),
            times=session_times(plan),
        )
        lines = [line(Piece("✓ ", "good"), said, name=PLAN)]
        names = {one.pseudonym: one.name.say(self.language) for one in people(self.found)}
        for number, hand in enumerate(choices.players, 1):
            who = self.names.listed(names.get(name, name) for name in hand)
            lines.append(line(Piece(_("  {n}  {people}").format(n=number, people=who))))
        if plan.stops is not None:
            lines.append(line(Piece("  " + _("The story does not come to its end in this time."), "dim")))
        return lines

    def _table(self, choices: Choices, widest: int) -> list[Line]:
        there = people(self.found)
        head = _("Who is played by people ({n} of {all})").format(n=len(choices.played), all=len(there))
        lines = [line(Piece(head, "heading"))]
        who = [person.name.say(self.language) for person in there]
        columns = max(map(width, who), default=0) + 2
        roles = [cut(self._roles(person), widest) for person in there]
        wide = max(map(width, roles), default=0) + 2
        for person, name, held in zip(there, who, roles, strict=True):
            box = Piece("[x] ", "accent") if person.pseudonym in choices.played else Piece("[ ] ")
            does = self.names.listed(step.title.say(self.language) for step in steps_of(self.found.playbook, person))
            lines.append(line(box, pad(name, columns), pad(held, wide), Piece(does, "dim"), name=f"seat/{person.id}"))
        for person in others(self.found):
            why = _("is not there") if person.always_away else _("stands outside")
            said = _("{name} · {roles} ({why})").format(
                name=person.name.say(self.language), roles=self._roles(person), why=why
            )
            lines.append(line(Piece(f"  - {said}", "dim")))
        return lines

    def _roles(self, person: Person) -> str:
        return self.names.listed(self.names.role(role) for role in person.roles)

    def about(self, name: str | None, choices: Choices | None = None) -> tuple[str, Parts]:
        """Everything about the line at the cursor."""
        if name == PLAN:
            return _("For whom and how long"), self._about_plan(choices)
        if name == COACH:
            return coach_words()[0], [("", long_coach_words())]
        kind, _slash, value = (name or "").partition("/")
        if kind == "seat":
            return self._person(self.found.scenario.people[value])
        if kind == "mode":
            return mode_words()[_mode(value)][0], [("", long_mode_words()[_mode(value)])]
        if kind == "pace":
            return pace_words()[value][0], [("", pace_words()[value][1])]
        there = len(people(self.found))
        said = ngettext("{n} person takes part.", "{n} people take part.", there).format(n=there)
        asked = _("Enter starts as proposed; nothing has to be chosen. Every choice can be made differently next time.")
        return _("Ready"), [("", said), ("", asked)]

    def _about_plan(self, choices: Choices | None) -> Parts:
        how = _("Say two numbers: how many people play, and how many minutes the whole session takes.")
        if choices is None or choices.plan is None:
            return [("", how)]
        telling = PlanTelling(self.found.playbook, self.found.scenario, choices.plan, self.language)
        return [
            ("", telling.head()),
            (_("Who plays whom"), "\n".join(telling.hands())),
            (_("Bots play"), "\n".join(telling.left_to_bots())),
            ("", how),
        ]

    def _person(self, person: Person) -> tuple[str, Parts]:
        steps = []
        for step in steps_of(self.found.playbook, person):
            takes = _(" ({length})").format(length=duration_words(step.takes)) if step.takes else ""
            steps.append(f"· {step.title.say(self.language)}{takes}")
        desk = person.desk.say(self.language) if person.desk is not None else ""
        hours = _(", ").join(f"{_clock(begins)}-{_clock(ends)}" for begins, ends in person.away)
        parts = [
            (_("Roles"), self._roles(person)),
            (_("Desk"), desk),
            (_("Away every day"), hours),
            (_("May do"), "\n".join(steps) or _("nothing by the playbook: is told and asked")),
        ]
        return person.name.say(self.language), [part for part in parts if part[1]]


def session_times(plan: Plan) -> str:
    """Return when the parts of the session begin, by the clock on the wall; of the story it says nothing."""
    first = next((item.begins for item in plan.agenda if item.kind is ItemKind.PLAY), 0)
    last = plan.agenda[-1].begins
    return _("briefing 0:00, play {play}, hot wash {hot_wash}, end {end}").format(
        play=wall(first), hot_wash=wall(last), end=wall(plan.minutes)
    )


def mode_words() -> dict[Mode, tuple[str, str]]:
    """The modes, each with what it is in a line."""
    return {
        "solo": (_("Solo"), _("One person plays, bots play everybody else.")),
        "hot_seat": (_("Hot seat"), _("Several people share this keyboard; one key hands it over.")),
        "facilitated": (_("Facilitated"), _("Somebody runs it: releases, skips, delays, adds injects.")),
    }


def long_mode_words() -> dict[Mode, str]:
    """The modes, each explained."""
    return {
        "solo": _(
            "You play one or several people, bots play everybody else. Time stops whenever something is yours to do."
        ),
        "hot_seat": _(
            "Several people sit at one keyboard, each playing somebody. One key hands over, and the inbox of whoever "
            "leaves is hidden."
        ),
        "facilitated": _(
            "Somebody runs the exercise for the others: sees what is planned, releases, skips, delays and adds "
            "injects, pauses, and takes notes. Nobody has to be played; then bots play and you watch."
        ),
    }


def coach_words() -> tuple[str, str]:
    """Return the title of the coach and a line about it."""
    return _("Coach"), _("Marks what is owed first, says why, and gives hints on request.")


def long_coach_words() -> str:
    """Return what the coach is, explained."""
    return _(
        "For first-timers: what is owed first is marked, with why and what good looks like. One key asks for a hint, "
        "in three steps: where to look, by which criterion, what to do. The coach knows only what you know. It says "
        "less of what you do right, and more again after an error. Hints go on record and show in the rating. c "
        "switches it on and off; at the line of somebody who is played, for them alone."
    )


def pace_words() -> dict[str, tuple[str, str]]:
    """Return the title of each pacing and a line about it, by `stepped` and `live`."""
    return {
        "stepped": (_("Stepped"), _("Time jumps to the next thing that matters.")),
        "live": (_("Live"), _("Time passes by the clock, ×1 to ×60; it begins paused.")),
    }


def _mode(value: str) -> Mode:
    return next((one for one in MODES if one == value), "solo")


def _radio(chosen: bool) -> Piece:
    return Piece("(•) ", "accent") if chosen else Piece("( ) ")


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def trouble_parts(trouble: str) -> Parts:
    """Return the reason why a scenario cannot be used, to be shown in place of its story."""
    return [(_("This scenario cannot be played"), trouble)]
