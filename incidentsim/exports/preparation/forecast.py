"""A forecast as people read it: how long, which way, which duties, which mistakes, and who has how much to do.

Every line is plain, harmless and at most 80 columns wide.
"""

from incidentsim.domain.text import Language
from incidentsim.exercise.forecast.reading import CHARACTERS_A_MINUTE, MINUTES_A_DECISION, WORDS_A_MINUTE
from incidentsim.exercise.forecast.shapes import DutyOutlook, Preview
from incidentsim.exports.preparation.forecast_timeline import timeline_lines
from incidentsim.exports.preparation.forecast_words import (
    NOTHING,
    PAGE_WIDTH,
    how_played,
    mistake_words,
    percent,
    spread_words,
    table,
)
from incidentsim.exports.text.narrative import hanging
from incidentsim.exports.wording.beside.bots import people_word, people_words, short
from incidentsim.exports.wording.local_time import LocalClock
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.plain_text import visible, wrap
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext

MOST_MISTAKES = 12
"""So many are listed; the rest are counted."""


def forecast_lines(preview: Preview, language: Language) -> list[str]:
    """The whole forecast, the timeline included."""
    names = Names(preview.playbook, preview.scenario, language)
    lines = [visible(names.say(preview.scenario.title)), *wrap(how_played(preview.forecast), PAGE_WIDTH)]
    for title, body in (
        (_("How long it takes"), length_lines(preview, language)),
        (_("Which way it goes"), path_lines(preview, names)),
        (_("Timeline"), timeline_lines(preview, names)),
        (_("Duties"), duty_lines(preview, names)),
        (_("Most likely mistakes"), mistake_lines(preview, names)),
        (_("Injects that come rarely or never"), rare_lines(preview, names)),
        (_("Who has how much to do, in a play"), load_lines(preview, names)),
    ):
        lines += ["", title, *body]
    return lines


def length_lines(preview: Preview, language: Language) -> list[str]:
    """Return a table of how long the exercise takes, in the story and, estimated, at a table, with notes below it."""
    rows = [[_("People"), _("Decisions"), _("Kept"), _("In the story"), _("At the table")]]
    rows += [
        [
            people_word(one.proficiency),
            spread_words(one.decisions),
            percent(one.kept, one.owed),
            spread_words(one.duration, time=True),
            short(one.table[language].median),
        ]
        for one in preview.forecast.outlooks
    ]
    lines = [*hanging("  ", length_sentence(preview, language), columns=PAGE_WIDTH), *table(rows)]
    for note in (*unrested(preview), length_note()):
        lines += hanging("  ", note, columns=PAGE_WIDTH)
    return lines


def length_sentence(preview: Preview, language: Language) -> str:
    """Return the length of the exercise for the usual people in a sentence: at the table and in the story."""
    forecast = preview.forecast
    usual = next(outlook for outlook in forecast.outlooks if outlook.proficiency == forecast.usual)
    table_time = short(usual.table[language].median)
    if usual.duration is None:
        message = _("Reckon with about {table} at the table; in the story it reaches no end.")
        return message.format(table=table_time)
    message = _(
        "Reckon with about {table} at the table, in which {story} pass in the story; depending on what is decided, "
        "between {least} and {most}."
    )
    length = usual.duration
    return message.format(
        table=table_time, story=short(length.median), least=short(length.low), most=short(length.high)
    )


def unrested(preview: Preview) -> list[str]:
    """Return a sentence for each proficiency whose plays did not all reach a final state; empty where all did."""
    lines = []
    for outlook in preview.forecast.outlooks:
        people = people_words(outlook.proficiency)
        if not outlook.rested:
            lines.append(
                _("None of {plays} plays by {people} reached a final state.").format(plays=outlook.plays, people=people)
            )
        elif outlook.rested < outlook.plays:
            told = _("{rested} of {plays} plays by {people} reached a final state; the times in the story are theirs.")
            lines.append(told.format(rested=outlook.rested, plays=outlook.plays, people=people))
    return lines


def length_note() -> str:
    """Return the sentences that explain the figures of `length_lines` and what they assume."""
    return _(
        "Kept: duties done in time. In the story: until every incident has reached a final state. At the table: an "
        "estimate that assumes {words} English words or {characters} Chinese characters a minute to read and {minutes} "
        "minutes a decision."
    ).format(words=WORDS_A_MINUTE, characters=CHARACTERS_A_MINUTE, minutes=MINUTES_A_DECISION)


