"""Plain mode: whole exercises line by line, in both languages, and nothing that is answered can hurt."""

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim import messages
from incidentsim.cli.dialogue.words import WORDS
from incidentsim.domain.errors import SurroundingsError
from incidentsim.domain.facts import FactKind
from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.exports.manual.pages import TOPICS, Topic, pages
from incidentsim.ledger.memory import MemoryStore
from incidentsim.service import Service
from incidentsim.session.seats import Seats, holders, names_now
from incidentsim.session.views import inbox
from tests.support.dialogues import Typist, Watched, compared_with_golden, played
from tests.support.examples import examples
from tests.support.facts import on_record
from tests.support.screens import service_on, session_on
from tests.support.sessions import fill_the_disk

if TYPE_CHECKING:
    from tests.cli.conftest import Run

SHORT = {"false-alarm"}
"""Played to its end every time, the others in CI."""
SCENARIOS = sorted(path.stem for path in (Path(__file__).parents[3] / "scenarios").glob("*.yaml"))

ENGLISH = [
    "", "help", "", "why", "why 4", "do grade", "1", "not sure yet", ".", "back", "inbox", "duties", "tracks", "log",
    "log refusals", "log 7", "try conceal_incident", "2", "It is a load test: PERF-311, sink channel 99.", ".", "1",
    "It is a load test: PERF-311, sink channel 99,", "no recipient.", ".", "", "send",
    "read", "read 1", "nonsense", "", "", "", "",
    "wait 2880", "",
]  # fmt: skip
CHINESE = [
    "", "帮助", "继续", "为何", "为何4", "办理 grade", "1", "还不确定", "。", "返回", "收件箱", "时限", "进程", "日志",
    "日志 拒绝", "日志 7", "试办 conceal_incident", "2", "是压测：工单PERF-311，99号黑洞通道。", ".", "1",
    "是压测：工单PERF-311，99号黑洞通道，", "无人收到。", "。", "", "发送", "阅读", "阅读1", "胡话", "", "", "", "",
    "等待 2880", "",
]  # fmt: skip


