"""Each fact as a sentence, as somebody keeping the log would have written it.

What must never enter here: layout. A sentence is one line of plain text of any length.
"""

from collections.abc import Callable
from typing import Final

from incidentsim.domain.clock_limits import Anchor
from incidentsim.domain.facts import EndReason, Fact, FactKind, free_text_of
from incidentsim.exercise.regulatory.words import anchor_title
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.exports.wording.narrator import Narrator
from incidentsim.exports.wording.reasons import because_words
from incidentsim.exports.wording.refusals import refusal_words
from incidentsim.messages import gettext as _


def marked_sentence(teller: Narrator, sequence: int) -> str:
    """The sentence of a fact, which says so where the fact counts no more."""
    words = sentence(teller, sequence)
    return _("undone: {what}").format(what=words) if sequence in teller.undone else words


def sentence(teller: Narrator, sequence: int) -> str:
    """What the fact with this sequence number says, with its clause or other basis in brackets."""
    fact = teller.account.facts[sequence]
    words = _TELLERS[fact.kind](teller, fact, sequence)
    because = because_words(fact, teller.names)
    if because:
        words = _("{sentence} {because}").format(sentence=words, because=because)
    clause = fact.data.get("clause")
    mark = teller.names.mark(str(fact.data.get("rule")), clause if isinstance(clause, str) else None)
    return _("{sentence} [{basis}]").format(sentence=words, basis=mark) if mark else words


# One function a kind of fact, in the order of FACT_FIELDS.


def _started(teller: Narrator, _fact: Fact, _sequence: int) -> str:
    playbook = teller.account.playbook
    return _("The exercise “{scenario}” begins, by “{playbook}”, version {version}.").format(
        scenario=teller.names.say(teller.account.scenario.title),
        playbook=teller.names.say(playbook.title),
        version=playbook.version,
    )


def _ended(_teller: Narrator, fact: Fact, _sequence: int) -> str:
    match fact.data.get("reason"):
        case EndReason.FINISHED:
            return _("The exercise ends: every incident has come to rest.")
        case EndReason.STOPPED:
            return _("The facilitator ends the exercise before every incident has come to rest.")
        case EndReason.TIME_LIMIT:
            return _("The exercise ends because its time is over; something would still have happened.")
        case _stalled:
            return _("The exercise ends unfinished: nobody does anything more.")


def _delivered(teller: Narrator, fact: Fact, _sequence: int) -> str:
    channel = teller.names.role(fact.text("channel"))
    return _("{channel} to {receivers}: “{heading}”").format(
        channel=channel[:1].upper() + channel[1:],
        receivers=teller.audience(fact),
        heading=teller.names.inject(fact.text("inject"))[0],
    )


def _withheld(teller: Narrator, fact: Fact, _sequence: int) -> str:
    return _("“{heading}” does not come about: it was prevented in time.").format(
        heading=teller.names.inject(fact.text("inject"))[0]
    )


def _raised(teller: Narrator, fact: Fact, _sequence: int) -> str:
    return _("From now on this can be noticed: {incident}.").format(incident=teller.names.incident(fact.incident or ""))


def _arose(teller: Narrator, fact: Fact, _sequence: int) -> str:
    what = teller.names.circumstance(fact.text("circumstance"))
    person = fact.data.get("person")
    if isinstance(person, str):
        return _("It comes to light: {circumstance} ({name}).").format(
            circumstance=what, name=teller.names.person(person)
        )
    return _("It comes to light: {circumstance}.").format(circumstance=what)


def _taken(teller: Narrator, fact: Fact, _sequence: int) -> str:
    step = teller.names.step(fact.text("do"))
    track, source, target = fact.text("track"), fact.text("from"), fact.text("to")
    actor = teller.names.actor(fact)
    words = (
        _("{actor}: {step}.").format(actor=actor, step=step)
        if actor
        else _("Follows by itself: {step}.").format(step=step)
    )
    if source == target:
        return words
    return _("{step_taken} {track}: now “{state}”.").format(
        step_taken=words, track=teller.names.track(track), state=teller.names.state(track, target)
    )


def _refused(teller: Narrator, fact: Fact, _sequence: int) -> str:
    return _("REFUSED – {actor}: {step}. {reason}").format(
        actor=teller.names.actor(fact),
        step=teller.names.step(fact.text("do")),
        reason=refusal_words(fact, teller.names),
    )


