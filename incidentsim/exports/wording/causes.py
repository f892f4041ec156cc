"""The usual causes of failures, and what is to be done about them, in words."""

from typing import assert_never

from incidentsim.exercise.evaluation.causes import UsualCause
from incidentsim.messages import gettext as _


def cause_words(cause: UsualCause) -> str:  # noqa: C901, PLR0911, PLR0912 - one sentence a cause
    """Return the usual cause as a sentence."""
    match cause:
        case UsualCause.AFTER_REFUSAL:
            return _("A first attempt was refused, and to put it right took the time.")
        case UsualCause.AFTER_ANOTHER:
            return _("Something that had to come first was late or wrong.")
        case UsualCause.LATE:
            return _("Whoever owes it does not see the deadline, or waits for somebody else.")
        case UsualCause.NOT_DONE:
            return _("It is not clear that it is due, or whose it is.")
        case UsualCause.OWED_BY_TRUTH:
            return _("An earlier judgement was wrong, so nothing called for it.")
        case UsualCause.NOT_WEIGHED:
            return _("What speaks for the right answer had been read and was not weighed.")
        case UsualCause.NOT_KNOWN:
            return _("What speaks for the right answer had not reached whoever decided.")
        case UsualCause.NOT_COMPARED:
            return _("The figure had been read and was not compared with the thresholds.")
        case UsualCause.FIGURE_NOT_KNOWN:
            return _("The figure that decides had not reached whoever graded.")
        case UsualCause.GRADED_AS_KNOWN:
            return _("The figures known then gave that level, and the deciding one came later.")
        case UsualCause.LEVEL_KEPT:
            return _("The figure had come, and nobody was asked to look at the level again.")
        case UsualCause.AUTHORITY:
            return _("Who may do what is not at hand when it is needed.")
        case UsualCause.FORBIDDEN:
            return _("Somebody was asked to do it, or did not know that nobody may.")
        case UsualCause.OWN_WORK:
            return _("In daily work the same person writes and approves.")
        case UsualCause.CONTENT:
            return _("What a form has to hold is not known beforehand.")
        case UsualCause.ORDER:
            return _("The order of the steps, and what each of them needs, is not at hand.")
        case UsualCause.NOT_ASKED_FOR:
            return _("The list of who is told at which level is not at hand.")
    assert_never(cause)


def action_words(cause: UsualCause | None) -> str:  # noqa: C901, PLR0911, PLR0912 - one sentence a cause
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
        case UsualCause.GRADED_AS_KNOWN | UsualCause.LEVEL_KEPT:
            return _("Look at the level again with every new figure.")
        case UsualCause.AUTHORITY:
            return _("Hand out a list of who may do what, and who stands in.")
        case UsualCause.FORBIDDEN:
            return _("Tell everybody that nobody may do it, whoever asks for it, and whom to turn to.")
        case UsualCause.OWN_WORK:
            return _("Name a reviewer for every report before it is written.")
        case UsualCause.CONTENT:
            return _("Keep an example of every form at hand.")
        case UsualCause.NOT_ASKED_FOR:
            return _("Keep the list of who is told at which level at hand.")
        case None:
            return _("Find the cause with those who took part, and set an action.")
    assert_never(cause)
