"""The message catalogues: every sentence of the program in English (the source) and Chinese.

What must never enter here: reading the environment. The composition decides on a language and says so.
"""

import gettext as _gettext
import os.path
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

DOMAIN: Final = "incidentsim"
FOLDER: Final = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120 - pathlib costs start-up time

_catalogues: dict[str, _gettext.NullTranslations] = {}
_current: str = "en"
_for_a_while: ContextVar[str | None] = ContextVar("language", default=None)


def use(language: str) -> None:
    """Speak `language` (`en` or `zh`) from now on."""
    global _current  # noqa: PLW0603 - one process speaks one language at a time, like gettext itself
    _current = language


def language() -> str:
    """The language spoken now."""
    return _for_a_while.get() or _current


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """Speak `language` for a while, in this thread alone: what another shows meanwhile stays as it is."""
    token = _for_a_while.set(language)
    try:
        yield
    finally:
        _for_a_while.reset(token)


def N_(message: str) -> str:  # noqa: N802 - the usual name of what marks a message to be translated later
    """`message` itself: a row of a table holds it, and whoever shows the row translates it."""
    return message


def gettext(message: str) -> str:
    """`message` in the language spoken now."""
    return _catalogue().gettext(message)


def language_name(tag: str) -> str:
    """Name the language with this tag in the language spoken now; the tag itself where no name is known."""
    names = {"en": gettext("English"), "zh": gettext("Chinese")}
    return names.get(tag, tag)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form for `number` of a message, in the language spoken now."""
    return _catalogue().ngettext(singular, plural, number)


def _catalogue() -> _gettext.NullTranslations:
    current = language()
    found = _catalogues.get(current)
    if found is None:
        if current == "en":  # the source needs no catalogue, and looking for one costs start-up time
            found = _gettext.NullTranslations()
        else:
            found = _gettext.translation(DOMAIN, FOLDER, languages=[current], fallback=True)
        _catalogues[current] = found
    return found
