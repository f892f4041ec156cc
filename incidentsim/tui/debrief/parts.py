"""The parts of a debrief: in which order they come, what they are called, what is said where one is empty."""

from typing import Final

from incidentsim.domain.facts import EndReason
from incidentsim.exports.wording.evaluation import no_way_words
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.messages import gettext as _
from incidentsim.tui.base_screen import N_
from incidentsim.tui.debrief.data import Debrief

PARTS: Final = (
    ("short", N_("Short")),
    ("ratings", N_("Ratings")),
    ("timeline", N_("Timeline")),
    ("right", N_("Right way")),
    ("metrics", N_("Metrics")),
    ("items", N_("To improve")),
    ("log", N_("Log")),
)
"""The parts: a name, and what it is called."""
SHORT, RATINGS, PICTURE, RIGHT, METRICS, ITEMS, LOG = range(len(PARTS))


def empty_words(part: int) -> str:
    """Return the sentence that is shown in place of the lines of a part that has none."""
    words = {
        RATINGS: _("This playbook names no objectives."),
        RIGHT: no_way_words(),
        ITEMS: _("No corrective actions."),
        LOG: _("Nothing of this kind is on record."),
    }
    return words.get(part, _("Nothing."))


def head_words(run: str, debrief: Debrief | None) -> str:
    """Return the head of the screen: title, how the run ended, how long it lasted, its id.

    Where `debrief` is `None`, it holds no more than the id.
    """
    if debrief is None:
        return _(" · ").join([_("Debrief"), run])
    reasons = {
        EndReason.FINISHED: _("finished"),
        EndReason.STOPPED: _("ended by the facilitator"),
        EndReason.TIME_LIMIT: _("time was over"),
        EndReason.STALLED: _("nobody went on"),
    }
    length = duration_words(debrief.evaluation.report.overview.lasted)
    parts = [
        _("Debrief"),
        debrief.teller.names.say(debrief.view.scenario.title),
        reasons[reason] if (reason := debrief.view.report.reason) is not None else _("not finished yet"),
        _("lasted {length}").format(length=length),
        run,
    ]
    return _(" · ").join(parts)
