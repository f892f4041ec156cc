"""Texts in the wrong language, left untranslated, or with the other language's punctuation."""

from collections.abc import Iterator, Sequence
from typing import Final

from incidentsim.domain.text import Text
from incidentsim.exercise.quality.expressions import ANY_HAN, FULL_WIDTH, FUNCTION, HALF_WIDTH, LOG, PROSE, QUOTED, WORD
from incidentsim.exercise.quality.finding import Finding, Path
from incidentsim.messages import gettext as _

_FEW_WORDS: Final = 2


def findings(path: Path, text: Text, languages: Sequence[str]) -> Iterator[Finding]:
    """Find what is wrong with the languages of one text, in those that the scenario is meant for."""
    if "en" in languages:
        yield from _english(path, text.en)
    if "zh" in languages:
        yield from _chinese(path, text)


def _english(path: Path, words: str) -> Iterator[Finding]:
    where = (*path, "en")
    if ANY_HAN.search(words):
        yield Finding(where, "wrong-language", _("The English text holds Chinese characters."))
        return
    found = FULL_WIDTH.search(words)
    if found is not None:
        message = _("The English text holds Chinese punctuation: {found}.")
        yield Finding(where, "wrong-language", message.format(found=found.group()))


def _chinese(path: Path, text: Text) -> Iterator[Finding]:
    where, words = (*path, "zh"), text.zh
    if not ANY_HAN.search(words):
        if _has_words(words):
            message = _("The Chinese text is the English one; it was not translated.")
            if words != text.en:
                message = _("The Chinese text holds no Chinese characters.")
            yield Finding(where, "wrong-language", message)
        return
    punctuation = HALF_WIDTH.search(words)
    if punctuation is not None:
        message = _("Between Chinese characters stands half-width punctuation: {found}.")
        yield Finding(where, "wrong-language", message.format(found=punctuation.group()))
    left = _left_over(words)
    if left is not None:
        message = _("A stretch of the Chinese text was not translated: {found}.")
        yield Finding(where, "wrong-language", message.format(found=left))


def _has_words(words: str) -> bool:
    """Whether a text without Chinese characters is more than a name, a number or a line of a log."""
    return not LOG.search(words) and len(WORD.findall(words)) >= _FEW_WORDS


def _left_over(words: str) -> str | None:
    """English prose inside a Chinese text, unless it is quoted or part of a log."""
    for found in PROSE.finditer(QUOTED.sub(" ", words)):
        stretch = found.group()
        if FUNCTION.search(stretch) and not LOG.search(stretch):
            return stretch
    return None
