"""Each fact as a sentence, as somebody keeping the log would have written it.

What must never enter here: layout. A sentence is one line of plain text of any length.
"""

from typing import assert_never

from incidentsim.domain.clock_limits import Anchor
from incidentsim.domain.facts import (
    AnchorReached,
    CircumstanceArose,
    CoachingSet,
    DutyBreached,
    DutyDropped,
    DutyOpened,
    DutyRescheduled,
    DutySettled,
    EndReason,
    Escalated,
    EscalationDropped,
    EscalationPlanned,
    ExerciseEnded,
    ExerciseStarted,
    Fact,
    Filed,
    HintGiven,
    HotwashAnswered,
    HotwashVoted,
    ImprovementSet,
    IncidentRaised,
    InjectAdded,
    InjectDelivered,
    InjectMoved,
    InjectSkipped,
    InjectWithheld,
    LevelSet,
    MeasureTaken,
    MessageSent,
    Observed,
    PersonErased,
    PlayerSeated,
    RatingSet,
    Refused,
    SetAside,
    StatutoryLevelJudged,
    StepTaken,
    StepUndone,
    TextErased,
    basis_of,
)
from incidentsim.exercise.regulatory.words import anchor_title
from incidentsim.exports.wording.afterwards import afterwards_words, appraisal_words, coaching_words, hint_words
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.exports.wording.narrator import Narrator
from incidentsim.exports.wording.plain_text import within_quotes
from incidentsim.exports.wording.reasons import because_words
from incidentsim.exports.wording.refusals import refusal_words
from incidentsim.messages import gettext as _


def marked_sentence(teller: Narrator, sequence: int) -> str:
    """The sentence of a fact, which says so where the fact counts no more."""
    words = sentence(teller, sequence)
    return _("undone: {what}").format(what=words) if sequence in teller.undone else words


def sentence(teller: Narrator, sequence: int) -> str:
    """Return the sentence for the fact with this sequence number, with its clause or other basis in brackets."""
    fact = teller.account.facts[sequence]
    words = _told(teller, fact, sequence)
    because = because_words(fact, teller.names)
    if because:
        words = _("{sentence} {because}").format(sentence=words, because=because)
    rule, clause = basis_of(fact)
    mark = teller.names.mark(rule or "", clause)
    return _("{sentence} [{basis}]").format(sentence=words, basis=mark) if mark else words


def _told(teller: Narrator, fact: Fact, sequence: int) -> str:  # noqa: C901, PLR0911, PLR0912 - one case a kind
    match fact:
        case ExerciseStarted():
            return _started(teller, fact, sequence)
        case ExerciseEnded():
            return _ended(teller, fact, sequence)
        case InjectDelivered():
            return _delivered(teller, fact, sequence)
        case InjectWithheld():
            return _withheld(teller, fact, sequence)
        case IncidentRaised():
            return _raised(teller, fact, sequence)
        case CircumstanceArose():
            return _arose(teller, fact, sequence)
        case StepTaken():
            return _taken(teller, fact, sequence)
        case Refused():
            return _refused(teller, fact, sequence)
        case LevelSet():
            return _level_set(teller, fact, sequence)
        case AnchorReached():
            return _reached(teller, fact, sequence)
        case MeasureTaken():
            return _measured(teller, fact, sequence)
        case StatutoryLevelJudged():
            return _judged(teller, fact, sequence)
        case Filed():
            return _filed(teller, fact, sequence)
        case DutyOpened():
            return _opened(teller, fact, sequence)
        case DutyRescheduled():
            return _rescheduled(teller, fact, sequence)
        case DutySettled():
            return _settled(teller, fact, sequence)
        case DutyBreached():
            return _breached(teller, fact, sequence)
        case DutyDropped():
            return _dropped(teller, fact, sequence)
        case EscalationPlanned():
            return _planned(teller, fact, sequence)
        case EscalationDropped():
            return _plan_dropped(teller, fact, sequence)
        case Escalated():
            return _escalated(teller, fact, sequence)
        case MessageSent():
            return teller.messages.sentence(fact)
        case InjectMoved():
            return _moved(teller, fact, sequence)
        case InjectSkipped():
            return _skipped(teller, fact, sequence)
        case InjectAdded():
            return _added(teller, fact, sequence)
        case StepUndone():
            return _undone(teller, fact, sequence)
        case Observed():
            return _observed(teller, fact, sequence)
        case CoachingSet():
            return coaching_words(teller, fact)
        case HintGiven():
            return hint_words(teller, fact)
        case PlayerSeated() | RatingSet() | ImprovementSet() | HotwashAnswered() | HotwashVoted():
            return afterwards_words(teller, fact)
        case TextErased() | PersonErased():
            return afterwards_words(teller, fact)
        case SetAside():
            raise TypeError("what stands in place of a fact is told nowhere")
        case _:
            assert_never(fact)


