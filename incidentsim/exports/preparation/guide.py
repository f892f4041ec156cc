"""The facilitator's guide: everything about an exercise on paper, spoilers included, in Markdown."""

from collections import Counter
from dataclasses import fields

from incidentsim.domain.facts import RefusalReason
from incidentsim.domain.scenario import Incident, Person
from incidentsim.domain.text import Language
from incidentsim.exercise.forecast.shapes import Mistake, Preview
from incidentsim.exports.documents.markdown import (
    bullets,
    cell,
    document,
    escaped,
    grid,
    inline,
    picture,
    quote,
    section,
)
from incidentsim.exports.preparation.forecast import MOST_MISTAKES, length_note, unrested
from incidentsim.exports.preparation.forecast_timeline import timeline_lines
from incidentsim.exports.preparation.forecast_words import (
    NOTHING,
    how_played,
    mistake_words,
    people_word,
    percent,
    spread_words,
)
from incidentsim.exports.preparation.handout import clauses, scene_of
from incidentsim.exports.preparation.msel import Row, headings, msel_rows
from incidentsim.exports.wording.evidence import flag_words
from incidentsim.exports.wording.measures import measure_value
from incidentsim.exports.wording.names import Names
from incidentsim.messages import gettext as _

ASKED_ABOUT = 6
"""So many of the likely mistakes become questions for the debriefing,"""
ALIKE = 2
"""and of each kind at most so many."""


def guide(preview: Preview, language: Language) -> str:
    """The guide, in one language."""
    names = Names(preview.playbook, preview.scenario, language)
    title = _("For facilitators: {scenario}").format(scenario=names.say(preview.scenario.title))
    warning = escaped(
        _("For the facilitator only: this guide holds the ground truth. Give participants the handout instead.")
    )
    return document(
        section(title, [f"**{warning}**"], level=1),
        section(_("Purpose"), *_purpose(preview, names)),
        section(_("How to run it"), _how_to_run()),
        section(_("How long it takes"), *_length(preview, language)),
        section(_("Who plays what"), *_cast(preview, names)),
        section(_("Timeline"), picture(timeline_lines(preview, names))),
        section(_("Read aloud: the briefing"), *_briefing(preview, language)),
        section(_("Injects, in order")),
        *_injects(preview, language),
        section(_("Ground truth, for the facilitator only")),
        *(_truth(preview, incident, names) for incident in preview.scenario.incidents.values()),
        section(_("Likely mistakes"), *_mistakes(preview, names)),
        section(_("Questions for the debriefing"), bullets(questions(preview, names))),
        section(_("Clauses"), clauses(preview.playbook, language)),
    )


def _purpose(preview: Preview, names: Names) -> list[list[str]]:
    objectives = preview.scenario.objectives
    if not objectives:
        return [[escaped(names.say(preview.scenario.title))]]
    numbers = {row.inject: row.number for row in msel_rows(preview, names.language)}
    rows = [
        [
            str(number),
            names.say(objective.text),
            _(", ").join(numbers[inject] for inject in objective.tested_by if inject in numbers),
        ]
        for number, objective in enumerate(objectives, start=1)
    ]
    return [grid([_("No."), _("Objective"), _("Tested by inject")], rows)]


def _how_to_run() -> list[str]:
    steps = [
        _("Give everybody the handout, a day before if you can. It gives nothing away."),
        _("Seat people by the table below. Whoever has no player is played by you, or by the program's bots."),
        _("Read the briefing aloud. Then hand the first inject to those it is for, and to nobody else."),
        _("Keep the story's clock. Each inject comes at its time; one with a condition only if that holds."),
        _("Let people decide and the program answer. A refusal is part of the lesson: read its reason aloud."),
        _("If nothing moves for some minutes, give the hint that stands with the inject, and not more."),
        _(
            "When every incident has reached a final state, or time is up, ask the questions below before you tell "
            "the truth."
        ),
    ]
    return [f"{number}. {escaped(step)}" for number, step in enumerate(steps, start=1)]


def _length(preview: Preview, language: Language) -> list[list[str]]:
    rows = [
        [
            people_word(one.proficiency),
            spread_words(one.decisions),
            percent(one.kept, one.owed),
            spread_words(one.duration, time=True),
            spread_words(one.table[language], time=True),
        ]
        for one in preview.forecast.outlooks
    ]
    head = [_("People"), _("Decisions"), _("Kept"), _("In the story"), _("At the table")]
    notes = [how_played(preview.forecast), *unrested(preview), length_note()]
    return [grid(head, rows), *([escaped(note)] for note in notes)]


def _cast(preview: Preview, names: Names) -> list[list[str]]:
    playbook, loads = preview.playbook, {one.role: one for one in preview.forecast.loads}
    rows = []
    for person in preview.scenario.people.values():
        decisions = sum(loads[role].decisions.median for role in person.roles if role in loads)
        outside = all(playbook.roles[role].outside for role in person.roles)
        rows.append(
            [
                names.say(person.name),
                names.listed(names.role(role) for role in person.roles),
                names.say(person.desk),
                _by_whom(person, outside=outside, idle=not decisions),
                NOTHING if person.always_away else str(decisions),
            ]
        )
    note = _(
        "Decisions: in a middle play, by all who hold the role. Where there are few, one player can take two people."
    )
    head = [_("Name"), _("Roles"), _("Desk"), _("Played by"), _("Decisions")]
    return [grid(head, rows), [escaped(note)]]