def path_lines(preview: Preview, names: Names) -> list[str]:
    """The states of the main track in order, how many plays came there, and when."""
    forecast, clock = preview.forecast, LocalClock(preview.scenario.local_time)
    stages = forecast.path
    several = len({stage.incident for stage in stages}) > 1
    head = [_("Plays"), _("Reached"), _("Stays"), _("State")]
    lines: list[str] = []
    for incident in dict.fromkeys(stage.incident for stage in stages):
        rows = [head]
        for stage in stages:
            if stage.incident != incident:
                continue
            times = stage.by.get(forecast.usual)
            stays = NOTHING
            if times is not None and times.left is not None:
                stays = short(max(times.left.median - times.entered.median, 0))
            entered = clock.elapsed(times.entered.median) if times is not None else NOTHING
            state = names.state(preview.playbook.main_track.id, stage.state)
            rows.append([percent(stage.plays, forecast.total), entered, stays, visible(state)])
        if several:
            lines += hanging("  ", visible(names.incident(incident)), columns=PAGE_WIDTH)
        lines += table(rows)
    told = _("Plays: of all. Times: {people}.").format(people=people_words(forecast.usual))
    return [*lines, *hanging("  ", told, columns=PAGE_WIDTH)]


def duty_lines(preview: Preview, names: Names) -> list[str]:
    """Each duty: in how many plays it was owed, how often it was kept, and how much time there was to spare."""
    forecast = preview.forecast
    if not forecast.duties:
        return ["  " + _("Nobody owed anything.")]
    rows = [[_("Owed"), *map(people_word, forecast.proficiencies), _("To spare"), _("Duty")]]
    for duty in forecast.duties:
        kept = [kept_share(duty, one) for one in forecast.proficiencies]
        owed = percent(duty.plays, forecast.total)
        rows.append([owed, *kept, spare(duty, forecast.usual), visible(names.duty(duty.duty))])
    note = _(
        "Owed: plays of all. Below the people: how often it was kept. To spare: {people}, middle play; negative is "
        "late."
    ).format(people=people_words(forecast.usual))
    return [*table(rows), *hanging("  ", note, columns=PAGE_WIDTH)]


def kept_share(duty: DutyOutlook, proficiency: int) -> str:
    """Return how often people of this proficiency kept the duty, in percent; `NOTHING` where there is none to count.

    Duties that were dropped, are still open or have no limit do not count.
    """
    times = duty.by.get(proficiency)
    counted = times.kept + times.late + times.missed if times is not None else 0
    return percent(times.kept, counted) if times is not None and counted else NOTHING


def spare(duty: DutyOutlook, proficiency: int) -> str:
    """Return the median time between doing a duty and its being due, for people of this proficiency.

    It is negative where they are late, and `NOTHING` where there are no such times.
    """
    times = duty.by.get(proficiency)
    return short(times.slack.median) if times is not None and times.slack is not None else NOTHING


def mistake_lines(preview: Preview, names: Names) -> list[str]:
    """The most frequent mistakes, and in how many plays of each proficiency they happened."""
    forecast = preview.forecast
    if not forecast.mistakes:
        return ["  " + _("None in any play.")]
    rows = [[*map(people_word, forecast.proficiencies), _("Mistake")]]
    for mistake in forecast.mistakes[:MOST_MISTAKES]:
        shares = [percent(mistake.by[one], forecast.plays) for one in forecast.proficiencies]
        rows.append([*shares, visible(mistake_words(mistake, names))])
    lines = table(rows)
    more = len(forecast.mistakes) - MOST_MISTAKES
    if more > 0:
        told = ngettext("And {n} more.", "And {n} more, none more frequent.", more).format(n=more)
        lines.append("  " + told)
    return lines


def rare_lines(preview: Preview, names: Names) -> list[str]:
    """The injects that came in less than half of all plays."""
    forecast = preview.forecast
    rare = [one for one in forecast.injects if 2 * one.plays < forecast.total]
    if not rare:
        return ["  " + _("None: each comes in half of the plays or more.")]
    rows = [
        [percent(one.plays, forecast.total), visible(one.inject), visible(names.inject(one.inject)[0])] for one in rare
    ]
    return table([[_("Plays"), _("Inject"), _("Subject")], *rows])


def load_lines(preview: Preview, names: Names) -> list[str]:
    """Decisions, injects and escalations of each role; those that mostly have nothing to do are only counted."""
    loads = preview.forecast.loads
    busy = [one for one in loads if one.decisions.median or one.injects.median or one.told.median]
    rows = [[_("Decisions"), _("Injects"), _("Escalations"), _("Role")]]
    rows += [
        [spread_words(one.decisions), spread_words(one.injects), spread_words(one.told), visible(names.role(one.role))]
        for one in busy
    ]
    lines = table(rows) if busy else []
    idle = len(preview.playbook.roles) - len(busy)
    if idle:
        told = ngettext(
            "{n} more role has nothing to do in most plays.", "{n} more roles have nothing to do in most plays.", idle
        )
        lines.append("  " + told.format(n=idle))
    return lines
