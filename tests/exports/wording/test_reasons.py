"""Why somebody decided as they did reads as a short clause behind the step; where nothing was said, nothing stands."""

from collections.abc import Callable
from typing import TYPE_CHECKING, get_args

import pytest

from incidentsim.domain.actions import Reason, Slip
from incidentsim.domain.facts import Json
from incidentsim.exports.wording.narrator import Narrator
from incidentsim.exports.wording.sentences import sentence

if TYPE_CHECKING:
    from tests.exports.conftest import MakeAccount, MakeFact

TOLD = "Lin Shu (Finder): Tell the team. Course: now “Told”."

Tell = Callable[..., str]


@pytest.fixture
def told(account: "MakeAccount", fact: "MakeFact") -> Tell:
    """Tells a step, or a refusal, that was decided on for a reason."""

    def tell(kind: str = "step_taken", **because: Json) -> str:
        return sentence(Narrator(account(fact(kind, because=because))), 0)

    return tell


@pytest.mark.parametrize(
    ("because", "said"),
    [
        ({"reason": "next_step"}, ""),
        ({"reason": "next_step", "injects": ["alert"]}, " Because of “Alarm”."),
        ({"reason": "duty_due", "duty": "tell-at-once"}, " Because it is owed: Tell the team at once."),
        ({"reason": "evidence", "injects": ["alert"]}, " Because of what is known from “Alarm”."),
        ({"reason": "regrade", "injects": ["alert"]}, " Because another level follows from “Alarm”."),
        ({"reason": "revise", "injects": ["alert"]}, " Because the earlier finding does not agree with “Alarm”."),
        (
            {"reason": "prompted", "injects": ["alert", "quiet"]},
            " Because this asks for it: “Alarm”, “Nothing but a body.”.",
        ),
        (
            {"reason": "duty_due", "duty": "tell-at-once", "slips": ["forgotten", "misgraded"]},
            (
                " Because it is owed: Tell the team at once."
                " What went wrong: it came to mind only when it was overdue, the level is one off."
            ),
        ),
        (
            {"reason": "rounds"},
            " Because the same steps have come round many times with nothing new: bots do not repeat them.",
        ),
        ({"reason": "next_step", "slips": ["lost_time"]}, " What went wrong: the time was lost sight of."),
    ],
)
def test_a_reason_follows_the_step(told: Tell, because: dict[str, Json], said: str) -> None:
    assert told(**because) == f"{TOLD}{said} [X1]"


def test_a_refusal_says_it_as_well(told: Tell) -> None:
    said = told("refused", reason="next_step", slips=["overstepped"])
    assert said.startswith("REFUSED")
    assert said.endswith("What went wrong: the role is not entitled to it. [X1]")


@pytest.mark.parametrize("slip", get_args(Slip))
def test_every_slip_is_said_in_words(told: Tell, slip: str) -> None:
    assert slip not in told(reason="next_step", slips=[slip]).split("What went wrong: ")[1]


@pytest.mark.parametrize("reason", [one for one in get_args(Reason) if one != "next_step"])
def test_every_reason_is_said_in_words(told: Tell, reason: str) -> None:
    assert "Because " in told(reason=reason, duty="tell-at-once", injects=["alert"])


def test_a_long_message_without_a_heading_is_cut(account: "MakeAccount", fact: "MakeFact") -> None:
    long = "unknown-" * 10
    teller = Narrator(account(fact("step_taken", because={"reason": "evidence", "injects": [long]})))
    assert f"“{long[:39]}…”" in sentence(teller, 0)


@pytest.mark.parametrize("because", [None, 0])
def test_where_no_reason_is_said_the_sentence_is_as_it_was(
    account: "MakeAccount", fact: "MakeFact", because: Json
) -> None:
    assert sentence(Narrator(account(fact("step_taken", because=because))), 0) == f"{TOLD} [X1]"
