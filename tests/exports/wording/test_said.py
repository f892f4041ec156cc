"""Messages in words: one line and part by part, with what they quote named and never copied, in both languages."""

from typing import TYPE_CHECKING

import pytest

from incidentsim import messages
from incidentsim.domain.facts import AT_WORK, FACILITATOR, Json, MessageAct, MessageSent
from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.exports.wording.narrator import Narrator
from incidentsim.exports.wording.said import act_words
from incidentsim.exports.wording.sentences import sentence

if TYPE_CHECKING:
    from tests.exports.conftest import MakeAccount, MakeFact

MINUTE = 60_000
WHOLE: dict[str, Json] = {
    "act": "order", "do": "tell", "due": 5 * MINUTE, "measures": {"lost": 1200}, "flags": {"unlawful": False},
    "injects": ["alert"], "messages": [1, 2], "answers": 2, "absent": ["p2"],
    "to": ["boss", "p3", AT_WORK, FACILITATOR],
}  # fmt: skip


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Message M3 – Lin Shu (Finder) asks Team (E-mail): “How many?”"),
        ({"act": "inform", "text": None}, "Message M3 – Lin Shu (Finder) informs Team (E-mail): no words"),
        (
            {"act": "answer", "answers": 2, "text": None, "measures": {"lost": 1200}},
            "Message M3 – Lin Shu (Finder) answers Team (E-mail): records lost: 1,200; in answer to M2",
        ),
        (
            {"act": "forward", "injects": ["alert"], "messages": [1], "text": {"text": "See\n below"}},
            "Message M3 – Lin Shu (Finder) forwards to Team (E-mail): “See below”; “Alarm”; message M1",
        ),
        (
            {"act": "decide", "by": {"person": "p1", "role": "boss"}, "pretended": True, "to": [FACILITATOR]},
            (
                "Message M3 – Lin Shu (Boss) [does not hold that role] decides and informs the facilitator (E-mail): "
                "“How many?”"
            ),
        ),
        (
            WHOLE,
            (
                "Message M3 – Lin Shu (Finder) orders Boss, Mo Yan Li, everybody at work on the incident, the "
                "facilitator (E-mail): “How many?”; Tell the team, by 23:55; records lost: 1,200; it is not unlawful; "
                "“Alarm”; message M1; message M2; in answer to M2"
            ),
        ),
        (
            {"act": "order", "due": 5 * MINUTE, "text": None},
            "Message M3 – Lin Shu (Finder) orders Team (E-mail): by 23:55",
        ),
    ],
)
def test_a_message_in_one_line(data: dict[str, Json], said: str, account: "MakeAccount", fact: "MakeFact") -> None:
    assert sentence(Narrator(account(fact("message_sent", **data))), 0) == said


def test_a_message_part_by_part(account: "MakeAccount", fact: "MakeFact") -> None:
    narrator = Narrator(account(fact("message_sent", **WHOLE)))
    assert narrator.details(0) == [
        ("", "How many?"),
        ("Order", "Tell the team, by 23:55"),
        ("Findings", "records lost: 1,200, it is not unlawful"),
        ("Quotes", "“Alarm”, message M1, message M2"),
        ("Answers", "message M2"),
        ("Reaches on return", "Wu Ke"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", MessageAct)
def test_every_act_has_words_in_both_languages(
    act: MessageAct, language: Language, account: "MakeAccount", fact: "MakeFact"
) -> None:
    narrator = Narrator(account(fact("message_sent", act=act.value), language=language))
    with messages.spoken(language):
        told = sentence(narrator, 0)
        assert act.value not in act_words(act)
    assert "{" not in told
    assert ("问" in told or "告" in told or "答" in told or "转" in told or "令" in told) == (language == "zh")


def test_words_that_a_copy_lacks_are_said_to_be_missing(account: "MakeAccount", fact: "MakeFact") -> None:
    sealed = fact("message_sent", text={"commitment": "sha256:" + "0" * 64})
    assert isinstance(sealed, MessageSent)
    assert "(not in this copy)" in sentence(Narrator(account(sealed)), 0)
