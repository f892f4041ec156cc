"""`impact`: the damage in money and in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from incidentsim.definitions.formats.scenario import BIGGEST
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.text import Text
from incidentsim.importing.money import YUAN_FOR
from incidentsim.importing.phrasing import fill, listed, written
from incidentsim.importing.veris.record import NO_ANSWERS, Found, Record, sort_of
from incidentsim.importing.veris.vocabulary.story import story
from incidentsim.importing.veris.vocabulary.tables import words_at
from incidentsim.messages import gettext as _

IMPACT: Final[Path] = ("impact",)
INDIRECT: Final = frozenset({"brand damage", "competitive advantage"})
"""Kinds of loss that are no direct loss."""


@dataclass(frozen=True, slots=True)
class Item:
    """A kind of loss: how bad it was, and what it cost (the larger of what the record gives), where that is said."""

    variety: Found
    rating: Found | None
    amount: Decimal | None
    amount_paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """The damage.

    `yuan` is the direct loss, `path` the place that is answerable for it and `paths` all the amounts in it;
    `currency` is known where amounts can be told, between `low` and `high`; `is_told` says that there is any amount at
    all, of whatever currency.
    """

    path: Path
    paths: tuple[Path, ...]
    yuan: int | None
    currency: str | None
    low: Decimal | None
    high: Decimal | None
    items: tuple[Item, ...]
    rating: Found | None
    is_told: bool

    def sentences(self, record: Record) -> list[Text]:
        """The damage in words; what is told is noted as carried over."""
        said = []
        if self.currency is not None and self.high:
            record.carry((*IMPACT, "iso_currency_code"), *self.paths)
            said.append(self._estimate(self.currency, self.high))
        if self.items:
            said.append(fill(story().losses, losses=listed([self._item(record, item) for item in self.items])))
        if self.rating is not None and self.rating.id != "unknown":
            record.carry(self.rating.path)
            said.append(words_at("impact.overall_rating")[self.rating.id])
        return said

    def _estimate(self, currency: str, high: Decimal) -> Text:
        if self.low is None or self.low == high:
            return fill(story().estimate, amount=_money(high, currency))
        if not self.low:
            return fill(story().estimate_most, amount=_money(high, currency))
        return fill(story().estimate_range, low=_money(self.low, currency), high=_money(high, currency))

    def _item(self, record: Record, item: Item) -> Text:
        record.carry(item.variety.path)
        name, further = words_at("impact.loss.variety")[item.variety.id], []
        if item.rating is not None:
            record.carry(item.rating.path)
            further.append(words_at("impact.loss.rating")[item.rating.id])
        if item.amount and self.currency is not None:
            record.carry((*IMPACT, "iso_currency_code"), *item.amount_paths)
            amount = _money(item.amount, self.currency)
            further.append(Text(amount, amount))
        if not further:
            return name
        en, zh = ", ".join(text.en for text in further), "，".join(text.zh for text in further)
        return Text(f"{name.en} ({en})", f"{name.zh}（{zh}）")


def loss_of(record: Record) -> Loss:
    """The damage that the record speaks of."""
    record.section(IMPACT)
    currency = _currency(record)
    items = tuple(_items(record))
    paths = tuple((*IMPACT, name) for name in ("overall_amount", "overall_min_amount", "overall_max_amount"))
    overall = [amount for path in paths if (amount := _amount(record, path)) is not None]
    top, bottom = max(overall, default=None), min(overall, default=None)
    direct = [item.amount for item in items if item.variety.id not in INDIRECT and item.amount]
    path = paths[0]
    if top is not None and max(direct, default=Decimal(0)) > top:
        record.assume(path, _("One kind of loss is larger than the amount in all; the larger figure counts."))
    if top is None and len(direct) > 1:
        record.assume(path, _("No amount in all is given; the kinds of loss are added up."))
    if top != bottom:
        record.assume(path, _("The amount in all is given as a range; its upper end counts."))
    figure = max(top, *direct) if top is not None and direct else top
    if top is None and direct:
        figure = sum(direct, Decimal(0))
    rating = record.word((*IMPACT, "overall_rating"), "impact.overall_rating")
    record.stop_if_faulty()
    if figure is not None and currency is not None and currency != "CNY":
        record.assume(path, _("{currency} are converted to yuan at a rough rate of our own.").format(currency=currency))
    yuan = None if figure is None or currency is None else int(min(figure * YUAN_FOR[currency], Decimal(BIGGEST)))
    direct_paths = [path for item in items if item.variety.id not in INDIRECT for path in item.amount_paths]
    told = bool(overall) or any(item.amount for item in items)
    return Loss(path, (*paths, *direct_paths), yuan, currency, bottom, top, items, rating, told)


def _currency(record: Record) -> str | None:
    """The currency of all amounts, if there are any and they can be converted."""
    path = (*IMPACT, "iso_currency_code")
    value = record.at(path)
    if value is not None and not isinstance(value, str):
        record.fault(path, _("Expected a word of VERIS here, not {found}.").format(found=sort_of(value)))
        return None
    code = (value or "").strip().upper()
    if code in YUAN_FOR:
        return code
    if code.casefold() in NO_ANSWERS:
        reason = _("The record does not say in which currency, so the amount is not carried over.")
    else:
        reason = _("We have no rate for this currency, so the amount is not carried over.")
        record.drop(path, reason)
    record.drop_all([leaf for leaf in record.leaves if leaf[:1] == IMPACT and "amount" in str(leaf[-1])], reason)
    return None


def _amount(record: Record, path: Path) -> Decimal | None:
    """An amount of money, of no more than the format holds."""
    number = record.number(path)
    return None if number is None else min(number, Decimal(BIGGEST)).quantize(Decimal(1))


def _items(record: Record) -> Sequence[Item]:
    items = []
    for entry in record.entries((*IMPACT, "loss")):
        if not record.section(entry):
            continue
        variety = record.word((*entry, "variety"), "impact.loss.variety")
        rating = record.word((*entry, "rating"), "impact.loss.rating")
        paths = [(*entry, name) for name in ("amount", "min_amount", "max_amount")]
        known = [amount for path in paths if (amount := _amount(record, path)) is not None]
        if len(set(known)) > 1:
            record.assume(entry, _("This loss is given as a range; its upper end counts."))
        if variety is not None:
            items.append(Item(variety, rating, max(known, default=None), tuple(paths)))
    return items


def _money(amount: Decimal, currency: str) -> str:
    return f"{written(amount)} {currency}"
