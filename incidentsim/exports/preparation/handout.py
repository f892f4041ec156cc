"""The participant handout: what they may know before an exercise begins.

It is made of a `HandoutContext`, which holds nothing else: neither ground truth nor injects can reach a page that is
written from what does not contain them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from incidentsim.domain.local_time import LocalTime
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Person, Scenario
from incidentsim.domain.text import Language, Text
from incidentsim.exports.documents.model import Block, Heading, Listing, Paragraph, Part, Row, Table
from incidentsim.exports.preparation.criteria import criteria
from incidentsim.exports.preparation.ground_rules import ground_rules
from incidentsim.exports.wording.local_time import LocalClock, date_words
from incidentsim.exports.wording.plain_text import lines_of
from incidentsim.exports.wording.playbook_words import language_notes, playbook_names
from incidentsim.messages import gettext as _


@dataclass(frozen=True, slots=True)
class HandoutContext:
    """The public side of a scenario. People who never come are left out: why they are away may be part of the story.

    Of the scenario's objectives only those that give nothing away are here.
    """

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
        objectives=tuple(objective.text for objective in scenario.objectives if objective.for_participants),
    )


def handout(playbook: Playbook, scene: HandoutContext, language: Language) -> Part:
    """The handout, in one language."""
    names = playbook_names(playbook, language)
    title, about = _("For participants"), scene.title.say(language)
    blocks: list[Block] = [
        Heading(2, _("The scene")),
        *scene_blocks(scene, language),
        *(Paragraph(note) for note in language_notes(scene.title, playbook.title, language)),
        *_objectives(playbook, scene, language),
        Heading(2, _("Who is at the table")),
        people_table(playbook, scene.people, language),
        *_outside(playbook),
        *_bodies(playbook, language),
        Heading(2, _("Ground rules")),
        Listing(ground_rules()),
        *criteria(playbook, names),
    ]
    return Part(
        language,
        title,
        about,
        _("Contents"),
        _("{title} · {scenario}").format(title=title, scenario=about),
        tuple(blocks),
    )


def scene_blocks(scene: HandoutContext, language: Language) -> list[Block]:
    """Return what is read aloud at the beginning: what the story is, where, and when."""
    return [Paragraph(words) for words in scene_words(scene, language)]


def scene_words(scene: HandoutContext, language: Language) -> list[str]:
    """The same as paragraphs of plain words."""
    where = scene.organisation.say(language)
    if scene.about is not None:
        where = _("{name}: {about}").format(name=where, about=scene.about.say(language))
    clock = LocalClock(scene.local_time)
    day = clock.day(0)
    when = clock.time(0) if day is None else _("{date}, {time}").format(date=date_words(day), time=clock.time(0))
    told = [line for line in lines_of(scene.summary.say(language)) if line.strip()]
    return [*told, where, _("The exercise begins: {when}, local time.").format(when=when)]


def _objectives(playbook: Playbook, scene: HandoutContext, language: Language) -> list[Block]:
    """What the procedure rates in every exercise, and what the scenario says that participants may know of it."""
    told = [*scene.objectives, *(objective.title for objective in playbook.objectives.values())]
    if not told:
        return []
    items = dict.fromkeys(text.say(language) for text in told)
    return [Heading(2, _("What we practise")), Listing(tuple(items))]


def people_table(playbook: Playbook, people: Iterable[Person], language: Language) -> Table:
    """Return a table of the people, a line each: name, roles, desk."""
    rows = [
        Row(
            (
                person.name.say(language),
                _(", ").join(_role(playbook, role, language) for role in person.roles),
                person.desk.say(language) if person.desk is not None else "",
            )
        )
        for person in people
    ]
    return Table((_("Name"), _("Roles"), _("Desk")), tuple(rows), (3, 5, 4))


def _role(playbook: Playbook, role: str, language: Language) -> str:
    title = playbook.title_of(role).say(language)
    outside = role in playbook.roles and playbook.roles[role].outside
    return _("{role} (outside)").format(role=title) if outside else title


def _outside(playbook: Playbook) -> list[Block]:
    if not any(role.outside for role in playbook.roles.values()):
        return []
    return [Paragraph(_("For those outside the house the facilitator speaks, unless somebody plays them."))]


def _bodies(playbook: Playbook, language: Language) -> list[Block]:
    if not playbook.bodies:
        return []
    rows = tuple(
        Row((body.title.say(language), _(", ").join(_role(playbook, role, language) for role in body.roles)))
        for body in playbook.bodies.values()
    )
    return [Heading(2, _("Who decides together")), Table((_("Deciding body"), _("Roles in it")), rows, (3, 8))]
