"""What people have begun to write and not sent, by the names under which a workspace keeps it."""

import json
from collections.abc import Sequence
from typing import Final

from incidentsim.session.workspace import Workspace

NOTE_DRAFT: Final = "draft/note"
"""How a facilitator's observation is called that was begun and is not on record."""
WORDS: Final = "words"
"""The field of a draft that has no other."""
INJECT_DRAFT: Final = "draft/inject"
"""How an inject is called that was begun, was not planned, and was not sent."""
OTHERS_MESSAGE_DRAFT: Final = "draft/message/facilitator"
"""How a message is called that the facilitator has begun to write as somebody whom nobody plays."""


class Draft:
    """Something of several fields that was begun and not sent: kept as it is written, for screens and plain mode alike.

    What lies there may be anything, as everything in a workspace: what is no field of words is left out.
    """

    def __init__(self, workspace: Workspace, name: str) -> None:
        """Go on with what lies under `name`, or begin."""
        self._workspace = workspace
        self._name = name
        kept = workspace.value(name)
        self._fields: dict[str, str | list[str]] = {
            field: [one for one in value if isinstance(one, str)] if isinstance(value, list) else value
            for field, value in (kept.items() if isinstance(kept, dict) else ())
            if isinstance(value, str | list)
        }

    def words(self, field: str) -> str:
        """Return the words in a field; empty where there are none."""
        value = self._fields.get(field, "")
        return value if isinstance(value, str) else ""

    def several(self, field: str) -> tuple[str, ...]:
        """Return what was chosen in a field that takes several; a single choice is one of them."""
        value = self._fields.get(field, [])
        return tuple(value) if isinstance(value, list) else (value,)

    def put(self, field: str, value: str | Sequence[str]) -> None:
        """Keep this in a field.

        Raises:
            SurroundingsError: it could not be kept.
        """
        self._fields[field] = value if isinstance(value, str) else list(value)
        self._workspace.put(self._name, json.dumps(self._fields) if any(self._fields.values()) else None)

    def clear(self) -> None:
        """Keep nothing any more: it was sent.

        Raises:
            SurroundingsError: that could not be kept.
        """
        self._fields.clear()
        self._workspace.put(self._name, None)


def message_draft(keyboard: Sequence[str], about: str) -> str:
    """Return the name of the draft of a message: nobody but those at the keyboard now goes on with it.

    Args:
        keyboard: the pseudonyms of whoever sits there.
        about: what it is about; `new` for nothing that reached them.
    """
    return f"draft/message/{'+'.join(keyboard)}/{about}"
