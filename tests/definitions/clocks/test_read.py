"""Reading clock packs: what is taken, and every problem at once with its position."""

import pytest

from incidentsim.definitions.clocks.read import attributes_of, read_clock_pack
from incidentsim.definitions.yaml12.problems import DefinitionError
from incidentsim.domain.clock_conditions import AllHold, DeclaredAs, DeclaredIn, MeasureReaches, StatutoryLevelReached
from incidentsim.domain.clock_limits import Anchor, CalendarDays, EarlierOf, Hours, Immediately, Limit
from incidentsim.domain.clocks import Attribute, ClockPack
from incidentsim.domain.errors import InputError
from incidentsim.domain.text import Text

SMALL = """\
schema: incidentsim/clocks/1
id: small
version: "1"
title: {en: Small, zh: 小}
jurisdiction: XX
as_of: 2026-11-22
disclaimer: {en: invented, zh: 虚构}
zone: Europe/Brussels
calendar: DE
attributes:
  kind: {title: {en: kind, zh: 类别}, one_of: {bank: {en: bank, zh: 银行}, shop: {en: shop, zh: 商店}}}
  listed: {title: {en: listed, zh: 上市}, kind: flag}
measures:
  people: {title: {en: people, zh: 人数}, unit: count}
  down: {title: {en: down, zh: 中断}, unit: duration}
  crime: {title: {en: crime, zh: 犯罪}, unit: flag}
instruments:
  law: {title: {en: Law, zh: 法}, source: "https://example.org/law", address: composed}
parties:
  us: {en: we, zh: 我们}
  office: {en: office, zh: 机关}
scales:
  official:
    title: {en: official, zh: 官方}
    instrument: law
    levels:
      high: {title: {en: high, zh: 高}, any: [{when: {measure: down, more_than: 30m}, evidence: {mark: V1}}]}
      low: {title: {en: low, zh: 低}, residual: true}
clocks:
  first:
    title: {en: first, zh: 首次}
    instrument: law
    article: "4"
    obligor: us
    to: [office]
    trigger: {en: it is grave, zh: 严重}
    scope: {all: [{attribute: kind, in: [bank]}, {attribute: listed, is: true}]}
    needs: {scale: official, level: high}
    deadline: {hours: 4, from: awareness}
    evidence: {mark: V1}
  second:
    title: {en: second, zh: 后续}
    instrument: law
    article: {en: Art. 5, zh: 第五条}
    obligor: us
    to: [office]
    trigger: {en: it was reported, zh: 已报告}
    needs: {measure: people, at_least: 500}
    after: first
    deadline: {days: 30, from: prior_filing}
    evidence: {mark: V2, source: "https://example.org/note"}
"""


def read(text: str = SMALL) -> ClockPack:
    return read_clock_pack(text.encode(), "small.yaml", ("DE",))


def changed(old: str, new: str) -> str:
    assert SMALL.count(old) >= 1, old
    return SMALL.replace(old, new, 1)


def problems(text: str) -> list[tuple[str, str]]:
    with pytest.raises(DefinitionError) as caught:
        read(text)
    assert all(problem.line > 0 and problem.column > 0 for problem in caught.value.problems)
    return [(problem.path, problem.message) for problem in caught.value.problems]


def test_a_pack_says_what_its_file_says() -> None:
    first, second = read().clocks.values()
    assert first.scope == AllHold((DeclaredIn("kind", ("bank",)), DeclaredAs("listed", value=True)))
    assert first.needs == StatutoryLevelReached("official", "high")
    assert first.deadline == Limit(Hours(4), (Anchor.AWARENESS,))
    assert (first.article, first.recipients) == (Text("4", "4"), (Text("office", "机关"),))
    assert (first.evidence.source, first.evidence.address) == ("https://example.org/law", "composed")
    assert (second.evidence.source, second.evidence.address) == ("https://example.org/note", "read")
    assert (second.after, second.deadline) == (("first",), Limit(CalendarDays(30), (Anchor.PRIOR_FILING,)))
    assert second.needs == MeasureReaches("people", 500)


