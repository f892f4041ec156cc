"""People: nobody has what somebody else has, and texts speak of them rightly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.definitions.rosters.roster import RosterPerson
from incidentsim.exercise.running.randomness import Stream
from incidentsim.generation.people import Character, hire, of_roster
from tests.support.examples import examples


def hired(locale: str, seed: int, count: int) -> list[Character]:
    names = [f"p{number}" for number in range(count)]
    return list(hire(locale, "zhulan.example", names, lambda name: Stream(seed, name)).values())


@examples(20)
@given(st.sampled_from(["en_US", "zh_CN"]), st.integers(0, 10**6))
def test_no_two_share_a_name_an_address_an_account_or_an_extension(locale: str, seed: int) -> None:
    people = hired(locale, seed, 40)
    for part in ("mail", "account", "ext", ""):
        said = [person.say(part, "zh") for person in people]
        assert len(set(said)) == len(said)
    assert all(len(person.extension) == 4 and person.extension.isdigit() for person in people)
    assert all(person.mail.endswith("@zhulan.example") and person.mail.isascii() for person in people)


def test_one_more_at_the_end_renames_nobody() -> None:
    assert [one.mail for one in hired("zh_CN", 5, 20)] == [one.mail for one in hired("zh_CN", 5, 21)][:20]


@pytest.mark.parametrize("locale", ["en_US", "zh_CN"])
def test_pronouns_go_with_the_name(locale: str) -> None:
    people = hired(locale, 3, 30)
    women = [person for person in people if person.woman]
    assert 5 < len(women) < 25
    for person in people:
        en = [person.say(form, "en") for form in ("he", "him", "his", "He", "His")]
        zh = [person.say(form, "zh") for form in ("he", "his")]
        assert en == (["she", "her", "her", "She", "Her"] if person.woman else ["he", "him", "his", "He", "His"])
        assert zh == (["她", "她的"] if person.woman else ["他", "他的"])


def test_the_first_name_is_for_english_only() -> None:
    person = hired("zh_CN", 1, 1)[0]
    assert person.say("first", "zh") == person.say("", "zh")
    assert person.say("", "en") == f"{person.say('family', 'en')} {person.say('first', 'en')}"


def test_where_a_roster_says_nothing_of_it_the_name_stands_for_a_pronoun() -> None:
    (person,) = hired("en_US", 3, 1)
    ours = of_roster(person, RosterPerson("lin-xia", {"en": "Lin Xia", "zh": "林夏"}, ("responder",)))
    assert [ours.say(form, "en") for form in ("He", "him", "his")] == ["Lin Xia", "Lin Xia", "Lin Xia's"]
    assert [ours.say(form, "zh") for form in ("He", "him", "his")] == ["林夏", "林夏", "林夏的"]
    assert (ours.mail, ours.account) == ("linxia@zhulan.example", "linxia")
    once = of_roster(person, RosterPerson("a", "欧阳小明", ("responder",)))
    assert [once.say("", "en"), once.say("", "zh")] == ["Ouyang Xiaoming", "欧阳小明"]
