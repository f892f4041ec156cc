"""The record as people read it: the story, the timeline, the escalation log and the table of duties.

Every line returned is plain and harmless: no control characters, no markup, whatever the texts contain.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from incidentsim.domain.facts import DutyOpened, Escalated, Fact, FactKind, duty_number_of
from incidentsim.domain.scenario import Person, Scenario
from incidentsim.domain.text import Language
from incidentsim.exercise.kernel.role_holdings import holdings_on_record
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.local_time import date_words
from incidentsim.exports.wording.narrator import Narrator
from incidentsim.exports.wording.plain_text import PAGE, pad, visible, width, wrap
from incidentsim.exports.wording.sentences import marked_sentence, sentence
from incidentsim.messages import gettext as _


def story(scenario: Scenario, language: Language) -> list[str]:
    """Return the introduction to an exercise, as it may be told before it begins: without the ground truth."""
    lines = [visible(scenario.title.say(language)), ""]
    lines += wrap(visible(scenario.summary.say(language)), PAGE.get())
    organisation = scenario.organisation
    told = visible(organisation.name.say(language))
    if organisation.about is not None:
        told = _("{name}: {about}").format(name=told, about=visible(organisation.about.say(language)))
    lines += ["", *wrap(told, PAGE.get())]
    if scenario.objectives:
        lines += ["", _("Exercise objectives:")]
        for objective in scenario.objectives:
            lines += hanging("  - ", visible(objective.text.say(language)))
    return lines


def story_paragraphs(scenario: Scenario, language: Language) -> list[str]:
    """The same introduction, a paragraph each and as it stands: whoever shows it breaks it into lines."""
    organisation = scenario.organisation
    told = organisation.name.say(language)
    if organisation.about is not None:
        told = _("{name}: {about}").format(name=told, about=organisation.about.say(language))
    paragraphs = [scenario.title.say(language), scenario.summary.say(language), told]
    if scenario.objectives:
        paragraphs.append(_("Exercise objectives:"))
        paragraphs += [f"· {objective.text.say(language)}" for objective in scenario.objectives]
    return paragraphs


def cast_list(account: Account) -> list[str]:
    """Return the people of the story with their roles and desks, a line or more each."""
    names, holdings = Narrator(account).names, holdings_on_record(account.scenario, account.facts)

    def roles(person: Person) -> str:
        words = names.listed(names.role(role) for role in holdings.roles_of(person.pseudonym))
        return words if person.desk is None else _("{roles} – {desk}").format(roles=words, desk=names.say(person.desk))

    people = [(visible(names.say(person.name)), visible(roles(person))) for person in account.scenario.people.values()]
    size = max((width(name) for name, _roles in people), default=0)
    return [line for name, held in people for line in hanging(f"  {pad(name, size)}  ", held)]


OnTold = Callable[[int, int], None]
"""Told how many facts are told, and of how many."""
TOLD_A_LOOK: Final = 2_000
"""So many facts are told before that is said; fewer are there at once."""


def timeline(account: Account, *, details: bool = False, on_told: OnTold | None = None) -> Iterator[str]:
    """Every fact in one line, day by day; with `details` also what messages said and what reports contained.

    What was undone is marked. The lines are made as they are asked for; `on_told` is called now and then meanwhile.
    """
    return TimelineLayout(account).lines(range(len(account.facts)), details=details, on_told=on_told)


def excerpt(account: Account, sequences: Iterable[int], *, details: bool = False) -> list[str]:
    """The timeline's lines with these sequence numbers, such as the evidence for a verdict; `details` as in it.

    Whoever tells several excerpts of one account asks one `TimelineLayout` for them.
    """
    return TimelineLayout(account).excerpt(sequences, details=details)


def escalation_log(account: Account) -> Iterator[str]:
    """Every escalation: when, to whom, why it fired, and on which clause or assumption it rests.

    Those that are told the same for the same reason follow each other, and the reason stands once, below the last.
    The lines are made as they are asked for.
    """
    log = TimelineLayout(account)
    narrator = log.narrator
    day: object = None
    escalated = [(sequence, fact) for sequence, fact in enumerate(account.facts) if fact.kind is FactKind.ESCALATED]
    if not escalated:
        yield _("Nothing was escalated.")
    for place, (sequence, fact) in enumerate(escalated):
        yield from log.day_line(fact, day)
        day = log.day(fact.at)
        head = log.head(sequence)
        told = _told(narrator, fact)
        if sequence in narrator.undone:
            told = _("undone: {what}").format(what=told)
        yield from hanging(head, visible(told))
        following = escalated[place + 1 : place + 2]
        if any(number == sequence + 1 and _matter(another) == _matter(fact) for number, another in following):
            continue
        indent = " " * width(head)
        for title, words in _reasons(log, fact):
            yield from hanging(indent + title, visible(words))


def _matter(fact: Escalated) -> tuple[object, ...]:
    """What an escalation tells and why, whoever is told."""
    return fact.incident, fact.at, fact.rule, fact.because, fact.also, fact.number


def _told(narrator: Narrator, fact: Escalated) -> str:
    told = _("To {receivers}").format(receivers=narrator.receivers(fact))
    if fact.channel is not None:
        told = _("{told}, by {channel}").format(told=told, channel=narrator.names.role(fact.channel))
    absent = narrator.somebody(fact.absent)
    return _("{told}; away: {people}").format(told=told, people=absent) if absent else told


def _reasons(log: "TimelineLayout", fact: Escalated) -> list[tuple[str, str]]:
    narrator = log.narrator
    names, facts = narrator.names, narrator.account.facts
    reasons = [(_("What: "), names.escalation(fact.rule))]
    because, number = fact.because, fact.number
    if 0 <= because < len(facts):
        cause = _("#{sequence} {sentence}").format(sequence=because, sentence=sentence(narrator, because))
        reasons.append((_("Why: "), cause))
        late = log.opened.get(number) if number is not None else None
        if late is not None and duty_number_of(facts[because]) != number:
            reasons.append((_("Undone: "), names.duty(late.duty)))
    basis = names.basis(fact.rule, fact.clause)
    if basis:
        reasons.append((_("Basis: "), basis))
    for rule in fact.also:
        words, mark = names.escalation(rule), names.mark(rule, None)
        reasons.append((_("Also: "), _("{sentence} [{basis}]").format(sentence=words, basis=mark) if mark else words))
    return reasons


class TimelineLayout:
    """Lays the sentences of an account out behind their sequence number, clock, elapsed time and incident."""

    def __init__(self, account: Account) -> None:
        """Read how wide each column has to be; this looks at every fact once."""
        self.account = account
        self.narrator = Narrator(account)
        clock = self.narrator.clock
        self.opened: dict[int, DutyOpened] = {}  # the facts that opened duties and count, by the duty's number
        for sequence, fact in enumerate(account.facts):
            if isinstance(fact, DutyOpened) and sequence not in self.narrator.undone:
                self.opened.setdefault(fact.number, fact)
        times = {fact.at for fact in account.facts}
        self._numbers = len(str(len(account.facts)))
        self._times = max((width(clock.time(at)) for at in times), default=0)
        self._elapsed = max((width(clock.elapsed(at)) for at in times), default=0)
        self._incidents = max((width(visible(one)) for one in account.scenario.incidents), default=0)
        self._at: int | None = None
        self._shown: tuple[date | None, str] = (None, "")

    def excerpt(self, sequences: Iterable[int], *, details: bool = False) -> list[str]:
        """Return the timeline's lines with these sequence numbers; those that are not in the account are left out."""
        known = range(len(self.account.facts))
        return list(self.lines(sorted({one for one in sequences if one in known}), details=details))

    def lines(self, sequences: Sequence[int], *, details: bool, on_told: OnTold | None = None) -> Iterator[str]:
        """Make the lines of the facts with these sequence numbers, in order, with a heading where the date changes.

        `on_told` is called now and then.
        """
        before: object = None
        last = 0
        changes = self.narrator.clock.changes(self.account.facts[-1].at if self.account.facts else 0)
        for place, sequence in enumerate(sequences):
            if on_told is not None and place and place % TOLD_A_LOOK == 0:
                on_told(place, len(sequences))
            fact = self.account.facts[sequence]
            yield from self.day_line(fact, before)
            if before is not None:
                yield from (line for at, words in changes if last < at <= fact.at for line in hanging("  ", words))
            last = fact.at
            before = self.day(fact.at)
            head = self.head(sequence)
            yield from hanging(head, visible(marked_sentence(self.narrator, sequence)))
            if details:
                indent = " " * width(head)
                for title, words in self.narrator.details(sequence):
                    said = _("{title}: {value}").format(title=title, value=words) if title else words
                    yield from hanging(f"{indent}| ", visible(said), f"{indent}| ")

    def day(self, at: int) -> date | None:
        """The local date at `at` (ms from the start); `None` after the year 9999."""
        return self._clocked(at)[0]

    def day_line(self, fact: Fact, before: object) -> list[str]:
        """A heading with the date, where that has changed."""
        day = self.day(fact.at)
        if day is None or day == before:
            return []
        return ([""] if before is not None else []) + [date_words(day)]

    def head(self, sequence: int) -> str:
        """Return what stands before the sentence of the fact with this sequence number."""
        fact = self.account.facts[sequence]
        number = f"#{sequence}".rjust(self._numbers + 1)
        incident = pad(visible(fact.incident or ""), self._incidents)
        return f"  {number}  {self._clocked(fact.at)[1]}  {incident}  "

    def _clocked(self, at: int) -> tuple[date | None, str]:
        """The local date, and the columns of the clock and of the elapsed time; many facts bear the same time."""
        if at != self._at:
            clock = self.narrator.clock
            columns = f"{pad(clock.time(at), self._times)}  {pad(clock.elapsed(at), self._elapsed)}"
            self._at, self._shown = at, (clock.day(at), columns)
        return self._shown


def hanging(head: str, text: str, indent: str | None = None, columns: int | None = None) -> list[str]:
    """`text` behind `head`, its further lines beginning below its first, or behind `indent`."""
    margin = " " * width(head) if indent is None else indent
    size = max(width(head), width(margin))
    columns = PAGE.get() if columns is None else columns
    first, *rest = wrap(text, max(columns - size, columns // 3))
    return [head + first, *(margin + line for line in rest)]
