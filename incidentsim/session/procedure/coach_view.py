"""What the coach tells one seat: what is owed first, why, what good looks like, and the hints that were asked for."""

from dataclasses import dataclass

from incidentsim.domain.facts import HintStep
from incidentsim.exercise.coaching.marking import Marking
from incidentsim.session.form_view import ActionKey


@dataclass(frozen=True, slots=True)
class HintView:
    """A hint as it reads now: its words are made from what is known now, and not from what was known when it was given.

    `number` is that of the fact with which it was given, `title` what it tells, in a word or two.
    """

    number: int
    step: HintStep
    title: str
    lines: tuple[str, ...]
    unasked: bool


@dataclass(frozen=True, slots=True)
class SuggestedAct:
    """The act that the third hint names, and what is to be chosen where the procedure gives it.

    `fields` are pairs of a field's name and the values to choose. `until` says that it can wait until then (ms),
    because what comes until then may say otherwise; `None`: it is to be done now.
    """

    key: ActionKey
    fields: tuple[tuple[str, tuple[str, ...]], ...]
    until: int | None


@dataclass(frozen=True, slots=True)
class OwedAct:
    """Something to be done first at this seat: one of the steps that `keys` name.

    Attributes:
        incident: the incident that it is about.
        incident_title: what that is called.
        keys: the steps that stand to choice; more than one where something is to be judged.
        title: what is to be done: the duty, or the step that leads on.
        owed: true if a duty or a law asks for it; else it leads straight on.
        due: until when (ms); `None` where no time is set.
        line: all that in a line: the title, until when, the clause.
        why: the reasons, a line each: who owes it by which clause, and until when.
        good: what good looks like, a line each.
    """

    incident: str
    incident_title: str
    keys: tuple[ActionKey, ...]
    title: str
    owed: bool
    due: int | None
    line: str
    why: tuple[str, ...]
    good: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoachView:
    """A view of the coach from one seat.

    Attributes:
        marking: how much of it is shown unasked.
        act: what is to be done first; `None` where nothing is.
        nothing: the sentence that says so.
        hints: the hints about it that were given since it was last done, the first step first.
        next: the step that the next hint would take; `None` where all were given, or nothing is to be done.
        next_title: what that hint would tell, in a word or two.
        suggested: what the third hint says, once it was given.
    """

    marking: Marking
    act: OwedAct | None
    nothing: str
    hints: tuple[HintView, ...] = ()
    next: HintStep | None = None
    next_title: str = ""
    suggested: SuggestedAct | None = None
