"""The parts of the story about data, about what is out of use, and about times."""

from decimal import Decimal
from typing import Final

from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.text import Text
from incidentsim.importing.message import Message
from incidentsim.importing.phrasing import fill, listed, passage, written
from incidentsim.importing.veris.content import Facts, Kind, Span
from incidentsim.importing.veris.disclosure import CONFIDENTIALITY, TOTAL, records_in_all
from incidentsim.importing.veris.facts import span
from incidentsim.importing.veris.record import Record
from incidentsim.importing.veris.sentences import told
from incidentsim.importing.veris.vocabulary.entries import Route
from incidentsim.importing.veris.vocabulary.story import story
from incidentsim.importing.veris.vocabulary.tables import text_of, units, words_at
from incidentsim.messages import gettext as _

_MOST: Final = Decimal(10) ** 9
"""A time or an amount of data beyond this is no figure to tell anybody."""


def data(record: Record, facts: Facts) -> list[Text]:
    """Return the sentences about the data: kinds, number of records, volume, whose, in what state, whether disclosed.

    The values that they tell are noted as carried over.
    """
    said = []
    if facts.kinds:
        said.append(fill(story().data, kinds=listed([_kind(record, kind) for kind in facts.kinds])))
    total = _records_in_all(record, facts)
    if total:
        said.append(fill(story().records, number=f"{total:,}"))
    volume_path = (*CONFIDENTIALITY, "data_volume")
    volume = record.number(volume_path)
    if volume and volume <= _MOST:
        record.carry(volume_path)
        said.append(fill(story().volume, number=written(volume)))
    place = "attribute.confidentiality.data_victim"
    people = [word for word in record.words((*CONFIDENTIALITY, "data_victim"), place) if word.id != "unknown"]
    if people:
        record.carry(*(word.path for word in people))
        texts = [text for word in people if (text := text_of(place, word.id)) is not None]
        said.append(fill(story().data_about, people=listed(texts)))
    place = "attribute.confidentiality.state"
    said += told(record, record.words((*CONFIDENTIALITY, "state"), place), place)
    if facts.disclosure is not None:
        record.carry(facts.disclosure.path)
        said.append(words_at("attribute.confidentiality.data_disclosure")[facts.disclosure.id])
    return said


def outage(record: Record, facts: Facts) -> list[Text]:
    """Return the sentences about what is out of use and for how long; the values told are noted as carried over."""
    said = []
    for word in facts.availability:
        record.carry(word.path)
        said.append(words_at("attribute.availability.variety")[word.id])
    if facts.outage is None:
        return said
    path = facts.outage.path
    if facts.outage.unit == "never":
        record.carry(path)
        return [*said, story().lasts_forever]
    if facts.outage.unit == "unknown":
        record.carry(path)
        return [*said, story().lasts_unknown]
    time = _time(record, facts.outage)
    return said if time is None else [*said, fill(story().lasts, time=time)]


def course(record: Record) -> Message | None:
    """Make the message about the timeline: traces, compromise, outflow; `None` where the record says nothing of it."""
    said = []
    for name, lasted, never in (
        ("discovery", story().oldest_traces, None),
        ("compromise", story().to_damage, story().no_damage),
        ("exfiltration", story().to_outflow, story().no_outflow),
    ):
        text = spoken(record, ("timeline", name), lasted, never)
        said += [] if text is None else [text]
    return Message("course", story().course, passage(said), Route.MAIL.channels) if said else None


def spoken(record: Record, path: Path, lasted: Text, never: Text | None) -> Text | None:
    """The sentence for a stretch of time; `never` is for one that did not come to an end."""
    found = span(record, path, f"{'.'.join(str(part) for part in path)}.unit")
    if found is None:
        return None
    if found.unit == "never" and never is not None:
        record.carry(path)
        return never
    time = _time(record, found)
    return None if time is None else fill(lasted, time=time)


def _time(record: Record, found: Span) -> Text | None:
    unit = units()[found.unit]
    if unit.ms is None:
        record.drop(found.path, _("The record says nothing here."))
        return None
    record.carry(found.path)
    if not found.value or found.value > _MOST:
        return unit.vague
    return unit.counted(written(found.value))


def _kind(record: Record, kind: Kind) -> Text:
    name = words_at("attribute.confidentiality.data.variety")[kind.id]
    record.carry(*kind.paths)
    if not kind.amount:
        return name
    unit = "record" if kind.amount == 1 else "records"
    return Text(f"{name.en} ({kind.amount:,} {unit})", f"{name.zh}（{kind.amount:,} 条）")


def _records_in_all(record: Record, facts: Facts) -> int | None:
    """The total as the story tells it; `None` where the record gives none: a sum of ours is no figure of the story."""
    if record.count(TOTAL) is None:
        return None
    record.carry(TOTAL)
    return records_in_all(record, facts)
