"""Keys: each has an id and a tooltip, and every screen has its help."""

import importlib
import inspect
import pkgutil

import pytest
from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget

import incidentsim.tui
from incidentsim.tui.app import IncidentSim
from incidentsim.tui.base_screen import LocalizedScreen
from incidentsim.tui.dialogs.help import HelpScreen
from tests.support.at_the_table import BOTH, in_loop, judged, shown
from tests.support.keyboard import running
from tests.support.screens import at_table


def ours(kind: type) -> list[type]:
    modules = [
        importlib.import_module(one.name) for one in pkgutil.iter_modules(incidentsim.tui.__path__, "incidentsim.tui.")
    ]
    found = {
        one
        for module in modules
        for one in vars(module).values()
        if inspect.isclass(one) and issubclass(one, kind) and one.__module__ == module.__name__
    }
    return sorted(found, key=lambda one: f"{one.__module__}.{one.__name__}")


@pytest.mark.parametrize("kind", [IncidentSim, *ours(Widget)], ids=lambda kind: kind.__name__)
def test_every_key_has_an_id_and_says_what_it_does(kind: type) -> None:
    for binding in vars(kind).get("BINDINGS", ()):
        assert isinstance(binding, Binding)
        assert binding.id, binding
        assert "." in binding.id
        assert binding.description, binding
        assert binding.tooltip, binding


@pytest.mark.parametrize("screen", ours(Screen), ids=lambda screen: screen.__name__)
def test_every_screen_speaks_and_has_help(screen: type) -> None:
    assert issubclass(screen, LocalizedScreen)
    actions = {
        binding.action
        for kind in screen.__mro__
        for binding in vars(kind).get("BINDINGS", ())
        if isinstance(binding, Binding)
    }
    assert actions & {"app.open('help')", "dismiss"}


@pytest.mark.parametrize("keys", ["", "v", "a", "w", "4 enter", "v a", "v ctrl+e"])
def test_help_opens_over_every_screen_and_names_its_keys(keys: str) -> None:
    @in_loop
    async def go() -> None:
        async with running(at_table(roles=BOTH, mode="facilitated", prepare=judged)) as keyboard:
            await keyboard.press(*keys.split())
            below = keyboard.app.screen
            await keyboard.press("f1")
            helping = keyboard.app.screen
            assert isinstance(helping, HelpScreen)
            lines = shown(helping.query_one("#keys"))  # type: ignore[arg-type]  # a list
            assert any("Quit" in one for one in lines)
            assert any(one.startswith("Here") for one in lines)
            await keyboard.press("ctrl+l")
            await keyboard.press("ctrl+l", "f1")
            assert keyboard.app.screen is below

    go()
