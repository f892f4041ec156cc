"""Names of people as Faker gives them for a locale, with a Latin form where they are Chinese.

The only importer of `faker` and `pypinyin`. A `Faker` takes tens of milliseconds to build, so each locale has one.
"""

import re
from functools import cache
from typing import Any, Final

import faker
from faker import Faker
from pypinyin import lazy_pinyin

from incidentsim.domain.text import Text

FAKER: Final = f"Faker {faker.VERSION}"
"""The source of the names and its version; the names depend on it, so a generated file says it."""

SURNAMES: Final = {
    "乐": "yue",
    "仇": "qiu",
    "区": "ou",
    "单": "shan",
    "卜": "bu",
    "吕": "lyu",
    "尉": "wei",
    "曾": "zeng",
    "朴": "piao",
    "查": "zha",
    "盖": "ge",
    "缪": "miao",
    "翟": "zhai",
    "薄": "bo",
    "覃": "qin",
    "解": "xie",
    "逯": "lu",
    "那": "na",
    "都": "du",
    "阚": "kan",
    "任": "ren",
    "华": "hua",
    "宁": "ning",
    "燕": "yan",
    "应": "ying",
    "召": "shao",
    "员": "yun",
    "冼": "xian",
    "谌": "chen",
}
"""The pinyin of characters as surnames, where that is not, or might not be, their commonest reading."""

_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_OF_TWO: Final = frozenset(
    {"欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "夏侯", "令狐"}
)
"""Surnames of two characters."""
_NOT_OF_MEN: Final = frozenset({"红霞"})
"""Faker lists it among the names of men."""
CHINESE: Final = "zh_CN"
_PROVIDERS: Final = ["faker.providers.person"]


class Name:
    """A family name and a given name, each as it is written in English and in Chinese texts."""

    __slots__ = ("family", "full", "given")

    def __init__(self, family: Text, given: Text, full: Text) -> None:
        self.family = family
        self.given = given
        self.full = full


def surnames(locale: str, seed: int, count: int) -> list[str]:
    """So many surnames as Faker gives them for `seed`, no two of which are written alike in Latin letters.

    More of them begin with the same ones.
    """
    fake = _faker(locale)
    fake.seed_instance(seed)
    found: dict[str, str] = {}
    while len(found) < count:
        drawn = str(fake.last_name())
        found.setdefault(surname(drawn) if locale == CHINESE else drawn, drawn)
    return list(found.values())


def name(locale: str, family: str, seed: int, *, woman: bool) -> Name:
    """The name of somebody with this surname and the given name that Faker gives for `seed`.

    Args:
        locale: `zh_CN` or `en_US`.
        family: the surname.
        seed: of the person's own stream.
        woman: whether the given name is one of women.
    """
    fake = _faker(locale)
    fake.seed_instance(seed)
    given = str(fake.first_name_female() if woman else fake.first_name_male())
    while not woman and given in _NOT_OF_MEN:
        given = str(fake.first_name_male())
    return _chinese(family, given) if locale == CHINESE else _latin(family, given)


@cache
def _faker(locale: str) -> Any:  # noqa: ANN401 - Faker's generators take their methods from data
    return Faker(locale, providers=_PROVIDERS)[locale]


def _latin(family: str, given: str) -> Name:
    full = f"{given} {family}"
    return Name(Text(family, family), Text(given, full), Text(full, full))


@cache
def _chinese(family: str, given: str) -> Name:
    read_family, read_given = surname(family), given_name(given)
    full = Text(f"{read_family} {read_given}", family + given)
    return Name(Text(read_family, family), Text(read_given, full.zh), full)


def latin(full: str) -> str:
    """A whole name for English texts: a Chinese one in Latin letters, family name first, any other as it is."""
    if not _HAN.fullmatch(full):
        return full
    if full[:2] in _OF_TWO:
        return f"{given_name(full[:2])} {given_name(full[2:])}".rstrip()
    return f"{surname(full[:1])} {given_name(full[1:])}".rstrip()


def surname(written: str) -> str:
    """A Chinese surname in Latin letters, as it is read when it is one."""
    return (SURNAMES.get(written) or _read(written)).capitalize()


def given_name(written: str) -> str:
    """A Chinese given name in Latin letters."""
    return _read(written).capitalize()


def _read(written: str) -> str:
    return "".join(lazy_pinyin(written)).replace("ü", "v").replace("lv", "lyu").replace("nv", "nyu")
