"""A terminal that goes away at any moment takes nothing with it that had been acknowledged.

Acknowledged is what a person saw: a fact in the log on the screen, and words that have stood in a form for a moment.
The opening of a new exercise alone is not: the table stands before the database is loaded, and nothing is done by then.
The real program runs on a terminal of its own; somebody types, and it is killed, and taken up where it was left.
"""

import random
import re
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from incidentsim.ledger.verify import verify_chain
from incidentsim.storage import open_store
from tests.support.facts import on_record
from tests.support.screens import service_on

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)
from typing import TYPE_CHECKING

from tests.support.terminals import Terminal

if TYPE_CHECKING:
    from incidentsim.domain.facts import Fact

KEPT_WITHIN = 1.0
"""Seconds for which words have stood in a form that must not be lost (they are kept after 0.3)."""
OPENING = 1
"""Facts of the story's opening, which stand on the screen for a moment before they are on record."""
LONGEST = 2.5
"""Seconds that somebody types before the terminal goes away, at most."""
EARLY = 0.1
"""The part of the kills that come while the program still starts."""
CALM = 0.4
"""The part of the kills that come when the screen is at rest at the table: then it is compared."""
TABLE_KEYS = ("space", "space", "space", "2", "3", "4", "n")
"""What is pressed before a comparison: where the cursors of the lists stand, nobody promises to keep."""
IN_THE_LOG = re.compile(r"[▸ ]#(\d+) +\d\d:")
NOTICE = "▌"
"""The edge of a notice, which goes away by itself."""
STANDING = re.compile(r"[●○✓] .* ─ [●○✓] ")
ASKED = "Press space again to let it pass"
OWN_WORDS = re.compile(r"token\d+")


def lasting(screen: list[str]) -> list[str]:
    """The lines that are the same when a run is taken up again: time, seats and where each incident stands.

    What is told as news was news to whoever sat there; it takes room from the panes below.
    """
    return [screen[0], *(line for line in screen if STANDING.search(line))]


@dataclass
class Seen:
    """What stood on the terminal: the last fact, words with when they were first seen, and the screen at rest."""

    last_fact: int = -1
    words: dict[str, float] = field(default_factory=dict)
    at_rest: list[str] | None = None

    def note(self, terminal: Terminal) -> None:
        """Look at the terminal."""
        text = terminal.text
        self.last_fact = max([self.last_fact, *(int(one) for one in IN_THE_LOG.findall(text))])
        for line in terminal.page.lines:
            if "Found by" not in line:  # a long list is searched by typing; that is no answer
                for words in OWN_WORDS.findall(line):
                    self.words.setdefault(words, time.monotonic())


