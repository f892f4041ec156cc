"""A piece of the story that an importer tells."""

from dataclasses import dataclass

from incidentsim.domain.text import Text


@dataclass(frozen=True, slots=True)
class Message:
    """A piece of the story: its id, its subject and text, and the channels it would like, in this order."""

    id: str
    subject: Text
    body: Text
    channels: tuple[str, ...]
