"""Earlier runs in words: whose they were and how that is known, in what they differ, what is left out and why."""

from incidentsim.exercise.evaluation.beside.changes import Scope
from incidentsim.exercise.evaluation.beside.earlier import EarlierRun, EarlierRuns, LeftOut, LeftOutWhy, Otherwise
from incidentsim.exercise.evaluation.beside.team import Likeness, TeamSign
from incidentsim.exports.wording.in_short import counted_words
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.plain_text import visible
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext


def run_words(run: EarlierRun) -> str:
    """A run: its own name or its id, and when it was begun (UTC)."""
    begun = run.created[:16].replace("T", " ")
    named = visible(run.name) if run.name else run.run
    return _("{run} ({begun} UTC)").format(run=named, begun=begun)


def team_word(likeness: Likeness) -> str:
    """In a few words, whether it was the same team."""
    match likeness.sign:
        case TeamSign.SAME_NAMES:
            return _("same team")
        case TeamSign.SHARED_NAMES:
            return _("mostly the same team")
        case TeamSign.OTHER_NAMES:
            return _("another team")
        case TeamSign.SAME_ROLES:
            return _("same roles")
        case TeamSign.OTHER_ROLES:
            return _("other roles")
        case TeamSign.NOBODY:
            return _("no people")
        case TeamSign.ONE_SIDE:
            return _("people in one run only")


def team_words(earlier: EarlierRun, names: Names) -> str:
    """The sentences on whether it was the same team, and by what that is told."""
    like = earlier.likeness
    told = _team_words(like, names, earlier)
    if like.erased:
        told = _("{sentence} {more}").format(sentence=told, more=_("Names of players were erased from the record."))
    return told


def _team_words(like: Likeness, names: Names, earlier: EarlierRun) -> str:
    count = len(like.shared)
    listed = visible(names.listed(like.shared))
    match like.sign:
        case TeamSign.SAME_NAMES:
            words = ngettext(
                "The same team by the player names on record: the one name is the same ({names}).",
                "The same team by the player names on record: all {n} names are the same ({names}).",
                count,
            )
            return words.format(n=count, names=listed)
        case TeamSign.SHARED_NAMES:
            words = _("Mostly the same team by the player names on record: {n} of {most} are the same ({names}).")
            return words.format(n=count, most=like.most, names=listed)
        case TeamSign.OTHER_NAMES:
            words = _("Another team by the player names on record: {n} of {most} are the same.")
            return words.format(n=count, most=like.most)
        case TeamSign.SAME_ROLES:
            roles = names.listed(names.role(role) for role in sorted(earlier.team.roles))
            words = _(
                "Taken for the same team: people played the same roles ({roles}). Player names are not on record in "
                "both runs, so it may be another team."
            )
            return words.format(roles=roles)
        case TeamSign.OTHER_ROLES:
            return _(
                "Whether it was the same team cannot be told: people played other roles, and player names are not on "
                "record in both runs."
            )
        case TeamSign.NOBODY:
            return _("No people are known to have played either run: they are compared without regard to a team.")
        case TeamSign.ONE_SIDE:
            return _("People are known to have played one of the two runs only.")


def otherwise_words(earlier: EarlierRun) -> list[str]:
    """The sentences on what else was not the same in the earlier run."""
    said = []
    if earlier.scope is Scope.PROCEDURE:
        said.append(
            _(
                "It was another scenario ({scenario}): only what any story has is compared, and times depend on the "
                "story."
            ).format(scenario=visible(earlier.scenario))
        )
    return said + [_otherwise(one, earlier) for one in earlier.otherwise]


def _otherwise(one: Otherwise, earlier: EarlierRun) -> str:
    match one:
        case Otherwise.PROCEDURE:
            return _(
                "It was played by another version of the procedure: duties, ratings and errors are compared across "
                "procedures."
            )
        case Otherwise.STORY:
            return _("It was played by another version of the scenario: what came, and when, may have been different.")
        case Otherwise.ERASED:
            return _("Texts or names were erased from it; what was decided, and when, is complete.")
        case Otherwise.UNPINNED:
            return _("It was begun by a version of the program that did not pin names yet.")
        case Otherwise.PROGRAM:
            return _("It was recorded by {program}.").format(program=visible(earlier.program))


def standing_words(run: EarlierRun) -> str:
    """In a few words how a run went; that it was not evaluated, where that is so."""
    if run.standing is None:
        return _("not evaluated")
    errors = ngettext("{n} error", "{n} errors", run.standing.errors).format(n=run.standing.errors)
    return _("{errors}; {ratings}").format(errors=errors, ratings=counted_words(run.standing.ratings))


def left_out_words(left: LeftOut) -> str:
    """The reason for which an earlier run is not compared."""
    match left.why:
        case LeftOutWhy.UNFINISHED:
            return _("not finished: not compared")
        case LeftOutWhy.HIDDEN:
            return _("hidden from lists: not compared")
        case LeftOutWhy.UNREADABLE:
            return _("cannot be read: {reason}").format(reason=visible(left.reason))


def summary_words(runs: EarlierRuns) -> list[str]:
    """Return the sentences on how many earlier runs there are, what is left out, and what was not looked at."""
    here = [run for run in runs.runs if run.scope is Scope.SCENARIO]
    ours = [run for run in here if run.likeness.same_team]
    said = [
        ngettext(
            "{n} earlier finished run of this scenario; {ours} taken for the same team.",
            "{n} earlier finished runs of this scenario; {ours} taken for the same team.",
            len(here),
        ).format(n=len(here), ours=len(ours))
    ]
    if not here:
        said = [_("No earlier finished run of this scenario was found.")]
    elsewhere = len(runs.runs) - len(here)
    if elsewhere:
        told = ngettext(
            "{n} of other scenarios by the same procedure.", "{n} of other scenarios by the same procedure.", elsewhere
        )
        said.append(told.format(n=elsewhere))
    for why, words in _LEFT.items():
        count = sum(left.why is why for left in runs.left_out)
        if count:
            said.append(words(count))
    older = sum(runs.older.values())
    if older:
        said.append(
            ngettext("{n} older one was not looked at.", "{n} older ones were not looked at.", older).format(n=older)
        )
    if not runs.whole:
        said.append(_("Looking was stopped: not all earlier runs were looked at."))
    return said


def _unfinished(n: int) -> str:
    return ngettext("{n} is not finished and not compared.", "{n} are not finished and not compared.", n).format(n=n)


def _hidden(n: int) -> str:
    return ngettext("{n} is hidden and not compared.", "{n} are hidden and not compared.", n).format(n=n)


def _unreadable(n: int) -> str:
    return ngettext("{n} cannot be read.", "{n} cannot be read.", n).format(n=n)


_LEFT = {
    LeftOutWhy.UNFINISHED: _unfinished,
    LeftOutWhy.HIDDEN: _hidden,
    LeftOutWhy.UNREADABLE: _unreadable,
}
