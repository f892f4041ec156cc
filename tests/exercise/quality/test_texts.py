"""What is wrong with the wording of a text, and what only looks as if it were."""

import json
from ipaddress import IPv4Address, IPv4Network

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from incidentsim.domain.text import Language, Text
from incidentsim.exercise.quality import addresses, languages, wording

BOTH: tuple[Language, ...] = ("en", "zh")


def unfinished(words: str) -> list[str]:
    return [one.rule for one in wording.findings(("x",), words)]


def foreign(words: str) -> list[str]:
    return [one.message for one in addresses.findings(("x",), words)]


def spoken(en: str, zh: str) -> list[tuple[str | int, ...]]:
    return [one.path for one in languages.findings((), Text(en, zh), BOTH)]


@pytest.mark.parametrize(
    "words",
    [
        "Ask $name about it.",
        "Ask ${name.first}.",
        "请找${name}核实",
        "Ask {name} about it.",
        "Ask {{ name }}.",
        "Ask %(name)s.",
        "Ask %s about it.",
        "Ask [name] about it.",
        "Ask [insert company name here].",
        "Ask <customer name>.",
        "请联系【姓名】。",
        "请联系（待补充）。",
        "TODO: say who called",
        "When: TBD.",
        "FIXME later",
        "联系XX公司",
        "Lorem ipsum dolor",
        "They sent ?? records",
        "Signed: ____",
        "They said “” and left.",
        '他说""就走了。',
        "发布于《》。",
        "  ",
    ],
)
def test_places_left_open(words: str) -> None:
    assert unfinished(words) == ["placeholder"]


@pytest.mark.parametrize(
    "words",
    [
        "It costs $5, or US$ 20.",
        'audit: {"user": "ops-ext-07", "rows": 184000, "note": ""}',
        "kernel: [error] sshd[4711]: closed {id=7}",
        "cfg: user=\"\", shell='/bin/sh'",
        "if (x) { return a; }",
        "The quota is 100% since March.",
        "代码：main() 在 PATH 中",
        "Really? Yes! He asked: “Who?”",
        "The mask was 138****1234.",
        "var HOME=$HOME",
        "<script>alert(1)</script>",
        "某日，有人来电。",
    ],
)
def test_what_only_looks_like_a_place_left_open(words: str) -> None:
    assert unfinished(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "This is the the host.",
        "It was an database.",
        "It was a empty one.",
        "It took 1 hours.",
        "It stopped , and came back.",
        "It stopped . Then it came back.",
        "停机了。，随后恢复。",
        "停机 了。",
        "已恢复，，继续观察。",
    ],
)
def test_seams(words: str) -> None:
    assert unfinished(words) == ["seam"]


@pytest.mark.parametrize(
    "words",
    [
        "An FTP host, an SMS, a one-way link, a user of plan A and an hour, 21 hours",
        "../etc and /etc/../x",
        "What? Who?!",
        "“停！”他说。",
        "db-04 恢复",
        "col1   col2   col3",
        "a, b; c. D",
    ],
)
def test_no_seams(words: str) -> None:
    assert unfinished(words) == []


@given(st.from_regex(r"[a-z][a-z_]{0,12}", fullmatch=True))
def test_a_slot_is_always_found_whatever_its_name(name: str) -> None:
    for written in (f"${name}", f"${{{name}}}", f"{{{name}}}"):
        assert unfinished(f"There were {written} of them.") == ["placeholder"]
        assert unfinished(f"共有{written}条。") == ["placeholder"]


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,8}", fullmatch=True),
        st.integers() | st.booleans() | st.none() | st.from_regex(r"[a-z0-9.-]{0,12}", fullmatch=True),
    )
)
@example({"a": None, "xxx": None})
def test_quoted_json_is_never_taken_for_a_slot(data: dict[str, object]) -> None:
    assume(
        "placeholder" not in unfinished(" ".join(map(str, [*data, *data.values(), "."])))
    )  # xxx is a note to oneself
    assert "placeholder" not in unfinished(f"The gateway wrote {json.dumps(data)}.")


