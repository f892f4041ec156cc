"""Changing improvement items from a screen: each change goes on record first, then is shown."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from incidentsim.domain.facts import ImprovementState
from incidentsim.exercise.afterwards.items import ItemChange
from incidentsim.exports.wording.afterwards import shown_by_words, state_words
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.exercise.afterwards.carrying import CarriedItem
    from incidentsim.tui.shell import Shell

Then = Callable[[], object]


class ItemActs:
    """The acts on items; drafts of what was typed and not yet put on record are kept here."""

    def __init__(self, shell: "Shell", then: Then) -> None:
        """`then` is called after each change that is on record."""
        self._shell = shell
        self._then = then
        self._drafts: dict[str, dict[str, str]] = {}

    def add(self, run: str) -> None:
        """Type in an item that comes from a run."""

        def put(typed: dict[str, str]) -> object:
            change = ItemChange(action=typed["action"], owner=typed["owner"], due=typed["due"].strip())
            return self._shell.service.improvements.add(run, change, task=typed["task"])

        tasks = self._shell.attempt(lambda: self._shell.service.improvements.weak_tasks(run)) or ()

        def shown_by() -> list[tuple[str, str]]:
            return [("task", shown_by_words([title.say(self._shell.language) for _name, title in tasks]))]

        self._ask("", lambda: _("A new improvement item"), {}, put, shown_by)

    def edit(self, item: "CarriedItem") -> None:
        """Change the words, the owner and the due date."""
        language = self._shell.language
        before = {
            "action": item.action.say(language),
            "owner": item.owner.say(language),
            "due": "" if item.due is None else item.due.isoformat(),
        }

        def put(typed: dict[str, str]) -> object:
            typed = {**typed, "due": typed["due"].strip()}
            changed = {name: words for name, words in typed.items() if words != before[name]}
            if not changed:
                return True
            change = ItemChange(changed.get("action"), changed.get("owner"), changed.get("due"))
            return self._shell.service.improvements.change(item, change)

        self._ask(item.id, lambda: item.id, before, put)

    def _ask(
        self,
        name: str,
        title: Callable[[], str],
        before: dict[str, str],
        put: Callable[[dict[str, str]], object],
        more: Callable[[], list[tuple[str, str]]] = list,
    ) -> None:
        from incidentsim.tui.dialogs.lines_form import LinesForm

        def asked() -> list[tuple[str, str]]:
            return [
                ("action", _("What is to be done? An action that somebody can carry out.")),
                ("owner", _("Who sees to it?")),
                ("due", _("Until when? (such as 2026-12-31)")),
                *more(),
            ]

        def keep(typed: dict[str, str] | None) -> None:
            self._drafts.pop(name, None)
            if typed is not None:
                self._drafts[name] = typed

        def take(typed: dict[str, str] | None) -> None:
            if typed is not None:
                keep(None)
                self._then()

        form = LinesForm(
            title, asked, self._drafts.get(name, before), keep, lambda typed: self._put(lambda: put(typed))
        )
        self._shell.push_screen(form, take)

    def state(self, item: "CarriedItem") -> None:
        """Set the state: open or in progress here, closed with evidence."""
        from incidentsim.tui.dialogs.prompts import ChooseScreen

        def choices() -> list[tuple[str, str]]:
            return [(state.value, state_words(state)) for state in ImprovementState]

        def take(choice: str | None) -> None:
            if choice is None:
                return
            state = ImprovementState(choice)
            if state in {ImprovementState.DONE, ImprovementState.DROPPED}:
                self.close(item, dropped=state is ImprovementState.DROPPED)
            elif self._put(lambda: self._shell.service.improvements.change(item, ItemChange(state=state))):
                self._then()

        self._shell.push_screen(ChooseScreen(lambda: _("Where does it stand?"), choices, at=item.state.value), take)

    def close(self, item: "CarriedItem", *, dropped: bool = False) -> None:
        """Close an item with evidence; where a later run shows it, nothing need be typed."""
        from incidentsim.tui.dialogs.prompts import AskScreen

        def question() -> str:
            if dropped:
                return _("Why is it not to be done any more?")
            if item.performed_by is not None:
                message = _("What shows that it is done? (nothing: run {run}, which performed the task)")
                return message.format(run=item.performed_by)
            return _("What shows that it is done?")

        def accept(evidence: str) -> bool:
            improvements = self._shell.service.improvements
            return self._put(lambda: improvements.close(item, evidence=evidence, dropped=dropped))

        def keep(evidence: str | None) -> None:
            self._drafts[name] = {"evidence": evidence or ""}

        def take(evidence: str | None) -> None:
            if evidence is not None:
                keep(None)
                self._then()

        name = f"close-{item.id}"
        kept = self._drafts.get(name, {}).get("evidence", "")
        self._shell.push_screen(AskScreen(question, kept, keep=keep, accept=accept), take)

    def _put(self, put: Callable[[], object]) -> bool:
        return self._shell.attempt(put) is not None