# One function a kind of fact, in the order of FACT_CLASSES.


def _started(teller: Narrator, _fact: ExerciseStarted, _sequence: int) -> str:
    playbook = teller.account.playbook
    return _("The exercise “{scenario}” begins, by “{playbook}”, version {version}.").format(
        scenario=within_quotes(teller.names.say(teller.account.scenario.title)),
        playbook=teller.names.say(playbook.title),
        version=playbook.version,
    )


def _ended(_teller: Narrator, fact: ExerciseEnded, _sequence: int) -> str:
    match fact.reason:
        case EndReason.FINISHED:
            return _("The exercise ends: every incident has reached a final state.")
        case EndReason.STOPPED:
            return _("The facilitator ends the exercise before every incident has reached a final state.")
        case EndReason.TIME_LIMIT:
            return _("The exercise ends because its time is over; something would still have happened.")
        case EndReason.STALLED:
            return _("The exercise ends unfinished: nobody does anything more.")


def _delivered(teller: Narrator, fact: InjectDelivered, _sequence: int) -> str:
    channel, sender = teller.names.role(fact.channel), teller.names.inject_sender(fact.inject)
    words = (
        _("{channel} from {sender} to {receivers}: “{heading}”")
        if sender
        else _("{channel} to {receivers}: “{heading}”")
    )
    return words.format(
        channel=channel[:1].upper() + channel[1:],
        sender=sender,
        receivers=teller.audience(fact),
        heading=within_quotes(teller.names.inject(fact.inject)[0]),
    )


def _withheld(teller: Narrator, fact: InjectWithheld, _sequence: int) -> str:
    return _("“{heading}” does not come about: it was prevented in time.").format(
        heading=within_quotes(teller.names.inject(fact.inject)[0])
    )


def _raised(teller: Narrator, fact: IncidentRaised, _sequence: int) -> str:
    return _("From now on this can be noticed: {incident}.").format(incident=teller.names.incident(fact.incident or ""))


def _arose(teller: Narrator, fact: CircumstanceArose, _sequence: int) -> str:
    what = teller.names.circumstance(fact.circumstance)
    person = fact.person
    if person is not None:
        return _("Established: {circumstance} ({name}).").format(circumstance=what, name=teller.names.person(person))
    return _("Established: {circumstance}.").format(circumstance=what)


def _taken(teller: Narrator, fact: StepTaken, _sequence: int) -> str:
    step = teller.names.step(fact.do)
    track, source, target = fact.track, fact.source, fact.target
    actor = teller.names.actor(fact)
    words = (
        _("{actor}: {step}.").format(actor=actor, step=step)
        if actor
        else _("Triggered automatically: {step}.").format(step=step)
    )
    if source == target:
        return words
    return _("{step_taken} {track}: now “{state}”.").format(
        step_taken=words, track=teller.names.track(track), state=teller.names.state(track, target)
    )


def _refused(teller: Narrator, fact: Refused, _sequence: int) -> str:
    return _("REFUSED – {actor}: {step}. {reason}").format(
        actor=teller.names.actor(fact),
        step=teller.names.step(fact.do),
        reason=refusal_words(fact, teller.names),
    )


def _level_set(teller: Narrator, fact: LevelSet, _sequence: int) -> str:
    level, was = fact.level, fact.was
    name = teller.names.level(level)
    if was is None:
        return _("Graded: {level}.").format(level=name)
    before = teller.names.level(was)
    if level < was:
        return _("Regraded upward: {level}, was {before}.").format(level=name, before=before)
    if level > was:
        return _("Regraded downward: {level}, was {before}.").format(level=name, before=before)
    return _("The level is confirmed: {level}.").format(level=name)


def _reached(_teller: Narrator, fact: AnchorReached, _sequence: int) -> str:
    name = fact.anchor
    anchor = anchor_title(Anchor(name)) if name in tuple(Anchor) else name
    return _("Trigger time for regulatory deadlines: {anchor}.").format(anchor=anchor)


def _measured(teller: Narrator, fact: MeasureTaken, _sequence: int) -> str:
    measure = teller.names.clock_measure(fact.measure, fact.value)
    return _("Established for regulatory deadlines – {measure}.").format(measure=measure)


def _judged(teller: Narrator, fact: StatutoryLevelJudged, _sequence: int) -> str:
    judged = teller.names.judgement(fact.scale, fact.level)
    return _("Statutory level judged – {judgement}.").format(judgement=judged)


def _filed(teller: Narrator, fact: Filed, _sequence: int) -> str:
    return _("FILED: {clock}.").format(clock=teller.names.clock(fact.clock))


