"""Expected action: for everything refused, late or missed the allowed path, with its clauses."""

from incidentsim.domain.facts import basis_of
from incidentsim.exports.wording.evaluation import way_words
from incidentsim.exports.wording.plain_text import width
from incidentsim.messages import gettext as _
from incidentsim.tui.debrief.data import Debrief
from incidentsim.tui.debrief.evidence import Parts, clauses, fact_head, noted, told
from incidentsim.tui.widgets.line_list import Line, Piece, line
from incidentsim.tui.widgets.text import lines as broken

_SIGNS = {"refused": ("✕ ", "bad"), "late": ("‼ ", "warn"), "missed": ("‼ ", "bad")}


def way_lines(debrief: Debrief, columns: int) -> list[Line]:
    """Return, for each refusal and each late or missed duty, a line and below it the way that would have been right.

    The ways are broken into lines of so many columns.
    """
    teller = debrief.teller
    kinds = {"refused": _("refused"), "late": _("late"), "missed": _("missed")}
    lines: list[Line] = []
    for way in debrief.evaluation.ways:
        sign, style = _SIGNS[way.kind]
        at = debrief.view.facts[way.sequence].at
        head = [Piece(f"#{way.sequence:<4} {teller.time(at)} ", "dim"), Piece(f"{sign}{kinds[way.kind]}  ", style)]
        room = max(columns - sum(width(piece.text) for piece in head), 20)
        first, *rest = broken(teller.sentence(way.sequence), room)
        lines.append(line(*head, first, name=str(way.sequence)))
        lines += [line(f"      {part}") for part in broken(" ".join(rest), max(columns - 8, 20)) if part]
        for number, part in enumerate(broken(way_words(teller.narrator, way), max(columns - 8, 20))):
            lines.append(line(Piece("      " if number else "    ⇒ ", "good"), part))
        lines += [line(Piece(f"      {note}", "accent")) for note in noted(debrief, way.sequence)]
        lines.append(line(""))
    return lines[:-1]


def about_way(debrief: Debrief, name: str) -> Parts:
    """Return the fact that was wrong, its clause, and the steps that would have been right, each with its clauses.

    `name` is the sequence number of the fact.
    """
    way = next(one for one in debrief.evaluation.ways if str(one.sequence) == name)
    names, teller = debrief.teller.names, debrief.teller
    parts: Parts = [(fact_head(debrief, way.sequence), told(debrief, way.sequence))]
    parts += [("", note) for note in noted(debrief, way.sequence)]
    _rule, clause = basis_of(debrief.view.facts[way.sequence])
    wrong = clauses(debrief, [clause] if clause else [])
    parts += wrong
    parts.append((_("Expected action"), way_words(teller.narrator, way)))
    known = {step.do: step for track in debrief.view.playbook.tracks.values() for step in track.steps}
    marks = [mark for step in way.steps or () if step.do in known for mark in known[step.do].basis.clauses]
    for step in way.steps or ():
        if step.do in known:
            basis = names.basis(known[step.do].rule, None)
            roles = names.listed(names.role(role) for role in step.by)
            parts.append((names.step(step.do), _("{roles}; {basis}").format(roles=roles, basis=basis or "–")))
    return parts + [part for part in clauses(debrief, marks) if part not in wrong]
