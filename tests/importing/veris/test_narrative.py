"""The story: who is told what, when, by which channel, in words without seams."""

from collections.abc import Callable
from typing import Any

import pytest

from incidentsim.domain.scenario import Inject, Scenario
from incidentsim.domain.text import Text

Read = Callable[..., Scenario]
Tell = Callable[..., dict[str, Inject]]


@pytest.fixture
def told(scenario: Read) -> Tell:
    """The injects of the sample with parts replaced, by their ids."""
    return lambda parts=None: {inject.id: inject for inject in scenario(parts).injects}


def test_the_sample_tells_a_story_in_english_and_chinese(told: Tell) -> None:
    bodies = {name: inject.body for name, inject in told().items()}
    assert bodies == {
        "first-sign": Text(
            "A colleague has called and says that something is wrong. It concerns a file server and a laptop. "
            "Data may have got into the wrong hands. Something seems to have been altered. Something seems to be "
            "out of use or missing. Nobody has checked yet what is behind it.",
            "一位同事来电，称发现异常。涉及文件服务器和笔记本电脑。数据可能已落入不应得到的人手中。"
            "似乎有内容被改动。似乎有系统或物品不可用或缺失。目前尚未核实。",
        ),
        "findings": Text(
            "People have been deceived or put under pressure: phishing. Contact was made through e-mail. It was "
            "aimed at a member of the finance staff. Malicious software has been found: ransomware and a backdoor. "
            "It arrived by an e-mail attachment. That served to place malicious code.",
            "有人受到欺骗或施压：网络钓鱼。接触渠道为电子邮件。对象为财务人员。发现恶意程序：勒索软件和后门程序。"
            "传入途径为邮件附件。由此植入了恶意代码。",
        ),
        "extent": Text(
            "Affected so far: 2 file servers and a laptop. It is hosted by the company itself. The data concerned: "
            "personal data (1,200 records) and bank account data. Records concerned in all: 1,200. The data is "
            "about customers. The data lay unencrypted in storage. It is established that data has reached people "
            "who may not have it. Software has been installed that nobody approved. Files can no longer be read. "
            "It is expected to last 5 hours.",
            "目前受影响的资产：2 台文件服务器和笔记本电脑。该资产由公司自行托管。涉及的数据：个人信息（1,200 条）和"
            "银行账户信息。涉及的记录共 1,200 条。数据涉及客户。数据当时以未加密方式存储。"
            "已查明数据落入无权知悉者之手。系统中被安装了未经批准的软件。文件无法读取。预计持续 5 小时。",
        ),
        "who": Text(
            "Behind it, as far as can be told: organised criminals. The motive appears to be financial gain. It "
            "looks as if we were hit by chance, not chosen.",
            "目前判断由有组织的犯罪团伙所致。动机似乎是牟取钱财。看来我们是被随机波及，并非特定目标。",
        ),
        "course": Text(
            "The oldest traces are 1 week old. From the first step to the first damage it took 2 hours. From the "
            "first damage to the first outflow of data it took days.",
            "最早的痕迹距今 1 周。从最初的动作到造成损害用时 2 小时。从造成损害到首批数据外流用时数天。",
        ),
        "damage": Text(
            "A first estimate puts the damage at about 20,000 EUR. Kinds of damage: response and recovery (major, "
            "15,000 EUR). Taken as a whole the damage hurts, but can be borne.",
            "初步估计损失约为 20,000 EUR。损失类型：处置与恢复费用（重大，15,000 EUR）。"
            "总体而言，损失令人痛心但尚可承受。",
        ),
    }


def test_the_story_unfolds_within_the_first_hours(told: Tell) -> None:
    times = [inject.at for inject in told().values() if inject.at is not None]
    assert times[0] == 0
    assert times == sorted(times)
    assert len(set(times)) == 6
    assert times[-1] < 2 * 3_600_000


def test_the_first_sign_raises_the_incident_and_the_rest_is_about_it(told: Tell) -> None:
    injects = told()
    assert [name for name, inject in injects.items() if inject.raises] == ["first-sign"]
    assert {inject.incident for inject in injects.values()} == {"case"}


def test_whoever_must_notice_hears_first_and_whoever_must_judge_hears_next(told: Tell) -> None:
    injects = told()
    assert injects["first-sign"].to == ("discoverer",)
    assert injects["findings"].to == ("response_team",)
    assert injects["who"].to == ("response_team", "security_administrator")


