"""What a clock says."""

import pytest

from incidentsim import messages
from incidentsim.domain.clocks import Scope
from incidentsim.exercise.regulatory.engine import Situation
from incidentsim.exercise.regulatory.words import explain
from tests.support.clocks import YES, pack, scope_in, situation, view_of

OPERATOR = scope_in("CN", cn_operator="other_network_operator", cn_telecom_or_internet=True)
AWARE = "2026-01-05T10:00+08:00"
GRAVE = {"cn_cac_2025": "major"}
BANK = scope_in("EU", dora_entity="other_financial_entity", nis2_entity="none")


def said(clock: str, scope: Scope, known: Situation) -> str:
    view = view_of(clock, scope, known)
    return " ".join(explain(view, pack(view.pack)))


@pytest.mark.parametrize(
    ("clock", "scope", "known", "part"),
    [
        (
            "cn-cac-other-initial",
            OPERATOR,
            situation("2026-01-05T11:00+08:00", levels=GRAVE, awareness=AWARE),
            (
                "Due by 2026-01-05T14:00:00+08:00: 4 hours, counted from becoming aware at 2026-01-05T10:00:00+08:00. "
                "It rests on this: Kind of network operator in China: other network operator. "
                "It rests on this: Grading guide for cybersecurity incidents (CAC, 2025): relatively major or more "
                "severe."
            ),
        ),
        (
            "cn-cac-other-initial",
            OPERATOR,
            situation("2026-01-05T15:00+08:00", levels=GRAVE, awareness=AWARE),
            "Overdue since",
        ),
        (
            "cn-cac-other-initial",
            scope_in("CN"),
            situation("2026-01-05T15:00+08:00"),
            "not declared: Kind of network operator in China.",
        ),
        (
            "cn-cac-ciio-initial",
            OPERATOR,
            situation("2026-01-05T15:00+08:00"),
            "Kind of network operator in China: not operator of critical information infrastructure.",
        ),
        ("cn-cac-other-initial", OPERATOR, situation("2026-01-05T15:00+08:00"), "Nobody has judged yet: Grading guide"),
        (
            "cn-cac-other-initial",
            OPERATOR,
            situation("2026-01-05T15:00+08:00", levels=GRAVE),
            "not on record: becoming aware.",
        ),
        (
            "cn-cac-summary",
            OPERATOR,
            situation("2026-01-05T15:00+08:00"),
            "a filing that is not on record: First report",
        ),
        ("cn-miit-2017-summary", OPERATOR, situation("2026-01-05T15:00+08:00"), "were found in no text."),
        (
            "cn-cac-other-initial",
            OPERATOR,
            situation("2021-06-30T12:00+08:00"),
            "not in force at the time; it is since 2025-11-01.",
        ),
        (
            "cn-cac-police",
            OPERATOR,
            situation("2026-01-05T11:00+08:00", measures={"suspected_crime": YES}, suspicion_of_crime=AWARE),
            (
                "The law says “promptly” and gives no number. Our internal target, not a legal deadline: "
                "2026-01-05T14:00:00+08:00"
            ),
        ),
        (
            "jp-appi-prelim",
            scope_in("JP", jp_personal_data_roles=("handler",)),
            situation("2026-01-05T11:00+08:00", measures={"jp_sensitive": YES}, knowledge=AWARE),
            "This is guidance; missing it breaches no law.",
        ),
        (
            "us-sec-8k-105",
            scope_in("US", us_filer="domestic"),
            situation("2026-01-05T11:00+08:00", measures={"material_incident": YES}, materiality_decision=AWARE),
            "Working days by the calendar US of the library holidays, version 0.",
        ),
        (
            "eu-dora-initial",
            BANK,
            situation("2026-01-05T11:00+08:00", levels={"eu_dora": "major"}, awareness=AWARE, classification=AWARE),
            "4 hours from the classification, at most 24 hours from becoming aware",
        ),
        (
            "eu-dora-initial",
            BANK,
            situation("2026-01-05T11:00+08:00", levels={"eu_dora": "major"}, awareness=AWARE, classification=AWARE),
            "the earlier moment is shown.",
        ),
    ],
)
def test_whole_sentences_say_where_a_clock_stands_and_why(
    clock: str, scope: Scope, known: Situation, part: str
) -> None:
    assert part in said(clock, scope, known)


def test_our_target_is_never_called_a_deadline() -> None:
    known = situation("2026-01-05T11:00+08:00", measures={"suspected_crime": YES}, suspicion_of_crime=AWARE)
    words = said("cn-cac-police", OPERATOR, known)
    assert "Due" not in words
    assert "not a legal deadline" in words


def test_it_speaks_chinese() -> None:
    known = situation("2026-01-05T11:00+08:00", levels=GRAVE, awareness=AWARE)
    messages.use("zh")
    try:
        words = said("cn-cac-other-initial", OPERATOR, known)
    finally:
        messages.use("en")
    assert "应于 2026-01-05T14:00:00+08:00 前完成：4小时，自知悉事件" in words
    assert "依据：在华网络运营者类别：其他网络运营者。" in words