def _opened(teller: Narrator, fact: DutyOpened, _sequence: int) -> str:
    owner, duty = teller.somebody(fact.owed_by), teller.names.duty(fact.duty)
    due = fact.due
    if due is None:
        return _("Assigned to {owner}, without a time limit: {duty}.").format(owner=owner, duty=duty)
    return _("Assigned to {owner}, due by {time} (in {length}): {duty}.").format(
        owner=owner, time=teller.clock.until(due, fact.at), length=duration_words(due - fact.at), duty=duty
    )


def _rescheduled(teller: Narrator, fact: DutyRescheduled, _sequence: int) -> str:
    duty, due = teller.names.duty(fact.duty), fact.due
    if due is None:
        return _("Has no time limit any more: {duty}.").format(duty=duty)
    return _("Is due by {time} now: {duty}.").format(time=teller.clock.until(due, fact.at), duty=duty)


def _settled(teller: Narrator, fact: DutySettled, sequence: int) -> str:
    duty = teller.names.duty(fact.duty)
    due = teller.due_at(fact.number, sequence)
    if fact.late and due is not None:
        return _("Done, {length} late: {duty}.").format(length=duration_words(fact.at - due), duty=duty)
    if fact.late:
        return _("Done, but late: {duty}.").format(duty=duty)
    if due is None and teller.was_opened(fact.number):
        return _("Done, without a time limit: {duty}.").format(duty=duty)
    return _("Done in time: {duty}.").format(duty=duty)


def _breached(teller: Narrator, fact: DutyBreached, sequence: int) -> str:
    due = teller.due_at(fact.number, sequence)
    return _("OVERDUE – {owner} had until {time}: {duty}.").format(
        owner=teller.somebody(fact.owed_by),
        time=teller.clock.until(fact.at if due is None else due, fact.at),
        duty=teller.names.duty(fact.duty),
    )


def _dropped(teller: Narrator, fact: DutyDropped, _sequence: int) -> str:
    return _("No longer asked for: {duty}.").format(duty=teller.names.duty(fact.duty))


def _escalated(teller: Narrator, fact: Escalated, _sequence: int) -> str:
    receivers, title = teller.receivers(fact), teller.names.escalation(fact.rule)
    channel = fact.channel
    if channel is not None:
        return _("ESCALATED to {receivers} by {channel}: {title}.").format(
            receivers=receivers, channel=teller.names.role(channel), title=title
        )
    return _("ESCALATED to {receivers}: {title}.").format(receivers=receivers, title=title)


def _planned(teller: Narrator, fact: EscalationPlanned, _sequence: int) -> str:
    time, receivers = teller.clock.until(fact.due, fact.at), teller.somebody(fact.to)
    duty = fact.duty
    if duty is not None:
        return _("Goes to {receivers} if it is not done by {time}: {duty}.").format(
            time=time, receivers=receivers, duty=teller.names.duty(duty)
        )
    return _("Can wait, and goes to {receivers} at {time}: {title}.").format(
        time=time, receivers=receivers, title=teller.names.escalation(fact.rule)
    )


def _plan_dropped(teller: Narrator, fact: EscalationDropped, _sequence: int) -> str:
    return _("Nobody need hear of it any more: {title}.").format(title=teller.names.escalation(fact.rule))


def _moved(teller: Narrator, fact: InjectMoved, _sequence: int) -> str:
    heading, due = within_quotes(teller.names.inject(fact.inject)[0]), fact.due
    if due <= fact.at:
        return _("The facilitator lets “{heading}” come now.").format(heading=heading)
    return _("The facilitator lets “{heading}” come at {time}.").format(
        heading=heading, time=teller.clock.until(due, fact.at)
    )


def _skipped(teller: Narrator, fact: InjectSkipped, _sequence: int) -> str:
    return _("The facilitator leaves “{heading}” out.").format(
        heading=within_quotes(teller.names.inject(fact.inject)[0])
    )


def _added(teller: Narrator, fact: InjectAdded, _sequence: int) -> str:
    heading = teller.words(fact.subject).strip()
    return _("The facilitator adds, for {receivers} by {channel}: “{heading}”").format(
        receivers=teller.somebody(fact.to),
        channel=teller.names.role(fact.channel),
        heading=within_quotes(heading or teller.words(fact.body)),
    )


def _undone(teller: Narrator, fact: StepUndone, _sequence: int) -> str:
    first, last = fact.first, fact.last
    reason = teller.words(fact.reason)
    if first == last:
        return _("UNDONE – #{first} counts no more: {reason}").format(first=first, reason=reason)
    return _("UNDONE – #{first} to #{last} count no more: {reason}").format(first=first, last=last, reason=reason)


def _observed(teller: Narrator, fact: Observed, _sequence: int) -> str:
    about, note = fact.about, teller.words(fact.note)
    if fact.appraisal is not None:
        note = _("{note} ({appraisal})").format(note=note, appraisal=appraisal_words(fact.appraisal))
    if about is not None:
        return _("Observed about #{sequence}: {note}").format(sequence=about, note=note)
    return _("Observed: {note}").format(note=note)
