"""The metrics of a debrief, beside those of earlier runs: values, and the difference in words."""

from typing import TYPE_CHECKING

from incidentsim.exercise.evaluation.history import MetricSoFar, better
from incidentsim.exports.wording.earlier import change_words
from incidentsim.exports.wording.evaluation import metric_title, metric_value
from incidentsim.exports.wording.plain_text import pad, width
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.tui.debrief.data import Debrief, Surroundings
from incidentsim.tui.debrief.evidence import Parts, evidence
from incidentsim.tui.widgets.line_list import Line, Piece, line
from incidentsim.tui.widgets.text import cut

if TYPE_CHECKING:
    from incidentsim.exercise.evaluation.metrics import Metric

_STYLES = {True: "good", False: "bad", None: "dim"}
_WIDEST_VALUE = 30
_ROOMY = 100
_MARGIN = 4
"""Columns for the cursor, and between a title and its value."""


def metric_lines(debrief: Debrief, around: Surroundings | None, columns: int) -> list[Line]:
    """Metrics by incident; counts of nothing are left out, unless an earlier run has counted something."""
    rows = list(around.metrics) if around is not None else [MetricSoFar(one) for one in debrief.evaluation.metrics]
    rows = [row for row in rows if _counts(row.metric) or (row.before is not None and _counts(row.before))]
    values = [cut(metric_value(row.metric), _WIDEST_VALUE) for row in rows]
    beside = max((_width_beside(row, roomy=columns >= _ROOMY) for row in rows), default=0)
    room = max(columns - _MARGIN - max(map(width, values), default=0) - beside, columns * 9 // 25)
    said = [(row, cut(metric_title(debrief.teller.narrator, row.metric), room)) for row in rows]
    first = max((width(title) for _row, title in said), default=0)
    second = max(map(width, values), default=0)
    lines = [line(Piece(part, "dim")) for part in _compared_with(around)]
    group = None
    for (row, title), value in zip(said, values, strict=True):
        heading = _group(debrief, row.metric)
        if heading != group:
            lines += [line(""), line(Piece(heading, "heading"))]
            group = heading
        bots = row.metric.unit != "count" and row.metric.by_bots > 0
        pieces = [
            Piece(pad(title, first) + "  ", "dim" if bots else ""),
            Piece(pad(value, second), "dim" if bots else "strong"),
        ]
        pieces += _differences(row, roomy=columns >= _ROOMY)
        lines.append(line(*pieces, name=name_of(row.metric)))
    return lines


def _width_beside(row: MetricSoFar, *, roomy: bool) -> int:
    """The columns that the difference to earlier runs takes."""
    return sum(width(piece.text) for piece in _differences(row, roomy=roomy))


def _counts(metric: "Metric") -> bool:
    return metric.unit != "count" or bool(metric.value)


def _compared_with(around: Surroundings | None) -> list[str]:
    if around is None:
        return [_("Earlier runs are being looked at …")]
    if around.wrong:
        return [_("Other runs cannot be looked at: {reason}").format(reason=around.wrong)]
    if not around.earlier:
        return [_("There is no earlier finished run of this scenario to compare with.")]
    words = ngettext(
        "Compared with the run before ({n} earlier run of this scenario).",
        "Compared with the run before, and the best of {n} earlier runs of this scenario.",
        around.earlier,
    )
    return [words.format(n=around.earlier)]


def _differences(row: MetricSoFar, *, roomy: bool) -> list[Piece]:
    if row.before is None:
        return []
    told = change_words(row.metric, row.before)
    pieces = [Piece("  "), Piece(told, _STYLES[better(row.metric, row.before)])]
    if row.best is not None and better(row.metric, row.best):
        pieces.append(Piece("  ★ " + _("the best so far"), "good"))
    elif roomy and row.best is not None:
        best = _("best so far: {value}").format(value=metric_value(row.best))
        pieces.append(Piece(f"  {best}", "dim"))
    return pieces


def name_of(metric: "Metric") -> str:
    """Return the name of a metric's line: the parts of its key, joined by slashes."""
    return "/".join(part or "" for part in metric.key)


def about_metric(debrief: Debrief, around: Surroundings | None, name: str) -> Parts:
    """One metric with its earlier values, and the facts it rests on."""
    rows = around.metrics if around is not None else tuple(MetricSoFar(metric) for metric in debrief.evaluation.metrics)
    row = next(row for row in rows if name_of(row.metric) == name)
    parts: Parts = [(metric_title(debrief.teller.narrator, row.metric), metric_value(row.metric))]
    for title, other, run in (
        (_("The run before"), row.before, row.before_run),
        (_("The best so far"), row.best, row.best_run),
    ):
        if other is not None:
            told = _("{value} in run {run}; this time: {difference}").format(
                value=metric_value(other), run=run, difference=change_words(row.metric, other)
            )
            parts.append((title, told))
    facts = evidence(debrief, row.metric.evidence)
    return parts + (facts or [("", _("It rests on what is not on record."))])


def _group(debrief: Debrief, metric: "Metric") -> str:
    if metric.kind == "decision_latency":
        return _("Until somebody acted on a message")
    if metric.incident is None:
        return _("The whole exercise")
    return debrief.teller.names.incident(metric.incident)
