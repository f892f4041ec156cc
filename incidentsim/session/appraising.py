"""Strengths and weaknesses as they are typed: a sign before the words says which of both it is."""

from typing import Final

from incidentsim.domain.facts import Appraisal
from incidentsim.messages import gettext as _

SIGNS: Final = {"+": Appraisal.STRENGTH, "-": Appraisal.WEAKNESS, "＋": Appraisal.STRENGTH, "－": Appraisal.WEAKNESS}
"""The signs, as they are typed with and without a Chinese keyboard."""


def appraised(words: str) -> tuple[str, Appraisal | None]:
    """The words without the sign, and what the sign says; the words as they are where there is none."""
    said = words.strip()
    appraisal, rest = SIGNS.get(said[:1]), said[1:].strip()
    return (rest, appraisal) if appraisal is not None and rest else (words, None)


def asking(question: str) -> str:
    """The question, with the words on the signs."""
    return _("{question} Begin with + for a strength, with - for a weakness.").format(question=question)
