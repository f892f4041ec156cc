"""The facts that something in a debrief rests on: each with its time, its sentence, what was observed, its clauses."""

from collections.abc import Iterable, Sequence

from incidentsim.domain.facts import basis_of
from incidentsim.messages import gettext as _
from incidentsim.session.sentences import clause_words, fact_details
from incidentsim.tui.debrief.data import Debrief

Parts = list[tuple[str, str]]
"""Titles and texts, as `detail.told` lays them out."""


def fact_head(debrief: Debrief, number: int) -> str:
    """The number and the time of a fact."""
    teller, at = debrief.teller, debrief.view.facts[number].at
    return _("#{sequence}  {time} ({elapsed})").format(
        sequence=number, time=teller.time(at), elapsed=teller.elapsed(at)
    )


def told(debrief: Debrief, number: int) -> str:
    """A fact's sentence, which says so where it counts no more."""
    words = debrief.teller.sentence(number)
    return _("undone: {what}").format(what=words) if debrief.undone(number) else words


def noted(debrief: Debrief, number: int) -> list[str]:
    """Return the observations about a fact, each behind a pencil."""
    return [f"✎ {note}" for note in debrief.notes(number)]


def evidence(debrief: Debrief, numbers: Iterable[int]) -> Parts:
    """These facts one after the other, and below them what their clauses say."""
    wanted = [number for number in dict.fromkeys(numbers) if 0 <= number < len(debrief.view.facts)]
    parts: Parts = []
    for number in wanted:
        parts.append((fact_head(debrief, number), told(debrief, number)))
        parts += [("", note) for note in noted(debrief, number)]
    named = [clause for number in wanted if (clause := basis_of(debrief.view.facts[number])[1])]
    return parts + clauses(debrief, named)


def clauses(debrief: Debrief, names: Sequence[str]) -> Parts:
    """Return the wording of these clauses, each once."""
    return [
        (_("Clause {clause}").format(clause=name), says)
        for name, says in dict(clause_words(debrief.teller, names)).items()
    ]


def about_fact(debrief: Debrief, number: int) -> Parts:
    """Everything about one fact."""
    (_title, said), *rest = fact_details(debrief.teller, number)
    parts: Parts = [(fact_head(debrief, number), said)]
    if debrief.undone(number):
        undo = debrief.teller.narrator.undone[number]
        parts.append((_("It counts no more"), f"#{undo} {debrief.teller.sentence(undo)}"))
    return parts + rest + [(_("Observed"), note) for note in debrief.notes(number)]
