"""Erasing texts and names of recorded runs: on record as facts, and gone from wherever they were kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from incidentsim.definitions.scenario import outline
from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import DecisionSource, ErasureFact, ExerciseStarted, PersonErased, TextErased
from incidentsim.domain.facts.wire import texts_of
from incidentsim.domain.text import Text
from incidentsim.domain.unknown_names import unknown_name
from incidentsim.ledger.chain import Chain
from incidentsim.ledger.digests import digest
from incidentsim.ledger.entry import read_entry, timestamp
from incidentsim.ledger.erasures import erasures_in
from incidentsim.ledger.reading import RecordedRun, read_run
from incidentsim.ledger.sealing import TextRecord
from incidentsim.ledger.store import Deletions, Trace
from incidentsim.messages import gettext as _
from incidentsim.service.context import Definitions, ServiceContext


@dataclass(frozen=True, slots=True)
class Wish:
    """A checked wish to erase: of which run, the texts of which facts (by number), and whose names (by pseudonym)."""

    run: str
    texts: tuple[int, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Erased:
    """The outcome of an erasure.

    Attributes:
        wish: what was erased.
        facts: the numbers of the facts that say so.
        scenario: the stored scenario was erased too, or the words in it.
        needed_by: other runs that need the same scenario, in which the same still stands.
        mentions: the entries with texts in which an erased name stands.
        traces: where some of it may still be found.
    """

    wish: Wish
    facts: tuple[int, ...]
    scenario: bool
    needed_by: tuple[str, ...]
    mentions: tuple[int, ...]
    traces: tuple[Trace, ...]


class AlreadyErasedError(InputError):
    """Something is to be erased that was erased before."""


class ErasureService:
    """Erases texts and names. Only of runs that are over: until then, an exercise may rest on what was written."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def wish(self, run: str, texts: Iterable[int] = (), people: Iterable[str] = ()) -> Wish:
        """Check what is to be erased, without erasing it.

        Args:
            run: its id, the beginning of it, or `last`.
            texts: the numbers of facts whose texts are to be erased.
            people: pseudonyms, or ids of the scenario, of those whose names are.

        Raises:
            InputError: there is no such run, fact, text or person, the run is not over, something is erased already,
                or nothing is named; or the record is faulty.
        """
        recorded = self._recorded(run)
        try:
            return _checked(recorded, self._definitions(recorded), texts, people)
        except AlreadyErasedError:
            self._context.store.wipe()  # whoever erased it may have been stopped before that
            raise

    def erase(self, run: str, texts: Iterable[int] = (), people: Iterable[str] = ()) -> Erased:
        """Erase texts and names of a run, and put on record that they were; the arguments are those of `wish`.

        Raises:
            InputError: as `wish` says.
            RunBusyError: another process is writing the run.
            SurroundingsError: the record could not be kept; nothing is erased then.
        """
        store = self._context.store
        run_id = self._recorded(run).info.id
        with store.writer(run_id) as writer:
            recorded = self._recorded(run_id)
            definitions = self._definitions(recorded)
            wish = _checked(recorded, definitions, texts, people)
            beside, roster = list(store.texts(run_id)), store.roster(run_id)
            facts, deletions = _planned(recorded, definitions, wish, beside)
            recorded_at, source = timestamp(self._context.now()), DecisionSource.PERSON
            chain = Chain(run_id, writer.head())
            entries, _ = chain.record_step(facts, recorded=recorded_at, source=source, salts=self._context.salts)
            writer.erase(entries, deletions)
        return Erased(
            wish=wish,
            facts=tuple(entry.seq for entry in entries),
            scenario=deletions.scenario is not None,
            needed_by=() if deletions.scenario is None else self._needing(deletions.scenario),
            mentions=_mentions(beside, wish, [roster[who].name for who in wish.people if who in roster]),
            traces=store.wipe(),
        )

    def _recorded(self, run: str) -> RecordedRun:
        info = self._context.store.find(run)
        if not info.finished:
            message = _(
                "The run {run} is not over, so what was written in it may still be needed. Go on with it to its end "
                "(“incidentsim replay --resume {run}”; where people played, “incidentsim play --resume {run}”), then "
                "erase."
            )
            raise InputError(message.format(run=info.id))
        return read_run(self._context.store, info)

    def _definitions(self, recorded: RecordedRun) -> Definitions | None:
        """The playbook and the scenario that are kept; `None` where they cannot be read."""
        try:
            return self._context.stored(recorded)
        except InputError:
            return None

    def _needing(self, scenario: str) -> tuple[str, ...]:
        """The runs that need this document."""
        store = self._context.store
        try:
            store.document(scenario)
        except InputError:
            return ()
        return tuple(info.id for info in store.runs() if _needs(list(store.entries(info.id)), scenario))


