"""A run beside earlier ones and beside bots, line by line: for the command and for plain mode."""

from typing import TYPE_CHECKING, Final

from incidentsim.cli.progress import counted
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.domain.text import Language
    from incidentsim.exercise.evaluation.beside.earlier import EarlierRuns
    from incidentsim.service import Service
    from incidentsim.service.comparing import PlaysBeside, RunsBeside
    from incidentsim.service.evaluations import EvaluatedView
    from incidentsim.service.record_sources import RunName

PLAYS: Final = 12
"""As in `exercise.forecast`, which `--help` must not import; a test holds the two together."""


def earlier_of(service: "Service", name: "RunName", now: "EvaluatedView") -> "tuple[EarlierRuns, RunsBeside | None]":
    """The earlier runs, and the run beside the proposed one, if there is any; progress is shown.

    Raises:
        SurroundingsError: the database cannot be read.
    """
    with counted() as on_part:
        runs = service.comparing.earlier(name, now, on_part)
    proposed = runs.proposed
    return runs, service.comparing.against(now, proposed) if proposed is not None else None


def beside_earlier(service: "Service", name: "RunName", now: "EvaluatedView", language: "Language") -> list[str]:
    """The earlier runs that there are, and the run beside the proposed one, line by line.

    Raises:
        SurroundingsError: the database cannot be read.
    """
    from incidentsim.exports.text.beside import earlier_lines, sheet_lines

    runs, beside = earlier_of(service, name, now)
    lines = [_("Run {run}").format(run=now.view.report.run), "", *earlier_lines(runs)]
    return lines if beside is None else [*lines, "", *sheet_lines(beside.sheet(runs, language))]


def played_by_bots(service: "Service", name: "RunName", now: "EvaluatedView", plays: int) -> "PlaysBeside":
    """The run beside bots' plays; progress is shown.

    Raises:
        InputError: the scenario that it was played by was erased.
    """
    with counted() as on_part:
        beside = service.comparing.forecast(name, now, plays, on_part)
    if beside is None:
        raise AssertionError("nobody stopped it")
    return beside


def beside_plays(
    service: "Service", name: "RunName", now: "EvaluatedView", language: "Language", plays: int = PLAYS
) -> list[str]:
    """The run beside bots' plays, line by line.

    Raises:
        InputError: the scenario that it was played by was erased.
    """
    from incidentsim.exports.text.beside import sheet_lines

    beside = played_by_bots(service, name, now, plays)
    return [_("Run {run}").format(run=now.view.report.run), "", *sheet_lines(beside.sheet(language))]