@pytest.mark.parametrize(
    ("method", "channel"),
    [
        ({"internal": {"variety": ["Nids"]}}, "alert"),
        ({"internal": {"variety": ["Reported by employee"]}}, "phone"),
        ({"external": {"variety": ["Emergency response team"]}}, "regulator"),
        ({"external": {"variety": ["Audit"]}}, "letter"),
        ({"external": {"variety": ["Actor disclosure"]}}, "email"),
    ],
)
def test_the_way_of_discovery_decides_on_the_channel(told: Tell, method: dict[str, Any], channel: str) -> None:
    assert told({"discovery_method": method})["first-sign"].channel == channel


def test_a_false_alarm_turns_out_to_be_one(told: Tell) -> None:
    injects = told({"security_incident": "False positive"})
    assert list(injects) == ["first-sign", "findings"]
    assert injects["findings"].body.en.endswith("A closer look shows a harmless cause: nothing has happened.")
    assert injects["findings"].body.zh.endswith("进一步核查表明原因无害，并未发生安全事件。")


def test_a_near_miss_was_tried_and_failed(told: Tell) -> None:
    body = told({"security_incident": "Near miss"})["findings"].body
    assert body.en.startswith("Somebody has tried something, and these are the traces. People have been")
    assert "the attempt led nowhere" in body.en


@pytest.mark.parametrize(
    ("parts", "en", "zh"),
    [
        ({"action": {"hacking": {"variety": ["SQLi"]}}}, "SQL injection: file server", "SQL 注入：文件服务器"),
        (
            {"action": {"hacking": {"variety": ["Unknown"]}}},
            "Break-in by unknown means: file server",
            "手法不明的入侵：文件服务器",
        ),
        ({"action": {}}, "Incident of unknown cause: file server", "起因不明的事件：文件服务器"),
        ({"asset": {}}, "Ransomware", "勒索软件"),
        ({"asset.assets": [{"variety": "Unknown"}]}, "Ransomware", "勒索软件"),
        ({"asset.assets": ["P - Cashier", "M - Payment card"]}, "Ransomware: payment card", "勒索软件：支付卡"),
        ({"asset.assets": ["P - Cashier"]}, "Ransomware: cashier", "勒索软件：收银员"),
    ],
)
def test_titles(scenario: Read, parts: dict[str, Any], en: str, zh: str) -> None:
    assert scenario(parts).title == Text(en, zh)


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"attribute.confidentiality.data": [{"variety": "Medical", "amount": 1}]}, "medical data (1 record)"),
        ({"attribute.confidentiality.data_volume": 12.5}, "Amount of data: about 12.5 GB."),
        ({"asset.total_amount": "3"}, "Things affected in all: 3."),
        ({"asset.assets": [{"variety": "U - Laptop", "amount": 1}]}, "Affected so far: a laptop."),
        ({"attribute.availability.duration": {"unit": "Never"}}, "It cannot be recovered."),
        ({"attribute.availability.duration": {"unit": "Unknown"}}, "How long it will last is not known."),
        ({"attribute.availability.duration": {"unit": "Days"}}, "It is expected to last days."),
        ({"attribute.availability.duration": {"unit": "Days", "value": 1}}, "It is expected to last 1 day."),
        ({"attribute.availability.duration": {"unit": "Hours", "value": 1.5}}, "It is expected to last 1.5 hours."),
        ({"actor": {"internal": {"motive": ["NA"]}}}, "There is no sign of intent."),
        ({"actor": {"internal": {"motive": ["Unknown"]}}}, "The motive is not yet known."),
        (
            {"actor": {"partner": {}, "internal": {"variety": ["Cashier"]}}},
            "told: a cashier of ours and a partner company.",
        ),
        ({"actor": {"unknown": {"notes": "x"}}}, "somebody of whom nothing is known yet"),
        (
            {"actor.internal": {"job_change": ["Passed over", "Resigned"]}},
            "passed over for promotion and had resigned.",
        ),
        ({"action.physical": {"variety": ["Theft"], "vector": ["Unknown"]}}, "Where it happened is not yet known."),
        ({"timeline.exfiltration": {"unit": "Never"}}, "There was no outflow of data."),
        ({"timeline.compromise": {"unit": "Never"}}, "The first step never led to damage."),
        (
            {"impact": {"overall_min_amount": 5, "overall_max_amount": 9, "iso_currency_code": "CNY"}},
            "between 5 CNY and 9 CNY",
        ),
        ({"impact": {"overall_min_amount": 0, "overall_max_amount": 9, "iso_currency_code": "CNY"}}, "at up to 9 CNY."),
        ({"targeted": "Targeted"}, "as if we were chosen as a target."),
    ],
)
def test_turns_of_phrase(scenario: Read, parts: dict[str, Any], says: str) -> None:
    assert says in " ".join(inject.body.en for inject in scenario(parts).injects)
