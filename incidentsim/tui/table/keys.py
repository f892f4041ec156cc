"""The keys of the table, and when each of them does something."""

from typing import TYPE_CHECKING, Any, Final, cast

from textual.binding import Binding, BindingType

from incidentsim.messages import gettext as _
from incidentsim.session.pacing import Pacing
from incidentsim.session.seat_view import SeatView
from incidentsim.tui.base_screen import N_, PROCEDURE, key

if TYPE_CHECKING:
    from textual.app import App

    from incidentsim.tui.shell import Shell

TABLE_KEYS: Final[list[BindingType]] = [
    key("space", "go_on", N_("Go on"), id="table.go_on",
        tooltip=N_("Time jumps to the next thing that matters to you")),
    key("h", "app.open('procedure')", N_("Procedure"), id="table.procedure",
        tooltip=N_("Your role, levels with thresholds, duties, who is who, deadlines")),
    key("W", "write", N_("Send message"), id="table.write",
        tooltip=N_("Inform, ask, answer, forward, order or decide: a message to others")),
    key("f3", "app.open('procedure')", N_("Procedure"), id=PROCEDURE, show=False,
        tooltip=N_("Your role, levels with thresholds, duties, who is who, deadlines")),
    key("H", "coach(True)", N_("Hint"), id="table.hint",
        tooltip=N_("The coach says more of what is owed first: where to look, by which criterion, what to do")),
    key("p", "pause", N_("Start/stop"), id="table.pause", tooltip=N_("Let the clock run, or stop it")),
    key("d", "debrief", N_("Debrief"), id="table.debrief", tooltip=N_("How it went, once it is over")),
    key("n", "next_incident", N_("Incident"), id="table.incident", tooltip=N_("Act on the next incident")),
    key("x", "hand_over", N_("Hand over"), id="table.hand_over", tooltip=N_("Somebody else takes the keyboard")),
    key("f4", "players", N_("Players"), id="table.players", tooltip=N_("Who sits in which seat"), show=False),
    key("v", "console", N_("Console"), id="table.console",
        tooltip=N_("The facilitator's console, with the ground truth")),
    key("1", "pane(0)", N_("Inbox"), id="table.inbox", show=False),
    key("2", "pane(1)", N_("Actions"), id="table.actions", show=False),
    key("3", "pane(2)", N_("Duties"), id="table.duties", show=False),
    key("4", "pane(3)", N_("Log"), id="table.log", show=False),
    key("K", "coach(False)", N_("Coach"), id="table.coach", show=False,
        tooltip=N_("All that the coach says; on and off")),
    key("f", "filter", N_("Filter"), id="table.filter", tooltip=N_("Narrow the log down"), show=False),
    key("slash", "search", N_("Search"), id="table.search", tooltip=N_("Find words in the log"), show=False),
    key("w", "wait", N_("Wait"), id="table.wait", tooltip=N_("Let some minutes pass"), show=False),
    key("t", "pacing", N_("Pacing"), id="table.pacing", tooltip=N_("Stepped, or live by the clock"), show=False),
    key("plus", "speed(1)", N_("Faster"), id="table.faster", show=False),
    key("minus", "speed(-1)", N_("Slower"), id="table.slower", show=False),
    key("r", "ledger", N_("Record"), id="table.record", tooltip=N_("Every entry, its hash, its facts"), show=False),
    key("escape", "leave", N_("Home"), id="table.leave", tooltip=N_("Back home; the run goes on where it was")),
]  # fmt: skip


def shipped_keys() -> dict[str, str]:
    """Return the keys of the table's actions as they are shipped, by the action's name, several with commas between."""
    return {binding.id: binding.key for binding in TABLE_KEYS if isinstance(binding, Binding) and binding.id}


def key_words(app: "App[Any]", name: str) -> str:
    """Return what the key of an action of the table (such as `go_on`) is called here, as the settings have it."""
    action = f"table.{name}"
    chosen = cast("Shell", app).settings.keys.get(action) or shipped_keys()[action]
    first = chosen.split(",")[0].strip()
    return _("space") if first == "space" else app.get_key_display(Binding(first, ""))


def pacing_words(app: "App[Any]", pacing: Pacing) -> str:
    """Return the sentence that says what lets time pass, in the pacing and state that there is."""
    if not pacing.live:
        message = _("Press {key}: time goes on to the first thing that matters to you.")
        return message.format(key=key_words(app, "go_on"))
    still, runs = _("The clock stands still: press {key} to start it."), _("The clock runs: {key} stops it.")
    return (still if pacing.paused else runs).format(key=key_words(app, "pause"))


def can_be_done(action: str, view: SeatView) -> bool:
    """Return whether an action of the table does anything now; the key line shows no other."""
    able = {
        "hand_over": view.mode == "hot_seat" and len(view.hands) > 1,
        "console": view.mode == "facilitated",
        "ledger": view.run is not None and (view.ended or not view.keyboard),  # it holds everything
        "debrief": view.ended and view.run is not None,
        "go_on": not view.ended and not view.pacing.runs(),
        "wait": not view.ended and not view.pacing.runs(),
        "pacing": not view.ended,
        "players": bool(view.people) and not view.ended,
        "write": bool(view.at_keyboard) and not view.ended,
        "pause": view.pacing.live and not view.ended,
        "speed": view.pacing.live and not view.ended,
        "coach": not view.ended and bool(view.keyboard),
        "next_incident": len(view.incidents) > 1,
    }
    return able.get(action, True)


def help_words(app: "App[Any]") -> list[str]:
    """Return the sentences of the help about playing an exercise, with every sign that the table uses."""
    jump = _("With {key}, time jumps to the next thing that matters to you. Everything goes on record at once.")
    coach = _(
        "The coach ({coach}) marks with ◇ what is owed first, says why, and gives a hint for each {hint}: where to"
        " look, by which criterion, what to do. Hints go on record and show in the rating."
    )
    return [
        _("Messages come in, and you act for the roles you play: the letter before an action opens its form."),
        jump.format(key=key_words(app, "go_on")),
        _("You can write to others at any time; open a message of the inbox to answer or forward it."),
        coach.format(coach=key_words(app, "coach"), hint=key_words(app, "hint")),
        _("Signs: ● unread or here, ○ ahead, ✓ done, ✕ closed or refused, ⊘ forbidden, ! owed or soon due, ‼ late."),
        _("✉ message, ↑ escalated, … planned, ✎ note, ↶ undone, ◷ legal deadline, ◌ our own target, ▶ runs, ‖ paused,"
          " ■ over, – left out."),
    ]  # fmt: skip