def _level_set(teller: Narrator, fact: Fact, _sequence: int) -> str:
    level, was = fact.number("level"), fact.data.get("was")
    name = teller.names.level(level)
    if not isinstance(was, int):
        return _("Graded: {level}.").format(level=name)
    before = teller.names.level(was)
    if level < was:
        return _("Regraded upward: {level}, was {before}.").format(level=name, before=before)
    if level > was:
        return _("Regraded downward: {level}, was {before}.").format(level=name, before=before)
    return _("The level is confirmed: {level}.").format(level=name)


def _reached(_teller: Narrator, fact: Fact, _sequence: int) -> str:
    name = fact.text("anchor")
    anchor = anchor_title(Anchor(name)) if name in tuple(Anchor) else name
    return _("A moment from which regulatory clocks may count: {anchor}.").format(anchor=anchor)


def _measured(teller: Narrator, fact: Fact, _sequence: int) -> str:
    measure = teller.names.clock_measure(fact.text("measure"), fact.number("value"))
    return _("Established for regulatory clocks – {measure}.").format(measure=measure)


def _judged(teller: Narrator, fact: Fact, _sequence: int) -> str:
    level = fact.data.get("level")
    judged = teller.names.judgement(fact.text("scale"), level if isinstance(level, str) else None)
    return _("Statutory level judged – {judgement}.").format(judgement=judged)


def _filed(teller: Narrator, fact: Fact, _sequence: int) -> str:
    return _("FILED: {clock}.").format(clock=teller.names.clock(fact.text("clock")))


def _opened(teller: Narrator, fact: Fact, _sequence: int) -> str:
    owner, duty = teller.somebody(fact.data.get("owed_by")), teller.names.duty(fact.text("duty"))
    due = fact.data.get("due")
    if not isinstance(due, int):
        return _("Falls to {owner}, without a time limit: {duty}.").format(owner=owner, duty=duty)
    return _("Falls to {owner}, due by {time} (in {length}): {duty}.").format(
        owner=owner, time=teller.clock.until(due, fact.at), length=duration_words(due - fact.at), duty=duty
    )


def _rescheduled(teller: Narrator, fact: Fact, _sequence: int) -> str:
    duty, due = teller.names.duty(fact.text("duty")), fact.data.get("due")
    if not isinstance(due, int):
        return _("Has no time limit any more: {duty}.").format(duty=duty)
    return _("Is due by {time} now: {duty}.").format(time=teller.clock.until(due, fact.at), duty=duty)


def _settled(teller: Narrator, fact: Fact, sequence: int) -> str:
    duty = teller.names.duty(fact.text("duty"))
    due = teller.due_at(fact.number("number"), sequence)
    if fact.data.get("late") is True and due is not None:
        return _("Done, {length} late: {duty}.").format(length=duration_words(fact.at - due), duty=duty)
    if fact.data.get("late") is True:
        return _("Done, but late: {duty}.").format(duty=duty)
    return _("Done in time: {duty}.").format(duty=duty)


def _breached(teller: Narrator, fact: Fact, sequence: int) -> str:
    due = teller.due_at(fact.number("number"), sequence)
    return _("OVERDUE – {owner} had until {time}: {duty}.").format(
        owner=teller.somebody(fact.data.get("owed_by")),
        time=teller.clock.until(fact.at if due is None else due, fact.at),
        duty=teller.names.duty(fact.text("duty")),
    )


def _dropped(teller: Narrator, fact: Fact, _sequence: int) -> str:
    return _("No longer asked for: {duty}.").format(duty=teller.names.duty(fact.text("duty")))


def _escalated(teller: Narrator, fact: Fact, _sequence: int) -> str:
    receivers, title = teller.receivers(fact), teller.names.escalation(fact.text("rule"))
    channel = fact.data.get("channel")
    if isinstance(channel, str):
        return _("ESCALATED to {receivers} by {channel}: {title}.").format(
            receivers=receivers, channel=teller.names.role(channel), title=title
        )
    return _("ESCALATED to {receivers}: {title}.").format(receivers=receivers, title=title)


