"""Characters that cannot be seen, or that are taken for others: made visible, and left out where names are compared.

This is the one place that says which characters these are and how they are shown. Nothing heavy is imported here.
"""

import re
import unicodedata
from typing import Final

_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Control and format characters, surrogates, private and unassigned ones: they act, or show as nothing."""

_BLANK: Final = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef"
"""Letters and marks that show as nothing although their categories do not say so (Default_Ignorable_Code_Point)."""

_SPACES: Final = "\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""Spaces that are no common space."""

_UNSEEN: Final = re.compile(f"[{_BLANK}{_SPACES}]")
_ODD_SPACES: Final = re.compile("^ +| +$|(?<= ) +")

_CYRILLIC: Final = (
    (
        "\u0410\u0412\u0421\u0415\u041d\u0406\u0408\u041a\u041c\u041e\u0420\u0405\u0422\u0423\u0425\u0474\u04c0"
        "\u0430\u0441\u0435\u04bb\u0456\u0458\u043e\u0440\u0455\u0443\u0445\u0501\u051b\u051d\u0475\u04cf"
    ),
    "ABCEHIJKMOPSTYXVIacehijopsyxdqwvl",
)
_GREEK: Final = (
    (
        "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03b1\u03b9\u03ba"
        "\u03bd\u03bf\u03c1\u03c5\u03f2\u03f3"
    ),
    "ABEZHIKMNOPTYXaikvopucj",
)
_OTHERS: Final = ("\u0585\u057d\u0131\u0251\u0261"), "ouiag"
_LOOKALIKES: Final = {
    ord(other): latin
    for others, letters in (_CYRILLIC, _GREEK, _OTHERS)
    for other, latin in zip("".join(others), letters, strict=True)
}
"""Letters of other scripts and the Latin letters that they are taken for (after Unicode's confusables, UTS #39)."""

_LATIN: Final = re.compile("[A-Za-z]")
_OTHER: Final = re.compile("[" + "".join(map(chr, _LOOKALIKES)) + "]")
_WORD: Final = re.compile("[A-Za-z0-9\u00aa-\u024f\u0250-\u02af\u0370-\u058f_-]+")
"""Words of scripts whose letters are taken for each other; other scripts end them."""


def number(character: str) -> str:
    """The number of a character, as it is shown in its place: `⟨U+00A0⟩`."""
    return f"⟨U+{ord(character):04X}⟩"


def is_unseen(character: str) -> bool:
    """Return whether a character shows as nothing, as a space that is none, or acts instead of showing."""
    return unicodedata.category(character) in _CATEGORIES or _UNSEEN.match(character) is not None


def shown(text: str) -> str:
    """`text` of a message, with whatever cannot be seen in it shown by its number.

    So are the letters of a word that consists of Latin letters and of others that are taken for them, or of such
    others alone. Line breaks and tabs stay.
    """
    if text.isascii() and text.isprintable():
        return text
    text = "".join(number(one) if one not in "\n\r\t" and is_unseen(one) else one for one in text)
    return _WORD.sub(lambda word: _disguised(word[0]), text)


def quoted(value: object) -> str:
    """Return what somebody wrote as a message shows it: as `shown` does, and with its superfluous spaces by number."""
    text = str(value)
    return shown(_ODD_SPACES.sub(lambda spaces: number(" ") * len(spaces[0]), text))


def _disguised(word: str) -> str:
    letters = [letter for letter in word if letter.isalpha()]
    if not any(map(_OTHER.match, letters)) or not all(_LATIN.match(one) or _OTHER.match(one) for one in letters):
        return word
    if len(letters) == 1:  # a Greek letter by itself is what it seems
        return word
    return _OTHER.sub(lambda letter: number(letter[0]), word)


def name_key(name: str) -> str:
    """The form in which two names are equal if nobody can tell them apart.

    Width, case, spaces and what cannot be seen are left out of account (NFKC, case fold), and letters count as the
    Latin ones that they are taken for. Empty where nothing of the name can be seen.
    """
    plain = unicodedata.normalize("NFKC", name)
    plain = "".join(" " if one.isspace() else one for one in plain if one.isspace() or not is_unseen(one))
    alike = plain.translate(_LOOKALIKES).casefold()
    return " ".join(unicodedata.normalize("NFKC", alike).split())
