"""The two ways in which words of a record enter the story: as sentences of their own, and listed in one."""

from collections.abc import Sequence

from incidentsim.domain.text import Text
from incidentsim.importing.phrasing import listed
from incidentsim.importing.veris.record import Found, Record
from incidentsim.importing.veris.vocabulary.tables import text_of
from incidentsim.messages import gettext as _


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
