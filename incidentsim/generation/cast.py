"""The usual cast of every story: who they are by id, which roles they hold, and what texts may say about them."""

from collections.abc import Mapping
from typing import Final

from incidentsim.generation.world import package_data

PRONOUNS: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "he": ("he", "she", "他", "她"),
    "him": ("him", "her", "他", "她"),
    "his": ("his", "her", "他的", "她的"),
    "He": ("He", "She", "他", "她"),
    "His": ("His", "Her", "他的", "她的"),
}
"""Forms by gender: of a man and of a woman in English, then in Chinese."""

_DATA: Final = package_data("cast.yaml")

CAST: Final[Mapping[str, tuple[str, ...]]] = {name: tuple(roles) for name, roles in _DATA["people"].items()}
"""The usual cast and their roles."""

RENAMED: Final[Mapping[str, str]] = _DATA["renamed"]
"""Those whose ids are a role or a body of the playbook; as people they need another id in the scenario."""

NAMELESS: Final = tuple(_DATA["nameless"])
"""They are desks, not persons: they have no name, no gender and no telephone of the house."""

PERSON_FORMS: Final = frozenset({"first", "family", "mail", "account", "ext", *PRONOUNS})


def scenario_id(id_: str) -> str:
    """Return the id of a person in the scenario, which differs from that in the cast where a role or body has it."""
    return RENAMED.get(id_, id_)
