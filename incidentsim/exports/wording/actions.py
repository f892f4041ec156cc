"""What is to be done about a failure, as a sentence that somebody can carry out; chosen by its usual cause."""

from typing import assert_never

from incidentsim.exercise.evaluation.causes import UsualCause
from incidentsim.messages import gettext as _


def action_words(cause: UsualCause | None) -> str:  # noqa: C901, PLR0911 - one sentence a cause
    """Return the corrective action for a usual cause."""
    match cause:
        case UsualCause.AFTER_REFUSAL | UsualCause.ORDER:
            return _("Put the steps, and what each of them needs, on one card for each role.")
        case UsualCause.LATE | UsualCause.AFTER_ANOTHER:
            return _("Name a deputy for every duty, and show its deadline where the team works.")
        case UsualCause.NOT_DONE:
            return _("Write on the role cards who owes it, and from when.")
        case UsualCause.OWED_BY_TRUTH | UsualCause.NOT_WEIGHED:
            return _("Have a second person check every such judgement against the evidence.")
        case UsualCause.NOT_KNOWN | UsualCause.FIGURE_NOT_KNOWN:
            return _("Agree who passes evidence and figures on to whoever judges, and how.")
        case UsualCause.NOT_COMPARED:
            return _("Grade with the table of thresholds open, and have a second person read the figure out.")
        case UsualCause.GRADED_AS_KNOWN:
            return _("Look at the level again with every new figure.")
        case UsualCause.AUTHORITY:
            return _("Hand out a list of who may do what, and who stands in.")
        case UsualCause.OWN_WORK:
            return _("Name a reviewer for every report before it is written.")
        case UsualCause.CONTENT:
            return _("Keep an example of every form at hand.")
        case UsualCause.NOT_ASKED_FOR:
            return _("Keep the list of who is told at which level at hand.")
        case None:
            return _("Find the cause with those who took part, and set an action.")
    assert_never(cause)
