"""In which languages a document is written, as its head says: asked before it is held against its shape."""

from typing import Any

from incidentsim.definitions.formats.common import Languages
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.text import LANGUAGES, is_language_tag


def playbook_languages(value: Any) -> Languages:  # noqa: ANN401 - whatever the file holds
    """The languages of a playbook: those it names; without any, its prevailing one, and without that English.

    The program's own two may stand in it besides.
    """
    named = _tags(value, "languages")
    prevailing = value.get("prevailing_language") if isinstance(value, dict) else None
    own = prevailing if isinstance(prevailing, str) and is_language_tag(prevailing) else (*named, LANGUAGES[0])[0]
    return Languages(own, named or (own,), LANGUAGES)


def scenario_languages(value: Any, playbook: Playbook) -> Languages:  # noqa: ANN401 - whatever the file holds
    """The languages of a scenario: those it names; without any, the prevailing one of its playbook.

    The program's own two and those of the playbook may stand in it besides.
    """
    named = _tags(value, "language") or _tags(value, "languages") or (playbook.prevailing,)
    return Languages(named[0], named, (*LANGUAGES, *playbook.languages))


def roster_languages(value: Any) -> Languages:  # noqa: ANN401 - whatever the file holds
    """The languages of a roster: those it names, without any English. The program's own two may stand in it besides."""
    named = _tags(value, "languages")
    own = (*named, LANGUAGES[0])[0]
    return Languages(own, named or (own,), LANGUAGES)


def _tags(value: Any, key: str) -> tuple[str, ...]:  # noqa: ANN401 - whatever the file holds
    held = value.get(key) if isinstance(value, dict) else None
    tags = held if isinstance(held, list) else ()
    return tuple(tag for tag in tags if isinstance(tag, str) and is_language_tag(tag))
