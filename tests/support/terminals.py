"""A terminal for the real program: a pseudo-terminal, and a reader of the few control sequences that Textual writes.

What stands on it is what a person would have seen. POSIX only.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from wcwidth import wcwidth

ANSWER_WITHIN: Final = 60.0
"""Seconds within which even a busy machine has shown what was asked for."""
QUIET: Final = 0.4
"""Seconds without output after which the program is taken to have shown all it has to show."""

KEYS: Final = {
    "escape": "\x1b",
    "enter": "\r",
    "tab": "\t",
    "space": " ",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "backspace": "\x7f",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "ctrl+e": "\x05",
    "ctrl+l": "\x0c",
    "ctrl+q": "\x11",
    "ctrl+s": "\x13",
    "ctrl+t": "\x14",
}
"""What a terminal sends for the keys that are no characters."""

_SEQUENCE: Final = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\|[ -/]*[0-OQ-Z\\^-~])"
)
_OWN_TERMINAL: Final = (
    "import fcntl, runpy, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "sys.argv[:1] = ['incidentsim']; runpy.run_module('incidentsim', run_name='__main__')"
)
"""The program, after it has made the terminal its own, so that it is told when the terminal goes away."""


class Page:
    """The cells of a terminal's screen."""

    def __init__(self, columns: int, rows: int) -> None:
        self._columns = columns
        self._rows = rows
        self._x = self._y = 0
        self._rest = ""
        self._cells = [[" "] * columns for _row in range(rows)]

    @property
    def lines(self) -> list[str]:
        """What stands on it, line by line, without what trails."""
        return ["".join(row).rstrip() for row in self._cells]

    def write(self, text: str) -> None:
        """Take in what the program has written; a sequence may be cut off anywhere."""
        text, self._rest = self._rest + text, ""
        place = 0
        while place < len(text):
            if text[place] == "\x1b":
                found = _SEQUENCE.match(text, place)
                if found is None:
                    self._rest = text[place:]
                    return
                self._obey(found.group())
                place = found.end()
                continue
            self._put(text[place])
            place += 1

    def _put(self, character: str) -> None:
        if character == "\r":
            self._x = 0
        elif character == "\n":
            self._y = min(self._y + 1, self._rows - 1)
        elif character == "\b":
            self._x = max(self._x - 1, 0)
        elif character >= " ":
            wide = wcwidth(character)
            if wide <= 0:
                if self._x:
                    self._cells[self._y][self._x - 1] += character
                return
            for offset in range(wide):
                if self._x + offset < self._columns:
                    self._cells[self._y][self._x + offset] = "" if offset else character
            self._x = min(self._x + wide, self._columns)

    def _obey(self, sequence: str) -> None:
        if not sequence.startswith("\x1b[") or sequence[2:3] in {"?", ">", "<", "="}:
            if sequence == "\x1b[?1049h":
                self._erase(0)
            return
        numbers = [int(one or 0) for one in sequence[2:-1].split(";")] if sequence[-1] in "HfJK" else []
        match sequence[-1]:
            case "H" | "f":
                row, column = (*numbers, 1, 1)[:2]
                self._y, self._x = min(max(row, 1), self._rows) - 1, min(max(column, 1), self._columns) - 1
            case "J":
                self._erase(0 if numbers[0] == 2 else self._y)
            case "K":
                self._cells[self._y][self._x :] = [" "] * (self._columns - self._x)

    def _erase(self, first: int) -> None:
        for row in range(first, self._rows):
            self._cells[row] = [" "] * self._columns


class Terminal:
    """The program on a terminal of its own."""

    def __init__(self, arguments: Sequence[str], *, url: str, size: tuple[int, int] = (160, 50)) -> None:
        columns, rows = size
        self.page = Page(columns, rows)
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        unwanted = {"NO_COLOR", "COLUMNS", "LINES", "INCIDENTSIM_LANG"}
        environment = {name: value for name, value in os.environ.items() if name not in unwanted}
        environment |= {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "INCIDENTSIM_DATABASE_URL": url}
        self._process = subprocess.Popen(
            [sys.executable, "-c", _OWN_TERMINAL, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**environment, "TEXTUAL_ANIMATIONS": "none", "PYTHONUTF8": "1"},
            start_new_session=True,
        )
        os.close(slave)
        self._open = True
        self._halves = b""

    @property
    def text(self) -> str:
        """Everything that stands on the screen."""
        return "\n".join(self.page.lines)

    @property
    def alive(self) -> bool:
        """Whether the program runs."""
        return self._process.poll() is None

    def press(self, *keys: str) -> None:
        """Press keys; what is no key's name is typed as it stands."""
        if self._open:
            os.write(self._master, "".join(KEYS.get(key, key) for key in keys).encode())

    def read(self, seconds: float) -> bool:
        """Take in what the program writes for so long at most; whether it wrote anything."""
        if not self._open or not select.select([self._master], [], [], max(seconds, 0))[0]:
            return False
        try:
            data = self._halves + os.read(self._master, 65_536)
        except OSError:  # Linux: nobody is at the other end any more
            return False
        whole = data.decode("utf-8", "ignore")
        self._halves = (
            data[len(whole.encode()) :] if len(whole.encode()) < len(data) <= len(whole.encode()) + 3 else b""
        )
        self.page.write(whole)
        return bool(data)

    def watch(self, seconds: float) -> None:
        """Look on for so long."""
        end = time.monotonic() + seconds
        while (rest := end - time.monotonic()) > 0 and self.alive:
            self.read(rest)

    def quiet(self) -> None:
        """Look on until nothing changes any more."""
        end = time.monotonic() + ANSWER_WITHIN
        while self.read(QUIET):
            assert time.monotonic() < end, "the screen never comes to rest"

    def wait_for(self, wanted: str | Callable[[str], bool]) -> None:
        """Look on until something stands on the screen."""
        end = time.monotonic() + ANSWER_WITHIN
        while not (wanted in self.text if isinstance(wanted, str) else wanted(self.text)):
            assert time.monotonic() < end, f"{wanted} never comes; there is:\n{self.text}"
            assert self.read(QUIET) or self.alive, f"the program ended with {self._process.poll()}:\n{self.text}"

    def wait_until_over(self) -> None:
        """Look on until the program has ended, without an error."""
        end = time.monotonic() + ANSWER_WITHIN
        while self.alive:
            assert time.monotonic() < end, f"the program never ends; there is:\n{self.text}"
            self.read(QUIET)
        self._close()
        assert self._process.returncode == 0, f"the program ended with {self._process.returncode}:\n{self.text}"

    def kill(self, how: signal.Signals) -> None:
        """End the program as a closed window, a lost connection or an impatient user would."""
        if how is signal.SIGHUP:
            self._close()  # the system tells the program that its terminal has gone
        else:
            self._process.send_signal(how)
        try:
            self._process.wait(ANSWER_WITHIN)
        finally:
            if self.alive:
                self._process.kill()
                self._process.wait()
            self._close()

    def _close(self) -> None:
        if self._open:
            os.close(self._master)
            self._open = False


def run_to_the_end(program: str, folder: Path, environment: Mapping[str, str]) -> None:
    """Run a Python program in a folder, on a terminal that nobody looks at, until it ends well."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**os.environ, "TERM": "xterm-256color", **environment},
        cwd=folder,
    )
    os.close(slave)
    try:
        while process.poll() is None:
            try:
                os.read(master, 65_536)
            except OSError:  # Linux: it has gone
                break
        assert process.wait(60) == 0
    finally:
        process.kill()
        os.close(master)
