"""What plain mode says about an exercise: whole sentences, made of what a seat sees."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from incidentsim.exercise.regulatory.views import ClockState
from incidentsim.exports.wording.local_time import date_words, duration_words
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext
from incidentsim.session.countdown import length_left_words, owed_words
from incidentsim.session.log_filters import passes
from incidentsim.session.procedure.page import Block
from incidentsim.session.reading.meanwhile import meanwhile, opened_words, rest_words
from incidentsim.session.seat_view import (
    AvailableAction,
    Detail,
    InboxMessage,
    LogEntry,
    OpenDutyView,
    Outcome,
    ReasonsView,
    SeatView,
    TimeView,
    TrackView,
)

LAST: Final = 20
"""How many lines of the log are told where nothing in particular is asked for."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells what a seat sees to those who sit there."""

    view: SeatView

    def news(self, outcome: Outcome, before: TimeView) -> tuple[list[str], list[int]]:
        """Return what an outcome brought, line by line, and the numbers of the messages among it.

        Messages to these people are told in full, all else in a few lines (`session.reading.meanwhile`). `before` is
        the time when it was done.
        """
        new = meanwhile(self.view, outcome, before)
        told = {entry.number for entry in new.told}
        messages = {message.number: (place, message) for place, message in enumerate(self.view.inbox, 1)}
        said = [new.jump] if new.jump else []
        read: list[int] = []
        for entry in self.view.log.entries:
            if entry.number < outcome.since:
                continue
            place, message = messages.get(entry.number, (0, None))
            if message is not None and not message.told_of:
                said += ["", *self.message(place, message)]
            elif entry.number in told:
                said.append(self.line(entry, gone=False))
            if message is not None:
                read.append(entry.number)
        said += [words for words in (rest_words(new.rest), opened_words(new.opened)) if words]
        if new.due:
            said.append(" ".join((*new.due, _("Press Enter again to let it pass."))))
        return said, read

    def line(self, entry: LogEntry, *, gone: bool) -> str:
        """One fact in a line; `gone` where it is told that it counts no more."""
        sentence = _("undone: {what}").format(what=entry.sentence) if gone else entry.sentence
        return _("#{number}, {time}: {sentence}").format(
            number=entry.number, time=entry.time, sentence=self._about(entry.incident, sentence)
        )

    def _about(self, incident: str | None, sentence: str) -> str:
        """A sentence with the incident it is about, where there are several."""
        if incident is None or not self.view.several:
            return sentence
        return _("[{incident}] {sentence}").format(incident=incident, sentence=sentence)

    def message(self, place: int, message: InboxMessage) -> list[str]:
        """A message with all its words."""
        if message.told_of:
            entry = next(entry for entry in self.view.log.entries if entry.number == message.number)
            return [self.line(entry, gone=False)]
        head = _("Message {place}, {time}, {channel} to {receivers}: {subject}")
        if message.sender:
            head = _("Message {place}, {time}, {channel} from {sender} to {receivers}: {subject}")
        said = head.format(
            place=place,
            time=message.time,
            channel=message.channel,
            sender=message.sender,
            receivers=message.to,
            subject=message.subject,
        )
        files = [
            _("Attachment {number}: {file}").format(number=number, file=file.words)
            for number, file in enumerate(message.attachments, 1)
        ]
        return [said, message.body, *files] if message.body else [said, *files]

    def inbox(self) -> list[str]:
        """Every message in a line, the newest last."""
        said = []
        for place, message in enumerate(self.view.inbox, 1):
            mark = "" if message.read else _("unread: ")
            head = f"{place}. {mark}{message.time} {message.channel}"
            said.append(_("{head}: {subject}").format(head=head.rstrip(), subject=message.subject))
        return said or [_("No message yet.")]

    def now(self) -> str:
        """Return the sentence that tells the time of day, the time since the start and, where it is known, the date."""
        time = self.view.time
        day = _(", {date}").format(date=date_words(date.fromisoformat(time.day))) if time.day else ""
        return _("It is {time} ({elapsed}){date}.").format(time=time.time, elapsed=time.elapsed, date=day)

    def open_actions(self) -> list[str]:
        """The actions that are open, numbered."""
        view = self.view
        incident = next((incident for incident in view.incidents if incident.id == view.incident), None)
        if incident is None:
            return [_("Nothing to act on yet.")]
        if not view.keyboard:
            return [_("Bots play everybody.")]
        opened = [action for action in view.actions if action.open]
        if not opened:
            return [_("Nothing is for you to do right now; let time go on.")]
        several = len({action.key.person for action in opened}) > 1
        said = [_("Open to you, about “{incident}”:").format(incident=incident.title)]
        for place, action in enumerate(opened, 1):
            notes = [
                _("owed first") if self._is_marked(action) else "",
                action.person_name if several else "",
                next((owed_words(duty) for duty in view.duties if duty.number in action.settles), ""),
                "" if action.called_for else _("not called for now"),
                _("takes {length}").format(length=duration_words(action.takes)) if action.takes else "",
                action.mark,
            ]
            told = _(", ").join(note for note in notes if note)
            step = action.title
            said.append(f"{place}. " + (_("{step} ({notes})").format(step=step, notes=told) if told else step))
        return said

    def _is_marked(self, action: AvailableAction) -> bool:
        """Whether the coach marks it."""
        coach = self.view.coach
        return coach is not None and coach.act is not None and action.key in coach.act.keys

    def closed_actions(self, closed: Sequence[AvailableAction], first: int) -> list[str]:
        """The actions that are closed, numbered from `first`, with what closes each."""
        said = []
        for place, action in enumerate(closed, first):
            why = action.refusal.words if action.refusal is not None else ""
            told = _("{why} [{clause}]").format(why=why, clause=action.mark)
            said.append(_("{head}: {subject}").format(head=f"{place}. {action.title}", subject=told))
        return said or [_("Nothing is closed to you.")]

    def forbidden_acts(self) -> list[str]:
        """Return the acts that are forbidden to everybody, a line each: the word to attempt it by, title and clause."""
        return [
            _("{do}: {act} [{clause}]").format(do=act.key.do, act=act.title, clause=act.mark)
            for act in self.view.forbidden
        ]

    def duties(self) -> list[str]:
        """Open duties and running regulatory deadlines."""
        said = [self._duty(duty) for duty in self.view.duties] or [_("Nobody owes anything right now.")]
        for clock in self.view.clocks:
            due = clock.until
            if clock.state is ClockState.OVERDUE:
                said.append(_("Regulatory deadline, OVERDUE since {due}: {clock}").format(due=due, clock=clock.title))
            elif clock.state is ClockState.DUE:
                said.append(_("Regulatory deadline, due {due}: {clock}").format(due=due, clock=clock.title))
        waiting = [clock for clock in self.view.clocks if clock.due is None and clock.waits]
        for incident, waits in dict.fromkeys((clock.incident, clock.waits) for clock in waiting):
            titles = [clock.title for clock in waiting if (clock.incident, clock.waits) == (incident, waits)]
            words = _("Regulatory deadlines that wait for {steps}: {clocks}.").format(
                steps=waits, clocks=_("; ").join(titles)
            )
            said.append(self._about(incident, words))
        return said

    def _duty(self, duty: OpenDutyView) -> str:
        left = _("no limit") if duty.due is None else length_left_words(duty.due - self.view.time.now)
        if duty.late:
            left = _("OVERDUE, {left}").format(left=left)
        whose = _("yours, ") if duty.mine else ""
        title = self._about(duty.incident, duty.title)
        steps = _(", ").join(_("“{step}”").format(step=step) for step in duty.ends)
        return _("{whose}{left}: {duty}. Ends with {steps}.").format(whose=whose, left=left, duty=title, steps=steps)

    def tracks(self) -> list[str]:
        """Return a line with the level of each incident that was noticed, then one for each of its tracks.

        Where nothing was noticed, a sentence says so.
        """
        said: list[str] = []
        for incident in self.view.incidents:
            graded = _("{incident}: {level}.").format(incident=incident.title, level=incident.level_name)
            said.append(graded if incident.level_name else _("{incident}.").format(incident=incident.title))
            said += [self._track(track) for track in incident.tracks]
        return said or [_("No incident has come to anybody's notice.")]

    @staticmethod
    def _track(track: TrackView) -> str:
        if not track.next:
            return _("{track}: {states}").format(track=track.title, states=track.state_title)
        ways = _(" or ").join(track.next)
        return _("{track}: {state}; next: {ways}").format(track=track.title, state=track.state_title, ways=ways)

    def log(self, chosen: str | None, words: str) -> list[str]:
        """The facts of a kind, or with some words in them; what happened last where nothing is asked for."""
        wanted = [entry for entry in self.view.log.entries if chosen is None or passes(entry.kind, chosen)]
        lines = [self.line(entry, gone=entry.undone) for entry in wanted]
        if chosen is None and words:
            lines = [line for line in lines if words.casefold() in line.casefold()]
        elif chosen is None and len(lines) > LAST:
            rest = len(lines) - LAST
            earlier = ngettext("{n} earlier fact is not told.", "{n} earlier facts are not told.", rest).format(n=rest)
            lines = [earlier, *lines[-LAST:]]
        return lines or [_("Nothing of this kind is on record.")]


def reasons_told(why: ReasonsView) -> list[str]:
    """Return the refusal of an action, or that it is open, then its basis and clauses, a line each."""
    head = why.refusal or _("This is open: {step}.").format(step=why.title)
    said = [head] + ([_("Basis: {basis}").format(basis=why.basis)] if why.basis else [])
    return said + [_("{title}: {value}").format(title=name, value=words) for name, words in why.clauses]


def detail_told(detail: Detail) -> list[str]:
    """Everything about a fact."""
    return [_("{title}: {value}").format(title=title, value=words) if title else words for title, words in detail.parts]


def procedure_told(blocks: Iterable[Block]) -> list[str]:
    """The rows of a page of the procedure, a paragraph each, with an empty line between blocks."""
    told: list[str] = []
    for rows in blocks:
        told += [""] if told else []
        told += [f"{' ' * row.indent}{row.head}{row.words}" for row in rows]
    return told