def _by_whom(person: Person, *, outside: bool, idle: bool) -> str:
    if person.always_away:
        return _("nobody: away all the time")
    who = _("the facilitator") if outside else _("a participant, or the facilitator") if idle else _("a participant")
    if not person.away:
        return who
    stretches = _(", ").join(f"{_hour(begin)}–{_hour(end)}" for begin, end in person.away)
    return _("{who}; away daily {times}").format(who=who, times=stretches)


def _hour(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _briefing(preview: Preview, language: Language) -> list[list[str]]:
    scene = scene_of(preview.scenario)
    spoken = [scene.title.say(language), scene.summary.say(language)]
    about = scene.organisation.say(language)
    if scene.about is not None:
        about = _("{name}: {about}").format(name=about, about=scene.about.say(language))
    return [quote("\n\n".join([*spoken, about]))]


def _injects(preview: Preview, language: Language) -> list[list[str]]:
    """Each inject under its heading: what is to be known first, then the words to be read, then what should follow."""
    titles = dict(zip((field.name for field in fields(Row)), headings(), strict=True))
    out = []
    for row in msel_rows(preview, language):
        when = _("{planned} ({offset})").format(planned=row.planned, offset=row.offset) if row.planned else row.offset
        head = [
            (_("When"), when),
            (titles["condition"], row.condition),
            (titles["share"], row.share),
            (titles["channel"], row.channel),
            (titles["to"], row.to),
            (titles["part"], row.part),
        ]
        tail = [
            (titles["expected"], row.expected),
            (titles["objectives"], row.objectives),
            (titles["evidence"], row.evidence),
            (titles["notes"], row.notes),
        ]
        title = _("{number}. {subject}").format(number=row.number, subject=row.subject or row.inject)
        out.append(section(title, _known(head), quote(row.body), _known(tail), level=3))
    return out


def _known(pairs: list[tuple[str, str]]) -> list[str]:
    return [
        "- " + _("{title}: {value}").format(title=f"**{inline(title)}**", value=cell(words))
        for title, words in pairs
        if words
    ]


def _truth(preview: Preview, incident: Incident, names: Names) -> list[str]:
    truth, playbook = incident.truth, preview.playbook
    level = names.level(truth.level) if truth.level is not None else _("none")
    flags = {"incident": truth.incident, "unlawful": truth.unlawful, **truth.flags}
    pairs = [(flag_words(name), _("yes") if holds else _("no")) for name, holds in flags.items()]
    pairs.append((_("level"), level))
    for measure, value in truth.why.items():
        title = names.say(playbook.measures[measure].title) if measure in playbook.measures else measure
        pairs.append((title, measure_value(playbook, measure, value)))
    pairs.append((_("cause of it all"), truth.cause))
    pairs.append((_("extent"), names.say(truth.scope)))
    pairs.append((_("loss"), names.say(truth.loss)))
    pairs.append((_("concealed by"), names.person(truth.concealed_by) if truth.concealed_by is not None else ""))
    notes = [names.say(note) for note in truth.notes]
    return section(names.say(incident.title), _known(pairs), bullets(notes), level=3)


def _mistakes(preview: Preview, names: Names) -> list[list[str]]:
    forecast = preview.forecast
    if not forecast.mistakes:
        return [[escaped(_("None in any play."))]]
    rows = [
        [mistake_words(one, names), *(percent(one.by[level], forecast.plays) for level in forecast.proficiencies)]
        for one in forecast.mistakes[:MOST_MISTAKES]
    ]
    return [grid([_("Mistake"), *map(people_word, forecast.proficiencies)], rows)]


def questions(preview: Preview, names: Names) -> list[str]:
    """Return the questions for the debriefing: about objectives, about likely mistakes, and about what comes next."""
    asked = [
        _("How far did we get with this: {objective}").format(objective=names.say(objective.text))
        for objective in preview.scenario.objectives
    ]
    seen: Counter[str] = Counter()
    for mistake in preview.forecast.mistakes:
        seen[mistake.kind] += 1
        if seen[mistake.kind] <= ALIKE and sum(min(number, ALIKE) for number in seen.values()) <= ASKED_ABOUT:
            asked.append(_about(mistake, names))
    return [
        *dict.fromkeys(asked),
        _("What did somebody know that the others would have needed, and when?"),
        _("Which decision would we take again, and which would we not?"),
        _("Which one thing do we change now, who does it, and by when?"),
    ]


def _about(mistake: Mistake, names: Names) -> str:
    match mistake.kind:
        case "late":
            duty = names.duty(mistake.subject)
            return _("What stood between us and doing this in time: {duty}?").format(duty=duty)
        case "level":
            return _("Which figures decide on the level, and when did we have them?")
        case "judgement":
            step = names.step(mistake.subject)
            return _("What did we know when this was to be decided: “{step}”?").format(step=step)
        case "refused" if mistake.why == RefusalReason.CONTENT:
            return _("What belongs in this, and from whom do we have it: “{step}”?").format(
                step=names.step(mistake.subject)
            )
        case "refused" if mistake.why in {RefusalReason.STATE, RefusalReason.NEEDS, RefusalReason.NOT_RAISED}:
            return _("What had to be done before this: “{step}”?").format(step=names.step(mistake.subject))
        case "unasked" | "refused":
            return _("Who may do this, and on which rule: “{step}”?").format(step=names.step(mistake.subject))
