"""A piece of the story, and the two ways in which words of a record enter it."""

from collections.abc import Sequence
from dataclasses import dataclass

from incidentsim.domain.text import Text
from incidentsim.importing.veris.phrasing import listed
from incidentsim.importing.veris.record import Found, Record
from incidentsim.importing.veris.words import text_of
from incidentsim.messages import gettext as _


@dataclass(frozen=True, slots=True)
class Message:
    """A piece of the story: its id, its subject and text, and the channels it would like, in this order."""

    id: str
    subject: Text
    body: Text
    channels: tuple[str, ...]


def told(record: Record, words: Sequence[Found], place: str) -> list[Text]:
    """The sentences that stand for identifiers, without those that say nothing."""
    said = []
    for word in words:
        if word.id in ("unknown", "na"):
            record.drop(word.path, _("The record says nothing here."))
            continue
        record.carry(word.path)
        text = text_of(place, word.id)
        said += [] if text is None else [text]
    return said


def list_of(record: Record, words: Sequence[Found], place: str) -> Text:
    """The noun phrases that stand for identifiers, as one list; where there are none, what stands for “unknown”."""
    record.carry(*(word.path for word in words))
    texts = [text_of(place, word.id) for word in words] or [text_of(place, "unknown")]
    return listed([text for text in texts if text is not None])
