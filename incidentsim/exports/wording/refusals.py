"""Why an action was refused and what would have been allowed, as a sentence."""

from collections.abc import Sequence
from typing import assert_never

from incidentsim.domain.facts import FactKind, RefusalReason, Refused
from incidentsim.exports.wording.names import Names
from incidentsim.messages import gettext as _


def refusal_words(fact: Refused, names: Names) -> str:
    """The reason of a refusal, with what would be allowed instead."""
    allowed = fact.allowed
    name, role = names.person(fact.by.person), names.role(fact.by.role)
    match fact.why:
        case RefusalReason.NOT_RAISED:
            return _("Nothing of this incident can be noticed yet.")
        case RefusalReason.FORBIDDEN:
            return _("Nobody may do that, for whatever reason.")
        case RefusalReason.ROLE_NOT_HELD:
            roles = names.listed(names.role(one) for one in allowed)
            return _("{name} cannot act as {role}, but as: {roles}.").format(name=name, role=role, roles=roles)
        case RefusalReason.AWAY:
            return _away(name, _people(allowed, names))
        case RefusalReason.STATE:
            return _state(allowed, names)
        case RefusalReason.ROLE:
            roles = names.listed(names.role(one) for one in allowed)
            return _("That is not for: {role}. It is for: {roles}.").format(role=role, roles=roles)
        case RefusalReason.FOUR_EYES:
            return _four_eyes(_people(allowed, names))
        case RefusalReason.CONTENT:
            fields = names.listed(names.field(one) for one in allowed)
            return _("These are missing or not as the procedure asks: {fields}.").format(fields=fields)
        case RefusalReason.NEEDS:
            return _("First this is needed: {needs}.").format(needs=needs_words(allowed, names))
        case _:
            assert_never(fact.why)


def _people(pseudonyms: Sequence[str], names: Names) -> str:
    return names.listed(names.person(one) for one in pseudonyms)


def _away(name: str, others: str) -> str:
    if others:
        return _("{name} is away. Until then it is for: {others}.").format(name=name, others=others)
    return _("{name} is away, and nobody stands in.").format(name=name)


def _state(steps: Sequence[str], names: Names) -> str:
    if steps:
        titles = names.listed(_("“{step}”").format(step=names.step(one)) for one in steps)
        return _("This step is not open in this state. Open steps: {steps}.").format(steps=titles)
    return _("This step is not open in this state, and no other is.")


def _four_eyes(others: str) -> str:
    if others:
        return _("Whoever prepared it may not approve it. It could be done by: {others}.").format(others=others)
    return _("Whoever prepared it may not approve it, and there is nobody else.")


def needs_words(codes: Sequence[str], names: Names) -> str:
    """Return what a step still needs, in words, from the kernel's codes (`legality:lawful`, `level:2`, `fact:…`).

    States of one track are alternatives, so they are said together.
    """
    states: dict[str, list[str]] = {}
    said: dict[str, None] = {}
    for code in codes:
        head, _colon, rest = code.partition(":")
        if head in {"level", "role", "fact", "not"}:
            said[_single(head, rest, names)] = None
        else:
            states.setdefault(head, []).append(names.state(head, rest))
            said[head] = None
    words = [
        _("{track}: {states}").format(track=names.track(one), states=_(" or ").join(states[one]))
        if one in states
        else one
        for one in said
    ]
    return _("; ").join(words)


def _single(head: str, rest: str, names: Names) -> str:
    if head == "level" and rest.isdecimal():
        return _("graded {level} or more severe").format(level=names.level(int(rest)))
    if head == RefusalReason.ROLE:
        return _("to be done by: {role}").format(role=names.role(rest))
    if head == "not":
        return _("not ({needs})").format(needs=needs_words([rest], names))
    kind, *parts = rest.split(":")
    if kind == FactKind.STEP_TAKEN and len(parts) == 1:
        return _("“{step}” must have been done").format(step=names.step(parts[0]))
    if kind == FactKind.STEP_TAKEN and len(parts) == 2:  # noqa: PLR2004 - a track and the state that was entered
        return _("{track}: {states}").format(track=names.track(parts[0]), states=names.state(*parts))
    return _("on record: {fact}").format(fact=" ".join([kind, *parts]))


def reason_kind_words(kind: RefusalReason) -> str:
    """The kind of a refusal in a word or two."""
    words = {
        RefusalReason.NOT_RAISED: _("nothing to notice yet"),
        RefusalReason.FORBIDDEN: _("forbidden to everybody"),
        RefusalReason.ROLE_NOT_HELD: _("role not held"),
        RefusalReason.AWAY: _("away"),
        RefusalReason.STATE: _("not open in this state"),
        RefusalReason.ROLE: _("outside the role"),
        RefusalReason.FOUR_EYES: _("own work (four eyes)"),
        RefusalReason.CONTENT: _("content missing"),
        RefusalReason.NEEDS: _("something else needed first"),
    }
    return words[kind]
