"""A run beside an earlier one, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from incidentsim.exercise.evaluation.beside.beside import Beside
from incidentsim.exercise.evaluation.beside.changes import Change, MetricBeside, Scope, TaskBeside, peoples_part
from incidentsim.exercise.evaluation.beside.earlier import EarlierRun
from incidentsim.exercise.evaluation.beside.errors import ErrorBeside, ErrorMark, Fate, Occasion
from incidentsim.exercise.evaluation.evaluate import Evaluation
from incidentsim.exercise.evaluation.metrics import Metric
from incidentsim.exercise.evaluation.ratings import TaskRating
from incidentsim.exports.wording.beside.bots import compact
from incidentsim.exports.wording.beside.sheets import (
    Part,
    Section,
    Sheet,
    SheetRow,
    Tone,
    bots_group,
    facts_told,
    in_groups,
    with_numbers,
)
from incidentsim.exports.wording.beside.team import otherwise_words, run_words, team_words
from incidentsim.exports.wording.beside.verdicts import change_word, fate_word, occasion_words
from incidentsim.exports.wording.causes import cause_words
from incidentsim.exports.wording.decisions import error_words, expected_words, shown_by
from incidentsim.exports.wording.earlier import difference_words
from incidentsim.exports.wording.evaluation import metric_title, metric_value, rating_words, reason_words
from incidentsim.exports.wording.narrator import Narrator
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

NOT_RATED: Final = "–"


@dataclass(frozen=True, slots=True)
class Told:
    """A run that is told: its narrator and its evaluation."""

    teller: Narrator
    evaluation: Evaluation


@dataclass(frozen=True, slots=True)
class Often:
    """In how many earlier runs of the same team each error was made, and how many of them were evaluated."""

    times: Mapping[ErrorMark, int]
    of: int

    @classmethod
    def among(cls, runs: Iterable[EarlierRun]) -> "Often":
        """Count among earlier runs; those that were not evaluated say nothing."""
        known = [run.standing.marks for run in runs if run.standing is not None]
        every = frozenset().union(*known) if known else frozenset[ErrorMark]()
        return cls({mark: sum(mark in marks for marks in known) for mark in every}, len(known))


_TONES: Final = {Change.BETTER: Tone.GOOD, Change.WORSE: Tone.BAD}
_FATES: Final = {Fate.CAME_BACK: Tone.BAD, Fate.NEW: Tone.BAD, Fate.GONE: Tone.GOOD}


def runs_sheet(now: Told, then: Told, earlier: EarlierRun, compared: Beside, often: Often) -> Sheet:
    """Tell a run beside an earlier one.

    Args:
        now: the run.
        then: the earlier run.
        earlier: what is known of the earlier run.
        compared: the comparison.
        often: the errors of all earlier runs of the same team.
    """
    return _Runs(now, then, earlier, compared, often).sheet()


class _Runs:
    def __init__(self, now: Told, then: Told, earlier: EarlierRun, compared: Beside, often: Often) -> None:
        self._now, self._then = now, then
        self._earlier, self._compared, self._often = earlier, compared, often

    def sheet(self) -> Sheet:
        errors = tuple(self._error(row) for row in self._compared.errors)
        tasks = in_groups(self._task(row) for row in self._compared.tasks if _rated(row))
        metrics = in_groups(map(self._metric, self._compared.metrics))
        notes = tuple(otherwise_words(self._earlier))
        none = _("Neither run has an error.")
        return Sheet(
            _("Beside {run}").format(run=run_words(self._earlier)),
            (
                Section(Part.SHORT, (), tuple(self._short(tasks, metrics)), ""),
                Section(Part.ERRORS, notes, errors, none),
                Section(Part.RATINGS, notes, tasks, _("No task was rated in either run.")),
                Section(Part.MEASURES, notes, metrics, _("Nothing can be compared.")),
            ),
        )

    # in short

    def _short(self, tasks: Sequence[SheetRow], metrics: Sequence[SheetRow]) -> Iterable[SheetRow]:
        names = self._now.teller.names
        yield _line("run", _("Compared with"), run_words(self._earlier))
        yield _line("team", _("The team"), team_words(self._earlier, names))
        for number, words in enumerate(otherwise_words(self._earlier)):
            yield _line(f"otherwise/{number}", _("Caution"), words, Tone.BAD)
        if self._compared.coached_now or self._compared.coached_then:
            yield _line("coached", _("Coach"), self._coach_words(), Tone.BAD)
        yield from self._errors_short()
        ours = [row for row in self._compared.tasks if not row.by_bots and _rated(row)]
        yield _line("tasks", _("Tasks"), _counted([row.change for row in ours]), facts=_of(tasks))
        measured = [row for row in self._compared.metrics if not row.by_bots]
        yield _line("metrics", _("Measured"), _counted([row.change for row in measured]), facts=_of(metrics))
        bots = [row.change for row in self._compared.tasks if row.by_bots and _rated(row)]
        bots += [row.change for row in self._compared.metrics if row.by_bots]
        if bots and any(not row.by_bots for row in self._compared.tasks):
            words = _("told apart and dimmed: {words}").format(words=_counted(bots))
            yield _line("bots", _("Bots' part"), words, by_bots=True)

    def _coach_words(self) -> str:
        """In which of both runs a coach helped: what was done with its help says less of what the team can do alone."""
        now, then = (coach_words(told.evaluation) for told in (self._now, self._then))
        return _("this time: {now}; in the earlier run: {then}").format(now=now, then=then)

    def _errors_short(self) -> Iterable[SheetRow]:
        ours = [row for row in self._compared.errors if not row.mark.by_bots]
        fates = {fate: [row for row in ours if row.fate is fate] for fate in Fate}
        told = [
            _("{n} came back").format(n=len(fates[Fate.CAME_BACK])),
            _("{n} new").format(n=len(fates[Fate.NEW])),
            _("{n} gone").format(n=len(fates[Fate.GONE])),
        ]
        words = _(", ").join(told) if ours else _("none in either run")
        yield _line("errors", _("Errors"), words)
        titles = {Fate.CAME_BACK: _("Came back"), Fate.NEW: _("New"), Fate.GONE: _("Gone")}
        for fate, rows in fates.items():
            for row in rows[:1]:
                error = self._error(row)
                told_error = error.title
                if fate is not Fate.NEW and (often := self._often_words(row.mark)):
                    told_error = _("{sentence} {more}").format(sentence=told_error, more=often)
                if fate is Fate.GONE:
                    told_error = _("{sentence} {more}").format(sentence=told_error, more=occasion_words(row))
                yield SheetRow(
                    f"short/{error.name}",
                    "",
                    error.tone,
                    titles[fate],
                    told_error,
                    about=error.about,
                    facts=error.facts,
                    facts_then=error.facts_then,
                )

    def _often_words(self, mark: ErrorMark) -> str:
        if self._often.of <= 1 or self._compared.scope is not Scope.SCENARIO:  # of one run the row tells
            return ""
        return _("Made in {n} of the {of} earlier runs that were evaluated.").format(
            n=self._often.times.get(mark, 0), of=self._often.of
        )

    # rows

    def _error(self, row: ErrorBeside) -> SheetRow:
        mine, theirs, teller = row.now, row.then, self._now.teller
        about: list[tuple[str, str]] = []
        if mine:
            said = [with_numbers(error_words(teller, error), error.sequences) for error in mine]
            about.append((_("This time"), " ".join(said)))
            if expected := expected_words(teller, mine[0], self._now.evaluation.ways):
                about.append((_("What was right"), expected))
            cause = self._now.evaluation.cause_of(mine[0])
            if cause is not None:
                about.append((_("Usual cause"), cause_words(cause)))
        else:
            about.append((_("This time"), with_numbers(occasion_words(row), row.shown)))
        if theirs:
            said = [with_numbers(error_words(self._then.teller, error), error.sequences) for error in theirs]
            about.append((_("In the earlier run"), " ".join(said)))
        if mine and theirs and row.change is not Change.SAME:
            about.append((_("Difference"), change_word(row.change)))
        if often := self._often_words(row.mark):
            about.append((_("Earlier runs"), often))
        facts_now = tuple(sorted({n for error in mine for n in shown_by(error)} or set(row.shown)))
        facts_then = tuple(sorted({n for error in theirs for n in error.sequences}))
        title = error_words(teller, mine[0]) if mine else error_words(self._then.teller, theirs[0])
        return self._row(
            SheetRow(
                "/".join(("error", row.mark.matter, row.mark.incident or "", row.mark.subject, str(row.mark.by_bots))),
                fate_word(row.fate),
                _FATES[row.fate] if row.occasion in {None, Occasion.DONE_RIGHT, Occasion.LEFT} else Tone.PLAIN,
                title,
                self._error_values(row),
                group=bots_group() if row.mark.by_bots else "",
                by_bots=row.mark.by_bots,
                about=tuple(about),
                facts=facts_now,
                facts_then=facts_then,
            )
        )

    def _error_values(self, row: ErrorBeside) -> str:
        if row.fate is Fate.CAME_BACK and row.change is not Change.SAME:
            return change_word(row.change)
        match row.occasion:
            case Occasion.DONE_RIGHT:
                return _("done right")
            case Occasion.LEFT:
                return _("not tried")
            case Occasion.BOTS:
                return _("bots' matter")
            case Occasion.NONE:
                return _("did not come up")
            case Occasion.NOT_LOOKED_FOR:
                return _("not looked for")
            case None:
                return ""

    def _task(self, row: TaskBeside) -> SheetRow:
        teller = self._now.teller if row.now is not None else self._then.teller
        about = [(_("This time"), self._rating_words(row.now)), (_("In the earlier run"), self._rating_words(row.then))]
        facts: dict[bool, list[int]] = {True: [], False: []}
        for mine, told, rating in ((True, self._now, row.now), (False, self._then, row.then)):
            for reason in rating.reasons if rating is not None else ():
                title = _("Why this time") if mine else _("Why in the earlier run")
                about.append((title, reason_words(told.teller, reason)))
                facts[mine] += reason.evidence
        return self._row(
            SheetRow(
                f"task/{row.task}",
                change_word(row.change),
                _TONES.get(row.change, Tone.PLAIN),
                teller.names.task(row.task),
                _("{then} → {now}").format(then=_letter(row.then), now=_letter(row.now)),
                group=self._objective(row, teller),
                by_bots=row.by_bots,
                same=row.change is Change.SAME,
                about=tuple(about),
                facts=tuple(facts[True]),
                facts_then=tuple(facts[False]),
            )
        )

    def _objective(self, row: TaskBeside, teller: Narrator) -> str:
        if row.by_bots:
            return bots_group()
        objective = teller.account.playbook.objectives.get(row.objective)
        return teller.names.say(objective.title) if objective is not None else row.objective

    def _rating_words(self, rating: TaskRating | None) -> str:
        if rating is None:
            return _("the procedure of that run has no such task")
        if rating.rating is None:
            return _("not called for, so not rated")
        words = _("{letter} {words}").format(letter=rating.rating, words=rating_words(rating.rating))
        return _("bots: {what}").format(what=words) if rating.by_people is False else words

    def _metric(self, row: MetricBeside) -> SheetRow:
        told = self._now if row.now is not None else self._then
        now, then = row.now, row.then
        about = [
            (_("This time"), metric_value(now) if now is not None else _("not measured")),
            (_("In the earlier run"), metric_value(then) if then is not None else _("not measured")),
        ]
        difference = ""
        if now is not None and then is not None and row.change is not Change.SAME:
            if row.change is Change.NEITHER and bool(now.by_bots) != bool(then.by_bots):
                difference = _("bots in one run only")
            else:
                mine, theirs = (now, then) if row.by_bots else (peoples_part(now), peoples_part(then))
                difference = difference_words(mine, theirs)
            about.append(
                (_("Difference"), _("{verdict}: {what}").format(verdict=change_word(row.change), what=difference))
            )
        return self._row(
            SheetRow(
                "/".join(("metric", *(part or "" for part in row.either.key))),
                change_word(row.change),
                _TONES.get(row.change, Tone.PLAIN),
                metric_title(told.teller, row.either),
                _values(then, now),
                difference,
                group=self._metric_group(row),
                by_bots=row.by_bots,
                same=row.change is Change.SAME,
                about=tuple(about),
                facts=now.evidence if now is not None else (),
                facts_then=then.evidence if then is not None else (),
            )
        )

    def _metric_group(self, row: MetricBeside) -> str:
        if row.by_bots:
            return bots_group()
        if row.either.kind == "decision_latency":
            return _("Until somebody acted on a message")
        if row.either.incident is None or self._compared.scope is not Scope.SCENARIO:
            return _("The whole exercise")
        return self._now.teller.names.incident(row.either.incident)

    def _row(self, row: SheetRow) -> SheetRow:
        """The same row, which also says its facts."""
        about = list(row.about)
        for title, told, numbers in (
            (_("Facts of this run"), self._now, row.facts),
            (_("Facts of the earlier run"), self._then, row.facts_then),
        ):
            facts = facts_told(told.teller, numbers)
            about += [(title, ""), *facts] if facts else []
        return replace(row, about=tuple(about))


def _rated(row: TaskBeside) -> bool:
    return any(rating is not None and rating.rating is not None for rating in (row.now, row.then))


def coach_words(evaluation: Evaluation) -> str:
    """In a few words, whether a run was coached."""
    if not evaluation.in_short.coached:
        return _("not coached")
    hints = len(evaluation.in_short.hints)
    return ngettext("coached, {n} hint", "coached, {n} hints", hints).format(n=hints)


def _values(then: Metric | None, now: Metric | None) -> str:
    """Both values as short as they still differ."""
    brief = [compact_value(metric) if metric is not None else NOT_RATED for metric in (then, now)]
    if then is not None and now is not None and then.value != now.value and brief[0] == brief[1]:
        brief = [metric_value(then), metric_value(now)]
    return _("{then} → {now}").format(then=brief[0], now=brief[1])


def compact_value(metric: Metric) -> str:
    """The value of a metric as a table has room for it."""
    if metric.unit != "ms" or metric.value is None:
        return metric_value(metric)
    said = compact(int(metric.value))
    return _("{value} (bots)").format(value=said) if metric.by_bots else said


def _letter(rating: TaskRating | None) -> str:
    return rating.rating or NOT_RATED if rating is not None else NOT_RATED


def _of(rows: Iterable[SheetRow]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(number for row in rows if not row.by_bots for number in row.facts))


def _line(
    name: str,
    title: str,
    words: str,
    tone: Tone = Tone.PLAIN,
    *,
    facts: tuple[int, ...] = (),
    by_bots: bool = False,
) -> SheetRow:
    return SheetRow(f"short/{name}", "", tone, title, words, by_bots=by_bots, about=(("", words),), facts=facts)


def _counted(changes: Sequence[Change]) -> str:
    count = {change: sum(one is change for one in changes) for change in Change}
    told = [
        ngettext("{n} better", "{n} better", count[Change.BETTER]).format(n=count[Change.BETTER]),
        ngettext("{n} worse", "{n} worse", count[Change.WORSE]).format(n=count[Change.WORSE]),
        ngettext("{n} the same", "{n} the same", count[Change.SAME]).format(n=count[Change.SAME]),
    ]
    one_side = count[Change.ONLY_NOW] + count[Change.ONLY_THEN]
    if one_side:
        told.append(ngettext("{n} in one run only", "{n} in one run only", one_side).format(n=one_side))
    if count[Change.NEITHER]:
        told.append(ngettext("{n} other", "{n} other", count[Change.NEITHER]).format(n=count[Change.NEITHER]))
    return _(", ").join(told)
