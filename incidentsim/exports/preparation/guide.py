"""The facilitator guide: everything about an exercise on paper, the ground truth included."""

from incidentsim.domain.scenario import Incident, Person
from incidentsim.domain.text import Language
from incidentsim.exercise.forecast.shapes import Preview
from incidentsim.exports.documents.model import Block, Heading, Listing, Paragraph, Part, Quotation, Row, Table, Terms
from incidentsim.exports.preparation.course import course
from incidentsim.exports.preparation.criteria import criteria
from incidentsim.exports.preparation.debriefing import questions
from incidentsim.exports.preparation.forecast import MOST_MISTAKES, length_note, length_sentence, unrested
from incidentsim.exports.preparation.forecast_words import (
    NOTHING,
    how_played,
    mistake_words,
    percent,
    spread_words,
)
from incidentsim.exports.preparation.ground_rules import ground_rules
from incidentsim.exports.preparation.handout import scene_of, scene_words
from incidentsim.exports.preparation.msel import inject_blocks, msel_rows, overview
from incidentsim.exports.wording.beside.bots import people_word
from incidentsim.exports.wording.evidence import flag_said, id_words, judged_words
from incidentsim.exports.wording.measures import measure_value
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.playbook_words import language_notes
from incidentsim.messages import gettext as _


def guide(preview: Preview, language: Language) -> Part:
    """The guide, in one language."""
    names = Names(preview.playbook, preview.scenario, language)
    title, about = _("For facilitators"), names.say(preview.scenario.title)
    rows = msel_rows(preview, language)
    blocks: list[Block] = [
        Paragraph(
            _("For the facilitator only: this guide holds the ground truth. Give participants the handout instead."),
            important=True,
        ),
        *_purpose(preview, names),
        Heading(2, _("How to run it")),
        *(Paragraph(note) for note in language_notes(preview.scenario.title, preview.playbook.title, language)),
        Listing(_how_to_run(), numbered=True),
        Heading(2, _("How long it takes")),
        *_length(preview, language),
        Heading(2, _("Who plays what")),
        *_cast(preview, names),
        Heading(2, _("The likely course")),
        *course(preview, names),
        Heading(2, _("Read aloud: the briefing")),
        Quotation("\n\n".join([about, *scene_words(scene_of(preview.scenario), language)])),
        Heading(2, _("Read aloud: the ground rules")),
        Listing(ground_rules()),
        Heading(2, _("Injects, in order")),
        overview(rows),
        *(block for row in rows for block in inject_blocks(row)),
        Heading(2, _("Ground truth, for the facilitator only")),
        *(block for incident in preview.scenario.incidents.values() for block in _truth(preview, incident, names)),
        Heading(2, _("Likely mistakes")),
        *_mistakes(preview, names),
        Heading(2, _("Questions for the debriefing")),
        Listing(tuple(questions(preview, names)), numbered=True),
        *criteria(preview.playbook, names),
    ]
    foot = _("{title} · {scenario}").format(title=title, scenario=about)
    return Part(language, title, about, _("Contents"), foot, tuple(blocks))


def _purpose(preview: Preview, names: Names) -> list[Block]:
    objectives = preview.scenario.objectives
    if not objectives:
        return []
    numbers = {row.inject: row.number for row in msel_rows(preview, names.language)}
    rows = tuple(
        Row(
            (
                str(number),
                names.say(objective.text),
                names.listed(numbers[inject] for inject in objective.tested_by if inject in numbers),
                _("yes") if objective.for_participants else _("no"),
            )
        )
        for number, objective in enumerate(objectives, start=1)
    )
    head = (_("No."), _("Objective"), _("Tested by inject"), _("In the handout"))
    return [Heading(2, _("Purpose")), Table(head, rows, (1, 10, 3, 3))]


def _how_to_run() -> tuple[str, ...]:
    return (
        _("Give everybody the handout and their role card, a day before if you can. They give nothing away."),
        _("“incidentsim plan” proposes seats and an agenda with times for your number of people and minutes."),
        _("Seat people by the table below. Whoever has no player is played by you, or by the program's bots."),
        _("Read the briefing and the ground rules aloud."),
        _("Then hand the first inject to those it is for, and to nobody else. Each can be printed on its own page."),
        _("Keep the story's clock. Each inject comes at its time; one with a condition only if that holds."),
        _("Let people decide and the program answer. A refusal is part of the lesson: read its reason aloud."),
        _("If nothing moves for some minutes, give the hint that stands with the inject, and not more."),
        _(
            "When every incident has reached a final state, or time is up, ask the questions below before you tell "
            "the truth."
        ),
    )


