"""Names of people: Chinese ones are read as names are."""

import pytest
from faker.providers.person.zh_CN import Provider

from incidentsim.generation.names import SURNAMES, given_name, name, surname, surnames

ODD_READINGS = {
    "曾": "Zeng", "单": "Shan", "解": "Xie", "仇": "Qiu", "查": "Zha", "任": "Ren", "区": "Ou", "盖": "Ge",
    "翟": "Zhai", "缪": "Miao", "阚": "Kan", "朴": "Piao", "薄": "Bo", "卜": "Bu", "吕": "Lyu", "乐": "Yue",
    "覃": "Qin", "欧阳": "Ouyang", "沈": "Shen", "石": "Shi", "尹": "Yin", "褚": "Chu", "洪": "Hong", "车": "Che",
    "冼": "Xian", "佘": "She", "仝": "Tong",
}  # fmt: skip


@pytest.mark.parametrize(("written", "read"), ODD_READINGS.items())
def test_a_surname_is_read_as_one(written: str, read: str) -> None:
    assert surname(written) == read


def test_every_surname_and_given_name_that_faker_offers_has_latin_letters() -> None:
    given = {*Provider.first_names_male, *Provider.first_names_female}
    for written in Provider.last_names:
        assert surname(written).isascii()
        assert surname(written).isalpha()
    for written in given:
        assert given_name(written).isascii()
        assert given_name(written).isalpha()


def test_no_reading_is_kept_for_a_name_of_several_characters() -> None:
    assert all(len(written) == 1 for written in SURNAMES)


def test_a_chinese_name_has_the_family_first_in_both_languages() -> None:
    found = name("zh_CN", "曾", 7, woman=True)
    assert found.full.zh.startswith("曾")
    assert found.family.en == "Zeng"
    assert found.full.en == f"{found.family.en} {found.given.en}"
    assert found.full.en.isascii()
    assert not found.full.zh.isascii()


def test_an_american_name_stays_latin_in_chinese_texts() -> None:
    found = name("en_US", "Hale", 7, woman=False)
    assert found.full.zh == found.full.en == f"{found.given.en} {found.family.en}"


@pytest.mark.parametrize("locale", ["en_US", "zh_CN"])
def test_the_seed_decides_and_nothing_before_it(locale: str) -> None:
    first = [name(locale, "X", seed, woman=True).full.zh for seed in range(20)]
    surnames(locale, 99, 5)
    again = [name(locale, "X", seed, woman=True).full.zh for seed in reversed(range(20))]
    assert first == again[::-1]


def test_given_names_are_of_the_gender() -> None:
    women, men = set(Provider.first_names_female), set(Provider.first_names_male) - {"红霞"}
    for seed in range(300):
        assert name("zh_CN", "X", seed, woman=True).full.zh.removeprefix("X") in women
        assert name("zh_CN", "X", seed, woman=False).full.zh.removeprefix("X") in men


@pytest.mark.parametrize("locale", ["en_US", "zh_CN"])
def test_surnames_differ_in_latin_letters_too(locale: str) -> None:
    for seed in range(30):
        found = surnames(locale, seed, 30)
        read = [surname(one) if locale == "zh_CN" else one for one in found]
        assert len(set(read)) == 30
        assert surnames(locale, seed, 20) == found[:20]


def test_common_surnames_come_often() -> None:
    met = [name for seed in range(50) for name in surnames("zh_CN", seed, 10)]
    assert met.count("王") > 15
