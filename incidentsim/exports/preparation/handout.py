"""The participants' handout: what they may know before an exercise begins, in Markdown.

It is made of a `HandoutContext`, which holds nothing else: neither ground truth nor injects can reach a page that is
written from what does not contain them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from incidentsim.domain.local_time import LocalTime
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Person, Scenario
from incidentsim.domain.text import Language, Text
from incidentsim.exports.documents.markdown import bullets, document, escaped, grid, section
from incidentsim.exports.wording.local_time import LocalClock, date_words
from incidentsim.exports.wording.plain_text import lines_of
from incidentsim.messages import gettext as _


@dataclass(frozen=True, slots=True)
class HandoutContext:
    """The public side of a scenario. People who never come are left out: why they are away may be part of the story."""

    title: Text
    summary: Text
    local_time: LocalTime
    organisation: Text
    about: Text | None
    people: tuple[Person, ...]
    objectives: tuple[Text, ...]


def scene_of(scenario: Scenario) -> HandoutContext:
    """Return the part of a scenario that may be known to everybody; nothing of the ground truth is in it."""
    return HandoutContext(
        title=scenario.title,
        summary=scenario.summary,
        local_time=scenario.local_time,
        organisation=scenario.organisation.name,
        about=scenario.organisation.about,
        people=tuple(person for person in scenario.people.values() if not person.always_away),
        objectives=tuple(objective.text for objective in scenario.objectives),
    )


def handout(playbook: Playbook, scene: HandoutContext, language: Language) -> str:
    """The handout, in one language."""
    title = _("For participants: {scenario}").format(scenario=scene.title.say(language))
    return document(
        section(title, level=1),
        section(_("The scene"), *scene_parts(scene, language)),
        section(_("What we practise"), bullets([text.say(language) for text in scene.objectives]))
        if scene.objectives
        else [],
        section(_("Who is at the table"), people_grid(playbook, scene.people, language), _outside(playbook, language)),
        section(_("Who decides together"), _bodies(playbook, language)) if playbook.bodies else [],
        section(_("How to play"), _rules_of_play()),
        section(_("The procedure in short"), [escaped(_source_words(playbook, language))], clauses(playbook, language)),
    )


def scene_parts(scene: HandoutContext, language: Language) -> list[list[str]]:
    """Return the paragraphs that are read aloud at the beginning, in Markdown: what the story is, where, and when."""
    where = scene.organisation.say(language)
    if scene.about is not None:
        where = _("{name}: {about}").format(name=where, about=scene.about.say(language))
    clock = LocalClock(scene.local_time)
    day = clock.day(0)
    when = clock.time(0) if day is None else _("{date}, {time}").format(date=date_words(day), time=clock.time(0))
    paragraphs = [*paragraph(scene.summary.say(language)), [escaped(where)]]
    return [*paragraphs, [escaped(_("The exercise begins: {when}, local time.").format(when=when))]]


def paragraph(text: str) -> list[list[str]]:
    """A text as paragraphs: its lines, but for the empty ones."""
    return [[escaped(line)] for line in lines_of(text) if line.strip()]


def people_grid(playbook: Playbook, people: Iterable[Person], language: Language) -> list[str]:
    """Return a table of the people in Markdown, a line each: name, roles, desk."""
    rows = [
        [
            person.name.say(language),
            _(", ").join(_role(playbook, role, language) for role in person.roles),
            person.desk.say(language) if person.desk is not None else "",
        ]
        for person in people
    ]
    return grid([_("Name"), _("Roles"), _("Desk")], rows)


def _role(playbook: Playbook, role: str, language: Language) -> str:
    title = playbook.title_of(role).say(language)
    outside = role in playbook.roles and playbook.roles[role].outside
    return _("{role} (outside)").format(role=title) if outside else title


def _outside(playbook: Playbook, _language: Language) -> list[str]:
    if not any(role.outside for role in playbook.roles.values()):
        return []
    return [escaped(_("For those outside the house the facilitator speaks, unless somebody plays them."))]


def _bodies(playbook: Playbook, language: Language) -> list[str]:
    return grid(
        [_("Deciding body"), _("Roles in it")],
        [
            [body.title.say(language), _(", ").join(_role(playbook, role, language) for role in body.roles)]
            for body in playbook.bodies.values()
        ],
    )


def _rules_of_play() -> list[str]:
    return bullets(
        [
            _("You play the role that stands beside your name, and know what that person knows."),
            _("Messages reach you as the story goes on. What you get is yours: pass it on if you would in life."),
            _("Say what you do, in which role, and why. The program answers what the procedure makes of it."),
            _("A refusal is no failure: it says which rule stands in the way, and what would be allowed."),
            _("Time passes in the story faster than at the table. Mind what is due, and by when."),
            _("Everything is invented. Nobody calls, writes to or changes anything real."),
            _("Whoever is stuck asks the facilitator. Afterwards everybody looks back at what happened, and why."),
        ]
    )


def _source_words(playbook: Playbook, language: Language) -> str:
    title = _("“{playbook}”, version {version}.").format(
        playbook=playbook.title.say(language), version=playbook.version
    )
    return _("{playbook} What it rests on, in our own words:").format(playbook=title)


def clauses(playbook: Playbook, language: Language) -> list[str]:
    """The clauses that rules follow from; what is only context is left out."""
    rows = [[one.id, one.says.say(language)] for one in playbook.clauses.values() if one.context is None]
    return grid([_("Clause"), _("What it says")], rows) if rows else []
