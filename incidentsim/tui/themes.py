"""Themes: dark, light, and one of the strongest contrast. Whatever colour tells, words or signs tell as well."""

from typing import Final

from textual.theme import Theme

from incidentsim.settings import ThemeName

DARK: Final = Theme(
    name="incidentsim-dark",
    primary="#6cb6ff",
    secondary="#8ab4a8",
    accent="#f0b75e",
    warning="#e3b341",
    error="#ff7b72",
    success="#7ee787",
    foreground="#e6edf3",
    background="#0e1318",
    surface="#151b22",
    panel="#1f2731",
    dark=True,
    variables={"block-cursor-foreground": "#0e1318", "block-cursor-background": "#6cb6ff"},
)
LIGHT: Final = Theme(
    name="incidentsim-light",
    primary="#0550ae",
    secondary="#1b6b57",
    accent="#8a4b00",
    warning="#7d4e00",
    error="#b3130c",
    success="#116329",
    foreground="#1f2328",
    background="#f6f8fa",
    surface="#ffffff",
    panel="#e7ecf1",
    dark=False,
    variables={"block-cursor-foreground": "#ffffff", "block-cursor-background": "#0550ae"},
)
HIGH_CONTRAST: Final = Theme(
    name="incidentsim-contrast",
    primary="#ffffff",
    secondary="#ffffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ffffff",
    success="#ffffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    variables={"block-cursor-background": "#ffffff", "block-cursor-foreground": "#000000", "border": "#ffffff"},
)
THEME_OF: Final = {ThemeName.DARK: DARK, ThemeName.LIGHT: LIGHT, ThemeName.CONTRAST: HIGH_CONTRAST}
THEMES: Final = tuple(THEME_OF.values())
