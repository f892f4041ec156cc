"""Names that nobody can tell apart, at the table or in a report, although the things they stand for are two."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from incidentsim.definitions.yaml12.problems import Path, Problem
from incidentsim.definitions.yaml12.reader import Document
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import Text
from incidentsim.messages import gettext as _
from incidentsim.messages import language_name
from incidentsim.unseen import name_key, quoted

Named = tuple[str, Path, Text]
"""A thing by its id, where its name stands, and the name."""


class _Titled(Protocol):
    @property
    def title(self) -> Text:
        """Return the name of the thing."""


def scenario_name_problems(scenario: Scenario, document: Document) -> list[Problem]:
    """The people, incidents, injects and objectives of a scenario that cannot be told apart, in the file's order.

    Two of a sort have the same name in a language, or nothing of a name can be seen.
    """
    injects = [(one.id, ("injects", place, "subject"), one.subject) for place, one in enumerate(scenario.injects)]
    goals = [(str(place + 1), ("objectives", place), one.text) for place, one in enumerate(scenario.objectives)]
    return _problems(
        document,
        [(one.id, ("people", one.id, "name"), one.name) for one in scenario.people.values()],
        _titles("incidents", scenario.incidents),
        [(name, path, subject) for name, path, subject in injects if subject is not None],
        goals,
    )


def playbook_name_problems(playbook: Playbook, document: Document) -> list[Problem]:
    """The roles, bodies, tracks, states, steps, duties and more of a playbook that cannot be told apart."""

    def titles(*way: str, things: Mapping[str, _Titled] | None = None) -> list[Named]:
        named = things if things is not None else getattr(playbook, way[0])
        return [(name, _place(document.value, way, name), thing.title) for name, thing in named.items()]

    sorts = [[*titles("roles"), *titles("bodies")]]
    for track in playbook.tracks.values():
        steps = {step.do: step for step in reversed(track.steps)}
        sorts.append(titles("tracks", track.id, "states", things=track.states))
        sorts.append(titles("tracks", track.id, "steps", things=steps))
    sorts += map(titles, ("phases", "tracks", "duties", "forbidden", "circumstances", "measures", "metrics"))
    sorts += map(titles, ("vocabularies", "objectives"))
    sorts.append([(str(one.number), ("levels", one.number, "name"), one.name) for one in playbook.levels.values()])
    sorts.append([(name, ("channels", name), title) for name, title in playbook.channels.items()])
    for vocabulary in playbook.vocabularies.values():
        way = ("vocabularies", vocabulary.id, "items")
        sorts.append([(name, (*way, name), text) for name, text in vocabulary.items.items()])
    return _problems(document, *sorts)


def _titles(key: str, things: Mapping[str, _Titled]) -> list[Named]:
    return [(name, (key, name, "title"), thing.title) for name, thing in things.items()]


def _place(value: Any, way: Path, name: str) -> Path:  # noqa: ANN401 - whatever the file holds
    """Where the title of a thing stands that is one of a mapping, or of a list in which it is named by `id` or `do`."""
    for part in way:
        value = value.get(part, {}) if isinstance(value, dict) else {}
    if not isinstance(value, list):
        return (*way, name, "title")
    places = (place for place, one in enumerate(value) if name in (one.get("id"), one.get("do")))
    return (*way, next(places, 0), "title")


def _problems(document: Document, *sorts: Iterable[Named]) -> list[Problem]:
    problems = [document.problem(path, message) for sort in sorts for path, message in _alike([*sort])]
    return sorted(problems, key=lambda problem: (problem.line, problem.column))


def _alike(named: list[Named]) -> Iterator[tuple[Path, str]]:
    """What is wrong with the names of one sort of things, and where."""
    first: dict[tuple[str, str], str] = {}
    for name, path, title in named:
        same: dict[str, list[str]] = {}
        for language, words in title.by_language().items():
            key = name_key(words)
            if not key:
                message = _("Nothing of this name can be seen: {words}.")
                yield (*path, language), message.format(words=quoted(words))
                continue
            other = first.setdefault((language, key), name)
            if other != name:
                same.setdefault(other, []).append(language)
        for other, languages in same.items():
            yield path, _sentence(name, other, languages, title)


def _sentence(name: str, other: str, languages: list[str], title: Text) -> str:
    written = title.by_language()
    message = _("{name} is called “{words}” like {other}: at the table and in reports nobody can tell them apart.")
    if len(languages) < len(written):
        message = _(
            "In {language}, {name} is called “{words}” like {other}: at the table and in reports nobody "
            "can tell them apart."
        )
    called, spoken = quoted(written[languages[0]]), _(", ").join(map(language_name, languages))
    return message.format(name=name, words=called, other=other, language=spoken)
