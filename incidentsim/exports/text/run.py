"""Everything about one run as one text: what happened, how it went, what it came to."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from incidentsim.domain.clocks import ClockPack
from incidentsim.exports.text.clock_table import Clocks, clock_table
from incidentsim.exports.text.duty_table import duty_table
from incidentsim.exports.text.evaluation import evaluation_lines, short_text
from incidentsim.exports.text.narrative import escalation_log, timeline
from incidentsim.exports.text.verdict import verdict_lines, verdict_word
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.plain_text import visible, width
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.exercise.evaluation.evaluate import Evaluation
    from incidentsim.exercise.running.outcome import RunReport


def run_text(
    account: Account, report: "RunReport", evaluation: "Evaluation", clocks: Clocks, packs: Sequence[ClockPack]
) -> list[str]:
    """The lines of the text: what the command `show` prints."""
    scenario = account.scenario
    title = _("{verdict}  {scenario}  {title}").format(
        verdict=verdict_word(report), scenario=report.scenario, title=visible(scenario.title.say(account.language))
    )
    parts = [
        (_("In short"), short_text(account, evaluation)),
        (_("Timeline"), timeline(account, details=True)),
        (_("Duties"), duty_table(account)),
        (_("Escalation log"), escalation_log(account)),
        (_("Regulatory deadlines"), clock_table(account, clocks, packs, account.facts[-1].at if account.facts else 0)),
        (_("Evaluation"), evaluation_lines(account, evaluation)),
        (_("Verdict"), [title, *("    " + line for line in verdict_lines(report, account))]),
    ]
    lines: list[str] = []
    for heading, body in parts:
        lines += ["", heading, "=" * width(heading), "", *body]
    return lines[1:]
