"""The tracks of a playbook as an outline: its phases, the states in them, the steps that lead on."""

from collections.abc import Iterator

from incidentsim.domain.playbook import ANYONE, State, Step, Track
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.messages import gettext as _
from incidentsim.tui.playbook.words import Parts, PlaybookWords, filled
from incidentsim.tui.widgets.line_list import Line, Piece, line


class TrackOutline:
    """The tracks, told in the words of their playbook."""

    def __init__(self, words: PlaybookWords) -> None:
        self._words = words
        self._playbook = words.playbook
        self._names = words.names

    def lines(self) -> list[Line]:
        """Every track with its states, each with the steps that lead from it."""
        drawn: list[Line] = []
        for track in self._playbook.tracks.values():
            drawn += [line("")] if drawn else []
            drawn.append(line(Piece(self._words.say(track.title), "heading")))
            phase: str | None = None
            for state in track.states.values():
                if state.phase is not None and state.phase != phase:
                    phase = state.phase
                    drawn.append(line(Piece(f"── {self._words.say(self._playbook.phases[phase].title)} ──", "accent")))
                drawn.append(self._state_line(track, state))
                drawn += self._step_lines(track, state)
        return drawn

    def _state_line(self, track: Track, state: State) -> Line:
        sign = "▶ " if state.id == track.initial else "■ " if state.final else "● "
        notes = [_("begins here")] if state.id == track.initial else []
        notes += [_("may end here")] if state.final else []
        note = f"  ({self._names.listed(notes)})" if notes else ""
        return line(
            sign, Piece(self._words.say(state.title), "strong"), Piece(note, "dim"), name=f"state/{track.id}/{state.id}"
        )

    def _step_lines(self, track: Track, state: State) -> Iterator[Line]:
        for number, step in enumerate(track.steps):
            if state.id in step.sources:
                to = self._names.state(track.id, step.target) if step.target is not None else _("stays")
                yield line(
                    Piece("  ⟳ " if step.automatic else "  → ", "dim"),
                    self._words.say(step.title),
                    Piece(f" → {to}", "accent"),
                    Piece(f"  {self.who(step)}  [{self._words.mark(step.basis)}]", "dim"),
                    name=f"step/{track.id}/{number}/{state.id}",
                )

    def state(self, track: Track, state: State) -> tuple[str, Parts]:
        """Everything about a state."""
        leads = [step for step in track.steps if step.target == state.id]
        away = [step for step in track.steps if state.id in step.sources]
        phase = self._words.say(self._playbook.phases[state.phase].title) if state.phase is not None else ""
        rests = [_("An incident begins here.")] if state.id == track.initial else []
        rests += [_("An incident may rest here for good.")] if state.final else []
        parts = [
            (_("Track"), self._words.say(track.title)),
            (_("Phase"), phase),
            ("", "\n".join(rests)),
            (_("How one comes here"), self._words.bullets(self._words.say(step.title) for step in leads)),
            (_("What can be done from here"), self._words.bullets(self._words.say(step.title) for step in away)),
        ]
        return self._words.say(state.title), filled(parts)

    def step(self, step: Step) -> tuple[str, Parts]:
        """Everything about a step."""
        states = self._names.listed(self._names.state(step.track, one) for one in step.sources)
        to = self._names.state(step.track, step.target) if step.target is not None else _("stays")
        asks = [
            self._words.say(one.title)
            if one.required
            else _("{title} (if you like)").format(title=self._words.say(one.title))
            for one in step.fields
        ]
        eyes = self._names.listed(self._names.step(do) for do in step.not_by_author_of)
        parts = [
            (_("Who"), self.who(step)),
            (_("From → to"), f"{states} → {to}"),
            (_("Asks for"), self._words.bullets(asks)),
            (_("Needs"), self._words.needs(step.needs)),
            (_("Triggered automatically"), self._follows(step) if step.automatic else ""),
            (_("Not by whoever did"), eyes),
            (_("Usually takes"), duration_words(step.takes) if step.takes else ""),
            *self._words.basis(step.basis),
        ]
        return self._words.say(step.title), filled(parts)

    def _follows(self, step: Step) -> str:
        when = self._words.needs(step.when)
        return _("; ").join([*(self._words.pattern(one) for one in step.on), *([when] if when else [])])

    def who(self, step: Step) -> str:
        """Return the roles that may take a step, or the words for anyone, or for an automatic step."""
        if step.automatic:
            return _("by itself")
        if ANYONE in step.by_named:
            return _("anyone")
        return self._names.listed(self._names.role(name) for name in step.by_named or step.by)
