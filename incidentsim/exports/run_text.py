"""Everything about one run as one text: what happened, how it went, what it came to."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from incidentsim.domain.clocks import ClockPack
from incidentsim.exports.account import Account
from incidentsim.exports.clock_table import Clocks, clock_table
from incidentsim.exports.duty_table import duty_table
from incidentsim.exports.evaluation import evaluation_lines
from incidentsim.exports.narrative import escalation_log, timeline
from incidentsim.exports.plain import visible, width
from incidentsim.exports.verdict import verdict_lines, verdict_word
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.exercise.evaluation.evaluate import Evaluation
    from incidentsim.exercise.outcome import RunReport


def run_text(
    account: Account, report: "RunReport", evaluation: "Evaluation", clocks: Clocks, packs: Sequence[ClockPack]
) -> list[str]:
    """The lines of the text: what the command `show` prints."""
    scenario = account.scenario
    title = _("{verdict}  {scenario}  {title}").format(
        verdict=verdict_word(report), scenario=report.scenario, title=visible(scenario.title.say(account.language))
    )
    parts = [
        (_("Timeline"), timeline(account, details=True)),
        (_("Duties"), duty_table(account)),
        (_("Escalation log"), escalation_log(account)),
        (_("Regulatory clocks"), clock_table(account, clocks, packs, account.facts[-1].at if account.facts else 0)),
        (_("Evaluation"), evaluation_lines(account, evaluation)),
        (_("Verdict"), [title, *("    " + line for line in verdict_lines(report, account))]),
    ]
    lines: list[str] = []
    for heading, body in parts:
        lines += ["", heading, "=" * width(heading), "", *body]
    return lines[1:]
