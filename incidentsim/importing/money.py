"""Amounts of money from other currencies, made comparable with thresholds in Chinese yuan.

The rates are rough and ours (an assumption, near those of 2021): the thresholds are powers of ten, so a rate that
is a third off moves next to nothing. A currency that is not here is not converted, and its amounts are reported.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

YUAN_FOR: Final[Mapping[str, Decimal]] = {
    "AED": Decimal("1.75"),
    "ARS": Decimal("0.07"),
    "AUD": Decimal("4.8"),
    "BRL": Decimal("1.2"),
    "CAD": Decimal("5.1"),
    "CHF": Decimal(7),
    "CLP": Decimal("0.0085"),
    "CNY": Decimal(1),
    "COP": Decimal("0.0017"),
    "CZK": Decimal("0.3"),
    "DKK": Decimal(1),
    "EUR": Decimal("7.6"),
    "GBP": Decimal("8.9"),
    "HKD": Decimal("0.83"),
    "HUF": Decimal("0.021"),
    "IDR": Decimal("0.00045"),
    "ILS": Decimal(2),
    "INR": Decimal("0.087"),
    "JPY": Decimal("0.059"),
    "KRW": Decimal("0.0056"),
    "MXN": Decimal("0.32"),
    "MYR": Decimal("1.55"),
    "NOK": Decimal("0.75"),
    "NZD": Decimal("4.6"),
    "PHP": Decimal("0.13"),
    "PLN": Decimal("1.67"),
    "RUB": Decimal("0.088"),
    "SAR": Decimal("1.72"),
    "SEK": Decimal("0.75"),
    "SGD": Decimal("4.8"),
    "THB": Decimal("0.2"),
    "TRY": Decimal("0.73"),
    "TWD": Decimal("0.23"),
    "UAH": Decimal("0.24"),
    "USD": Decimal("6.45"),
    "VND": Decimal("0.00028"),
    "ZAR": Decimal("0.44"),
}
"""The worth in yuan of one unit of a currency (ISO 4217)."""
