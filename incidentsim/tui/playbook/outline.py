"""A playbook to be read: its tracks as an outline, its duties, its clauses and its roles, line by line."""

from typing import TYPE_CHECKING

from incidentsim.domain.playbook import Duty, Playbook
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.exports.wording.procedure.judgements import criterion_words, judgement_rows
from incidentsim.exports.wording.procedure.levels import level_table
from incidentsim.exports.wording.procedure.matrix import escalation_rows
from incidentsim.messages import gettext as _
from incidentsim.tui.playbook.tracks import TrackOutline
from incidentsim.tui.playbook.words import Parts, PlaybookWords, column, filled
from incidentsim.tui.widgets.line_list import Line, Piece, line

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidentsim.domain.basis import Basis
    from incidentsim.domain.text import Language, Text


def section_names() -> list[str]:
    """Return the titles of the sections, from left to right."""
    return [_("Tracks"), _("Duties"), _("Clauses"), _("Roles"), _("Criteria"), _("Matrix")]


class Outline:
    """A whole playbook, told in a language."""

    def __init__(self, playbook: Playbook, language: "Language") -> None:
        self._words = PlaybookWords(playbook, language)
        self._playbook = playbook
        self._names = self._words.names
        self._tracks = TrackOutline(self._words)
        self._tellers: dict[str, Callable[[str], tuple[str, Parts]]] = {
            "duty": lambda duty: self._duty(playbook.duties[duty]),
            "clause": self._clause,
            "judgement": self._judgement,
            "level": lambda level: self._level(int(level)),
            "escalation": lambda place: self._escalation(int(place)),
            "role": self._role,
            "body": self._body,
        }

    @property
    def title(self) -> str:
        """The playbook's title."""
        return self._words.say(self._playbook.title)

    def phases(self) -> str:
        """The phases in their order."""
        return _(" → ").join(self._words.say(phase.title) for phase in self._playbook.phases.values())

    def lines(self, section: int) -> list[Line]:
        """The lines of a section."""
        return [self._tracks.lines, self._duties, self._clauses, self._roles, self._levels, self._matrix][section]()

    def about(self, name: str | None) -> tuple[str, Parts]:
        """Everything about the line with this name."""
        kind, *rest = (name or "").split("/")
        match kind, rest:
            case "state", [track, state]:
                within = self._playbook.tracks[track]
                return self._tracks.state(within, within.states[state])
            case "step", [track, number, _state]:
                return self._tracks.step(self._playbook.tracks[track].steps[int(number)])
            case kind, [rule] if kind in self._tellers:
                return self._tellers[kind](rule)
        return "", []

    # duties

    def _duties(self) -> list[Line]:
        duties = list(self._playbook.duties.values())
        titles = column([self._words.say(duty.title) for duty in duties])
        owed = column([self._names.listed(self._names.role(one) for one in duty.owed_by) for duty in duties])
        return [
            line(title, "  ", Piece(who, "accent"), Piece(f"  {self._limits(duty)}", "dim"), name=f"duty/{duty.id}")
            for duty, title, who in zip(duties, titles, owed, strict=True)
        ]

    def _limits(self, duty: Duty) -> str:
        found = []
        if duty.within.ungraded is not None and not self._playbook.levels:
            return duration_words(duty.within.ungraded)
        if duty.within.ungraded is not None:
            found.append(_("ungraded: {length}").format(length=duration_words(duty.within.ungraded)))
        found += [
            _("{level}: {length}").format(level=self._names.level(level), length=duration_words(limit))
            for level, limit in sorted(duty.within.by_level.items())
        ]
        return _("; ").join(found) or _("no limit")

    def _duty(self, duty: Duty) -> tuple[str, Parts]:
        limits = self._limits(duty).replace(_("; "), "\n· ")
        parts = [
            (_("Owed by"), self._names.listed(self._names.role(one) for one in duty.owed_by)),
            (_("Begins with"), self._words.bullets(self._words.pattern(one) for one in duty.opens_on)),
            (_("Only if"), self._words.needs(duty.when)),
            (_("Ends with"), self._words.bullets(self._words.pattern(one) for one in duty.settled_by)),
            (_("Falls away with"), self._words.bullets(self._words.pattern(one) for one in duty.dropped_by)),
            (_("Time allowed"), f"· {limits}"),
            (_("What the time rests on"), self._words.basis_words(duty.within_basis)),
            *self._words.basis(duty.basis),
        ]
        return self._words.say(duty.title), filled(parts)

    # clauses and roles

    def _clauses(self) -> list[Line]:
        found: list[Line] = []
        ids = column(list(self._playbook.clauses))
        source = ""
        for clause, shown in zip(self._playbook.clauses.values(), ids, strict=True):
            if clause.source != source:
                source = clause.source
                found.append(line(Piece(self._words.say(self._playbook.sources[source].title), "heading")))
            found.append(line(Piece(shown + "  ", "accent"), self._words.say(clause.says), name=f"clause/{clause.id}"))
        return found

    def _clause(self, name: str) -> tuple[str, Parts]:
        clause = self._playbook.clauses[name]
        phase = self._words.say(self._playbook.phases[clause.phase].title) if clause.phase is not None else ""
        context = self._words.say(clause.context) if clause.context is not None else ""
        parts = [
            ("", self._words.say(clause.says)),
            (_("Source"), self._words.say(self._playbook.sources[clause.source].title)),
            (_("Phase"), phase),
            (_("Why no rule follows"), context),
            (_("What rests on it"), self._words.bullets(self._resting_on(name))),
        ]
        return _("Clause {name}").format(name=name), filled(parts)

    def _resting_on(self, clause: str) -> list[str]:
        playbook = self._playbook
        resting: list[tuple[Text, Basis]] = [
            (step.title, step.basis) for track in playbook.tracks.values() for step in track.steps
        ]
        resting += [(duty.title, duty.basis) for duty in playbook.duties.values()]
        resting += [(rule.title, rule.basis) for rule in playbook.escalations]
        resting += [(act.title, act.basis) for act in playbook.forbidden.values()]
        resting += [(role.title, role.basis) for role in playbook.roles.values()]
        resting += [(body.title, body.basis) for body in playbook.bodies.values()]
        titles = [self._words.say(title) for title, basis in resting if clause in basis.clauses]
        return list(dict.fromkeys(titles))

    def _roles(self) -> list[Line]:
        lines = [line(Piece(_("Roles"), "heading"))]
        roles = list(self._playbook.roles.values())
        for role, title in zip(roles, column([self._words.say(one.title) for one in roles]), strict=True):
            notes = [_("outside")] if role.outside else []
            if role.deputies:
                deputies = self._names.listed(self._names.role(one) for one in role.deputies)
                notes.append(_("deputies: {roles}").format(roles=deputies))
            lines.append(line(title, Piece("  " + _("; ").join(notes), "dim"), name=f"role/{role.id}"))
        lines += [line(""), line(Piece(_("Bodies"), "heading"))]
        bodies = list(self._playbook.bodies.values())
        for body, title in zip(bodies, column([self._words.say(one.title) for one in bodies]), strict=True):
            members = self._names.listed(self._names.role(one) for one in body.roles)
            lines.append(line(title, Piece(f"  {members}", "dim"), name=f"body/{body.id}"))
        return lines

    def _role(self, name: str) -> tuple[str, Parts]:
        playbook, role = self._playbook, self._playbook.roles[name]
        steps = {
            step.do: self._words.say(step.title)
            for track in playbook.tracks.values()
            for step in track.steps
            if name in step.by
        }
        duties = [duty for duty in playbook.duties.values() if any(name in playbook.roles_of(o) for o in duty.owed_by)]
        parts = [
            ("", _("Stands outside the organisation.") if role.outside else ""),
            (_("Deputies, in this order"), self._words.bullets(self._names.role(one) for one in role.deputies)),
            (_("May do"), self._words.bullets(steps.values())),
            (_("Owes"), self._words.bullets(self._words.say(duty.title) for duty in duties)),
            *self._words.basis(role.basis),
        ]
        return self._words.say(role.title), filled(parts)

    def _body(self, name: str) -> tuple[str, Parts]:
        body = self._playbook.bodies[name]
        parts = [
            (_("Head"), self._names.role(body.head) if body.head is not None else ""),
            (_("Members"), self._words.bullets(self._names.role(one) for one in body.members)),
            *self._words.basis(body.basis),
        ]
        return self._words.say(body.title), filled(parts)

    # criteria, levels and matrix

    def _judgement(self, name: str) -> tuple[str, Parts]:
        row = next(row for row in judgement_rows(self._playbook, self._names) if row.judgement == name)
        steps = [step for track in self._playbook.tracks.values() for step in track.steps if name in step.fits]
        parts = [
            (_("Speaks for it"), self._words.bullets(map(criterion_words, row.speaks_for))),
            (_("Speaks against it"), self._words.bullets(map(criterion_words, row.speaks_against))),
            (_("Answered by"), self._words.bullets(dict.fromkeys(self._words.say(step.title) for step in steps))),
            (_("Rests on"), row.mark),
        ]
        return row.title, filled(parts)

    def _levels(self) -> list[Line]:
        table = level_table(self._playbook, self._names)
        lines: list[Line] = [
            line(
                Piece(row.title, "strong"),
                Piece(f"  [{row.mark}]" if row.mark else "", "dim"),
                name=f"judgement/{row.judgement}",
            )
            for row in judgement_rows(self._playbook, self._names)
        ]
        for level in table.levels:
            lines += [line("")] if lines else []
            lines.append(
                line(Piece(level.name, "strong"), Piece(f"  [{level.mark}]", "dim"), name=f"level/{level.level}")
            )
            lines += [
                line("  · ", threshold.title, Piece(f": {threshold.words}", "accent")) for threshold in level.thresholds
            ]
        if table.aggravations:
            lines += [line(""), line(Piece(_("Aggravating factors"), "heading"))]
        lines += [
            line(
                "  · ",
                factor.threshold.title,
                Piece(f": {factor.threshold.words}", "accent"),
                Piece(f"  {factor.words} [{factor.mark}]", "dim"),
            )
            for factor in table.aggravations
        ]
        return lines

    def _level(self, number: int) -> tuple[str, Parts]:
        table, level = level_table(self._playbook, self._names), self._playbook.levels[number]
        row = next(row for row in table.levels if row.level == number)
        thresholds = (_("{measure}: {value}").format(measure=one.title, value=one.words) for one in row.thresholds)
        parts = [
            (_("Reached with any of these"), self._words.bullets(thresholds)),
            (_("How a level follows"), self._words.bullets(table.rules)),
            *self._words.basis(level.basis),
        ]
        return row.name, filled(parts)

    def _matrix(self) -> list[Line]:
        rows = escalation_rows(self._playbook, self._names)
        return [
            line(title, "  ", Piece(row.to, "accent"), Piece(f"  {row.channel}", "dim"), name=f"escalation/{place}")
            for place, (row, title) in enumerate(zip(rows, column([row.title for row in rows]), strict=True))
        ]

    def _escalation(self, place: int) -> tuple[str, Parts]:
        row, rule = escalation_rows(self._playbook, self._names)[place], self._playbook.escalations[place]
        parts = [
            (_("When"), row.when),
            (_("Hours"), row.hours),
            (_("To whom"), row.to),
            (_("In working hours"), row.channel),
            (_("Out of working hours"), row.out_of_hours),
            *self._words.basis(rule.basis),
        ]
        return row.title, filled(parts)
