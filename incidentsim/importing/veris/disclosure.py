"""How many records are concerned, and how many of them are about people.

`data_total` is the number of records, and one record may be of several kinds (so VERIS's maintainers read it):
the figure is read where it is given, and amounts by kind are added up only where it is not.
"""

from collections.abc import Collection
from typing import Final

from incidentsim.definitions.formats.scenario import BIGGEST
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.importing.veris.content import Facts, Kind
from incidentsim.importing.veris.record import Record
from incidentsim.messages import gettext as _

CONFIDENTIALITY: Final[Path] = ("attribute", "confidentiality")
TOTAL: Final[Path] = (*CONFIDENTIALITY, "data_total")
KINDS: Final[Path] = (*CONFIDENTIALITY, "data")

SENSITIVE: Final = frozenset({"bank", "medical", "payment", "sensitive personal"})
PERSONAL: Final = SENSITIVE | {"personal", "credentials", "multi-factor credential"}
"""Kinds of data that are about people: a set of credentials is somebody's."""

OPEN_KINDS: Final = frozenset({"unknown", "other"})
"""Kinds of data that may be about people."""

SECRET: Final = frozenset({"secrets", "classified"})
"""Kinds of data that are not about people and harm whoever loses them all the same."""


def is_disclosure(record: Record, facts: Facts) -> bool:
    """Return whether data was disclosed, or may have been: the record speaks of it and does not say no."""
    speaks = "confidentiality" in record.section(("attribute",))
    return speaks and not (facts.disclosure is not None and facts.disclosure.id == "no")


def records_in_all(record: Record, facts: Facts) -> int | None:
    """The number of records that are concerned; `None` where the record gives no figure. Whatever is assumed is noted.

    It is the total. A total below the greatest single amount contradicts it, and the larger figure counts; without a
    total the amounts are added up.
    """
    total = record.count(TOTAL)
    amounts = [kind.amount for kind in facts.kinds if kind.amount]
    if total is None:
        if len(amounts) > 1:
            message = _("No total is given; the kinds of data add up to {summed} records, none of them of two kinds.")
            record.assume(TOTAL, message.format(summed=f"{sum(amounts):,}"))
        given = any(kind.amount is not None for kind in facts.kinds)
        return min(sum(amounts), BIGGEST) if given else None
    greatest = max(amounts, default=0)
    if greatest > total:
        message = _("One kind of data has {greatest} records, more than the {total} in all; the larger figure counts.")
        record.assume(TOTAL, message.format(greatest=f"{greatest:,}", total=f"{total:,}"))
    return max(total, greatest)


def records_of_people(record: Record, facts: Facts) -> tuple[int, int | None] | None:
    """Return the disclosed records about people, and the sensitive ones among them; `None` for either: there are none.

    Where the record leaves it open the more severe reading is taken, and noted.
    """
    whole = records_in_all(record, facts)
    kinds = [kind for kind in facts.kinds if kind.id in PERSONAL | OPEN_KINDS]
    if facts.kinds and not kinds:
        return None
    personal = _share(kinds, whole or 0) if kinds else whole or 0
    sensitive_kinds = [kind for kind in kinds if kind.id in SENSITIVE]
    sensitive = _share(sensitive_kinds, whole or 0) if sensitive_kinds else None
    if kinds and all(kind.amount is not None for kind in facts.kinds):
        rest = max((whole or 0) - sum(kind.amount or 0 for kind in facts.kinds), 0)
        personal += rest
        if rest:
            message = _("{rest} of the records are of none of the kinds given; records of people are assumed.")
            record.assume(KINDS, message.format(rest=f"{rest:,}"))
    if personal == 0:
        personal, sensitive = 1, None if sensitive is None else 1
        message = _("The number of records is not given; at least one is assumed.")
        if whole is not None:
            message = _("No number above zero is given for records of people; at least one is assumed.")
        record.assume(TOTAL, message)
    if facts.disclosure is None or facts.disclosure.id != "yes":
        message = _("Disclosure is not established; the records count all the same, as the more severe case.")
        record.assume((*CONFIDENTIALITY, "data_disclosure"), message)
    if not any(kind.id in PERSONAL for kind in facts.kinds):
        record.assume(KINDS, _("The kind of data is not known; records of people are assumed."))
    if len(facts.kinds) > 1 and any(kind.amount is None for kind in kinds):
        record.assume(KINDS, _("How many records are of which kind is not given; all may be."))
    return personal, sensitive


def _share(kinds: Collection[Kind], whole: int) -> int:
    """How many of the `whole` records are of these kinds; all may be of one that has no figure."""
    if any(kind.amount is None for kind in kinds):
        return whole
    return min(sum(kind.amount or 0 for kind in kinds), whole)
