"""The people of a story: the usual cast and whoever an archetype adds, with names, addresses and telephones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from incidentsim.definitions.rosters.roster import RosterPerson
from incidentsim.domain.text import Language, Text
from incidentsim.exercise.running.randomness import Stream
from incidentsim.generation import names as naming
from incidentsim.generation.cast import PRONOUNS
from incidentsim.generation.names import Name

_OF: Final = Text("'s", "的")
_GENDERS: Final = 2
_SEEDS: Final = 2**32
_FIRST_EXTENSION: Final = 2001
_LAST_EXTENSION: Final = 8998


@dataclass(frozen=True, slots=True)
class Character:
    """Somebody with everything a text may say about them; where `woman` is not known, the name for a pronoun."""

    id: str
    name: Name
    woman: bool | None
    mail: str
    account: str
    extension: str

    def say(self, form: str, language: Language) -> str:
        """Return the words that a text has for a form of this person's slot; any other form is the full name."""
        if form in PRONOUNS:
            if self.woman is None:
                return self.name.full.say(language) + (_OF.say(language) if form in ("his", "His") else "")
            return PRONOUNS[form][(2 if language == "zh" else 0) + self.woman]
        match form:
            case "first":
                return self.name.given.en if language == "en" else self.name.full.zh
            case "family":
                return self.name.family.say(language)
            case "mail":
                return self.mail
            case "account":
                return self.account
            case "ext":
                return self.extension
            case _:
                return self.name.full.say(language)


def hire(locale: str, domain: str, names: Sequence[str], streams: Callable[[str], Stream]) -> dict[str, Character]:
    """People, each from a stream of their own.

    Surnames are dealt to all of them from one stream. So no two have the same, whatever the others draw: not their
    full names, and not the addresses and accounts made of these. Extensions lie in a part of the range of their own.
    """
    surnames = naming.surnames(locale, streams("surnames").below(_SEEDS), len(names))
    room = (_LAST_EXTENSION - _FIRST_EXTENSION) // len(names)
    hired = {}
    for index, id_ in enumerate(names):
        stream = streams(f"people/{id_}")
        woman = stream.below(_GENDERS) == 1
        named = naming.name(locale, surnames[index], stream.below(_SEEDS), woman=woman)
        family, given = _letters(named.family.en), _letters(named.given.en)
        extension = _FIRST_EXTENSION + index * room + stream.below(room)
        mail = f"{given}.{family}@{domain}"
        hired[id_] = Character(id_, named, woman, mail, f"{given[0]}{family}", str(extension))
    return hired


def of_roster(hired: Character, person: RosterPerson) -> Character:
    """Somebody of a roster in the place of somebody who was hired; addresses go by the id in the roster."""
    full = Text(naming.latin(person.said(("en",))), person.said(("zh",)))
    account = _letters(person.id) or hired.account
    mail = f"{account}@{hired.mail.partition('@')[2]}"
    return Character(hired.id, Name(full, full, full), None, mail, account, hired.extension)


def desk_of(id_: str, title: Text, mail: str) -> Character:
    """A desk that speaks for an authority or a company."""
    return Character(id_, Name(title, title, title), woman=False, mail=mail, account="", extension="")


def _letters(text: str) -> str:
    return "".join(character for character in text.lower() if "a" <= character <= "z")
