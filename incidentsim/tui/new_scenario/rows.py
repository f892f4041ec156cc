"""The form for a new scenario and the preview of what comes out. Ground truth only where they are asked for."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from incidentsim.domain.scenario import Inject, Scenario
from incidentsim.domain.text import Language
from incidentsim.exports.wording.local_time import LocalClock, date_words, duration_words
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.plain_text import pad, width
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.service.workshop import DIFFICULTIES, LOCALES, ArchetypeCard, Made, Wish
from incidentsim.tui.widgets.line_list import Line, Piece, line

MAKE: Final = "make"
FIELDS: Final = ("level", "difficulty", "locale", "seed", "playbook", "spoilers")

Parts = list[tuple[str, str]]


def form_lines(card: ArchetypeCard, wish: Wish, state: str, *, spoilers: bool) -> list[Line]:
    """Make it, then a line for each choice. `state` is empty, `drawing` or `wrong`."""
    make = {
        "": (Piece("▶ ", "good"), Piece(_("Enter keeps this scenario and goes to its briefing."), "strong")),
        "drawing": (Piece("… "), Piece(_("Drawing the story…"), "dim")),
        "wrong": (Piece("✕ ", "bad"), Piece(_("This cannot be had; choose something else."), "bad")),
    }[state]
    levels = sorted(card.levels_by(wish.playbook))
    shown = [
        ("level", _("Level"), str(wish.level), _("of {all}; 1 is the most severe").format(all=_all(levels))),
        ("difficulty", _("Difficulty"), str(wish.difficulty),
         _("of {all}; 5 is the hardest").format(all=_all(DIFFICULTIES))),
        ("locale", _("Plays in"), locale_words()[wish.locale], _("its texts are in both languages")),
        ("seed", _("Seed"), str(wish.seed), _("g draws another, Enter types one")),
    ]  # fmt: skip
    if len(card.told_by) > 1:
        told_by = wish.playbook or card.playbook
        shown.append(("playbook", _("Procedure"), told_by, _("the story is told by it, at its levels")))
    columns = max(width(title) for _name, title, _value, _about in shown) + 2
    values = [f"◂ {value} ▸" if name != "seed" else f"  {value}" for name, _title, value, _about in shown]
    wide = max(map(width, values)) + 2
    lines = [line(*make, name=MAKE), line(""), line(Piece(_("What it should be like"), "heading"))]
    for (name, title, _value, about), value in zip(shown, values, strict=True):
        lines.append(line(pad(title, columns), Piece(pad(value, wide), "accent"), Piece(about, "dim"), name=name))
    box = "[x] " if spoilers else "[ ] "
    spoiled = line(Piece(box, "accent" if spoilers else ""), _("Give the story away in the preview"), name="spoilers")
    return [*lines, line(""), spoiled]


def _all(values: Sequence[int]) -> str:
    return _(", ").join(map(str, values))


def changed(card: ArchetypeCard, wish: Wish, field: str, by: int) -> Wish:
    """The wish with the next value of a field, or the one before; round and round."""
    levels = sorted(card.levels_by(wish.playbook))
    level, difficulty, locale, playbook = wish.level, wish.difficulty, wish.locale, wish.playbook
    if field == "playbook":
        known = list(card.told_by)
        playbook = known[(known.index(playbook or card.playbook) + by) % len(known)]
        level = min(card.levels_by(playbook), key=lambda one: (abs(one - level), one))
        playbook = "" if playbook == card.playbook else playbook
    elif field == "level":
        level = levels[(levels.index(level) + by) % len(levels)]
    elif field == "difficulty":
        difficulty = DIFFICULTIES[(DIFFICULTIES.index(difficulty) + by) % len(DIFFICULTIES)]
    elif field == "locale":
        locale = LOCALES[(LOCALES.index(locale) + by) % len(LOCALES)]
    return Wish(level, locale, wish.seed, difficulty, playbook)


def locale_words() -> dict[str, str]:
    """Return the country of each locale that a story can play in."""
    return {"en_US": _("United States"), "zh_CN": _("China")}


def preview(made: Made, language: Language, place: Path, *, spoilers: bool) -> tuple[str, Parts]:
    """Return the title of a scenario that was made, and titles and texts about it.

    They hold what everybody may know, and the `place` where it would be kept; with `spoilers` also the ground truth
    and the injects.
    """
    scenario = made.scenario
    names = Names(made.playbook, scenario, language)
    injects, people = len(scenario.injects), len(scenario.people)
    counts = [
        ngettext("{n} inject", "{n} injects", injects).format(n=injects),
        ngettext("{n} person", "{n} people", people).format(n=people),
    ]
    about = scenario.organisation.about
    clock = LocalClock(scenario.local_time)
    day = clock.day(0)
    parts = [
        ("", _(" · ").join(counts)),
        ("", scenario.summary.say(language)),
        (_("What the procedure lacks"), _left_out(made, spoilers=spoilers)),
        (_("Objectives"), "\n".join(f"· {one.text.say(language)}" for one in scenario.objectives)),
        (_("Organisation"), "\n".join(names.say(one) for one in (scenario.organisation.name, about) if one)),
        (_("It begins"), f"{date_words(day)}, {clock.time(0)}" if day is not None else scenario.starts),
        *(_spoilers(scenario, names, clock) if spoilers else []),
        (_("Would be kept as"), str(place)),
        (_("People"), "\n".join(_person(scenario, names))),
    ]
    return scenario.title.say(language), [part for part in parts if part[1]]


def _left_out(made: Made, *, spoilers: bool) -> str:
    """What the story asks for and the procedure has not; by its names it gives the story away."""
    if made.left_out and not spoilers:
        return _("It has not everything that this story asks for; v says what.")
    return "\n".join(f"· {one}" for one in made.left_out)


def _person(scenario: Scenario, names: Names) -> list[str]:
    return [
        _("· {name}: {roles}").format(name=names.say(one.name), roles=names.listed(map(names.role, one.roles)))
        for one in scenario.people.values()
    ]


def _spoilers(scenario: Scenario, names: Names, clock: LocalClock) -> Parts:
    parts: Parts = []
    for incident in scenario.incidents.values():
        truth = incident.truth
        said = [names.true_level(truth)]
        said += [truth.cause.replace("_", " ")]
        said += [_("unlawful")] if truth.unlawful else []
        said += [names.say(one) for one in (truth.scope, truth.loss, *truth.notes) if one is not None]
        words = "\n".join(f"· {one}" for one in said)
        parts.append((_("In truth: {incident}").format(incident=names.say(incident.title)), words))
    told = [
        f"· {_when(inject, clock)} {names.inject(inject.id)[0]}" for inject in sorted(scenario.injects, key=_planned)
    ]
    return [*parts, (_("Injects"), "\n".join(told))]


def _planned(inject: Inject) -> tuple[bool, int]:
    """First what comes at a time, then what waits for something."""
    return (inject.at is None, inject.at if inject.at is not None else inject.after)


def _when(inject: Inject, clock: LocalClock) -> str:
    if inject.at is not None:
        return clock.elapsed(inject.at)
    if inject.after:
        return _("({length} after something)").format(length=duration_words(inject.after))
    return _("(after something)")