@pytest.mark.parametrize(("language", "answers"), [("en", ENGLISH), ("zh", CHINESE)])
def test_a_whole_exercise_reads_as_it_did(
    language: Language, answers: list[str], run: "Run", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{one}\n" for one in answers)))
    outcome = run("--lang", language, "play", "--plain", "false-alarm", "--as", "response_team_lead")
    assert (outcome.code, outcome.err) == (0, "")
    compared_with_golden(f"dialogue-false-alarm-{language}.txt", outcome.out)


@pytest.fixture
def service() -> Service:
    return service_on(MemoryStore())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manual_is_there_by_list_number_and_name(language: Language, service: Service) -> None:
    word = WORDS["manual"].say(language)
    answers = [word, f"{word} 2", f"{word} facilitating", f"{word} nothing"]
    told = played(service, session_on(service, "false-alarm"), answers, language).told
    assert all(told.count(about.title) >= 1 for about in pages(language))
    for topic in ("team", "facilitating"):
        about = pages(language)[TOPICS.index(Topic(topic))]
        assert about.title in told.split(about.summary[:20])[0], "listed, and read"
        assert about.summary[:20] in told
        assert next(iter(about.pictures.values()))[0] in told
    assert "nothing" in told


@pytest.mark.parametrize(
    "scenario", [name if name in SHORT else pytest.param(name, marks=pytest.mark.slow) for name in SCENARIOS]
)
def test_what_is_typed_plays_an_exercise_to_its_end_and_its_script_replays_to_the_same_outcome(
    scenario: str, service: Service, tmp_path: Path
) -> None:
    looked_at = service.library.playable(scenario)
    seats = Seats(holders(looked_at.playbook, looked_at.scenario, looked_at.roles[:6]))
    session = service.exercises.open_session(scenario, seats)
    typist = Typist(session)
    first = played(service, session, typist)
    assert first.session.ended
    digest = first.session.view().report.outcome_digest

    again = played(service, service.exercises.open_session(scenario, seats), typist.typed)
    assert again.session.view().report.outcome_digest == digest
    assert again.told.replace("run-0002", "run-0001") == first.told

    file = tmp_path / "script.yaml"
    file.write_bytes(service.exports.script(session.run or ""))
    assert service.exercises.replay(file).report.outcome_digest == digest


def test_the_words_of_both_languages_are_understood_in_both(service: Service) -> None:
    for language in ("en", "zh"):
        one = played(service, session_on(service), ["go", "继续", "quit"], language)
        assert len(one.session.facts) > 5


def test_the_end_of_the_answers_and_leaving_lose_nothing(service: Service) -> None:
    for answers in ([], ["go"], ["go", "quit", "go"], ["go", "do 1", "half a reason"], ["go", "1"]):
        session = session_on(service)
        one = played(service, session, answers)
        assert one.code == 0
        assert f"incidentsim play --plain --resume {session.run}" in one.told
        anew = service.exercises.take_up(session.run or "")
        assert len(anew.facts) == len(one.session.facts)
        anew.close()


def test_a_draft_is_there_when_the_run_is_taken_up(service: Service) -> None:
    session = session_on(service)
    played(service, session, ["go", "do confirm", "half a reason"])
    one = played(service, service.exercises.take_up(session.run or ""), ["do confirm", "", "send"])
    assert "There stands “half a reason”; Enter keeps it." in one.told
    taken = [
        fact for fact in one.session.facts if fact.kind == FactKind.STEP_TAKEN and on_record(fact)["do"] == "confirm"
    ]
    assert on_record(taken[0])["with"] == {"reasons": {"text": "half a reason"}}
    anew = service.exercises.take_up(session.run or "")
    assert not anew.workspace.under("draft/")
    anew.close()


def test_an_interrupt_is_like_leaving(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    session = session_on(service)

    def interrupted(_let_pass: object = ()) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(session, "go_on", interrupted)
    one = played(service, session, ["go"])
    assert one.code == 0
    assert "Nothing is lost." in one.told


def test_an_incomplete_form_goes_on_record_only_if_it_is_sent_twice(service: Service) -> None:
    one = played(service, session_on(service), ["go", "do confirm", "", "send", "back"])
    assert "Say it once more to put the refusal on record." in one.told
    assert FactKind.REFUSED not in {fact.kind for fact in one.session.facts}
    two = played(service, session_on(service), ["go", "do confirm", "", "send", "send"])
    assert FactKind.REFUSED in {fact.kind for fact in two.session.facts}


def test_a_deadline_is_asked_about_before_it_is_let_pass(service: Service) -> None:
    one = played(service, session_on(service), ["go", "go", "go"])
    told = " ".join(one.told.split())
    assert "Judge the report is due in 9 minutes 31 seconds, at " in told
    assert "Press Enter again to let it pass." in told
    assert FactKind.DUTY_BREACHED not in {fact.kind for fact in one.session.facts}
    anew = service.exercises.take_up(one.session.run or "")
    two = played(service, anew, ["go", "", ""])  # the question is put again: whoever sits there now did not hear it
    assert "Press Enter again to let it pass." in " ".join(two.told.split())
    assert FactKind.DUTY_BREACHED in {fact.kind for fact in two.session.facts}


def test_no_input_at_all_is_the_end_of_it(run: "Run", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    outcome = run("play", "--plain", "false-alarm")
    assert outcome.code == 0
    assert "goes on from here" in outcome.out


def test_messages_count_as_read_once_they_are_told(service: Service) -> None:
    one = played(service, session_on(service), ["go"] * 4)
    found = inbox(one.session)
    assert found
    assert all(message.read for message in found)


def test_the_language_is_switched_at_any_time(service: Service) -> None:
    one = played(service, session_on(service), ["go", "lang zh", "actions", "lang", "lang klingon", "语言 中文"])
    assert "现在是" in one.told or messages.language() == "zh"
    assert "There are two languages: en and zh." in one.told


def test_in_a_hot_seat_each_hears_their_own_messages(service: Service) -> None:
    session = session_on(service, roles=("response_team_lead", "head_of_operations"), mode="hot_seat")
    names = [person.name.en for person in session.people]
    one = played(service, session, ["go", "go", "go", "hand", f"hand {names[1]}", "inbox", "hand 1", "hand 9"])
    assert f"Now it is the turn of {names[1]}." in one.told
    assert one.told.count("Say who takes the keyboard now:") == 2


def test_alone_the_keyboard_goes_to_nobody(service: Service) -> None:
    one = played(service, session_on(service), ["hand p1"])
    assert "Only in a hot seat does the keyboard go from one to another." in one.told


def test_where_bots_play_everybody_one_listens(service: Service) -> None:
    session = service.exercises.open_session("false-alarm", Seats(frozenset(), "facilitated"))
    one = played(service, session, ["go", "go", "1", "try dismiss", "why", "inbox", "duties", "hand 1", "wait 2880"])
    assert one.session.ended
    assert "Bots play everybody." in one.told
    assert "Message 1," in one.told


def test_several_incidents_are_told_apart(service: Service) -> None:
    session = session_on(service, "two-fires")
    answers = ["go"] * 12 + ["incident", "incident 2", "actions", "incident nowhere", "tracks"]
    one = played(service, session, answers)
    names = list(session.exercise.state.incidents)
    assert f"Other incidents: {names[0]}" in one.told
    assert "There is no such incident to act on." in one.told
    assert f"[{names[1]}]" in one.told


def test_where_the_record_fails_the_run_goes_on_from_what_is_on_record(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_on(service)
    session.go_on()
    facts = len(session.facts)

    fill_the_disk(session, monkeypatch)
    one = played(service, session, ["go", "log", "go"])
    assert "The disk is full. What was acknowledged is on record." in one.told
    assert one.session is not session
    assert len(one.session.facts) > facts


def test_without_a_record_a_failure_is_the_end(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    session = service.exercises.open_session("false-alarm", Seats(frozenset({"p2"})), record=False)
    assert "No record was kept of this run." in played(service, session, ["go"]).told

    def full(_let_pass: object = ()) -> None:
        raise SurroundingsError("The disk is full.")

    session = service.exercises.open_session("false-alarm", Seats(frozenset({"p2"})), record=False)
    monkeypatch.setattr(session, "go_on", full)
    with pytest.raises(SurroundingsError, match="full"):
        played(service, session, ["go"])


ARGUMENTS = st.one_of(
    st.sampled_from(["", "1", "2", "3", "7", "60", "600", "confirm", "dismiss", "conceal_incident", "all", "x", "en"]),
    st.text(max_size=12),
    st.integers(-5, 10**9).map(str),
)
LINES = st.one_of(
    st.sampled_from(["", "", "", "1", "2", "1, 2, 3", "back", "done so and so", "返回", ".", "send", "发送"]),
    st.builds(
        lambda word, rest: f"{word} {rest}".strip(),
        st.sampled_from([word for text in WORDS.values() for word in (*text.en.split(), *text.zh.split())]),
        ARGUMENTS,
    ),
    st.text(max_size=40),
)


@examples(40, few=6)
@given(
    st.lists(LINES, max_size=40),
    st.sampled_from(["number-masking-leak", "two-fires", "false-alarm"]),
    st.sampled_from(["solo", "hot_seat"]),
)
def test_whatever_is_answered_every_action_that_is_told_is_on_record(
    answers: list[str], scenario: str, mode: str
) -> None:
    store = MemoryStore()
    service = service_on(store)
    roles = ("response_team_lead", "security_administrator")
    session = session_on(service, scenario, roles, mode)  # type: ignore[arg-type]  # drawn from the modes
    run = session.run or ""

    def everything_is_on_record() -> None:
        assert len(list(store.entries(run))) == len(session.facts)

    one = played(service, session, Watched("\n".join(answers), everything_is_on_record))
    messages.use("en")
    assert one.code == 0
    assert one.session is session
    assert [fact.to_json() for fact in service.records.show(run).facts] == [fact.to_json() for fact in session.facts]
    assert "\x1b" not in one.told


def test_nothing_that_is_typed_can_act_on_the_terminal(service: Service) -> None:
    session = session_on(service)
    hostile = "\x1b[31m[b]red[/b]\u202e\x00\x07"
    one = played(service, session, ["go", hostile, "do confirm", hostile, ".", "send", "log", f"log {hostile}"])
    assert not {"\x1b", "\u202e", "\x00", "\x07"} & set(one.told)
    assert "[b]red[/b]" in one.told


def test_words_of_ten_thousand_characters_are_wrapped(service: Service) -> None:
    session = session_on(service)
    one = played(service, session, ["go", "do confirm", "x" * 10_000, ".", "send", "log"])
    assert max(map(len, one.told.splitlines())) <= 10_002  # the echo of what was typed
    assert sum(len(line) > 100 for line in one.told.splitlines()) == 1


NOTE = [
    "1",
    "Queue stands still since 06:10.",
    "Seen by two people.",
    "Customers not told yet.",
    "",
    "Regards, the night shift",
]
"""A note as people paste it: it begins like a choice and has an empty line."""


def test_a_pasted_note_stays_in_its_field_and_sends_nothing(service: Service) -> None:
    session = session_on(service, "false-alarm", ("discoverer",))
    one = played(service, session, ["", "1", "2", "", "1", "1", *NOTE])
    taken = [on_record(fact)["do"] for fact in one.session.facts if fact.kind == FactKind.STEP_TAKEN]
    assert taken == ["discover"]
    again = played(service, service.exercises.take_up(session.run or ""), ["do report", ""])
    assert "There stands “1\nQueue stands still since 06:10.\n" in again.told
    assert "Regards, the night shift”; Enter keeps it." in again.told


@pytest.mark.parametrize("pasted", [NOTE, ["", "", ""], ["x"] * 9, ["1", "", "2", "", ""], ["。。", "", "完"]])
def test_no_paste_sends_a_form_with_a_text_wherever_it_falls(pasted: list[str], service: Service) -> None:
    for before in (["1"], ["1", "so it is"], ["1", "so it is", "."]):
        session = session_on(service, "false-alarm", ("response_team_lead",))
        one = played(service, session, ["go", *before, *pasted])
        assert not [
            fact
            for fact in one.session.facts
            if fact.kind in {FactKind.STEP_TAKEN, FactKind.REFUSED} and getattr(fact, "by", None) == "p2"
        ]
        one.session.close()


def test_a_text_of_several_lines_is_on_record_as_it_was_written(service: Service) -> None:
    session = session_on(service)
    one = played(service, session, ["go", "do confirm", "It is so:", "", "- seen twice", ".", "", "send"])
    taken = [
        fact for fact in one.session.facts if fact.kind == FactKind.STEP_TAKEN and on_record(fact)["do"] == "confirm"
    ]
    assert on_record(taken[0])["with"] == {"reasons": {"text": "It is so:\n\n- seen twice"}}


@pytest.mark.parametrize(
    ("language", "asked", "told"),
    [
        ("en", "procedure", "3. Criteria and levels"),
        ("en", "procedure 3", "personal records exposed: 100,000 or more"),
        ("en", "rules role", "Response team lead"),
        ("en", "procedure grade failure", "Grade the failure"),
        ("en", "procedure nothingofthekind", "Nothing in the procedure has these words."),
        ("zh", "规程3", "100,000及以上"),
        ("zh", "规程 我的角色", "您的职责与时限"),
    ],
)
def test_the_procedure_is_read_line_by_line(service: Service, language: Language, asked: str, told: str) -> None:
    session = session_on(service)
    session.go_on()
    assert told in played(service, session, [asked], language).told.replace("\n", " ")


@pytest.mark.parametrize(("word", "who"), [("players", "Anna Maria"), ("参演人员", "王佳慧")])
def test_a_name_is_spelt_as_it_was_said(word: str, who: str, service: Service) -> None:
    session = session_on(service)
    played(service, session, ["players", f"{word} 1 {who}", "players 9 X", "players X"])
    assert list(names_now(session.workspace).values()) == [who]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_came_with_a_message_is_read_and_saved(language: Language, service: Service, tmp_path: Path) -> None:
    session, word = session_on(service, roles=("discoverer",)), WORDS["attachment"].say(language).split()[0]
    kept = tmp_path / "Kept it.log"
    asked = ["", f"{word} 1 1", f"{word} 1 2", f"{word} 9", f"{word} x", *[f"{word} 1 1 {kept}"] * 2]
    first = played(service, session, asked, language)
    (attachment, *_others) = session.exercise.scenario.injects[0].attachments
    file = attachment.say(language)
    assert (file.text or "").split("\n")[0] in first.told
    assert kept.read_bytes() == file.data
    assert first.told.count(str(kept)) == len(asked[-2:]) * 2, "the same bytes again are saved again"
    kept.write_bytes(b"other")
    again = played(service, session_on(service, roles=("discoverer",)), ["", asked[-1]], language)
    assert kept.read_bytes() == b"other"
    assert str(kept) in again.told
