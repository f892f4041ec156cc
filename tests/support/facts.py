"""Facts as tests write them: the parts that matter, as they stand on record, and something likely for the rest."""

from collections.abc import Mapping
from typing import Any, Final

from hypothesis import strategies as st

from incidentsim.domain.facts import (
    FACT_CLASSES,
    Fact,
    FactKind,
    Json,
    MessageSent,
    SetAside,
    read_fact,
)
from incidentsim.domain.facts.base import LATEST, FactBase, OfExercise, OfIncident
from incidentsim.domain.facts.wire import parts_of, parts_to_json

LIKELY: Final[Mapping[str, Json]] = {
    "a string": "x",
    "a string or null": None,
    "an integer": 0,
    "an integer or null": None,
    "true or false": False,
    "a list of strings": [],
    "a list of people with their roles": [],
    "a way in which an exercise ends": "finished",
    "a kind of refusal": "state",
    "a person and a role": {"person": "p1", "role": "watcher"},
    "a person and a role, or null": None,
    "the number of a fact, why somebody decided so, or null": None,
    "a text or a commitment to one": {"text": "x"},
    "strength or weakness": "strength",
    "a step of a hint": "criterion",
    "a state of an improvement item": "open",
    "a text, a commitment to one, or null": None,
    "a list of integers": [],
    "an object of integers": {},
    "an object of true and false": {},
    "what somebody does by a message": "inform",
    "an object with the content of an action": {},
}
"""What a part holds where a test does not care, by what it must be."""


def a_fact(at: int, kind: FactKind | str, incident: str | None, data: Mapping[str, Json] | None = None) -> Fact:
    """A fact of this kind with these parts, as they stand on record."""
    known = FactKind(kind)
    if known is FactKind.SET_ASIDE:
        return SetAside(at, None)
    cls = FACT_CLASSES[known]
    if issubclass(cls, OfExercise):
        incident = None
    elif issubclass(cls, OfIncident) and incident is None:
        incident = "one"
    likely = {part.key: LIKELY[part.form.wanted()] for part in parts_of(cls) if not part.traits.if_said}
    head: dict[str, Json] = {"at": at, "fact": known.value}
    if incident is not None:
        head["incident"] = incident
    return read_fact({**head, **likely, **(data or {})})


def on_record(one: FactBase) -> dict[str, Any]:
    """The parts of a fact besides time, kind and incident, as they stand on record."""
    return parts_to_json(one)


def acting(one: Fact) -> tuple[str, str] | None:
    """Who acted, and in which role; nobody did where a message only tells of a step."""
    by = None if isinstance(one, MessageSent) and one.because is not None else on_record(one).get("by")
    return (str(by["person"]), str(by["role"])) if isinstance(by, dict) else None


_WORDS: st.SearchStrategy[str] = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_NAMES = st.sampled_from(["text", "commitment", "nature", "a/b", "m~n", "digest", "with"])
_DIGESTS = st.sampled_from(["0", "a"]).map(lambda digit: "sha256:" + digit * 64)
_NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1)
_LISTS: st.SearchStrategy[Json] = st.lists(_WORDS, max_size=3).map(list[Json])
_ACTORS: st.SearchStrategy[Json] = st.fixed_dictionaries({"person": _WORDS, "role": _WORDS}, optional={"as": _WORDS})
_BECAUSE: st.SearchStrategy[Json] = st.fixed_dictionaries(
    {"reason": st.sampled_from(["next_step", "evidence"])},
    optional={
        "duty": _WORDS,
        "injects": _LISTS.filter(bool),
        "slips": st.lists(st.sampled_from(["misled", "forgotten"]), min_size=1, max_size=2),
    },
)
TEXTS: Final[st.SearchStrategy[Json]] = st.builds(lambda words: {"text": words}, _WORDS) | st.builds(
    lambda english, chinese: {"text": {"en": english, "zh": chinese}}, _WORDS, _WORDS
)
COMMITMENTS: Final[st.SearchStrategy[Json]] = st.builds(lambda digest: {"commitment": digest}, _DIGESTS)


def _values(texts: st.SearchStrategy[Json]) -> dict[str, st.SearchStrategy[Json]]:
    return {
        "a string": _WORDS,
        "a string or null": st.none() | _WORDS,
        "an integer": _NUMBERS,
        "an integer or null": st.none() | _NUMBERS,
        "true or false": st.booleans(),
        "a list of strings": _LISTS,
        "a list of people with their roles": st.lists(
            st.fixed_dictionaries({"person": _WORDS, "roles": _LISTS}), max_size=2
        ),
        "a way in which an exercise ends": st.sampled_from(["finished", "time_limit", "stalled", "stopped"]),
        "a kind of refusal": st.sampled_from(["forbidden", "state", "needs"]),
        "a person and a role": _ACTORS,
        "a person and a role, or null": st.none() | _ACTORS,
        "why somebody decided so": _BECAUSE,
        "the number of a fact, why somebody decided so, or null": st.none() | _NUMBERS | _BECAUSE,
        "a text or a commitment to one": texts,
        "a text, a commitment to one, or null": st.none() | texts,
        "a list of integers": st.lists(_NUMBERS, max_size=3),
        "an object of integers": st.dictionaries(_NAMES, _NUMBERS, max_size=2),
        "an object of true and false": st.dictionaries(_NAMES, st.booleans(), max_size=2),
        "what somebody does by a message": st.sampled_from(["inform", "decide"]),
        "strength or weakness": st.sampled_from(["strength", "weakness"]),
        "a step of a hint": st.sampled_from(["where", "criterion", "act"]),
        "a state of an improvement item": st.sampled_from(["open", "in_progress", "done", "dropped"]),
        "an object with the content of an action": st.dictionaries(
            _NAMES, texts | _WORDS | _NUMBERS | st.booleans() | _LISTS, max_size=3
        ),
    }


def _is_said(value: Json) -> bool:
    return value is not None


@st.composite
def recorded(draw: st.DrawFn, kind: FactKind, texts: st.SearchStrategy[Json] = TEXTS) -> dict[str, Json]:
    """Any fact of this kind, as it stands on record; its texts are drawn from `texts`."""
    cls, values = FACT_CLASSES[kind], _values(texts)
    written: dict[str, Json] = {"at": draw(st.integers(0, LATEST)), "fact": kind.value}
    if issubclass(cls, OfIncident) or (not issubclass(cls, OfExercise) and draw(st.booleans())):
        written["incident"] = draw(_WORDS)
    for part in parts_of(cls):
        if not part.traits.if_said or draw(st.booleans()):
            drawn = values[part.form.wanted()]
            written[part.key] = draw(drawn.filter(_is_said) if part.traits.if_said else drawn)
    return written


FACTS: Final[st.SearchStrategy[Fact]] = st.sampled_from(tuple(FACT_CLASSES)).flatmap(recorded).map(read_fact)
"""Any fact of any kind."""


def changed(one: Fact, **changes: Json) -> Fact:
    """The same fact with other parts, named as they stand on record (`from_`, `with_` for `from`, `with`)."""
    named = {name.removesuffix("_"): value for name, value in changes.items()}
    return a_fact(one.at, one.kind, one.incident, {**on_record(one), **named})