def test_durations_of_a_scale_are_milliseconds() -> None:
    (criterion,) = read().scales["official"].levels["high"].any_of
    assert criterion.when == MeasureReaches("down", 30 * 60_000, beyond=True)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (
            "{earlier_of: [{hours: 4, from: classification}, {hours: 24, from: awareness}], first_alone_if_late: true}",
            EarlierOf(
                Limit(Hours(4), (Anchor.CLASSIFICATION,)),
                Limit(Hours(24), (Anchor.AWARENESS,)),
                first_alone_if_late=True,
            ),
        ),
        (
            "{immediately: {en: promptly, zh: 及时}, target: 1h 30m, from: [occurrence, awareness]}",
            Immediately(Text("promptly", "及时"), 5_400_000, (Anchor.OCCURRENCE, Anchor.AWARENESS)),
        ),
        ("{days: 3, first_day: counted, from: knowledge}", Limit(CalendarDays(3, True), (Anchor.KNOWLEDGE,))),
    ],
)
def test_every_kind_of_deadline(written: str, read_as: object) -> None:
    pack = read(changed("{hours: 4, from: awareness}", written))
    assert pack.clocks["first"].deadline == read_as


@pytest.mark.parametrize(
    ("old", "new", "path", "part"),
    [
        ("from: awareness", "from: awarness", "$.clocks.first.deadline.from", "no anchor awarness; the nearest valid"),
        ("after: first", "after: frist", "$.clocks.second.after", "no clock frist; the nearest valid one is first."),
        ("after: first", "after: second", "$.clocks.second.after", "would wait for its own filing"),
        ("measure: people", "measure: poeple", "$.clocks.second.needs.measure", "nearest valid one is people"),
        ("attribute: kind", "attribute: knid", "$.clocks.first.scope.all[0].attribute", "nearest valid one is kind"),
        ("in: [bank]", "in: [bnak]", "$.clocks.first.scope.all[0].in[0]", "no answer bnak; the nearest"),
        ("in: [bank]", "is: true", "$.clocks.first.scope.all[0]", "with the key in, and no other"),
        ("level: high", "level: hihg", "$.clocks.first.needs.level", "no statutory level hihg"),
        ("scale: official", "scale: offical", "$.clocks.first.needs.scale", "no scale offical"),
        ("instrument: law\n    article", "instrument: lwa\n    article", "$.clocks.first.instrument", "nearest valid"),
        ("to: [office]", "to: [ofice]", "$.clocks.first.to[0]", "no party ofice"),
        ("obligor: us", "obligor: su", "$.clocks.first.obligor", "no party su"),
        ("zone: Europe/Brussels", "zone: Europe/Brussel", "$.zone", "no time zone Europe/Brussel; the nearest valid"),
        ("calendar: DE", "calendar: DD", "$.calendar", "no holiday calendar DD"),
        ("as_of: 2026-11-22", "as_of: 2026-11-31", "$.as_of", "no date such as"),
        ("needs: {scale: official, level: high}", "needs: {attribute: listed, is: true}", "$.clocks.first.needs",
         "only the incident can be asked about"),
        ("{attribute: listed, is: true}", "{measure: crime, is: true}", "$.clocks.first.scope.all[1]",
         "only the organisation can be asked about"),
        ("at_least: 500", "is: true", "$.clocks.second.needs", "with the key at_least or more_than"),
        ("at_least: 500", "at_least: 1h", "$.clocks.second.needs.at_least", "a whole number"),
        ("more_than: 30m", "more_than: 30", "$.scales.official.levels.high.any[0].when.more_than", "is a duration"),
        ("evidence: {mark: V1}\n  second", "evidence: {mark: R}\n  second", "$.clocks.first.evidence.mark",
         "write verified: false"),
        ("evidence: {mark: V1}\n  second", "evidence: {mark: D, verified: false}\n  second", "$.clocks.first.evidence",
         "must not run; say under disabled why"),
        ("    evidence: {mark: V1}\n  second", "  second", "$.clocks.first", "key evidence is missing"),
        ("    after: first\n", "", "$.clocks.second", "the key after does not say of which clock"),
        ("{hours: 4, from: awareness}", "{weeks: 4, from: awareness}", "$.clocks.first.deadline",
         "A deadline has one of the keys"),
        ("{hours: 4, from: awareness}", "{hours: 4}", "$.clocks.first.deadline", "key from is missing"),
        ("{scale: official, level: high}", "{staff: 5}", "$.clocks.first.needs", "A clock asks with one of the keys"),
        ("residual: true", "residual: true, any: [{when: {measure: crime, is: true}, evidence: {mark: V1}}]",
         "$.scales.official.levels.low", "Only the last level can be what remains"),
        ("kind: flag", "kind: flag, one_of: {a: {en: a, zh: 甲}}", "$.attributes.listed", "exactly one of the keys"),
        ("  office: {en: office", "  nobody: {en: nobody, zh: 无}\n  office: {en: office", "$.parties.nobody",
         "Nothing here names nobody"),
        ("evidence: {mark: V1}\n  second", "evidence: {mark: V1}\n    status: not_in_force\n  second",
         "$.clocks.first", "says under reason why"),
    ],
)  # fmt: skip
def test_a_problem_is_said_at_its_place(old: str, new: str, path: str, part: str) -> None:
    found = problems(changed(old, new))
    assert any(where.startswith(path) and part in message for where, message in found), found


