"""A run beside bots' plays of its scenario, in words: ranges and medians of so many plays, never chances."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from incidentsim.domain.evaluation import RATINGS
from incidentsim.exercise.evaluation.beside.changes import Scope
from incidentsim.exercise.evaluation.beside.errors import ErrorMark, Matter, mark_of
from incidentsim.exercise.evaluation.history import better
from incidentsim.exercise.evaluation.metrics import Metric
from incidentsim.exercise.forecast.evaluated import (
    ErrorForecast,
    Forecasted,
    MetricForecast,
    MetricPlayed,
    Place,
    TaskForecast,
)
from incidentsim.exports.wording.beside.bots import compact, people_word
from incidentsim.exports.wording.beside.runs import NOT_RATED, Told, coach_words, compact_value
from incidentsim.exports.wording.beside.sheets import (
    Part,
    Section,
    Sheet,
    SheetRow,
    Tone,
    bots_group,
    facts_told,
    in_groups,
)
from incidentsim.exports.wording.decisions import error_words, expected_words, shown_by
from incidentsim.exports.wording.evaluation import level_error_words, metric_title, metric_value, rating_words
from incidentsim.exports.wording.evidence import judged_words
from incidentsim.exports.wording.narrator import Narrator
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext


def how_words(forecast: Forecasted) -> list[str]:
    """The sentences on how the plays were made, and what they do not say."""
    people = _(", ").join(map(people_word, forecast.proficiencies))
    played = _("Bots played the scenario stored with the run {plays} times each as {people}: {total} plays.")
    return [
        played.format(plays=forecast.plays, people=people, total=forecast.total),
        _("In these plays all people of the story were bots. Told are medians and ranges of these plays, no chances."),
    ]


def mark_words(teller: Narrator, mark: ErrorMark) -> str:
    """Return the words for the matter of an error, which do not say how it was made."""
    names = teller.names
    match mark.matter:
        case Matter.INCIDENT:
            return _("Judged wrongly: {what}").format(what=judged_words("incident"))
        case Matter.LEVEL:
            return _("Judged wrongly: {what}").format(what=judged_words("level"))
        case Matter.FINDING:
            return _("Judged wrongly or never: {what}").format(what=judged_words(mark.subject))
        case Matter.DUTY if mark.subject in teller.account.playbook.duties:
            return _("Late or never done: “{duty}”").format(duty=names.duty(mark.subject))
        case Matter.DUTY:
            return _("Nobody did anything about it.")
        case Matter.LAW_DEADLINE:
            return _("Deadline of the law missed: {clock}").format(clock=names.clock(mark.subject))
        case Matter.RECIPIENT:
            return _("Told unasked: “{step}”").format(step=names.step(mark.subject))
        case Matter.FIGURE:
            measures = teller.account.playbook.measures
            known = mark.subject in measures
            measure = names.say(measures[mark.subject].title) if known else mark.subject
            return _("Figure not passed on: {measure}").format(measure=measure)
        case Matter.ATTEMPT:
            return _("Tried and refused: “{step}”").format(step=names.step(mark.subject))


def plays_sheet(run: Told, forecast: Forecasted) -> Sheet:
    """Tell a run beside the plays."""
    return _Plays(run, forecast).sheet()


class _Plays:
    def __init__(self, run: Told, forecast: Forecasted) -> None:
        self._run, self._forecast = run, forecast
        self._usual = forecast.usual

    def sheet(self) -> Sheet:
        forecast = self._forecast
        notes = tuple(how_words(forecast))
        errors = tuple(map(self._error, forecast.errors))
        rated = [task for task in forecast.tasks if task.rating is not None or self._rated_by_bots(task)]
        tasks = in_groups(map(self._task, rated))
        metrics = in_groups(map(self._metric, forecast.metrics))
        return Sheet(
            _("Beside the bots' forecast"),
            (
                Section(Part.SHORT, (), tuple(self._short(errors, tasks, metrics)), ""),
                Section(Part.ERRORS, notes, errors, _("Neither the run nor most plays have an error.")),
                Section(Part.RATINGS, notes, tasks, _("No task was rated.")),
                Section(Part.MEASURES, notes, metrics, _("Nothing can be compared.")),
            ),
        )

    def _short(
        self, errors: Sequence[SheetRow], tasks: Sequence[SheetRow], metrics: Sequence[SheetRow]
    ) -> Iterable[SheetRow]:
        forecast = self._forecast
        for number, words in enumerate(how_words(forecast)):
            yield _line(f"how/{number}", _("The forecast") if not number else _("Caution"), words)
        if self._run.evaluation.in_short.coached:
            yield _line("coached", _("Coach"), coach_words(self._run.evaluation))
        made = [error for error in forecast.errors if error.made and not error.mark.by_bots]
        alone = [error for error in made if not any(error.by.values())]
        avoided = [error for error in forecast.errors if not error.made]
        told = [
            ngettext("{n} error", "{n} errors", len(made)).format(n=len(made)),
            ngettext("{n} made in no play", "{n} made in no play", len(alone)).format(n=len(alone)),
            ngettext("{n} that bots often make avoided", "{n} that bots often make avoided", len(avoided)).format(
                n=len(avoided)
            ),
        ]
        yield _line("errors", _("Errors"), _(", ").join(told))
        rows = {row.name: row for row in errors}
        for error in (*alone[:2], *avoided[:1]):
            row = rows[_name(error)]
            yield replace(row, name=f"short/{row.name}", title=row.verdict, values=row.title, verdict="")
        ours = [row for row in tasks if not row.by_bots]
        yield _line("tasks", _("Tasks"), _counted(ours, people_word(self._usual)))
        measured = [row for row in metrics if not row.by_bots]
        yield _line("metrics", _("Measured"), _counted(measured, people_word(self._usual)))

    # rows

    def _error(self, one: ErrorForecast) -> SheetRow:
        teller = self._run.teller
        total = sum(one.by.values())
        about: list[tuple[str, str]] = []
        facts: tuple[int, ...] = ()
        title = mark_words(teller, one.mark)
        if one.made:
            error = next(
                error for error in self._run.evaluation.judged.errors if mark_of(error, Scope.SCENARIO) == one.mark
            )
            title, facts = error_words(teller, error), tuple(shown_by(error))
            about.append((_("This time"), title))
            if expected := expected_words(teller, error, self._run.evaluation.ways):
                about.append((_("What was right"), expected))
        else:
            about.append((_("This time"), _("It was not made in this run.")))
        about += [(people_word(level), self._in_plays(count)) for level, count in one.by.items()]
        if not one.made:
            verdict, tone = _("avoided"), Tone.GOOD
        elif total:
            verdict, tone = _("bots err too"), Tone.PLAIN
        else:
            verdict, tone = _("in no play"), Tone.BAD
        return self._row(
            SheetRow(
                _name(one),
                verdict,
                tone,
                title,
                _("{people}: {n} of {plays}").format(
                    people=people_word(self._usual), n=one.by[self._usual], plays=self._forecast.plays
                ),
                group=bots_group() if one.made and one.mark.by_bots else "",
                by_bots=one.made and one.mark.by_bots,
                about=tuple(about),
                facts=facts,
            )
        )

    def _in_plays(self, count: int) -> str:
        words = ngettext("in {n} of {plays} plays", "in {n} of {plays} plays", self._forecast.plays)
        return words.format(n=count, plays=self._forecast.plays)

    def _rated_by_bots(self, task: TaskForecast) -> bool:
        return any(rating is not None and count for by in task.by.values() for rating, count in by.items())

    def _task(self, task: TaskForecast) -> SheetRow:
        teller = self._run.teller
        rating = self._run.evaluation.tasks[task.task]
        words = _("{letter} {words}").format(letter=task.rating or NOT_RATED, words=rating_words(task.rating))
        about = [(_("This time"), words)]
        about += [(people_word(level), self._ratings(task, level)) for level in task.by]
        about.append(("", _("– means that nothing called for the task in that play.")))
        verdict, tone = self._task_verdict(task)
        objective = teller.account.playbook.objectives[task.objective]
        return self._row(
            SheetRow(
                f"task/{task.task}",
                verdict,
                tone,
                teller.names.task(task.task),
                _("{rating}; {people}: {counts}").format(
                    rating=task.rating or NOT_RATED,
                    people=people_word(self._usual),
                    counts=self._ratings(task, self._usual),
                ),
                group=bots_group() if task.by_bots else teller.names.say(objective.title),
                by_bots=task.by_bots,
                same=tone is Tone.PLAIN,
                about=tuple(about),
                facts=tuple(number for reason in rating.reasons for number in reason.evidence),
            )
        )

    def _ratings(self, task: TaskForecast, level: int) -> str:
        counted = task.by[level]
        told = [f"{rating} {counted[rating]}" for rating in RATINGS if counted.get(rating)]
        if counted.get(None):
            told.append(f"{NOT_RATED} {counted[None]}")
        return _(" · ").join(told)

    def _task_verdict(self, task: TaskForecast) -> tuple[str, Tone]:
        """How the rating lies among those of the middle proficiency."""
        known = [rating for rating in RATINGS if task.by[self._usual].get(rating)]
        if task.rating is None or not known:
            return _("no comparison"), Tone.PLAIN
        mine = RATINGS.index(task.rating)
        if mine < RATINGS.index(known[0]):
            return _("better than all"), Tone.GOOD
        if mine > RATINGS.index(known[-1]):
            return _("worse than all"), Tone.BAD
        return _("as bots do"), Tone.PLAIN

    def _metric(self, one: MetricForecast) -> SheetRow:
        teller, metric = self._run.teller, one.metric
        usual = one.by[self._usual]
        about = [(_("This time"), metric_value(metric))]
        about += [(people_word(level), self._played(metric, played)) for level, played in one.by.items()]
        verdict, tone = _place(metric, usual)
        return self._row(
            SheetRow(
                "/".join(("metric", *(part or "" for part in metric.key))),
                verdict,
                tone,
                metric_title(teller, metric),
                _("{value}; {people}: {spread}").format(
                    value=compact_value(metric), people=people_word(self._usual), spread=self._played(metric, usual)
                ),
                group=self._group(metric),
                by_bots=self._bots_alone(metric),
                same=tone is Tone.PLAIN,
                about=tuple(about),
                facts=metric.evidence,
            )
        )

    def _group(self, metric: Metric) -> str:
        if self._bots_alone(metric):
            return bots_group()
        if metric.kind == "decision_latency":
            return _("Until somebody acted on a message")
        return self._run.teller.names.incident(metric.incident) if metric.incident else _("The whole exercise")

    def _bots_alone(self, metric: Metric) -> bool:
        return metric.by_bots > 0 and (metric.unit != "count" or metric.by_bots == metric.value)

    def _played(self, metric: Metric, played: MetricPlayed) -> str:
        values, plays = played.values, self._forecast.plays
        if metric.unit == "yes_no":
            return self._yes_no(played)
        if values is None:
            never = _("never reached in {n} plays").format(n=played.never)
            return never if played.never else _("not measured in any play")
        low, median, high = (_value(metric, value) for value in (values.low, values.median, values.high))
        told = median if low == high else _("{median} ({low}–{high})").format(median=median, low=low, high=high)
        if played.plays < plays:
            told = _("{values} in {n} of {plays}").format(values=told, n=played.plays, plays=plays)
        return told

    def _yes_no(self, played: MetricPlayed) -> str:
        if played.values is None:
            return _("not measured in any play")
        if played.values.low == played.values.high:
            said = _("yes") if played.values.low else _("no")
            return _("{values} in {n} of {plays}").format(values=said, n=played.plays, plays=self._forecast.plays)
        return _("yes and no in {n} of {plays}").format(n=played.plays, plays=self._forecast.plays)

    def _row(self, row: SheetRow) -> SheetRow:
        facts = facts_told(self._run.teller, row.facts)
        return replace(row, about=(*row.about, (_("Facts of this run"), ""), *facts)) if facts else row


def _name(one: ErrorForecast) -> str:
    mark = one.mark
    return "/".join(("error", mark.matter, mark.incident or "", mark.subject, str(mark.by_bots)))


def _value(metric: Metric, value: int) -> str:
    if metric.unit == "ms":
        return compact(value)
    return level_error_words(value) if metric.unit == "levels" else str(value)


def _place(metric: Metric, usual: MetricPlayed) -> tuple[str, Tone]:
    """Where the value of a run lies among those of the middle proficiency."""
    values = usual.values
    if metric.value is None:
        return (_("not reached"), Tone.BAD) if usual.plays else (_("no comparison"), Tone.PLAIN)
    if values is None or usual.place is Place.UNKNOWN:
        return _("no comparison"), Tone.PLAIN
    if usual.place is Place.WITHIN:
        return _("as bots do"), Tone.PLAIN
    edge = values.low if usual.place is Place.BELOW else values.high
    good = better(metric, replace(metric, value=edge))
    tone = Tone.PLAIN if good is None else Tone.GOOD if good else Tone.BAD
    if metric.unit == "ms":
        return (_("sooner than all") if usual.place is Place.BELOW else _("later than all")), tone
    if tone is not Tone.PLAIN:
        return (_("better than all") if tone is Tone.GOOD else _("worse than all")), tone
    return (_("fewer than all") if usual.place is Place.BELOW else _("more than all")), tone


def _line(name: str, title: str, words: str) -> SheetRow:
    return SheetRow(f"short/{name}", "", Tone.PLAIN, title, words, about=(("", words),))


def _counted(rows: Sequence[SheetRow], people: str) -> str:
    good = sum(row.tone is Tone.GOOD for row in rows)
    bad = sum(row.tone is Tone.BAD for row in rows)
    return _("{good} better than in all plays ({people}), {bad} worse than in all").format(
        good=good, bad=bad, people=people
    )
