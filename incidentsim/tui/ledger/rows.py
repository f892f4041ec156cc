"""What the record's screen shows of an entry: a line in the list, and everything about it beside the list."""

import json
from collections.abc import Sequence
from typing import Final

from incidentsim.domain.facts import DecisionSource, Fact, SetAside
from incidentsim.domain.local_time import LocalTime, Offsets
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.domain.text import ERASED, Language
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.local_time import LocalClock
from incidentsim.exports.wording.narrator import Narrator
from incidentsim.exports.wording.plain_text import pad
from incidentsim.exports.wording.sentences import sentence
from incidentsim.ledger.inspecting import InspectedEntry
from incidentsim.ledger.sealing import commitments
from incidentsim.messages import gettext as _
from incidentsim.session.course import told
from incidentsim.tui.widgets.line_list import Line, Piece, line

_KIND: Final = 24
"""Columns for the kind of a fact."""
_HASH: Final = 12
"""How much of a hash is shown in the list."""
_MOST: Final = 20_000
"""Characters of an unreadable entry that are shown."""
_CLOCK: Final = LocalClock(LocalTime(0, Offsets(0)), (1_000,))
"""Tells times since the start, to the second."""


def entry_line(entry: InspectedEntry) -> Line:
    """One entry in the list: its number, a mark where something is wrong with it, its time, kind and hash."""
    known = entry.fact or _UNKNOWN
    elapsed = _CLOCK.elapsed(known.at) if entry.fact is not None else ""
    kind = known.kind if entry.fact is not None else _("not readable")
    sign = Piece("✕ ", "bad") if entry.faults else Piece("  ")
    return line(
        Piece(f"#{entry.place:<6}", "dim"),
        sign,
        Piece(pad(elapsed, 13), "dim"),
        Piece(pad(kind, _KIND) + " ", "bad" if entry.faults else ""),
        Piece(_short(entry.hash), "dim"),
        name=str(entry.place),
    )


class EntryNarrator:
    """Tells entries as sentences, where the documents that they rest on are at hand."""

    def __init__(
        self, entries: Sequence[InspectedEntry], documents: tuple[Playbook, Scenario] | None, language: Language
    ) -> None:
        """`documents` is `None` where they are not at hand; then nothing can be told."""
        self.language = language
        self._documents = documents
        self._facts: list[Fact] = []
        self._narrator: Narrator | None = None
        self.go_on(entries)

    @property
    def known(self) -> int:
        """The number of entries that it knows."""
        return len(self._facts)

    def go_on(self, entries: Sequence[InspectedEntry]) -> None:
        """Know those as well that were added to the entries; those that were known are not read again."""
        first = not self._facts
        new = [entry.fact or _UNKNOWN for entry in entries[self.known :]]
        self._facts += new
        if self._documents is None or not (first or self._narrator is not None):
            return
        playbook, scenario = self._documents
        try:
            self._documents = playbook, told(scenario, new)
            account = Account(self._facts, *self._documents, self.language)
            if self._narrator is None:
                self._narrator = Narrator(account)
            else:
                self._narrator.go_on(account)
        except (KeyError, TypeError, ValueError):  # facts of a damaged record, or of a later version
            self._narrator = None

    def sentence(self, entry: InspectedEntry) -> str:
        """The entry's fact as a sentence; empty where it cannot be told."""
        if self._narrator is None or entry.fact is None or entry.place >= self.known:
            return ""
        try:
            return sentence(self._narrator, entry.place)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            return ""


def entry_details(entry: InspectedEntry, teller: EntryNarrator) -> list[tuple[str, str]]:
    """Return titles and texts about an entry: its sentence, faults, hashes, texts with commitments, and its JSON.

    Of an entry that cannot be read, its bytes stand in place of the JSON.
    """
    parts = [("", teller.sentence(entry))] if teller.sentence(entry) else []
    parts += [(_("Wrong with it"), "\n".join(entry.faults))] if entry.faults else []
    body = entry.body
    if body is not None:
        parts.append((_("Recorded"), _(" · ").join([body.recorded, _source(body.source)])))
    parts.append((_("Hash"), entry.hash))
    if body is None:
        shown = entry.data.decode("utf-8", "backslashreplace")
        parts.append((_("Its bytes"), shown if len(shown) <= _MOST else shown[:_MOST] + "…"))
        return parts
    parts.append((_("Hash of the entry before"), body.prev))
    sealed = _commitments(entry, teller.language)
    if sealed:
        parts.append((_("Texts, and what the entry commits to"), sealed))
    pretty = json.dumps(json.loads(entry.data), ensure_ascii=False, indent=2)
    parts.append((_("The entry"), pretty))
    return parts


def _commitments(entry: InspectedEntry, language: Language) -> str:
    """Each text by its place in the fact: the words where they are at hand and fit, and the commitment."""
    if entry.body is None:
        return ""
    known = {text.pointer: text for text in entry.texts}
    lines = []
    for pointer, commitment in commitments(entry.body.fact).items():
        text = known.get(pointer)
        if text is None:
            words = ERASED.say(language) if entry.erased else _("the words are not here")
        elif text.commitment() != commitment:
            words = _("✕ the words kept beside it are others")
        else:
            words = _("“{words}”").format(words=text.text.say(language))
        lines.append(f"{pointer}: {words}\n{commitment}")
    return "\n".join(lines)


def _source(source: DecisionSource) -> str:
    words = {
        DecisionSource.ENGINE: _("follows from the procedure or the story"),
        DecisionSource.SCRIPT: _("decided by the script"),
        DecisionSource.BOT: _("decided by a bot"),
        DecisionSource.PERSON: _("decided by somebody at the table"),
    }
    return words[source]


def _short(digest: str) -> str:
    return digest.removeprefix("sha256:")[:_HASH]


_UNKNOWN: Final = SetAside(0, None)
"""Stands in the place of a fact that cannot be read."""
