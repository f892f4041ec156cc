"""Putting words into sentences, in both languages at once, so that no seam shows."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from incidentsim.definitions.formats.common import TextShape
from incidentsim.domain.text import Text

_ARTICLE: Final = re.compile(r"(an?|the) ")
_HAN: Final = "\u4e00-\u9fff"
_SEAM: Final = re.compile(f"(?<=[{_HAN}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[{_HAN}])")
"""The places where Chinese meets Latin letters or digits; a space belongs there."""


def fill(sentence: Text, **parts: Text | str) -> Text:
    """`sentence` with its braces filled; a plain string is the same in both languages."""
    en = {name: part.en if isinstance(part, Text) else part for name, part in parts.items()}
    zh = {name: part.zh if isinstance(part, Text) else part for name, part in parts.items()}
    return Text(sentence.en.format(**en), spaced(sentence.zh.format(**zh)))


def spaced(chinese: str) -> str:
    """Chinese text with a space wherever it meets Latin letters or digits."""
    return _SEAM.sub(" ", chinese)


def listed(texts: Sequence[Text]) -> Text:
    """`a, b and c`, each once."""
    unique = list(dict.fromkeys(texts))
    en, zh = [text.en for text in unique], [text.zh for text in unique]
    if len(unique) == 1:
        return unique[0]
    return Text(f"{', '.join(en[:-1])} and {en[-1]}", spaced(f"{'、'.join(zh[:-1])}和{zh[-1]}"))


def passage(sentences: Sequence[Text]) -> Text:
    """Sentences one after the other, each once."""
    unique = list(dict.fromkeys(sentences))
    return Text(" ".join(text.en for text in unique), "".join(text.zh for text in unique))


def headlined(noun: Text) -> Text:
    """A noun phrase as it stands in a headline: without its article, and with a capital."""
    en = _ARTICLE.sub("", noun.en, count=1) if _ARTICLE.match(noun.en) else noun.en
    return Text(en[:1].upper() + en[1:], noun.zh)


def in_headline(noun: Text) -> Text:
    """A noun phrase after a colon: without its article."""
    return Text(_ARTICLE.sub("", noun.en, count=1) if _ARTICLE.match(noun.en) else noun.en, noun.zh)


def written(number: Decimal) -> str:
    """A number as people write it: thousands apart, no zeros that say nothing."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shape(text: Text) -> TextShape:
    """A text as it stands in a scenario file."""
    return TextShape(en=text.en, zh=text.zh)
