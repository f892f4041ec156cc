"""What a run came to, in a few lines: the verdict, where its incidents ended, and what was not as expected."""

from typing import TYPE_CHECKING

from incidentsim.domain.facts import EndReason, FactKind
from incidentsim.exports.text.narrative import TimelineLayout, excerpt, hanging
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.plain_text import PAGE, visible
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

if TYPE_CHECKING:
    from incidentsim.exercise.running.outcome import RunReport, Verdict


def verdict_word(report: "RunReport") -> str:
    """Passed or failed, in the language spoken."""
    return _("passed") if report.passed else _("failed")


def verdict_lines(report: "RunReport", account: Account) -> list[str]:
    """Return the lines below the verdict: run, final states, counts, digest, each expectation that does not hold."""
    gone = _("The outcome digest cannot be computed any more: texts are missing.")
    lines = [*_where_it_ended(report, account), report.outcome_digest or gone, *_how_it_ended(report, account)]
    broken = [verdict for verdict in report.expectations if not verdict.holds]
    if broken:
        layout = TimelineLayout(account)
        lines += [line for verdict in broken for line in _unfulfilled(verdict, layout)]
    return lines


def outline_lines(report: "RunReport", account: Account) -> list[str]:
    """Return what can be said of a run without its scenario: run, final states, counts, how it ended."""
    return [*_where_it_ended(report, account), *_how_it_ended(report, account)]


def _where_it_ended(report: "RunReport", account: Account) -> list[str]:
    names = Names(account.playbook, account.scenario, account.language)
    lines = [_("run: {run}").format(run=report.run)] if report.run is not None else []
    for incident, tracks in report.final_states.items():
        level = report.level.get(incident)
        states = [
            _("{track}: {state}").format(track=names.track(track), state=names.state(track, state))
            for track, state in tracks.items()
            if state != account.playbook.tracks[track].initial
        ]
        things = [thing for thing in (names.grade(level), *states) if thing]
        said = _("{incident}: {things}").format(incident=incident, things=_("; ").join(things))
        lines += hanging("", visible(said), "  ", PAGE.get() - 4)
    return [*lines, _counts(report)]


def _how_it_ended(report: "RunReport", account: Account) -> list[str]:
    """What ended an exercise that did not come to its end, and where bots would have gone round for ever."""
    told = list(report.going_round)
    if report.reason in {EndReason.TIME_LIMIT, EndReason.STALLED, EndReason.STOPPED}:
        told += [number for number, fact in enumerate(account.facts) if fact.kind == FactKind.EXERCISE_ENDED]
    return excerpt(account, told) if told else []


def _counts(report: "RunReport") -> str:
    return _("; ").join(
        [
            ngettext("{n} fact", "{n} facts", report.facts).format(n=report.facts),
            ngettext("{n} escalation", "{n} escalations", report.escalations).format(n=report.escalations),
            ngettext("{n} refusal", "{n} refusals", report.refusals).format(n=report.refusals),
            ngettext("{n} breach", "{n} breaches", report.breaches).format(n=report.breaches),
        ]
    )


def _unfulfilled(verdict: "Verdict", layout: TimelineLayout) -> list[str]:
    lines = hanging(_("not as expected: "), visible(verdict.text), "  ", PAGE.get() - 4)
    if verdict.lack is not None:
        return lines  # how the exercise ended is all that speaks for it, and that is told above
    return [*lines, *(layout.excerpt(verdict.evidence) or ["  " + _("Nothing on record speaks for it.")])]