RESERVED = [IPv4Network(net) for net in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")]
NOBODY = [IPv4Network(net) for net in ("0.0.0.0/8", "127.0.0.0/8", "255.0.0.0/8")]


@given(st.ip_addresses(v=4))
def test_an_address_is_always_found_unless_it_is_reserved(address: IPv4Address) -> None:
    reserved = any(address in network for network in RESERVED + NOBODY)
    assert bool(foreign(f"Source: {address}.")) is not reserved
    assert bool(foreign(f"来源{address}，首次出现")) is not reserved


@given(st.integers(0, 99))
def test_numbers_set_aside_for_fiction_are_never_found(last: int) -> None:
    for written in (f"555-01{last:02}", f"212-555-01{last:02}", f"+1 212 555 01{last:02}", f"+1 212-555-01{last:02}"):
        assert foreign(f"Call {written} now.") == []


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_chinese_mobile_number_is_always_found_unless_it_is_masked(number: str) -> None:
    assert foreign(f"来电号码{number}，请回电") != []
    assert foreign(f"来电号码{number[:3]} {number[3:7]} {number[7:]}，请回电") != []
    assert foreign(f"来电号码{number[:3]}****{number[7:]}，请回电") == []


@pytest.mark.parametrize(
    "words",
    [
        "Seen at 2001:470::1 today",
        "see https://files.baitan.com/x",
        "write to lin@zhulan.cn",
        "访问www.zhulan.com.cn查看",
        "evil[.]com was called",
        "拨打010-62345678",
        "拨打400-820-1234",
        "Call (212) 736-5000 now",
        "Call +65 6123 4567 now",
    ],
)
def test_what_somebody_may_really_have(words: str) -> None:
    assert len(foreign(words)) == 1


@pytest.mark.parametrize(
    "words",
    [
        "from 2001:db8::7 to 2001:db8:1::9",
        "at 12:30:45 and 02:41:07",
        "00:00:5e:00:53:0a",
        "https://files.baitan.example/rec?id=7",
        "lin@mail.zhulan.example 与 a@example.com",
        "host db-04.zhulan.example, printer.local",
        "agent version 2.14.0.3 and v10.2.0.1",
        "run.sh, payload.py and notes.md",
        "198.51.100.0/24 and 192.0.2.11 to .26",
        "session 20260624-0238, ticket CHG-20417",
        "2026-06-24 02:41:07, 184,000 rows, 12345678901234 bytes",
        "+44 20 7946 0123",
        "分机8-4417",
    ],
)
def test_what_nobody_has(words: str) -> None:
    assert foreign(words) == []


@pytest.mark.parametrize(
    ("en", "zh", "where"),
    [
        ("Stop it now.", "Stop it now.", ("zh",)),
        ("Stop it now.", "Please stop it now.", ("zh",)),
        ("Stop 停 it.", "停下。", ("en",)),
        ("Stop，now.", "停下。", ("en",)),
        ("Stop, now.", "停下,马上。", ("zh",)),
        ("Is it ours?", "是我们的吗?是的。", ("zh",)),
        ("It is ours.", "已确认 that it was sent to the wrong group 为实。", ("zh",)),
    ],
)
def test_texts_in_the_wrong_language(en: str, zh: str, where: tuple[str, ...]) -> None:
    assert spoken(en, zh) == [where]


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("T-8841", "T-8841"),
        ("Zhulan Cloud", "Zhulan Cloud"),
        ("user=ops rows=7 from db-04", "user=ops rows=7 from db-04"),
        ("2026-06-24 02:41:07 accepted password for ops", "2026-06-24 02:41:07 accepted password for ops"),
        ("They wrote: “pay in three days”.", "对方写道：“you have three days to pay for it all”。"),
        ("At 12:30, two hosts.", "12:30，两台主机（db-04、db-05）。"),
        ("A “quoted” word - and more…", "“引用”的词——还有……"),
        ("From Beijing: 1,200 calls", "北京：1,200通"),
    ],
)
def test_texts_in_the_right_language(en: str, zh: str) -> None:
    assert spoken(en, zh) == []


def test_only_the_languages_of_the_scenario_are_looked_at() -> None:
    text = Text("Stop it now.", "Stop it now.")
    assert list(languages.findings((), text, ("en",))) == []