def test_every_problem_is_said_at_once() -> None:
    text = changed("from: awareness", "from: nowhere").replace("after: first", "after: nothing")
    assert {path for path, _ in problems(text)} == {"$.clocks.first.deadline.from", "$.clocks.second.after"}


def test_a_circle_of_clocks_is_found_however_long() -> None:
    text = changed("    needs: {scale: official, level: high}\n", "    after: second\n")
    assert {path for path, _ in problems(text)} == {"$.clocks.first.after", "$.clocks.second.after"}


def test_business_days_need_a_calendar() -> None:
    text = changed("calendar: DE\n", "").replace("{hours: 4, from: awareness}", "{business_days: 4, from: awareness}")
    assert problems(text) == [
        ("$.clocks.first.deadline", "Business days need a holiday calendar; the pack's key calendar is missing.")
    ]


def test_what_is_not_verified_is_carried_and_does_not_run() -> None:
    text = changed(
        "evidence: {mark: V1}\n  second",
        "evidence: {mark: R, verified: false}\n    disabled: {en: recalled only, zh: 仅凭记忆}\n  second",
    )
    clock = read(text).clocks["first"]
    assert (clock.status, clock.reason, clock.binding) == ("disabled", Text("recalled only", "仅凭记忆"), False)


def test_two_packs_must_mean_the_same_by_a_shared_name() -> None:
    one = read()
    other = read(
        changed("id: small", "id: other")
        .replace("  first:", "  third:")
        .replace("  second:", "  fourth:")
        .replace("after: first", "after: third")
        .replace("listed: {title: {en: listed", "listed: {title: {en: quoted")
    )
    with pytest.raises(InputError, match="small and other mean different things by listed"):
        attributes_of([one, other])
    with pytest.raises(InputError, match="mean different things by first"):
        attributes_of([one, read(changed("id: small", "id: other"))])


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("one_of", "bank", ("bank",)),
        ("some_of", ("bank",), ("shop",)),
        ("flag", True, 1),
        ("count", 3, True),
        ("count", 0, -1),
    ],
)
def test_an_attribute_knows_its_answers(kind: str, good: object, bad: object) -> None:
    attribute = Attribute("a", Text("a", "甲"), kind, {"bank": Text("bank", "银行")})  # type: ignore[arg-type]  # as read
    assert attribute.accepts(good)  # type: ignore[arg-type]  # any answer
    assert not attribute.accepts(bad)  # type: ignore[arg-type]  # any answer
