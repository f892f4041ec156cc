"""How much the coach says unasked: a word that views use, apart from how it is found."""

from enum import StrEnum, auto, unique


@unique
class Marking(StrEnum):
    """The length of what the coach says unasked of what is owed: all of it, a line, or only a mark."""

    WHOLE = auto()
    LINE = auto()
    MARK = auto()
