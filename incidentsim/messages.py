"""The message catalogues: every sentence of the program in English (the source) and Chinese.

What must never enter here: reading the environment. The composition decides on a language and says so.
"""

import gettext as _gettext
import os.path
from typing import Final

DOMAIN: Final = "incidentsim"
FOLDER: Final = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120 - pathlib costs start-up time

_catalogues: dict[str, _gettext.NullTranslations] = {}
_current: str = "en"


def use(language: str) -> None:
    """Speak `language` (`en` or `zh`) from now on."""
    global _current  # noqa: PLW0603 - one process speaks one language at a time, like gettext itself
    _current = language


def language() -> str:
    """The language spoken now."""
    return _current


def gettext(message: str) -> str:
    """`message` in the language spoken now."""
    return _catalogue().gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form for `number` of a message, in the language spoken now."""
    return _catalogue().ngettext(singular, plural, number)


def _catalogue() -> _gettext.NullTranslations:
    found = _catalogues.get(_current)
    if found is None:
        if _current == "en":  # the source needs no catalogue, and looking for one costs start-up time
            found = _gettext.NullTranslations()
        else:
            found = _gettext.translation(DOMAIN, FOLDER, languages=[_current], fallback=True)
        _catalogues[_current] = found
    return found
