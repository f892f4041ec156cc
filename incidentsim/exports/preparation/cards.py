"""Role cards: what a role may do, owes, tells and hears, who stands in for it, and what nobody may do.

They are made of a playbook and of the names at the table; nothing of a story can reach them.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from incidentsim.domain.playbook import Playbook
from incidentsim.domain.text import Language, Text
from incidentsim.domain.unknown_names import unknown_name
from incidentsim.exports.documents.model import Blank, Block, Heading, Listing, Paragraph, Part, Row, Table, Terms
from incidentsim.exports.preparation.criteria import (
    NOTHING,
    act_words,
    channel_words,
    duty_table,
    judgements,
    times_assumed,
    times_note,
    when_words,
)
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.playbook_words import playbook_names
from incidentsim.exports.wording.procedure.roles import role_card
from incidentsim.exports.wording.procedure.rows import RoleCard, StepRow
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.domain.scenario import Scenario

Cast = Mapping[str, Sequence[Text]]
"""The names of those who hold each role."""


def cast_of(scenario: "Scenario | None") -> Cast:
    """Return who holds which role; people who never come are left out, and without a scenario everybody is."""
    cast: dict[str, list[Text]] = {}
    for person in scenario.people.values() if scenario is not None else ():
        for role in person.roles if not person.always_away else ():
            cast.setdefault(role, []).append(person.name)
    return cast


def cards(playbook: Playbook, cast: Cast, language: Language, roles: Sequence[str] = ()) -> list[Part]:
    """A card for each of these roles, or for all of them.

    Raises:
        UnknownNameError: the playbook has no such role.
    """
    check_roles(playbook, roles)
    names = playbook_names(playbook, language)
    return [_card(playbook, cast, names, role) for role in playbook.roles if not roles or role in roles]


def check_roles(playbook: Playbook, roles: Sequence[str]) -> None:
    """Make sure that the playbook has these roles.

    Raises:
        UnknownNameError: it has not.
    """
    for role in roles:
        if role not in playbook.roles:
            message = _("There is no role {name}; there are: {known}.")
            raise unknown_name(_("role"), role, playbook.roles, kind="role", otherwise=message)


def _card(playbook: Playbook, cast: Cast, names: Names, role: str) -> Part:
    card = role_card(playbook, role, names)
    blocks = [
        *_holders(playbook, card, cast, names),
        *_may(card),
        *_owes(playbook, card),
        *judgements(card.judges),
        *_tells(card),
        *_hears(card),
        *_nobody_may(card),
    ]
    title = names.say(playbook.title)
    return Part(
        language=names.language,
        title=card.title,
        subtitle=_("Role card · {playbook}, version {version}").format(playbook=title, version=playbook.version),
        contents="",
        foot=_("{role} · {playbook}").format(role=card.title, playbook=title),
        blocks=tuple(blocks),
        leaf=True,
    )


def _holders(playbook: Playbook, card: RoleCard, cast: Cast, names: Names) -> list[Block]:
    held = [names.say(name) for name in cast.get(card.role, ())]
    terms = [(_("Name"), names.listed(held))] if held else []
    if card.bodies:
        terms.append((_("Member of"), names.listed(card.bodies)))
    deputies = [_named(playbook, role, cast, names) for role in playbook.roles[card.role].deputies]
    terms.append((_("Stands in for me"), names.listed(deputies) if deputies else _("nobody")))
    if card.stands_in_for:
        terms.append((_("I stand in for"), names.listed(card.stands_in_for)))
    blocks: list[Block] = [] if held else [Blank(_("Name"))]
    if card.outside:
        blocks.append(Paragraph(_("This role is outside the house.")))
    return [*blocks, Terms(tuple(terms))]


def _named(playbook: Playbook, role: str, cast: Cast, names: Names) -> str:
    title = names.say(playbook.title_of(role))
    held = [names.say(name) for name in cast.get(role, ())]
    return _("{role} ({names})").format(role=title, names=names.listed(held)) if held else title


def _may(card: RoleCard) -> list[Block]:
    if not card.may:
        return [Heading(2, _("What I may do")), Paragraph(_("The procedure gives this role no step to take."))]
    needs = any(map(_needs, card.may))
    rows = tuple(
        Row((step.title, *([_needs(step) or NOTHING] if needs else []), step.takes, step.mark)) for step in card.may
    )
    head = (_("Step"), *([_("What it needs first")] if needs else []), _("Usual time"), _("Rests on"))
    return [Heading(2, _("What I may do")), Table(head, rows, (6, *([8] if needs else []), 3, 4))]


def _needs(step: StepRow) -> str:
    if not step.not_by:
        return step.needs
    four_eyes = _("not if I did this myself: {steps}").format(steps=step.not_by)
    return _("; ").join(words for words in (step.needs, four_eyes) if words)


def _owes(playbook: Playbook, card: RoleCard) -> list[Block]:
    heading = Heading(2, _("What I owe, and how fast"))
    if not card.owes:
        return [heading, Paragraph(_("The procedure sets this role no time."))]
    assumed = times_assumed(playbook)
    note = [Paragraph(times_note())] if assumed else []
    return [heading, duty_table(card.owes, owed_by=False, assumed=assumed), *note]


def _tells(card: RoleCard) -> list[Block]:
    if not card.tells:
        return []
    rows = tuple(Row((step, told)) for step, told in card.tells)
    return [Heading(2, _("Whom I tell")), Table((_("With this step"), _("To whom, by which channel")), rows, (5, 8))]


def _hears(card: RoleCard) -> list[Block]:
    """The escalations that reach the role, those by the same channel together."""
    if not card.hears:
        return []
    by_channel: dict[str, list[str]] = {}
    for row in card.hears:
        said = _("{title} [{basis}]").format(title=when_words(row), basis=row.mark) if row.mark else when_words(row)
        by_channel.setdefault(channel_words(row), []).append(said)
    rows = tuple(Row((channel or NOTHING, _("; ").join(said))) for channel, said in by_channel.items())
    return [Heading(2, _("What I am told")), Table((_("Channel"), _("Occasion")), rows, (4, 14))]


def _nobody_may(card: RoleCard) -> list[Block]:
    if not card.forbidden:
        return []
    return [Heading(2, _("What nobody may do")), Listing(tuple(map(act_words, card.forbidden)))]