def _length(preview: Preview, language: Language) -> list[Block]:
    rows = tuple(
        Row(
            (
                people_word(outlook.proficiency),
                spread_words(outlook.decisions),
                percent(outlook.kept, outlook.owed),
                spread_words(outlook.duration, time=True),
                spread_words(outlook.table[language], time=True),
            )
        )
        for outlook in preview.forecast.outlooks
    )
    head = (_("People"), _("Decisions"), _("Kept"), _("In the story"), _("At the table"))
    notes = [how_played(preview.forecast), *unrested(preview), length_note()]
    return [
        Paragraph(length_sentence(preview, language)),
        Table(head, rows, (3, 4, 2, 6, 6)),
        *(Paragraph(note) for note in notes),
    ]


def _cast(preview: Preview, names: Names) -> list[Block]:
    playbook, loads = preview.playbook, {load.role: load for load in preview.forecast.loads}
    rows = []
    for person in preview.scenario.people.values():
        decisions = sum(loads[role].decisions.median for role in person.roles if role in loads)
        outside = all(playbook.roles[role].outside for role in person.roles)
        cells = (
            names.say(person.name),
            names.listed(names.role(role) for role in person.roles),
            names.say(person.desk),
            _by_whom(person, outside=outside, idle=not decisions),
            NOTHING if person.always_away else str(decisions),
        )
        rows.append(Row(cells))
    note = _(
        "Decisions: in a middle play, by all who hold the role. Where there are few, one player can take two people."
    )
    head = (_("Name"), _("Roles"), _("Desk"), _("Played by"), _("Decisions"))
    return [Table(head, tuple(rows), (4, 6, 5, 5, 2)), Paragraph(note)]


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


def _truth(preview: Preview, incident: Incident, names: Names) -> list[Block]:
    truth, playbook = incident.truth, preview.playbook
    level = names.level(truth.level) if truth.level is not None else _("none")
    flags = {"incident": truth.incident, "unlawful": truth.unlawful, **truth.flags}
    pairs = [(_("What it is"), _("; ").join(flag_said(name, holds=holds) for name, holds in flags.items()))]
    pairs += [(_("Level"), level)] if playbook.levels else []
    for measure, value in truth.why.items():
        title = names.say(playbook.measures[measure].title) if measure in playbook.measures else id_words(measure)
        pairs.append((title, measure_value(playbook, measure, value)))
    pairs.append((_("Cause"), _cause(preview, incident, names)))
    pairs.append((_("Extent"), names.say(truth.scope)))
    pairs.append((_("Decided by evidence that comes late"), names.listed(map(judged_words, truth.late_evidence))))
    pairs.append((_("Loss"), names.say(truth.loss)))
    pairs.append((_("Concealed by"), names.person(truth.concealed_by) if truth.concealed_by is not None else ""))
    notes = tuple(names.say(note) for note in truth.notes)
    return [
        Heading(3, names.say(incident.title)),
        Terms(tuple((title, words) for title, words in pairs if words)),
        *([Listing(notes)] if notes else []),
    ]


def _cause(preview: Preview, incident: Incident, names: Names) -> str:
    """The cause in words (by its name, where there are none), and the injects that tell it."""
    cause = names.say(incident.truth.root_cause, id_words(incident.truth.cause))
    rows = {row.inject: row for row in msel_rows(preview, names.language)}
    several = len(preview.scenario.incidents) > 1
    telling = [
        rows[inject.id].number
        for inject in preview.scenario.injects
        if inject.part == "cause" and (inject.incident == incident.id or (inject.incident is None and not several))
    ]
    if not telling:
        return cause
    return _("{cause} (told by inject {numbers})").format(cause=cause, numbers=names.listed(telling))


def _mistakes(preview: Preview, names: Names) -> list[Block]:
    forecast = preview.forecast
    if not forecast.mistakes:
        return [Paragraph(_("None in any play."))]
    rows = tuple(
        Row(
            (
                mistake_words(mistake, names),
                *(percent(mistake.by[level], forecast.plays) for level in forecast.proficiencies),
            )
        )
        for mistake in forecast.mistakes[:MOST_MISTAKES]
    )
    head = (_("Mistake"), *map(people_word, forecast.proficiencies))
    note = _("In how many of the plays by such people it happened.")
    return [Paragraph(note), Table(head, rows, (10, *(2 for _level in forecast.proficiencies)))]
