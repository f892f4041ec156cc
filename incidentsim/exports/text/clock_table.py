"""Regulatory deadlines as people read them: where each stands, for whom, counted from what.

A time is never shown without the scope and the moment that it rests on: views without them have no time to show.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from incidentsim.domain.clocks import ClockPack
from incidentsim.domain.facts import Json
from incidentsim.domain.local_time import Offsets
from incidentsim.exercise.regulatory.situation import moment_of, scope_of
from incidentsim.exercise.regulatory.views import (
    AnchorReached,
    ClockState,
    ClockView,
    DeadlineView,
    Moment,
    QuietView,
    TargetView,
)
from incidentsim.exercise.regulatory.words import anchor_title, explain, moment_words, rule_in_words
from incidentsim.exports.text.narrative import hanging
from incidentsim.exports.wording.account import Account
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.plain_text import visible
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

Clocks = Mapping[str, Sequence[ClockView]]
"""The clocks of each incident."""

RANK: Final = (
    ClockState.OVERDUE,
    ClockState.DUE,
    ClockState.FILED_LATE,
    ClockState.FILED,
    ClockState.TARGET_ONLY,
    ClockState.NOT_JUDGED,
    ClockState.NOT_STARTED,
    ClockState.ANCHOR_MISSING,
    ClockState.NOT_TRIGGERED,
    ClockState.SCOPE_NOT_DECLARED,
    ClockState.DISABLED,
    ClockState.NOT_IN_FORCE,
)
"""The states in the order in which clocks are shown; one that does not concern the organisation is only counted."""


def clock_table(account: Account, clocks: Clocks, packs: Sequence[ClockPack], now: int) -> list[str]:
    """All clocks of all incidents as they stand at `now` (ms from the start)."""
    names = Names(account.playbook, account.scenario, account.language)
    if scope_of(account.scenario).jurisdictions is None:
        message = _("The organisation declares no scope, so no regulatory deadline can be calculated.")
        return hanging("", message)
    if not clocks:
        return [_("No incident could be noticed, so no regulatory deadline runs.")]
    by_id = {pack.id: pack for pack in packs}
    lines = [*hanging("", scope_sentence(account, packs)), ""]
    for incident, views in clocks.items():
        title = _("{incident}: {title}").format(incident=incident, title=names.incident(incident))
        lines += hanging("", visible(title))
        for view in sorted(_shown(views), key=lambda one: RANK.index(one.state)):
            lines += _block(view, by_id[view.pack], names, account.scenario.local_time.offsets)
        lines += [*_summed_up(views, by_id), ""]
    moment = moment_of(account.scenario.starts, now)
    shown = {view.pack: view.place for views in clocks.values() for view in _shown(views)}
    for pack in packs:
        if pack.id in shown:
            told = _("{title}: as things stood at {time}; facts of {date}. {disclaimer}").format(
                title=names.say(pack.title),
                time=shown[pack.id].moment(moment.at).isoformat(timespec="minutes"),
                date=pack.as_of,
                disclaimer=names.say(pack.disclaimer),
            )
            lines += hanging("", visible(told))
    return lines


def _shown(views: Sequence[ClockView]) -> list[ClockView]:
    return [view for view in views if view.state is not ClockState.NOT_APPLICABLE]


def scope_sentence(account: Account, packs: Sequence[ClockPack]) -> str:
    """Return the sentence with the jurisdictions that the organisation declared, on which all times below it rest."""
    scope = scope_of(account.scenario)
    names = Names(account.playbook, account.scenario, account.language)
    titles = {pack.jurisdiction: names.say(pack.title) for pack in packs}
    declared = scope.jurisdictions or ()
    listed = names.listed(titles.get(one, one) for one in declared) or _("none")
    return _("{company} declares itself subject to the law of: {jurisdictions}.").format(
        company=visible(names.say(account.scenario.organisation.name)), jurisdictions=listed
    )


def _block(view: ClockView, pack: ClockPack, names: Names, here: Offsets) -> list[str]:
    clock = view.clock
    head = _("{state}  {clock}  {title}").format(
        state=state_word(view.state), clock=clock.id, title=names.say(clock.title)
    )
    lines = ["", *hanging("  ", visible(head))]
    for sentence in clock_sentences(view, pack, names, here):
        lines += hanging("      ", visible(sentence))
    return lines


def clock_sentences(view: ClockView, pack: ClockPack, names: Names, here: Offsets) -> list[str]:
    """Return the sentences about a clock: first the law, who files and to whom, then its state and its reasons.

    Its times are those of its place; where the clocks of the exercise (`here`) show another, that is said too.
    """
    clock = view.clock
    law = _("{instrument}, {article}; {obligor} to {recipients}").format(
        instrument=names.say(clock.instrument.title),
        article=names.say(clock.article),
        obligor=names.say(clock.obligor),
        recipients=names.listed(names.say(one) for one in clock.recipients),
    )
    told = [law, *explain(view, pack)]
    if isinstance(view, DeadlineView | TargetView):
        told.insert(1, _("Scope: {jurisdiction}.").format(jurisdiction=names.say(pack.title)))
    if isinstance(view, DeadlineView):
        zone = view.due.data
        if here.at(view.due.at) != view.place.at(view.due.at):
            told.append(_("By the clock of the exercise: {time}.").format(time=moment_words(Moment(view.due.at), here)))
        told.append(_("Time zone: {zone} of tzdata {version}.").format(zone=zone.zone, version=zone.zones))
    if isinstance(view, TargetView) and not clock.binding:
        told.append(_("This is guidance; missing it breaches no law."))
    if not clock.since_verified and isinstance(view, DeadlineView | TargetView):
        told.append(_("From when it is in force, {date}, is not verified.").format(date=clock.since))
    if isinstance(view, QuietView) and view.filed is not None:
        told.append(_("It was filed nevertheless, at {time}.").format(time=moment_words(view.filed, view.place)))
    return told


def _summed_up(views: Sequence[ClockView], packs: Mapping[str, ClockPack]) -> list[str]:
    """One line for everything that does not concern the organisation."""
    count = Counter(packs[view.pack].jurisdiction for view in views if view.state is ClockState.NOT_APPLICABLE)
    if not count:
        return []
    message = ngettext(
        "{n} more clock does not concern the organisation: {jurisdictions}.",
        "{n} more clocks do not concern the organisation: {jurisdictions}.",
        count.total(),
    )
    where = _(", ").join(f"{name} {number}" for name, number in count.items())
    return ["", *hanging("  ", message.format(n=count.total(), jurisdictions=where))]


def state_word(state: ClockState) -> str:
    """Return the word for a state of a clock."""
    words = {
        ClockState.NOT_APPLICABLE: _("does not concern us"),
        ClockState.SCOPE_NOT_DECLARED: _("scope not declared"),
        ClockState.DISABLED: _("disabled, not verified"),
        ClockState.NOT_IN_FORCE: _("not in force"),
        ClockState.NOT_JUDGED: _("not judged"),
        ClockState.NOT_TRIGGERED: _("not called for"),
        ClockState.NOT_STARTED: _("not started"),
        ClockState.ANCHOR_MISSING: _("anchor missing"),
        ClockState.TARGET_ONLY: _("internal target only"),
        ClockState.DUE: _("due"),
        ClockState.OVERDUE: _("OVERDUE"),
        ClockState.FILED: _("filed"),
        ClockState.FILED_LATE: _("filed LATE"),
    }
    return words[state]


def clocks_json(clocks: Clocks, packs: Sequence[ClockPack]) -> Iterator[tuple[str, list[Json]]]:
    """Give the clocks of each incident for programs; a deadline stands in one object with its scope and its anchor."""
    by_id = {pack.id: pack for pack in packs}
    for incident, views in clocks.items():
        yield incident, [_as_json(view, by_id[view.pack]) for view in views]


def _as_json(view: ClockView, pack: ClockPack) -> dict[str, Json]:
    clock, place = view.clock, view.place
    written: dict[str, Json] = {
        "clock": clock.id,
        "pack": pack.id,
        "jurisdiction": pack.jurisdiction,
        "state": view.state.value,
        "binding": clock.binding,
        "verified": clock.evidence.verified,
        "instrument": clock.instrument.id,
        "article": {"en": clock.article.en, "zh": clock.article.zh},
        "filed": None if view.filed is None else moment_words(view.filed, place),
        "explanation": list(explain(view, pack)),
    }
    if isinstance(view, QuietView):
        return {**written, "missing": list(view.missing)}
    written["scope"] = {"jurisdiction": view.scope.jurisdiction, "declared": len(view.scope.because)}
    written["anchor"] = _anchor(view.anchor, place)
    if isinstance(view, TargetView):
        target: dict[str, Json] = {
            "at": moment_words(Moment(view.target.at), place),
            "after_ms": view.target.after,
            "basis": view.target.basis,
            "missed": view.missed,
        }
        return {**written, "internal_target": target}
    data = view.due.data
    return {
        **written,
        "due": {
            "at": view.due.local,
            "rule": rule_in_words(clock.deadline),
            "zone": data.zone,
            "tzdata": data.zones,
            "calendar": data.calendar,
            "holidays": data.holidays,
            "relieved_from": None if view.due.relieved is None else moment_words(Moment(view.due.relieved), place),
        },
        "weighed_against": [_anchor(other, place) for other in view.others],
    }


def _anchor(reached: AnchorReached, place: Offsets) -> dict[str, Json]:
    return {
        "anchor": reached.anchor.value,
        "title": anchor_title(reached.anchor),
        "at": moment_words(reached.moment, place),
        "filing": reached.filing,
    }