def _planned(teller: Narrator, fact: Fact, _sequence: int) -> str:
    time, receivers = teller.clock.until(fact.number("due"), fact.at), teller.somebody(fact.data.get("to"))
    duty = fact.data.get("duty")
    if isinstance(duty, str):
        return _("Goes to {receivers} if it is not done by {time}: {duty}.").format(
            time=time, receivers=receivers, duty=teller.names.duty(duty)
        )
    return _("Can wait, and goes to {receivers} at {time}: {title}.").format(
        time=time, receivers=receivers, title=teller.names.escalation(fact.text("rule"))
    )


def _plan_dropped(teller: Narrator, fact: Fact, _sequence: int) -> str:
    return _("Nobody need hear of it any more: {title}.").format(title=teller.names.escalation(fact.text("rule")))


def _moved(teller: Narrator, fact: Fact, _sequence: int) -> str:
    heading, due = teller.names.inject(fact.text("inject"))[0], fact.number("due")
    if due <= fact.at:
        return _("The facilitator lets “{heading}” come now.").format(heading=heading)
    return _("The facilitator lets “{heading}” come at {time}.").format(
        heading=heading, time=teller.clock.until(due, fact.at)
    )


def _skipped(teller: Narrator, fact: Fact, _sequence: int) -> str:
    return _("The facilitator leaves “{heading}” out.").format(heading=teller.names.inject(fact.text("inject"))[0])


def _added(teller: Narrator, fact: Fact, _sequence: int) -> str:
    subject = free_text_of(fact.data.get("subject"))
    heading = subject.say(teller.names.language).strip() if subject is not None else ""
    return _("The facilitator adds, for {receivers} by {channel}: “{heading}”").format(
        receivers=teller.somebody(fact.data.get("to")),
        channel=teller.names.role(fact.text("channel")),
        heading=heading or teller.words(fact.data.get("body")),
    )


def _undone(teller: Narrator, fact: Fact, _sequence: int) -> str:
    first, last = fact.number("first"), fact.number("last")
    reason = teller.words(fact.data.get("reason"))
    if first == last:
        return _("UNDONE – #{first} counts no more: {reason}").format(first=first, reason=reason)
    return _("UNDONE – #{first} to #{last} count no more: {reason}").format(first=first, last=last, reason=reason)


def _observed(teller: Narrator, fact: Fact, _sequence: int) -> str:
    about, note = fact.data.get("about"), teller.words(fact.data.get("note"))
    if isinstance(about, int):
        return _("Observed about #{sequence}: {note}").format(sequence=about, note=note)
    return _("Observed: {note}").format(note=note)


def _rated(teller: Narrator, fact: Fact, _sequence: int) -> str:
    reason = free_text_of(fact.data.get("reason"))
    return _("The facilitator rates “{task}” {rating}: {reason}").format(
        task=teller.names.task(fact.text("task")),
        rating=fact.text("rating"),
        reason=reason.say(teller.names.language) if reason is not None else _("(not in this copy)"),
    )


_TELLERS: Final[dict[FactKind, Callable[[Narrator, Fact, int], str]]] = {
    FactKind.EXERCISE_STARTED: _started,
    FactKind.EXERCISE_ENDED: _ended,
    FactKind.INJECT_DELIVERED: _delivered,
    FactKind.INJECT_WITHHELD: _withheld,
    FactKind.INCIDENT_RAISED: _raised,
    FactKind.CIRCUMSTANCE_AROSE: _arose,
    FactKind.STEP_TAKEN: _taken,
    FactKind.REFUSED: _refused,
    FactKind.LEVEL_SET: _level_set,
    FactKind.ANCHOR_REACHED: _reached,
    FactKind.MEASURE_TAKEN: _measured,
    FactKind.STATUTORY_LEVEL_JUDGED: _judged,
    FactKind.FILED: _filed,
    FactKind.DUTY_OPENED: _opened,
    FactKind.DUTY_RESCHEDULED: _rescheduled,
    FactKind.DUTY_SETTLED: _settled,
    FactKind.DUTY_BREACHED: _breached,
    FactKind.DUTY_DROPPED: _dropped,
    FactKind.ESCALATION_PLANNED: _planned,
    FactKind.ESCALATION_DROPPED: _plan_dropped,
    FactKind.ESCALATED: _escalated,
    FactKind.INJECT_MOVED: _moved,
    FactKind.INJECT_SKIPPED: _skipped,
    FactKind.INJECT_ADDED: _added,
    FactKind.STEP_UNDONE: _undone,
    FactKind.OBSERVED: _observed,
    FactKind.RATING_SET: _rated,
}
