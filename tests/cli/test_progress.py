"""How far long work has come is told on a terminal at stderr, and nowhere else."""

import io
import sys
from typing import TYPE_CHECKING

import pytest

from incidentsim.cli.progress import counted
from incidentsim.exports.text import narrative
from incidentsim.ledger import reading
from incidentsim.ledger.reading import OnRead
from incidentsim.service import Service
from incidentsim.service.stages import EVALUATED, FOLLOWED, READ

if TYPE_CHECKING:
    from tests.cli.conftest import Run


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_bar_is_drawn_on_a_terminal_once_something_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream, drawn in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        with counted() as tell:
            tell(1, 4)
            tell(4, 4)
            tell(1, 2)
        assert ("100%" in stream.getvalue()) is drawn


def test_nothing_is_drawn_where_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    with counted():
        pass
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    "command",
    [
        ("show", "last"),
        ("show", "last", "--limit", "3"),
        ("compare", "last", "last"),
        ("compare", "last"),
        ("rejudge", "last", "--playbook", "platform-incidents"),
        ("show", "last", "--format", "json"),
        ("export", "last", "--format", "md"),
        ("export", "last", "--format", "csv"),
        ("runs", "script", "last"),
    ],
)
def test_whoever_reads_a_long_record_is_told_how_far(
    run: "Run", command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("replay", "false-alarm")
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(reading, "READ_A_LOOK", 4)
    monkeypatch.setattr("click._termui_impl.ProgressBar.update", lambda bar, *_given: told.append((0, bar.length)))
    assert "%" not in run(*command).err
    assert told


@pytest.mark.parametrize(
    "command",
    [("show", "last"), ("compare", "last", "last"), ("rejudge", "last", "--playbook", "platform-incidents")],
    ids=" ".join,
)
def test_what_follows_the_reading_is_told_as_well(
    run: "Run", command: tuple[str, ...], service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Letting the exercise come to where it ended and evaluating it take as long as reading; the figure goes on."""
    run("replay", "false-alarm")
    told: list[float] = []
    monkeypatch.setattr(reading, "READ_A_LOOK", 4)
    watch = service.watch

    def watching(on_read: OnRead | None) -> None:
        watch(None if on_read is None else lambda done, of: told.append(done / of))

    monkeypatch.setattr(service, "watch", watching)
    run(*command)
    assert told == sorted(told)
    assert len(told) > 8
    read = READ / (READ + FOLLOWED + EVALUATED)
    assert sum(figure > read for figure in told) > 3
    assert told[-1] > 0.9


def test_whoever_has_a_long_text_written_elsewhere_is_told_how_far(run: "Run", monkeypatch: pytest.MonkeyPatch) -> None:
    run("replay", "false-alarm")
    whole = run("show", "last").out
    told: list[int] = []
    monkeypatch.setattr(narrative, "TOLD_A_LOOK", 4)
    monkeypatch.setattr("click._termui_impl.ProgressBar.update", lambda _bar, steps: told.append(steps))
    assert run("show", "last").out == whole
    assert sum(told) > 8
