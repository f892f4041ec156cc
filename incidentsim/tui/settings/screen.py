"""The settings: what can be chosen, line by line; every change is kept in the settings file at once."""

from dataclasses import replace
from enum import StrEnum
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from incidentsim.exports.wording.plain_text import pad, width
from incidentsim.messages import gettext as _
from incidentsim.messages import language_name
from incidentsim.settings import PacingName, Settings, SpokenLanguage, ThemeName, key_problem
from incidentsim.tui.base_screen import N_, LocalizedScreen, key, title_of
from incidentsim.tui.dialogs.prompts import AskScreen
from incidentsim.tui.widgets.key_line import KeyLine
from incidentsim.tui.widgets.line_list import Line, LineList, Piece, line
from incidentsim.tui.widgets.text import Words

Chosen = TypeVar("Chosen", bound=StrEnum)


class SettingsScreen(LocalizedScreen, ModalScreen[None]):
    """The dialog with the settings."""

    CSS = """
    SettingsScreen { align: center middle; }
    SettingsScreen > Vertical { width: 90%; max-width: 96; height: 90%; background: $surface; border: round $primary; }
    SettingsScreen #intro { padding: 0 2; max-height: 4; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter,right,space", "change", N_("Change"), id="settings.change", tooltip=N_("The next value, or a key")),
        key("delete", "reset", N_("As shipped"), id="settings.reset", tooltip=N_("The value as it was shipped")),
        key("escape", "leave", N_("Back"), id="settings.back", tooltip=N_("Back to the screen")),
    ]

    def compose(self) -> ComposeResult:
        """A heading and the list."""
        with Vertical():
            yield Words(_("Settings"), id="title", classes="title")
            yield Words(id="intro")
            yield LineList(id="settings")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show them."""
        self._tell()
        self.query_one(LineList).focus()

    async def relocalize(self) -> None:
        """Show them in another language."""
        self._tell()
        self.refresh_bindings()

    def _tell(self) -> None:
        if self.stands("title", "intro", "settings"):
            self.query_one("#title", Words).say(_("Settings"))
            words = _("Every change is kept at once, beside your signing key. Options and the environment win over it.")
            self.query_one("#intro", Words).say(words)
            self.query_one(LineList).show(setting_lines(self.shell.settings))

    def on_line_list_chosen(self) -> None:
        """A click, or Enter."""
        self.run_worker(self._change(), group="settings")

    def action_change(self) -> None:
        """The next value of the line at the cursor; for an action, ask for its key."""
        self.run_worker(self._change(), group="settings")

    async def _change(self) -> None:
        settings = self.shell.settings
        match self.query_one(LineList).name_at_cursor:
            case "theme":
                self.shell.settle(replace(settings, theme=_after(settings.theme)))
            case "language":
                language = _after(settings.language)
                self.shell.settle(replace(settings, language=language))
                if language is not SpokenLanguage.AUTO:
                    await self.shell.speak("zh" if language is SpokenLanguage.CHINESE else "en")
            case "pacing":
                self.shell.settle(replace(settings, pacing=_after(settings.pacing)))
            case "plain":
                self.shell.settle(replace(settings, plain=not settings.plain))
            case "coach":
                self.shell.settle(replace(settings, coach=not settings.coach))
            case str() as action:
                self._ask_key(action)
        self._tell()

    def _ask_key(self, action: str) -> None:
        shown = keys_now(self.shell.settings)

        def accept(answer: str) -> bool:
            keys = answer.replace(" ", "")
            if not keys:
                return True
            owner = {key: name for name, listed in shown.items() if name != action for key in listed.split(",")}
            taken = next((key for key in keys.split(",") if key in owner), None)
            if problem := key_problem(keys):
                self.shell.say(problem, severity="warning")
            elif taken is not None:
                told = _("The key {key} is for {action} already.")
                self.shell.say(told.format(key=taken, action=action_words(owner[taken])), severity="warning")
            return not problem and taken is None

        def take(answer: str | None) -> None:
            if keys := (answer or "").replace(" ", ""):
                self._bind(action, keys)

        def question() -> str:
            return _("Which key is for {action}? Such as g, f5, ctrl+s, space; several with commas.").format(
                action=action_words(action)
            )

        self.app.push_screen(AskScreen(question, shown[action], accept=accept), take)

    def action_reset(self) -> None:
        """The value of the line at the cursor as it was shipped."""
        settings, shipped = self.shell.settings, Settings()
        match self.query_one(LineList).name_at_cursor:
            case "theme":
                self.shell.settle(replace(settings, theme=shipped.theme))
            case "language":
                self.shell.settle(replace(settings, language=shipped.language))
            case "pacing":
                self.shell.settle(replace(settings, pacing=shipped.pacing))
            case "plain":
                self.shell.settle(replace(settings, plain=shipped.plain))
            case "coach":
                self.shell.settle(replace(settings, coach=shipped.coach))
            case str() as action:
                self._bind(action, None)
        self._tell()

    def _bind(self, action: str, keys: str | None) -> None:
        rest = {name: listed for name, listed in self.shell.settings.keys.items() if name != action}
        self.shell.settle(replace(self.shell.settings, keys=rest if keys is None else {**rest, action: keys}))
        self._tell()

    def action_leave(self) -> None:
        """Back to the screen."""
        self.dismiss(None)


def keys_now(settings: Settings) -> dict[str, str]:
    """Return the keys of the table's actions, by the action's name: own ones, else as shipped."""
    from incidentsim.tui.table.keys import shipped_keys

    return {**shipped_keys(), **settings.keys}


def action_words(action: str) -> str:
    """Return what an action of the table is called."""
    from incidentsim.tui.table.keys import TABLE_KEYS

    return next(title_of(each) for each in TABLE_KEYS if isinstance(each, Binding) and each.id == action)


def setting_lines(settings: Settings) -> list[Line]:
    """The settings with their values, then the actions of the table with their keys."""
    themes = {ThemeName.DARK: _("dark"), ThemeName.LIGHT: _("light"), ThemeName.CONTRAST: _("high contrast")}
    languages = {
        SpokenLanguage.AUTO: _("as the system"),
        SpokenLanguage.ENGLISH: language_name("en"),
        SpokenLanguage.CHINESE: language_name("zh"),
    }
    paces = {PacingName.STEPPED: _("stepped"), PacingName.LIVE: _("live")}
    shown = [
        ("theme", _("Theme"), themes[settings.theme]),
        ("language", _("Language"), languages[settings.language]),
        ("pacing", _("A briefing proposes"), paces[settings.pacing]),
        ("plain", _("Play line by line"), _("yes") if settings.plain else _("no")),
        ("coach", _("With the coach"), _("yes") if settings.coach else _("no")),
    ]
    actions = [(name, action_words(name), keys.replace(",", " ")) for name, keys in keys_now(settings).items()]
    columns = max(width(title) for _name, title, _value in (*shown, *actions)) + 2
    lines = [line(pad(title, columns), Piece(value, "accent"), name=name) for name, title, value in shown]
    lines += [line(""), line(Piece(_("Keys at the table"), "heading"))]
    for name, title, value in actions:
        own = "  " + _("(your own)") if name in settings.keys else ""
        lines.append(line(pad(title, columns), Piece(value, "accent"), Piece(own, "dim"), name=name))
    return lines


def _after(value: Chosen) -> Chosen:
    """The next value, round and round."""
    values = list(type(value))
    return values[(values.index(value) + 1) % len(values)]
