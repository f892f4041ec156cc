"""What the two reports say, whatever they are written as."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pytest

from incidentsim import messages
from incidentsim.domain.facts import DecisionSource, Fact, FactKind, Json, MessageSent
from incidentsim.domain.text import Language
from incidentsim.exercise.evaluation.overriding import rating_fact
from incidentsim.exports import reports
from incidentsim.exports.documents.model import Heading, Listing, Paragraph, Part, Picture, Table, Terms, words_of
from incidentsim.exports.reports import Kind, Provenance
from incidentsim.exports.reports.compose import compose
from tests.support.evaluating import played, procedure, scenario
from tests.support.facts import a_fact
from tests.support.reporting import BOTH, CONTROLS, DIGEST, KINDS, PINS, ROOT, decided, hostile, material, shipped

FORMATS: tuple[Callable[..., bytes], ...] = (reports.markdown, reports.html, reports.xlsx, reports.csv)


def of(write: Callable[..., bytes], kind: Kind) -> dict[str, Kind]:
    """Of which report; a table of a run is the same in both."""
    return {} if write is reports.csv else {"kind": kind}


def texts(part: Part) -> Iterator[str]:
    """Everything that a part says, in order."""
    for block in part.blocks:
        match block:
            case Heading(_, text) | Paragraph(text, _):
                yield text
            case Listing(items):
                yield from items
            case Terms(items):
                yield from (word for item in items for word in item)
            case Table(head, rows):
                yield from head
                yield from (words_of(cell) for row in rows for cell in row.cells)
            case Picture():
                yield block.words


def said(kind: Kind, name: str = "concealed-outage", language: Language = "en", **more: object) -> str:
    report = compose(shipped(name, **more), kind=kind, languages=[language])
    return "\n".join(texts(report.parts[0]))


@pytest.mark.parametrize("kind", KINDS)
def test_every_report_states_what_an_exercise_proves_and_what_not(kind: Kind) -> None:
    words = said(kind)
    assert "What an exercise proves: that the process was rehearsed." in words
    assert "What an exercise does not prove: that the process worked in a real incident." in words


def test_a_run_that_nobody_decided_rehearsed_nobody() -> None:
    scripted = decided(shipped("concealed-outage"))
    assert "by itself it rehearsed nobody" in said("aar", provenance=scripted.provenance)
    people = decided(shipped("concealed-outage"), DecisionSource.PERSON).provenance
    assert people.sources is not None
    count = people.sources.count("person")
    assert f"Decisions made by people: {count}; written down beforehand: 0" in said("aar", provenance=people)
    assert "was not stated to this report" in said("aar")


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_copy_pins_the_record(kind: Kind) -> None:
    report = compose(shipped("false-alarm", provenance=PINS), kind=kind)
    assert ROOT in report.parts[0].foot
    assert {DIGEST, ROOT, "107 entries"} <= set("\n".join(texts(report.parts[0])).split("\n"))


def test_what_is_not_known_is_said_to_be_missing() -> None:
    words = said("audit")
    assert "this copy does not pin the record" in words
    assert "The record was not checked when this report was written." in words
    assert "No map of controls was applied" in words


def test_a_check_that_does_not_hold_stands_out_in_words() -> None:
    assert "DOES NOT HOLD" in said("audit", provenance=PINS)
    assert "No checkpoint from outside was given." in said("audit", provenance=PINS)


def test_the_audit_report_holds_every_step_refusal_and_escalation_and_every_fact() -> None:
    account = shipped("concealed-outage").account
    (part,) = compose(shipped("concealed-outage"), kind="audit").parts
    tables = [block for block in part.blocks if isinstance(block, Table)]
    sizes = [len(table.rows) for table in tables]
    for kind in ("step_taken", "refused", "escalated", "duty_opened"):
        assert sum(fact.kind == kind for fact in account.facts) in sizes, kind
    (record,) = [table for table in tables if table.rows[0].fact is not None]
    assert [row.fact for row in record.rows] == list(range(len(account.facts)))


def test_the_after_action_report_holds_ratings_with_their_evidence() -> None:
    words = said("aar")
    assert "M – outage: REFUSED – Han Rui (Reporting person): Conceal an incident or fail to report it" in words
    assert "LATE" in said("audit")


def test_controls_are_found_or_not_found_by_framework_with_what_that_shows() -> None:
    words = said("audit", controls=CONTROLS)
    assert "Example of a standard, 2026" in words
    assert "A run shows that people practised. Found for 2 of 3 controls." in words
    assert "IR-4\nIncident Handling\nSomething that was done\nfound\n#3 #8\nsimulated" in words
    assert "Incident Monitoring\nSomething that was done\nnot found in this run\n–\nsimulated" in words
    piece = CONTROLS[1].evidence[0]
    mixed = replace(CONTROLS[0], evidence=(*CONTROLS[0].evidence, piece))
    words = said("audit", controls=(mixed, CONTROLS[2]))
    assert "• Something that was done\n• not found: Something that was done\nfound\n#3 #8" in words
    assert "#0 #7 #9 #11 #13 #15 #17 #19 #21 #23 #25 #27 and 19 more\nexercise" in words


@pytest.mark.parametrize("kind", KINDS)
def test_each_part_speaks_its_language_and_the_program_its_own_again(kind: Kind) -> None:
    messages.use("en")
    english, chinese = compose(shipped("false-alarm"), kind=kind, languages=BOTH).parts
    assert messages.language() == "en"
    assert english.subtitle == "Fourteen times the usual"
    assert chinese.subtitle == "平时的十四倍"
    assert "Report immediately" not in "\n".join(texts(chinese))


NOTHING = [
    a_fact(0, FactKind.EXERCISE_STARTED, None, {"scenario": "x", "playbook": "x", "version": "1", "seed": 1}),
    a_fact(0, FactKind.EXERCISE_ENDED, None, {"reason": "finished"}),
]


@pytest.mark.parametrize("facts", [NOTHING, []], ids=["ended at once", "empty"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("write", FORMATS)
def test_a_run_in_which_nothing_happened_has_a_report_too(
    write: Callable[..., bytes], kind: Kind, facts: list[Fact]
) -> None:
    assert write(material(scenario("false-alarm"), facts), languages=BOTH, **of(write, kind))


def test_where_there_is_nothing_a_sentence_says_so() -> None:
    found = compose(material(scenario("false-alarm"), NOTHING), kind="audit").parts[0]
    words = "\n".join(texts(found))
    for sentence in ("No step was taken.", "Nothing was refused.", "Nobody owed anything.", "Nothing was escalated."):
        assert sentence in words
    assert all(block.rows for block in found.blocks if isinstance(block, Table))


def test_an_unfinished_run_is_said_to_be_unfinished() -> None:
    told = scenario("false-alarm")
    report = compose(material(told, played(told)[:9]))
    assert "It has not ended: the record stops in the middle." in "\n".join(texts(report.parts[0]))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("write", FORMATS)
def test_the_same_run_gives_the_same_bytes(write: Callable[..., bytes], kind: Kind) -> None:
    first = write(material(scenario("false-alarm"), provenance=PINS), languages=BOTH, **of(write, kind))
    assert first == write(material(scenario("false-alarm"), provenance=PINS), languages=BOTH, **of(write, kind))


@pytest.mark.slow
@pytest.mark.parametrize("write", FORMATS)
def test_very_long_texts_do_no_harm(write: Callable[..., bytes]) -> None:
    assert write(hostile("long " * 4000 + "x" * 20000), languages=BOTH, **of(write, "audit"))


def test_a_report_needs_no_pins() -> None:
    assert compose(shipped("false-alarm", provenance=Provenance())) == compose(shipped("false-alarm"))


def test_a_rating_that_the_facilitator_set_stands_beside_the_proposed_one() -> None:
    told = scenario("false-alarm")
    facts = played(told)
    fact = rating_fact(procedure("false-alarm"), facts[-1].at, "report-at-once", "M", "The log was not read aloud.")
    for kind in KINDS:
        report = compose(material(told, [*facts, fact]), kind=kind)
        words = "\n".join(texts(report.parts[0]))
        assert "M – set by the facilitator (proposed: S): The log was not read aloud." in words


def test_what_was_decided_in_words_stands_in_a_decision_log_and_every_message_in_the_audit_report() -> None:
    said_so: Mapping[str, Json] = {"to": ["cto"], "channel": "chat", "by": {"person": "p1", "role": "cto"}}
    dossier = shipped("concealed-outage")
    facts = [
        *dossier.account.facts,
        a_fact(9, FactKind.MESSAGE_SENT, None, {**said_so, "act": "decide", "text": {"text": "We wait."}}),
        a_fact(9, FactKind.MESSAGE_SENT, None, {**said_so, "act": "ask", "text": {"text": "Why?"}}),
    ]
    dossier = replace(dossier, account=replace(dossier.account, facts=facts))
    action, audit = (compose(dossier, kind=kind, languages=["en"]).parts[0] for kind in ("aar", "audit"))
    log, messages_table = table_under(action, "Decision log"), table_under(audit, "Messages")
    assert [words_of(row.cells[-1]) for row in log.rows] == ["We wait."]
    assert len(messages_table.rows) == len([fact for fact in facts if isinstance(fact, MessageSent)])
    assert "Decision log" in "\n".join(texts(audit))
    assert "Decision log" not in said("aar"), "where nothing was decided so, there is no chapter"


def table_under(part: Part, title: str) -> Table:
    """The table of the chapter with this title."""
    begins = next(
        place for place, block in enumerate(part.blocks) if isinstance(block, Heading) and block.text == title
    )
    return next(block for block in part.blocks[begins:] if isinstance(block, Table))


def test_the_names_of_those_who_played_stand_beside_the_role() -> None:
    """Who came late or changed seats stands there too; whoever only left a seat does not."""
    told = scenario("false-alarm")
    facts = list(played(told))
    for name, since in (("Anna", 0), ("Ben", 60_000), ("", 120_000), ("Anna", 180_000)):
        sat: dict[str, Json] = {"since": since, "player": 1, "people": ["p2"], "name": {"text": name}}
        facts.append(a_fact(facts[-1].at, FactKind.PLAYER_SEATED, None, sat))
    report = compose(material(told, facts), kind="aar", languages=["en"])
    table = next(
        block for block in report.parts[0].blocks if isinstance(block, Table) and block.head[:2] == ("Role", "Person")
    )
    rows = [[words_of(cell) for cell in row.cells] for row in table.rows]
    assert [row[1].partition("Played by ")[2] for row in rows if row[2] == "p2"] == ["Anna, Ben"]
    assert not any("Played by" in row[1] for row in rows if row[2] != "p2")
