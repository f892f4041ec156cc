"""What a clock says, in words: where it stands, why, and on what."""

from typing import cast

from incidentsim import messages
from incidentsim.domain.clock_conditions import (
    DeclaredAs,
    DeclaredAtLeast,
    DeclaredIn,
    MeasureReaches,
    StatutoryLevelReached,
    subject,
)
from incidentsim.domain.clock_limits import (
    Anchor,
    BusinessDays,
    CalendarDays,
    CalendarMonths,
    Deadline,
    EarlierOf,
    Hours,
    Immediately,
    Limit,
)
from incidentsim.domain.clocks import ClockPack
from incidentsim.domain.local_time import Offsets
from incidentsim.domain.text import Language, Text
from incidentsim.exercise.kernel.sim_time import MINUTE
from incidentsim.exercise.regulatory.criteria import Answered
from incidentsim.exercise.regulatory.views import (
    ClockState,
    ClockView,
    DeadlineView,
    Due,
    Moment,
    QuietView,
    TargetView,
)
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext


def explain(view: ClockView, pack: ClockPack) -> tuple[str, ...]:
    """Explain the view of a clock of `pack` in whole sentences, in the language in use: where it stands, then why."""
    match view:
        case QuietView():
            return (_quiet(view, pack), *_reasons(view.because, pack))
        case TargetView():
            return (_target(view), *_reasons((*view.scope.because, *view.because), pack))
        case DeadlineView():
            return (*_deadline(view), *_reasons((*view.scope.because, *view.because), pack))


def _quiet(view: QuietView, pack: ClockPack) -> str:
    missing = _listed([_name(one, pack) for one in view.missing])
    match view.state:
        case ClockState.NOT_APPLICABLE:
            return _("This does not concern the organisation.")
        case ClockState.SCOPE_NOT_DECLARED:
            return _("Whether this concerns the organisation is not declared: {missing}.").format(missing=missing)
        case ClockState.DISABLED | ClockState.NOT_IN_FORCE:
            if view.clock.reason is not None:
                return _say(view.clock.reason)
            return _("It was not in force at the time; it is since {date}.").format(date=view.clock.since)
        case ClockState.NOT_JUDGED:
            return _("Nobody has judged yet: {missing}.").format(missing=missing)
        case ClockState.NOT_TRIGGERED:
            return _("By what was judged, this incident does not call for it.")
        case ClockState.NOT_STARTED:
            return _("It starts with a filing that is not on record: {missing}.").format(missing=missing)
        case ClockState.ANCHOR_MISSING:
            return _("The moment that starts it is not on record: {missing}.").format(missing=missing)


def _target(view: TargetView) -> str:
    word = _say(cast("Immediately", view.clock.deadline).word)
    if view.filed is not None:
        filed = moment_words(view.filed, view.place)
        return _("Filed at {time}. The law says “{word}” and gives no number.").format(time=filed, word=word)
    message = _(
        "The law says “{word}” and gives no number. Our internal target, not a legal deadline: {time}, "
        "counted from {anchor} at {start}."
    )
    return message.format(
        word=word,
        time=moment_words(Moment(view.target.at), view.place),
        anchor=anchor_title(view.anchor.anchor),
        start=moment_words(view.anchor.moment, view.place),
    )


def _deadline(view: DeadlineView) -> tuple[str, ...]:
    sentences = {
        ClockState.DUE: _("Due by {due}: {rule}, counted from {anchor} at {start}."),
        ClockState.OVERDUE: _("Overdue since {due}: {rule}, counted from {anchor} at {start}."),
        ClockState.FILED: _("Filed at {filed}, in time for {due}: {rule}, counted from {anchor} at {start}."),
        ClockState.FILED_LATE: _("Filed at {filed}, late for {due}: {rule}, counted from {anchor} at {start}."),
    }
    said = sentences[view.state].format(
        due=view.due.local,
        rule=rule_in_words(view.clock.deadline),
        anchor=anchor_title(view.anchor.anchor),
        start=moment_words(view.anchor.moment, view.place),
        filed=moment_words(view.filed, view.place) if view.filed is not None else "",
    )
    guidance = () if view.clock.binding else (_("This is guidance; missing it breaches no law."),)
    return (said, *guidance, *_data(view.due, view.place))


def _data(due: Due, place: Offsets) -> tuple[str, ...]:
    sentences = []
    if due.relieved is not None:
        before = moment_words(Moment(due.relieved), place)
        sentences.append(
            _("It would have ended on a day off, {before}; the next working day counts.").format(before=before)
        )
    if due.relief_open:
        message = _("Whether there is relief for days off is not declared ({missing}); the earlier moment is shown.")
        sentences.append(message.format(missing=_listed(list(due.relief_open))))
    if due.data.calendar is not None:
        message = _("Working days by the calendar {calendar} of the library holidays, version {version}.")
        sentences.append(message.format(calendar=due.data.calendar, version=due.data.holidays))
    if due.unsure_from is not None:
        message = _("Changes of the clocks are looked up until {date}; from there on the last offset holds.")
        sentences.append(message.format(date=moment_words(Moment(due.unsure_from), place)[:10]))
    return tuple(sentences)


