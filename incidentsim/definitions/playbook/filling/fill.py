"""Writing out what a playbook leaves out: the same shape, as if everything in it had been written.

Nothing is made where something is written; a playbook that says everything stays as it is. So what is left out reaches
the domain by the one way that there is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel

from incidentsim.definitions.formats.common import TextShape
from incidentsim.definitions.formats.judging import MeasureShape
from incidentsim.definitions.formats.owing import DutyShape, NoticeShape, NoticeStatesShape
from incidentsim.definitions.formats.playbook import (
    PlaybookShape,
    StateShape,
    StepShape,
    TrackEntryShape,
    UsualTimesShape,
)
from incidentsim.definitions.names.names import SAME, as_tuple, patterns_of
from incidentsim.definitions.playbook.filling.asked import Asking
from incidentsim.definitions.playbook.filling.objectives import default_objectives
from incidentsim.definitions.playbook.filling.words import (
    CHANNELS,
    MEASURES,
    NOTICE_STATES,
    PHASE_OF,
    PHASES,
    SOURCE,
    TRACK,
    TRACK_TITLE,
    USUAL,
    USUAL_TIMES,
    in_words,
    informing,
)
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.meanings import MeasureMeaning, StepMeaning, defaulted
from incidentsim.messages import gettext as _

S = TypeVar("S", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Filled:
    """A playbook with nothing left out.

    Attributes:
        shape: as if everything had been written.
        defaults: where what was not written stands now: keys from the top.
    """

    shape: PlaybookShape
    defaults: tuple[Path, ...]


def filled(shape: PlaybookShape, findings: Findings, language: str) -> Filled:
    """The playbook with what it leaves out, each at the place where it would be written.

    Args:
        shape: the playbook as it is written.
        findings: where is noted what cannot be made, such as the title of a duty that no step settles.
        language: the language of the document, in which ids are turned into titles.
    """
    filling = _Filling(shape, findings, language)
    return Filled(filling.shape, tuple(filling.defaults))


class _Filling:
    def __init__(self, shape: PlaybookShape, findings: Findings, language: str) -> None:
        self.shape = shape
        self.defaults: list[Path] = []
        self._findings = findings
        self._language = language
        self._usual = shape.usual_times is None
        self._phased = "phases" not in shape.model_fields_set
        self._one_track()
        self._names()
        self._asks()
        self._tracks()
        self._phases()
        self._duties()
        self._notices()
        self._measures()
        self._rest()
        if "objectives" not in shape.model_fields_set:
            made = default_objectives(self.shape)
            if made:
                self._put(("objectives",), objectives=made)

    def _put(self, *defaults: Path, **parts: object) -> None:
        """Write these parts, of which some are defaults at these places."""
        self.defaults.extend(defaults)
        self.shape = self.shape.model_copy(update=parts)

    def _one_track(self) -> None:
        shape = self.shape
        if shape.steps and not shape.tracks:
            self._findings.document.stands(("tracks", TRACK), ())
            track = TrackEntryShape(title=TRACK_TITLE, states=shape.states, steps=shape.steps)
            self._put(("tracks", TRACK, "title"), tracks={TRACK: track})
        elif shape.steps or (shape.states and shape.tracks):
            key = "steps" if shape.steps else "states"
            message = _("The key {key} stands here or in a track, not in both.")
            self._findings.add((key,), message.format(key=key), key=True)
        elif not shape.tracks:
            self._findings.add((), _("The key {key} is missing: what happens, step by step.").format(key="steps"))
        if shape.source is not None:
            self._put(sources={SOURCE: shape.source, **self.shape.sources})

    def _names(self) -> None:
        """Titles that are left out are ids in words."""
        titled = {
            key: {name: self._titled(one, (key, name), name) for name, one in getattr(self.shape, key).items()}
            for key in ("roles", "tracks")
        }
        forbidden = [self._titled(one, ("forbidden", n), one.do) for n, one in enumerate(self.shape.forbidden)]
        self._put(**titled, forbidden=forbidden)
        if "version" not in self.shape.model_fields_set:
            self._put(("version",), version=self.shape.version)

    def _titled(self, shape: S, path: Path, name: str, title: TextShape | None = None) -> S:
        if "title" in shape.model_fields_set:
            return shape
        self.defaults.append((*path, "title"))
        return shape.model_copy(update={"title": title or in_words(name, self._language)})

    def _asks(self) -> None:
        asking = Asking(self.shape, self._findings, self._language)
        tracks = {
            name: track.model_copy(
                update={"steps": [asking.step(one, ("tracks", name, "steps", n)) for n, one in enumerate(track.steps)]}
            )
            for name, track in self.shape.tracks.items()
        }
        notices = {name: asking.notice(one, ("notices", name)) for name, one in self.shape.notices.items()}
        defaults: list[Path] = [("fields", name) for name in asking.defaulted]
        self._put(*defaults, tracks=tracks, notices=notices, fields=asking.fields)

    def _tracks(self) -> None:
        self._put(tracks={name: self._track(name, track) for name, track in self.shape.tracks.items()})

    def _track(self, name: str, track: TrackEntryShape) -> TrackEntryShape:
        path: Path = ("tracks", name)
        steps = [self._step(step, (*path, "steps", index)) for index, step in enumerate(track.steps)]
        written = track.states
        if not written:
            self.defaults.append((*path, "states"))
            written = _states_of(steps)
            if not written:
                message = _("A track has a state at least, and steps that lead on from it.")
                self._findings.add((*path, "states"), message)
                written = {"begun": StateShape(final=True)}
        states = {state: self._titled(one, (*path, "states", state), state) for state, one in written.items()}
        main = track.main or (len(self.shape.tracks) == 1 and "main" not in track.model_fields_set)
        return track.model_copy(update={"steps": steps, "states": states, "main": main})

    def _step(self, step: StepShape, path: Path) -> StepShape:
        step = self._titled(step, path, step.do)
        if step.takes is None and self._usual and step.by:
            self.defaults.append((*path, "takes"))
            step = step.model_copy(update={"takes": USUAL})
        return step

    def _phases(self) -> None:
        """The phases of the field, and in which of them each state of the main track is, by what leads there."""
        if not self._phased:
            return
        main = next((name for name, track in self.shape.tracks.items() if track.main), None)
        if main is None:
            return
        track = self.shape.tracks[main]
        phase_of = _phases_of(track)
        states = {
            name: state if state.phase is not None else state.model_copy(update={"phase": phase_of[name]})
            for name, state in track.states.items()
        }
        used = {state.phase for state in states.values()}
        track = track.model_copy(update={"states": states})
        phases = {name: title for name, title in PHASES.items() if name in used}
        self._put(("phases",), phases=phases, tracks={**self.shape.tracks, main: track})

    def _duties(self) -> None:
        duties: list[DutyShape] = []
        taken = {duty.id for duty in self.shape.duties if duty.id}
        for index, duty in enumerate(self.shape.duties):
            path: Path = ("duties", index)
            does = next((one.do for one in patterns_of(duty.settled_by) if one.do is not None), None)
            if does is None and not (duty.id and "title" in duty.model_fields_set):
                message = _("No step settles this duty by its name, so it needs an id and a title.")
                self._findings.add(path, message)
            titled = self._titled(duty, path, duty.id or "duty", self._title_of(does))
            duties.append(titled if duty.id else titled.model_copy(update={"id": self._id_of(does, taken, path)}))
        self._put(duties=duties)

    def _id_of(self, do: str | None, taken: set[str], path: Path) -> str:
        """The id of a duty that has none: that of the step which settles it, with a number where it is taken."""
        self.defaults.append((*path, "id"))
        name = _free(do or "duty", taken)
        taken.add(name)
        return name

    def _title_of(self, do: str | None) -> TextShape | None:
        steps = (step for track in self.shape.tracks.values() for step in track.steps)
        return next((step.title for step in steps if step.do == do), None)

    def _notices(self) -> None:
        parties = {name: one.title for name, one in self.shape.roles.items()} | {
            name: one.title for name, one in self.shape.bodies.items()
        }
        notices: dict[str, NoticeShape] = {}
        for name, notice in self.shape.notices.items():
            path: Path = ("notices", name)
            receiver = parties.get(notice.to[0])
            told = self._titled(notice, path, name, informing(receiver) if receiver is not None else None)
            if told.takes is None and self._usual:
                self.defaults.append((*path, "takes"))
                told = told.model_copy(update={"takes": USUAL})
            notices[name] = told
        self._put(notices=notices)
        if notices and self.shape.notice_states is None:
            self._put(("notice_states",), notice_states=NoticeStatesShape(**NOTICE_STATES))

    def _measures(self) -> None:
        """The measures that rules name, that the field has in common and that are not written."""
        levels = self.shape.numbered_levels.values()
        named = [one.measure for level in levels for _path, one in level.thresholds]
        named += [factor.when.measure for factor in self.shape.aggravating_factors]
        for judgement in self.shape.judgements.values():
            named += [name for one in (*judgement.for_, *judgement.against) for name in one.measures]
        made = {
            name: MeasureShape(title=MEASURES[meaning], unit=meaning.unit)
            for name in dict.fromkeys(named)
            if name not in self.shape.measures
            for meaning in defaulted(name, MeasureMeaning)
        }
        self._put(*(("measures", name) for name in made), measures={**self.shape.measures, **made})

    def _rest(self) -> None:
        if "channels" not in self.shape.model_fields_set:
            self._put(("channels",), channels={str(name): title for name, title in CHANNELS.items()})
        if self._usual:
            self._put(("usual_times",), usual_times=UsualTimesShape(says=USUAL_TIMES, basis="assumption"))


def _states_of(steps: Iterable[StepShape]) -> dict[str, StateShape]:
    """The states that steps name, in their order; one that no step leads away from is final."""
    steps = list(steps)
    names: dict[str, None] = {}
    left: set[str] = set()
    for step in steps:
        sources = as_tuple(step.from_)
        names.update(dict.fromkeys((*sources, *(() if step.to == SAME else (step.to,)))))
        left.update(source for source in sources if step.to not in (SAME, source))
    return {name: StateShape(final=name not in left) for name in names}


def _phases_of(track: TrackEntryShape) -> Mapping[str, str]:
    """The phase of each state: that into which the first step leads that leads there, or that which it leads from."""
    first, *_later = PHASES
    phases = {next(iter(track.states)): first}
    waiting = True
    while waiting:
        waiting = False
        for step in track.steps:
            come_from = next((phases[source] for source in as_tuple(step.from_) if source in phases), None)
            if step.to in phases or step.to == SAME or come_from is None:
                continue
            meanings = defaulted(step.do, StepMeaning) if step.means is None else _known(as_tuple(step.means))
            phases[step.to] = next((PHASE_OF[one] for one in meanings if one in PHASE_OF), come_from)
            waiting = True
    return {state: phases.get(state, first) for state in track.states}


def _known(terms: tuple[str, ...]) -> tuple[StepMeaning, ...]:
    return tuple(StepMeaning(term) for term in terms if term in tuple(StepMeaning))


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number behind it where it is taken."""
    number = 1
    free = name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