class Typist:
    """Somebody who plays one run, over and over thrown out and coming back."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.url = f"sqlite:///{(folder / 'runs.sqlite3').as_posix()}"
        self.chance = random.Random(seed)  # noqa: S311 - moments and keys, no secrets
        self.facts: list[Fact] = []
        self.run: str | None = None
        self.over = False
        self.compared = self.kept = self.grown = 0
        self._before: list[str] | None = None
        self._words = 0

    def sitting(self) -> None:
        """Play for a while; the terminal goes away; see what is on record."""
        seen = Seen()
        begun = ["play", "number-masking-leak", "--as", "response_team_lead", "--as", "security_administrator"]
        terminal = Terminal(begun if self.run is None else ["play", "--resume", self.run], url=self.url)
        try:
            self._play(terminal, seen)
        finally:
            killed = time.monotonic()
            terminal.kill(self.chance.choice([signal.SIGHUP, signal.SIGKILL]))
        self._before = seen.at_rest
        self._examine(seen, killed)

    def _play(self, terminal: Terminal, seen: Seen) -> None:
        if self.chance.random() < EARLY:
            terminal.watch(self.chance.uniform(0, 1))
            return
        terminal.wait_for(lambda text: IN_THE_LOG.search(text) is not None)
        if self._before is not None:
            terminal.quiet()
            terminal.wait_for(lambda text: NOTICE not in text)
            terminal.quiet()
            # Time let pass up to a deadline, with nothing happening, is on no record: it is let pass again.
            begins = 1 if any(ASKED in line for line in self._before) else 0
            pairs = zip(lasting(self._before)[begins:], lasting(settled(terminal))[begins:], strict=True)
            other = [f"before: {before}\nafter:  {after}" for before, after in pairs if before != after]
            assert not other, "the screen is another than before:\n" + "\n".join(other)
            self.compared += 1
        calm = self.chance.random() < CALM
        end = time.monotonic() + self.chance.uniform(0, LONGEST)
        while time.monotonic() < end and terminal.alive:
            terminal.press(self.chance.choice(TABLE_KEYS)) if calm else self._type(terminal, seen)
            terminal.watch(self.chance.uniform(0, 0.2))
            seen.note(terminal)
        if calm:
            terminal.press("4", "f1")  # once the help is there, every key before it has been answered
            terminal.wait_for("What can be done here")
            terminal.press("escape")
            terminal.wait_for(lambda text: "What can be done here" not in text)
            terminal.quiet()
            terminal.wait_for(lambda text: NOTICE not in text)
            terminal.quiet()
            seen.note(terminal)
            seen.at_rest = settled(terminal)

    def _type(self, terminal: Terminal, seen: Seen) -> None:
        """Open the form of an action, write something into it, and send it, leave it, or let it be."""
        if self.chance.random() < 0.5:
            terminal.press("space")
            return
        terminal.press("2", self.chance.choice("abc"))
        terminal.watch(self.chance.uniform(0.1, 0.4))
        if "esc Leave" not in terminal.text:
            return
        self._words += 1
        terminal.press(f"token{self._words} ")
        terminal.watch(self.chance.uniform(0, 1.5 * KEPT_WITHIN))
        seen.note(terminal)
        terminal.press(*self.chance.choice([("ctrl+s", "ctrl+s"), ("escape",), (), ()]))

    def _examine(self, seen: Seen, killed: float) -> None:
        store = open_store(self.url)
        try:
            service = service_on(store)
            runs = store.runs()
            if not runs:
                assert seen.last_fact < OPENING, "before the first thing is done, its opening is on record"
                return
            (info,) = runs
            self.run = info.id
            assert verify_chain(store.entries(info.id), texts=store.texts(info.id)).holds
            facts = list(service.records.show(info.id).facts)
            assert len(facts) == info.entries > seen.last_fact, "what stood in the log is on record"
            assert facts[: len(self.facts)] == self.facts, "what was on record before still is"
            self.grown += len(facts) > len(self.facts)
            self.facts = facts
            kept = " ".join([*store.desk(info.id).values(), *(repr(on_record(fact)) for fact in facts)])
            self._nothing_written_is_lost(seen, killed, kept)
            self.over = info.finished
            if not self.over:
                session = service.exercises.take_up(info.id)
                assert session.facts == facts
                session.close()
        finally:
            store.close()

    def _nothing_written_is_lost(self, seen: Seen, killed: float, kept: str) -> None:
        for words, since in seen.words.items():
            if killed - since >= KEPT_WITHIN:
                assert words in kept, f"{words} was written and seen, and is gone"
                self.kept += 1

    def replayed(self, folder: Path) -> None:
        """The record is what the same decisions lead to where nobody interferes."""
        store = open_store(self.url)
        try:
            service = service_on(store)
            file = folder / "script.yaml"
            file.write_bytes(service.exports.script(store.runs()[-1].id))
            undisturbed = service.exercises.replay(file, record=False).facts
        finally:
            store.close()
        assert list(undisturbed[: len(self.facts)]) == self.facts


def settled(terminal: Terminal) -> list[str]:
    """The screen without what a moment leaves behind: the cursor's mark, and the news of the last key."""
    return ["" if line.lstrip().startswith("»") else line.replace("▸", " ") for line in terminal.page.lines]


def play_with_kills(folder: Path, kills: int, seed: int) -> Typist:
    """Kill one player's terminal so many times."""
    typist = Typist(folder, seed)
    while kills and not typist.over:
        typist.sitting()
        kills -= 1
    typist.replayed(folder)
    return typist


def test_a_terminal_that_goes_away_takes_nothing_with_it(tmp_path: Path) -> None:
    assert play_with_kills(tmp_path, kills=3, seed=5).grown


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_terminals_that_go_away_at_any_moment_take_nothing_with_them(tmp_path: Path) -> None:
    compared = kept = grown = 0
    for seed in range(12):
        if seed >= 4 and compared >= 3 and kept >= 3:  # chance decides how often there is something to compare
            break
        folder = tmp_path / str(seed)
        folder.mkdir()
        typist = play_with_kills(folder, kills=6, seed=seed)
        compared, kept, grown = compared + typist.compared, kept + typist.kept, grown + typist.grown
    assert compared >= 3, "hardly any screen was compared: the test has to be calmer"
    assert kept >= 3, "hardly any words were kept: the test has to wait longer"
    assert grown >= 10