def rule_in_words(deadline: Deadline) -> str:
    """Return in words how a deadline is counted: “4 hours”, “the end of the 30th day”, “promptly”."""
    match deadline:
        case Immediately(word):
            return _say(word)
        case EarlierOf(first, second):
            message = _("{first} from {one}, at most {second} from {other}")
            return message.format(
                first=rule_in_words(first),
                one=_listed([anchor_title(anchor) for anchor in first.anchors]),
                second=rule_in_words(second),
                other=_listed([anchor_title(anchor) for anchor in second.anchors]),
            )
        case Limit(Hours(count)):
            return ngettext("{count} hour", "{count} hours", count).format(count=count)
        case Limit(CalendarDays(count, first_day_counts)):
            if first_day_counts:
                message = ngettext("{count} day, the first included", "{count} days, the first included", count)
            else:
                message = ngettext("{count} day, the first not counted", "{count} days, the first not counted", count)
            return message.format(count=count)
        case Limit(CalendarMonths(count)):
            return ngettext("{count} month", "{count} months", count).format(count=count)
        case Limit(BusinessDays(count)):
            return ngettext("{count} business day", "{count} business days", count).format(count=count)
        case _:
            raise TypeError(deadline)


def anchor_title(anchor: Anchor) -> str:
    """Return the name of a kind of moment, in the language in use."""
    titles = {
        Anchor.OCCURRENCE: _("the occurrence"),
        Anchor.AWARENESS: _("becoming aware"),
        Anchor.KNOWLEDGE: _("learning of the situation"),
        Anchor.SUSPICION: _("grounds to suspect it"),
        Anchor.SUSPICION_OF_CRIME: _("the suspicion of a crime"),
        Anchor.ASSESSMENT: _("the assessment that it must be notified"),
        Anchor.CLASSIFICATION: _("the classification"),
        Anchor.STATUTORY_CLASSIFICATION: _("the grading on the statutory scale"),
        Anchor.DETERMINATION: _("the determination that it happened"),
        Anchor.MATERIALITY_DECISION: _("the decision that it is material"),
        Anchor.INFORMATION_AVAILABLE: _("the missing information becoming available"),
        Anchor.MADE_PUBLIC: _("making it public"),
        Anchor.FIX_AVAILABLE: _("a fix becoming available"),
        Anchor.PAYMENT: _("the payment"),
        Anchor.PAYMENT_LEARNED: _("learning of the payment"),
        Anchor.HANDLING_ENDED: _("the end of the handling"),
        Anchor.PRIOR_FILING: _("the earlier filing"),
    }
    return titles[anchor]


def _reasons(because: tuple[Answered, ...], pack: ClockPack) -> tuple[str, ...]:
    """What was declared or judged, a sentence each."""
    return tuple(_("It rests on this: {answer}.").format(answer=_answer(one, pack)) for one in because)


def _answer(answered: Answered, pack: ClockPack) -> str:
    holds, title = answered.holds, _name(subject(answered.leaf), pack)
    match answered.leaf:
        case DeclaredIn(attribute, values):
            options = _listed([_say(pack.attributes[attribute].options[value]) for value in values])
            said = _("{title}: {options}") if holds else _("{title}: not {options}")
            return said.format(title=title, options=options)
        case DeclaredAs(_attribute, value):
            return _yes_or_no(title, yes=value is holds)
        case DeclaredAtLeast(_attribute, least):
            return f"{title} {'≥' if holds else '<'} {least}"
        case MeasureReaches(measure, limit, beyond):
            unit = pack.measures[measure].unit
            if unit == "flag":
                return _yes_or_no(title, yes=holds)
            sign = (">" if beyond else "≥") if holds else ("≤" if beyond else "<")
            return f"{title} {sign} {f'{limit // MINUTE} min' if unit == 'duration' else limit}"
        case StatutoryLevelReached(scale, level):
            said = _("{title}: {level} or more severe") if holds else _("{title}: below {level}")
            return said.format(title=title, level=_say(pack.scales[scale].levels[level].title))


def _yes_or_no(title: str, *, yes: bool) -> str:
    return (_("{title}: yes") if yes else _("{title}: no")).format(title=title)


def _name(name: str, pack: ClockPack) -> str:
    """What an attribute, measure, scale, clock or anchor is called."""
    for titled in (pack.attributes, pack.measures, pack.scales, pack.clocks):
        found = titled.get(name)
        if found is not None:
            return _say(found.title)
    named = {"jurisdictions": _("the jurisdictions"), "calendars": _("the holiday calendar")}
    return anchor_title(Anchor(name)) if name in tuple(Anchor) else named.get(name, name)


def moment_words(moment: Moment, place: Offsets) -> str:
    """A moment by the clocks of `place`, as ISO 8601 with the offset, to the second."""
    return place.moment(moment.at).isoformat(timespec="seconds")


def _listed(names: list[str]) -> str:
    return _(", ").join(names)


def _say(text: Text) -> str:
    return text.say(cast("Language", messages.language()))
