"""The two documents, from one material: the after-action report and the audit report."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal

from incidentsim.domain.text import Language
from incidentsim.exercise.clock_views import ClockView
from incidentsim.exports.account import Account
from incidentsim.exports.reports import audited, clocks, happenings, judged, overview
from incidentsim.exports.reports.material import Material, gathered, spoken
from incidentsim.exports.reports.model import Block, Part, Report
from incidentsim.exports.reports.pins import ControlFinding, Pins
from incidentsim.exports.reports.statements import proof_blocks
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.exercise.evaluation.evaluate import Evaluation

Kind = Literal["aar", "audit"]
Clocks = Mapping[str, Sequence[ClockView]]


def compose(
    account: Account,
    evaluation: "Evaluation",
    clock_views: Clocks,
    *,
    kind: Kind = "aar",
    languages: Sequence[Language] = ("en",),
    pins: Pins | None = None,
    controls: Sequence[ControlFinding] | None = None,
) -> Report:
    """The report in each of these languages, one after the other.

    Args:
        account: the record; its own language does not matter.
        evaluation: how it went.
        clock_views: where the regulatory clocks of each incident stood at the end.
        kind: `aar` for the after-action report, `audit` for the audit report.
        languages: which, and in which order.
        pins: what ties a copy to the record.
        controls: which controls the run holds evidence for; `None` says that no map was applied.
    """
    parts = []
    for language in languages:
        with spoken(language):
            material = gathered(account, evaluation, clock_views, language=language, pins=pins, controls=controls)
            parts.append(_PARTS[kind](material))
    return Report(dated(account, pins), tuple(parts))


_LONG: Final = 60
"""As much of a title as stands at the foot of a page."""
_OLDEST: Final = datetime(1980, 1, 1, tzinfo=UTC)
"""Before that, the formats that carry a date know none."""


def dated(account: Account, pins: Pins | None) -> datetime:
    """When a file says that it was made: when the record was, or else when the exercise is set. Never the time now."""
    recorded = pins.recorded_to or pins.recorded_from if pins is not None else None
    moment = datetime.fromisoformat(recorded or account.scenario.starts)
    return max(moment.replace(microsecond=0), _OLDEST)


def _after_action(material: Material) -> Part:
    blocks: list[Block] = [
        *proof_blocks(material),
        *overview.overview(material),
        *overview.story(material),
        *overview.participants(material),
        *happenings.timeline(material),
        *judged.objectives(material),
        *judged.strengths(material),
        *judged.areas(material),
        *judged.right_ways(material),
        *judged.plan(material),
        *judged.metrics(material),
        *clocks.clocks(material),
        *happenings.whole_record(material, details=False),
    ]
    return _part(material, _("After-action report"), blocks)


def _audit(material: Material) -> Part:
    blocks: list[Block] = [
        *proof_blocks(material),
        *audited.procedure(material),
        *audited.the_run(material),
        *audited.checks(material),
        *audited.controls(material),
        *audited.clauses(material),
        *happenings.timeline(material),
        *happenings.steps(material),
        *happenings.refusals(material),
        *happenings.duties(material),
        *happenings.escalations(material),
        *audited.overrides(material),
        *clocks.clocks(material),
        *happenings.whole_record(material, details=True),
    ]
    return _part(material, _("Audit report"), blocks)


def _part(material: Material, title: str, blocks: list[Block]) -> Part:
    names, pins = material.teller.names, material.pins
    about = names.say(material.account.scenario.title)
    foot = [title, about if len(about) <= _LONG else about[:_LONG] + "…"]
    if pins.run is not None:
        foot.append(_("run {run}").format(run=pins.run))
    if pins.size is not None:
        foot.append(_("size {n}").format(n=pins.size))
    if pins.root is not None:
        foot.append(_("root {root}").format(root=pins.root))
    return Part(
        language=material.language,
        title=title,
        subtitle=names.say(material.account.scenario.title),
        contents=_("Contents"),
        foot=" · ".join(foot),
        blocks=tuple(blocks),
    )


_PARTS: Final[Mapping[Kind, Callable[[Material], Part]]] = {"aar": _after_action, "audit": _audit}
