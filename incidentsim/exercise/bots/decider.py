"""Bots: decisions for roles that nobody plays.

A bot does what the playbook offers its role, after a plausible while, judging by what people like it can know so far
(`evidence`). What it decides is a function of the seed and of the facts so far: it keeps nothing in mind but what it
has read, so a run that is resumed goes on exactly as it would have. Every decision says why it was taken.

A role's proficiency (0 novice … 100 expert) says how often it slips (`bots_slips`); noise, red herrings and
contradictions that reached the person lately, and standing in for somebody, raise the odds.
"""

from incidentsim.domain.actions import Action, Because
from incidentsim.domain.facts import DecisionSource
from incidentsim.exercise.bots.agenda import BotAgenda
from incidentsim.exercise.bots.content import content
from incidentsim.exercise.bots.speech import Remark
from incidentsim.exercise.bots.timing import Prospect
from incidentsim.exercise.bots.view import BotView
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.state import IncidentState
from incidentsim.exercise.running.deciders import Proposal, ScriptDecider


class BotDecider:
    """Plays everyone whose decisions the script does not (or no longer) hold."""

    source = DecisionSource.BOT

    def __init__(
        self,
        script: ScriptDecider | None = None,
        *,
        played: frozenset[str] = frozenset(),
        answer_outside: bool = True,
    ) -> None:
        """Begin to decide.

        Args:
            script: the decisions that are not left to bots.
            played: the pseudonyms of those for whom people decide: no bot acts as them, or where they can act.
            answer_outside: whether bots answer for people outside, such as customers and authorities.
        """
        self._script = script
        self._answer_outside = answer_outside
        self._played = played
        self._agenda: BotAgenda | None = None

    def propose(self, exercise: Exercise) -> Proposal | None:
        """The earliest decision that any bot would take as things stand."""
        if self._agenda is None or self._agenda.desk.exercise is not exercise:
            self._agenda = BotAgenda(BotView(exercise, self._script, self._played, answer_outside=self._answer_outside))
        agenda = self._agenda
        best = agenda.next_up()
        if isinstance(best, Remark):
            return Proposal(best.at, best.say)
        return None if best is None else proposal_of(agenda.desk, *best)

    def taken(self) -> None:
        """Nothing to remember."""


def proposal_of(desk: BotView, prospect: Prospect, incident: IncidentState) -> Proposal:
    """Fill in the content of the step of a prospect, and say why it is taken."""
    wish = prospect.wish
    step = wish.ready.step
    filled, slipped = ({}, ()) if prospect.oversteps else content(desk, incident, prospect)
    duty = next((duty for duty in desk.duties(step) if duty in incident.duties), None)
    read = desk.knowledge.injects(incident.id, prospect.person.pseudonym)  # somebody else may act than who judged
    injects = tuple(inject for inject in wish.injects if inject in read)
    because = Because(wish.reason, duty, injects, (*wish.slips, *prospect.slips, *slipped))
    action = Action(prospect.person.pseudonym, step.do, incident.id, prospect.role, filled, because)
    return Proposal(prospect.at, action)