def _checked(
    recorded: RecordedRun, definitions: Definitions | None, texts: Iterable[int], people: Iterable[str]
) -> Wish:
    named = {} if definitions is None else {one.id: one.pseudonym for one in definitions.scenario.people.values()}
    first = recorded.facts[0]
    if isinstance(first, ExerciseStarted):
        named |= {entry.person: entry.person for entry in first.people}
    wish = Wish(
        recorded.info.id,
        tuple(dict.fromkeys(_text_to_erase(recorded, seq) for seq in texts)),
        tuple(dict.fromkeys(_person_to_erase(recorded, who, named) for who in people)),
    )
    if not (wish.texts or wish.people):
        raise InputError(_("Say what is to be erased: the texts of a fact, or a person's name."))
    return wish


def _text_to_erase(recorded: RecordedRun, seq: int) -> int:
    size = len(recorded.facts)
    if not 0 <= seq < size:
        message = _("There is no entry {seq}: the record has {size}, numbered from 0.")
        raise InputError(message.format(seq=seq, size=size))
    if not any(texts_of(recorded.facts[seq])):
        raise InputError(_("Fact #{seq} holds no text.").format(seq=seq))
    if seq in recorded.erasures.texts:
        message = _("The texts of fact #{seq} are erased already, as fact #{said} says.")
        raise AlreadyErasedError(message.format(seq=seq, said=recorded.erasures.texts[seq]))
    return seq


def _person_to_erase(recorded: RecordedRun, who: str, named: Mapping[str, str]) -> str:
    """The pseudonym of a person."""
    if who not in named:
        message = _("There is no person {name} in this run; there are: {known}.")
        known = dict.fromkeys(named.values())
        raise unknown_name(_("person"), who, known, kind="person", otherwise=message)
    if named[who] in recorded.erasures.people:
        message = _("The name of {person} is erased already, as fact #{said} says.")
        raise AlreadyErasedError(message.format(person=named[who], said=recorded.erasures.people[named[who]]))
    return named[who]


def _planned(
    recorded: RecordedRun, definitions: Definitions | None, wish: Wish, beside: Sequence[TextRecord]
) -> tuple[list[ErasureFact], Deletions]:
    """The facts that say what is erased, each with what is kept of the scenario from then on, and what is deleted."""
    words = [said for text in beside if text.seq in wish.texts for said in _said(text)]
    before = None if definitions is None else definitions.scenario_data
    after = None if definitions is None else _kept(definitions, wish, words)
    changed = bool(wish.people) or (after is not None and after != before)
    at, kept = recorded.facts[-1].at, digest(after) if after is not None and after != before else None
    facts: list[ErasureFact] = [TextErased(at, None, seq, kept) for seq in wish.texts]
    facts += [PersonErased(at, None, who, kept) for who in wish.people]
    played = recorded.erasures.scenario_kept(recorded.header.scenario)
    return facts, Deletions(wish.texts, wish.people, played if changed else None, after if kept is not None else None)


def _kept(definitions: Definitions, wish: Wish, words: Sequence[str]) -> bytes | None:
    """The scenario without what is erased; as it is where none of that stands in it; `None` if nothing can be kept."""
    data, playbook = definitions.scenario_data, definitions.playbook
    kept = None if wish.people else outline.without(data, words, playbook)
    return kept or outline.without_words(data, playbook)


def _said(text: TextRecord) -> tuple[str, ...]:
    """The words of a text, in each language it was written in."""
    words = text.text.value
    return tuple(words.by_language().values()) if isinstance(words, Text) else (words,)


def _mentions(beside: Sequence[TextRecord], wish: Wish, names: Sequence[Text]) -> tuple[int, ...]:
    """The entries with texts that stay, in which one of these names stands."""
    wanted = {name for both in names for name in (both.en, both.zh)}
    return tuple(
        dict.fromkeys(
            text.seq
            for text in beside
            if text.seq not in wish.texts and any(name in said for said in _said(text) for name in wanted)
        )
    )


def _needs(entries: Sequence[bytes], document: str) -> bool:
    header = read_entry(entries[0]).header if entries else None
    return header is not None and document in {header.playbook, erasures_in(entries).scenario_kept(header.scenario)}
