"""The names of a scenario's people, read without the rest and without its playbook: for whoever verifies a record.

Nothing is checked here; a scenario that was played was. No library that takes long to load is needed.
"""

from incidentsim.definitions.yaml12.reader import read_head
from incidentsim.domain.text import Text


def named_people(data: bytes) -> dict[str, Text] | None:
    """Read who is behind each pseudonym (p1, p2 and so on in the order of the file); `None` where no people are named.

    Args:
        data: a scenario's bytes.

    Raises:
        DefinitionError: this is no YAML of the kind that definitions use.
    """
    value = read_head(data, "scenario", ("people",)).value
    people = value.get("people") if isinstance(value, dict) else None
    if not isinstance(people, dict):
        return None
    named: dict[str, Text] = {}
    for number, person in enumerate(people.values(), start=1):
        name = person.get("name") if isinstance(person, dict) else None
        if isinstance(name, str):
            named[f"p{number}"] = Text(name, name)
        elif isinstance(name, dict) and isinstance(name.get("en"), str) and isinstance(name.get("zh"), str):
            named[f"p{number}"] = Text(name["en"], name["zh"])
        else:
            return None
    return named
