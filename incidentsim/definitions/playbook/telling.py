"""Whom the steps of a playbook tell, and through which channel."""

from incidentsim.definitions.formats.playbook import StepShape
from incidentsim.definitions.formats.telling import FieldNameShape
from incidentsim.definitions.rules.rules import RuleChecker
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.basis import Basis
from incidentsim.domain.facts import AT_WORK, MessageAct
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.playbook import Field
from incidentsim.domain.speech import Telling
from incidentsim.messages import gettext as _


def telling(checker: RuleChecker, step: StepShape, fields: tuple[Field, ...], path: Path) -> Telling | None:
    """Read the receivers and the channel of a step; `None` where it tells nobody, or wrongly, which is noted."""
    shape = step.tells
    if shape is None:
        return None
    at = (*path, "tells")
    own = shape.clause is not None or shape.basis is not None
    basis = checker.basis(shape, at) if own else checker.basis(step, path)
    checker.once((*at, "to"), shape.to)
    receivers = (*checker.names.parties, AT_WORK)
    known = [checker.known((*at, "to", index), _("receiver"), name, receivers) for index, name in enumerate(shape.to)]
    if isinstance(shape.through, FieldNameShape):
        channels = channel_fields(fields)
        name = shape.through.field
        if not checker.known((*at, "through", "field"), _("field"), name, channels):
            return None
        channel, field = channels[name].choices[0], name
    else:
        if not checker.known((*at, "through"), _("channel"), shape.through, checker.shape.channels):
            return None
        channel, field = shape.through, None
    return Telling(tuple(shape.to), channel, basis, field, MessageAct(shape.act)) if all(known) else None


def channel_fields(fields: tuple[Field, ...]) -> dict[str, Field]:
    """The fields in which a channel is written, by name."""
    return {
        field.name: field
        for field in fields
        if field.kind is FieldKind.CHOICE and field.vocabulary is None and field.choices
    }


def told_of_notice(fields: tuple[Field, ...], to: tuple[str, ...], basis: Basis) -> Telling | None:
    """Return the receivers of a notice, told through the channel that is written into it.

    A notice that asks for no channel does not say how anybody is told, so no message is made of it.
    """
    field = next(iter(channel_fields(fields).values()), None)
    return None if field is None or not to else Telling(to, field.choices[0], basis, field.name)
