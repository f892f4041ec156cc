"""What people do at the table: every action goes to the session, which puts it on record before anything is shown."""

from typing import TYPE_CHECKING, TypeVar

from incidentsim.domain.actions import Action
from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.exports.wording.refusals import refusal_words
from incidentsim.messages import gettext as _
from incidentsim.session.forms import keep_draft
from incidentsim.session.sentences import FILTERS, message_words
from incidentsim.session.session import Acted, Halt, Passed
from incidentsim.session.views import Offer, inbox, raised
from incidentsim.tui.action_form.screen import FormScreen
from incidentsim.tui.dialogs.handover import CoverScreen
from incidentsim.tui.dialogs.prompts import AskScreen, ChooseScreen
from incidentsim.tui.table.showing import TICK, TableShowing
from incidentsim.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from collections.abc import Callable


T = TypeVar("T")

_MOST_DIGITS = 5


class TableActing(TableShowing):
    """An exercise under way, and what can be done about it."""

    _held = False
    """Whether the clock waits: nobody has the keyboard."""

    def take(self, action: Action | None) -> None:
        """Take an action; one that is `None` was left. Live, it costs no more time than it took."""
        if action is None:
            self.show_table()
            return
        offer = next((one for one in self._offers if one.step.do == action.do), None)
        takes = 0 if self._pacing.live else None
        acted = self.attempt(lambda: self.session.act(action, takes=takes))
        if acted is None:
            return
        answer = acted.answer
        if answer is not None and answer.taken and offer is not None:
            self._attempt_quietly(lambda: keep_draft(self.session, offer, {}))
        if answer is not None and not answer.taken:
            self._say(_("Refused: {reason}").format(reason=refusal_words(answer.fact, self.teller.names)), wrong=True)
        self._after(acted)

    def try_closed(self, offer: Offer) -> None:
        """Try what is closed: the refusal goes on record."""
        self.take(Action(offer.person.pseudonym, offer.step.do, offer.incident, offer.role))

    def try_forbidden(self, do: str | None) -> None:
        """Try what nobody may do: the refusal goes on record."""
        if do is not None and self._incident is not None and self.people:
            person = self.people[0]
            self.take(Action(person.pseudonym, do, self._incident, person.roles[0]))

    def action_go_on(self) -> None:
        """Let time jump to the next thing that matters."""
        passed = self.attempt(self.session.go_on)
        if passed is not None:
            if passed.halt is Halt.YOUR_TURN and len(self.session.facts) == passed.since:
                self._news = _("» Nothing more happens before you act."), ""
            self._after(passed)

    def action_wait(self) -> None:
        """Let some minutes pass."""
        self.app.push_screen(AskScreen(lambda: _("For how many minutes?"), "10"), self._wait)

    def _wait(self, answer: str | None) -> None:
        if answer is None:
            return
        if not (answer.isascii() and answer.isdecimal() and 0 < len(answer) <= _MOST_DIGITS):
            self._say(_("Say a whole number of minutes."), wrong=True)
            return
        passed = self.attempt(lambda: self.session.live_to(self.session.now + int(answer) * MINUTE))
        if passed is not None:
            self._after(passed)

    def _after(self, passed: Passed | Acted) -> None:
        """Show what happened; the inbox goes to the newest message, unless somebody reads another while time runs."""
        self._tell_news(passed.since)
        new = [one for one in inbox(self.session, self.pseudonyms or None) if one.number >= passed.since]
        reading = self._pacing.runs() and self.query_one("#inbox", LineList).has_focus
        self.show_table(newest=new[-1].number if new and not reading else None)
        if new and not self.query_one("#inbox", LineList).has_focus:
            self._say(_("✉ {subject}").format(subject=message_words(self.teller, new[-1])[0]))

    def action_next_incident(self) -> None:
        """Act on the next incident."""
        names = raised(self.session)
        if names:
            place = names.index(self._incident) + 1 if self._incident in names else 0
            self.pick_incident(names[place % len(names)])

    def pick_incident(self, incident: str) -> None:
        """Act on this incident."""
        if incident in raised(self.session):
            self._incident = incident
            self.show_table()
            self._put_aside()

    def action_filter(self) -> None:
        """Narrow the log down to the next kind of facts."""
        filters = [*FILTERS, "incident"] if len(raised(self.session)) > 1 else list(FILTERS)
        here = filters.index(self._filter) if self._filter in filters else -1
        self._filter = filters[(here + 1) % len(filters)]
        self._show_log()

    def action_search(self) -> None:
        """Narrow the log down to lines with some words."""

        def take(words: str | None) -> None:
            if words is not None:
                self._search = words.strip()
                self._show_log()

        self.app.push_screen(AskScreen(lambda: _("Which words? (none: everything)"), self._search), take)

    def action_hand_over(self) -> None:
        """Somebody else takes the keyboard; what the one who leaves has in front of them is hidden first."""

        def choices() -> list[tuple[str, str]]:
            names = self.teller.names
            roles = {one.pseudonym: names.listed(names.role(role) for role in one.roles) for one in self.session.people}
            return [(one, f"{names.person(one)} · {listed}") for one, listed in roles.items()]

        def cover(seat: str | None) -> None:
            if seat is None or seat == self.people[0].pseudonym:
                self._lift_cover()
                return
            self._attempt_quietly(lambda: self.session.desk.put("seat", seat))
            self._message = None
            self.app.push_screen(CoverScreen(self.teller, seat), lambda _seat: self._lift_cover())

        self._held = True
        self._hide(hidden=True)
        following = self.session.people.index(self.people[0]) + 1
        at = self.session.people[following % len(self.session.people)].pseudonym
        self.app.push_screen(ChooseScreen(lambda: _("Who takes the keyboard now?"), choices, at=at), cover)

    def _hide(self, *, hidden: bool) -> None:
        for part in ("#panes", "#news"):
            self.query_one(part).visible = not hidden

    def _lift_cover(self) -> None:
        self._held = False
        self._hide(hidden=False)
        self.show_table()
        self._tell_last()
        self._to_pane(self._here)

    def _to_pane(self, number: int) -> None:
        """Go to a pane."""
        raise NotImplementedError

    def action_console(self) -> None:
        """The facilitator's console."""
        from incidentsim.tui.console.screen import ConsoleScreen

        self.app.push_screen(ConsoleScreen(self.session, self._pacing))

    def action_pacing(self) -> None:
        """Stepped or live."""
        self._pacing.live = not self._pacing.live
        self._pacing.paused = False
        self._attempt_quietly(lambda: self._pacing.keep(self.session.desk))
        self.show_table()

    def action_pause(self) -> None:
        """Stop the clock or let it run."""
        self._pacing.paused = not self._pacing.paused
        self.show_table()

    def action_speed(self, by: int) -> None:
        """Faster or slower."""
        self._pacing.faster(by)
        self._attempt_quietly(lambda: self._pacing.keep(self.session.desk))
        self.show_table()

    def action_ledger(self) -> None:
        """The record of this run."""
        if self.session.run is not None:
            self.shell.open_ledger(self.session.run)

    def action_debrief(self) -> None:
        """How it went."""
        run = self.session.run
        if run is not None and self.session.ended:
            self.session.close()
            self.app.pop_screen()
            self.shell.open_debrief(run)

    def action_leave(self) -> None:
        """Back home. Nothing is asked, because nothing is lost."""
        self.session.close()
        self.shell.leave()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """What can be done now: the footer shows no more."""
        session = self.session
        match action:
            case "hand_over":
                return session.seats.mode == "hot_seat" and len(session.people) > 1
            case "console":
                return session.seats.mode == "facilitated"
            case "ledger":
                return session.run is not None
            case "debrief":
                return session.ended and session.run is not None
            case "go_on" | "wait":
                return not session.ended and not self._pacing.runs()
            case "pacing":
                return not session.ended
            case "pause" | "speed":
                return self._pacing.live and not session.ended
            case "next_incident":
                return len(raised(session)) > 1
        return True

    def _tick(self) -> None:
        """Half a second has passed by the wall clock: it passes as well while somebody fills in a form."""
        if not self._pacing.runs() or self.session.ended or self._held:
            return
        before = self.session.now // MINUTE
        passed = self.attempt(lambda: self.session.live_to(self.session.now + TICK * self._pacing.speed))
        if passed is None:
            return
        if len(self.session.facts) > passed.since:
            self._after(passed)
        elif self.session.now // MINUTE != before:
            self.show_table()
        else:
            self._show_head()
        self._tell_those_above()

    def _tell_those_above(self) -> None:
        """Time has passed for whatever is open above the table, too."""
        from incidentsim.tui.console.screen import ConsoleScreen

        above = self.app.screen
        if isinstance(above, FormScreen):
            above.judge()
        elif isinstance(above, ConsoleScreen):
            above.show_console()

    def attempt(self, work: "Callable[[], T]") -> T | None:
        """Do something that goes on record. Where the record fails, the session is taken up anew from it."""
        try:
            return work()
        except InputError as error:
            self._say(str(error), wrong=True)
        except SurroundingsError as error:
            self._say(_("{reason} What was acknowledged is on record.").format(reason=error), wrong=True)
            self._take_up_anew()
        return None

    def _take_up_anew(self) -> None:
        """Go on from the record; where even that cannot be read, there is nothing to go on with but the home."""
        shell, run = self.shell, self.session.run
        self._pacing.paused = True
        self.session.close()
        anew = shell.attempt(lambda: shell.service.exercises.take_up(run)) if run is not None else None
        if anew is not None:
            self.session = anew
            self._forget_shown()
            self.show_table()
