"""What became of an error, a rating or a measure, in a word or two."""

from incidentsim.exercise.evaluation.beside.changes import Change
from incidentsim.exercise.evaluation.beside.errors import ErrorBeside, Fate, Occasion
from incidentsim.messages import gettext as _


def change_word(change: Change) -> str:
    """A change in a word or two."""
    match change:
        case Change.BETTER:
            return _("better")
        case Change.WORSE:
            return _("worse")
        case Change.SAME:
            return _("the same")
        case Change.NEITHER:
            return _("other")
        case Change.ONLY_NOW:
            return _("only now")
        case Change.ONLY_THEN:
            return _("only then")


def fate_word(fate: Fate) -> str:
    """The fate of an error in a word or two."""
    match fate:
        case Fate.CAME_BACK:
            return _("came back")
        case Fate.NEW:
            return _("new")
        case Fate.GONE:
            return _("gone")


def occasion_words(row: ErrorBeside) -> str:
    """The reason for which an error is gone, as far as the record says; empty where it is not gone."""
    match row.occasion:
        case Occasion.DONE_RIGHT:
            return _("It came up this time, and was done right.")
        case Occasion.LEFT:
            return _("It was not tried this time.")
        case Occasion.BOTS:
            return _("This time it was a matter of the bots: it says nothing about the team.")
        case Occasion.NONE:
            return _("Nothing on record shows that it came up this time: it may be learned or not.")
        case Occasion.NOT_LOOKED_FOR:
            return _("Whether it came up this time was not looked for: it was another scenario.")
        case None:
            return ""
