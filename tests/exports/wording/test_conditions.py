"""Patterns and conditions say themselves in words, whole and in either language."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim import messages
from incidentsim.domain.conditions import (
    ALWAYS,
    All,
    AnyOf,
    Condition,
    Happened,
    LevelAtLeast,
    Not,
    Pattern,
    RoleIs,
    TrackIs,
)
from incidentsim.domain.facts import FactKind, RefusalReason
from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.exports.wording.conditions import condition_words, pattern_words
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.playbook_words import playbook_names
from tests.support import procedures
from tests.support.shipped import scenario

PLATFORM: Final = procedures.playbook("platform-incidents")
NAMES: Final = Names(PLATFORM, scenario("number-masking-leak"), "en")
DONE: Final = Pattern(FactKind.STEP_TAKEN, do="report")


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (
            Pattern(FactKind.STEP_TAKEN, do="report", by="discoverer"),
            "“Report to the response team” done, by Reporting person",
        ),
        (Pattern(FactKind.STEP_TAKEN, track="lifecycle", state="closed"), "Course of the incident: Closed"),
        (Pattern(FactKind.REFUSED, do="dismiss"), "“Dismiss as not an incident” tried and refused"),
        (Pattern(FactKind.REFUSED, why=RefusalReason.FOUR_EYES), "something refused – own work (four eyes)"),
        (Pattern(FactKind.DUTY_BREACHED, duty="report-at-once"), "“Report immediately” overdue"),
        (Pattern(FactKind.DUTY_SETTLED, duty="report-at-once"), "“Report immediately” done"),
        (Pattern(FactKind.DUTY_OPENED, duty="report-at-once"), "“Report immediately” owed"),
        (Pattern(FactKind.ESCALATED, to="board"), "Board of directors told"),
        (Pattern(FactKind.LEVEL_SET, level=2), "graded Level 2 (critical)"),
        (
            Pattern(FactKind.CIRCUMSTANCE_AROSE, circumstance="concealment"),
            "brought to light: Somebody concealed the incident",
        ),
        (Pattern(FactKind.INJECT_DELIVERED, inject="press-call"), "“A newspaper calls” delivered"),
        (Pattern(FactKind.FILED, clock="cn-pipl-57"), "filed: Notice of a leak of personal information"),
        (
            Pattern(FactKind.LEVEL_SET, incident="leak"),
            "a level set (Leak of masked-number bindings)",
        ),
    ],
)
def test_every_kind_of_condition_has_words(pattern: Pattern, words: str) -> None:
    assert pattern_words(pattern, NAMES) == words


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (ALWAYS, ""),
        (LevelAtLeast(2), "graded Level 2 (critical) or more severe"),
        (LevelAtLeast(1), "graded Level 1 (catastrophic)"),
        (All((LevelAtLeast(3), Not(LevelAtLeast(2)))), "graded Level 3 (major)"),
        (All((LevelAtLeast(4), Not(LevelAtLeast(2)))), "graded Level 3 (major) or Level 4 (minor)"),
        (All((LevelAtLeast(2), Not(LevelAtLeast(3)))),
         "graded Level 2 (critical) or more severe; not (graded Level 3 (major) or more severe)"),
        (TrackIs("lifecycle", ("closed", "resolved")), "Course of the incident: Closed or Resolved"),
        (Not(TrackIs("lifecycle", ("closed",))), "Course of the incident: not Closed"),
        (Happened(DONE), "“Report to the response team” done"),
        (Happened(DONE, 7_200_000), "“Report to the response team” done, within the last 2 hours"),
        (Not(Happened(DONE)), "not yet: “Report to the response team” done"),
        (RoleIs(("cto", "board")), "to be done by: Chief technology officer (CTO) or Board of directors"),
        (AnyOf((LevelAtLeast(1), All((Happened(DONE), LevelAtLeast(1))))),
         "graded Level 1 (catastrophic) or (“Report to the response team” done; graded Level 1 (catastrophic))"),
        (AnyOf(()), "never"),
        (Not(AnyOf((LevelAtLeast(1), Happened(DONE)))),
         "not (graded Level 1 (catastrophic)); not yet: “Report to the response team” done"),
        (Not(Not(LevelAtLeast(1))), "graded Level 1 (catastrophic)"),
    ],
)  # fmt: skip
def test_a_condition_says_itself_in_words(condition: Condition, words: str) -> None:
    assert condition_words(condition, NAMES) == words


LEAVES: Final = st.sampled_from([LevelAtLeast(2), TrackIs("lifecycle", ("closed",)), Happened(DONE), RoleIs(("cto",))])
CONDITIONS: Final = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=5,
)


def asked(condition: Condition) -> set[str]:
    """A word of each thing that a condition asks about."""
    match condition:
        case All(parts) | AnyOf(parts):
            return set().union(*map(asked, parts))
        case Not(part):
            return asked(part)
        case LevelAtLeast():
            return {"Level"}
        case TrackIs():
            return {"Closed"}
        case Happened():
            return {"Report to the response team"}
        case RoleIs():
            return {"Chief technology officer"}


@given(CONDITIONS)
def test_whatever_a_condition_asks_about_is_in_its_words(condition: Condition) -> None:
    words = condition_words(condition, NAMES)
    assert all(part in words for part in asked(condition))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", procedures.SHIPPED_NAMES)
def test_no_rule_of_a_shipped_playbook_is_told_by_the_names_of_its_file(name: str, language: Language) -> None:
    playbook = procedures.playbook(name)
    with messages.spoken(language):
        names = playbook_names(playbook, language)
        said = [condition_words(rule.when, names) for rule in playbook.escalations]
        said += [condition_words(duty.when, names) for duty in playbook.duties.values()]
        said += [condition_words(step.needs, names) for track in playbook.tracks.values() for step in track.steps]
        patterns = [pattern for rule in playbook.escalations for pattern in rule.on]
        patterns += [pattern for anchor in playbook.anchors.values() for pattern in anchor.on]
        said += [pattern_words(pattern, names) for pattern in patterns]
        for duty in playbook.duties.values():
            said += [pattern_words(one, names) for one in (*duty.opens_on, *duty.settled_by, *duty.dropped_by)]
    assert not [words for words in said if "_" in words or words.startswith(("on record:", "已有记录："))]
