"""The words of a forecast: proficiencies, mistakes, spreads of values, and durations short enough for a table."""

from collections.abc import Sequence
from typing import Final

from incidentsim.exercise.forecast.shapes import Forecast, Mistake, Spread
from incidentsim.exports.wording.beside.bots import people_words, short
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.plain_text import columns, width, wrap
from incidentsim.exports.wording.refusals import reason_kind_words
from incidentsim.messages import gettext as _

PAGE_WIDTH: Final = 80
"""The width of a preview in columns: it is made to be printed and pasted."""
NARROWEST: Final = 12
"""Columns that the last cell of a row has at least."""
NOTHING: Final = "–"


def spread_words(spread: Spread | None, *, time: bool = False) -> str:
    """The middle value, and from where to where the others lie if they differ."""
    if spread is None:
        return NOTHING
    low, median, high = ((short if time else str)(value) for value in (spread.low, spread.median, spread.high))
    return median if low == high else _("{median} ({low}–{high})").format(median=median, low=low, high=high)


def percent(part: int, whole: int) -> str:
    """So many of so many, in percent, rounded to the nearest; `–` of nothing."""
    return f"{(200 * part + whole) // (2 * whole)}%" if whole else NOTHING


def mistake_words(mistake: Mistake, names: Names) -> str:
    """Return the words for a mistake that is likely."""
    match mistake.kind:
        case "refused":
            why = reason_kind_words(mistake.why) if mistake.why is not None else ""
            return _("Refused: “{step}” – {why}").format(step=names.step(mistake.subject), why=why)
        case "late":
            return _("Late: {duty}").format(duty=names.duty(mistake.subject))
        case "level":
            return _("First grading too mild") if mistake.subject == "too_mild" else _("First grading too severe")
        case "judgement":
            return _("Misjudged: “{step}”, which the truth speaks against").format(step=names.step(mistake.subject))
        case "unasked":
            return _("Told though nothing asked for it: “{step}”").format(step=names.step(mistake.subject))


def how_played(forecast: Forecast) -> str:
    """Return the sentences that say how the plays of the forecast were made."""
    people = names_of(forecast.proficiencies)
    return _(
        "Bots played it {plays} times each as {people}, every time with another seed; the script was left aside. Times "
        "are those of the middle play, with the range of all in brackets."
    ).format(plays=forecast.plays, people=people)


def names_of(proficiencies: Sequence[int]) -> str:
    """Several proficiencies one after the other."""
    return _(", ").join(people_words(one) for one in proficiencies)


def table(rows: Sequence[Sequence[str]], indent: str = "  ") -> list[str]:
    """Rows as lines of at most a page's width; the last column is wrapped where it must be."""
    if not rows:
        return []
    lines: list[str] = []
    heads = columns([[*row[:-1], ""] for row in rows])
    size = max(width(indent + head) for head in heads) + 2
    for row, head in zip(rows, heads, strict=True):
        start = indent + head
        start += " " * (size - width(start))
        first, *rest = wrap(row[-1], max(PAGE_WIDTH - size, NARROWEST))
        lines += [(start + first).rstrip(), *(" " * size + line for line in rest)]
    return lines
