"""Who sent what is read in an inbox; nobody is invented where the scenario does not say."""

from incidentsim.domain.facts import Escalated, InjectDelivered, MessageSent
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.said import sender_words
from incidentsim.messages import gettext as _
from incidentsim.session.reading.reader import Reader
from incidentsim.session.sentences import channel
from incidentsim.session.views import Message


def sender(names: Names, fact: InjectDelivered | Escalated | MessageSent) -> str:
    """Return who sent what this fact is about: for an escalation, the rule of the matrix that asks for it."""
    match fact:
        case InjectDelivered():
            return names.inject_sender(fact.inject)
        case Escalated():
            return _("Escalation matrix: {title}").format(title=names.escalation(fact.rule))
        case MessageSent():
            return sender_words(names, fact)


def source_words(reader: Reader, message: Message) -> str:
    """Return where a message came from, as in `alert #3 from Lin Xia`."""
    by, number = channel(reader.narrator, message.channel), message.number
    who = sender(reader.names, message.fact)
    if who:
        return _("{channel} #{number} from {sender}").format(channel=by, number=number, sender=who)
    return _("{channel} #{number}").format(channel=by, number=number)
