"""Who sent what is read in an inbox; nobody is invented where the scenario does not say."""

from incidentsim.domain.facts import Escalated, InjectDelivered, MessageSent
from incidentsim.domain.scenario import Inject
from incidentsim.domain.text import Text
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.said import sender_words
from incidentsim.messages import gettext as _


def inject_sender(names: Names, inject: Inject | None) -> str:
    """Return who sends an inject: a role, a body, a person, or somebody outside; empty where nothing says so."""
    if inject is None or inject.sender is None:
        return ""
    return names.say(inject.sender) if isinstance(inject.sender, Text) else names.somebody(inject.sender)


def sender(names: Names, fact: InjectDelivered | Escalated | MessageSent, inject: Inject | None) -> str:
    """Return who sent what this fact is about: for an escalation, the rule of the matrix that asks for it."""
    match fact:
        case InjectDelivered():
            return inject_sender(names, inject)
        case Escalated():
            return _("Escalation matrix: {title}").format(title=names.escalation(fact.rule))
        case MessageSent():
            return sender_words(names, fact)
