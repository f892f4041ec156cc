"""The files that came with what is in an inbox: with an inject, or with the injects that a message carries on."""

from base64 import b64encode
from collections.abc import Sequence

from incidentsim.domain.attachments import AttachedFile
from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import Escalated, InjectDelivered, MessageSent
from incidentsim.exports.wording.attached_files import content_words, file_words
from incidentsim.messages import gettext as _
from incidentsim.session.attached_view import AttachedContent, AttachmentView
from incidentsim.session.reading.reader import Reader
from incidentsim.session.seat_view import InboxMessage


def attached_files(reader: Reader, fact: InjectDelivered | Escalated | MessageSent) -> tuple[AttachedFile, ...]:
    """Return the files that came with this fact, in the language of the reader, each once."""
    match fact:
        case InjectDelivered():
            injects: tuple[str, ...] = (fact.inject,)
        case MessageSent():
            injects = reader.session.exercise.state.hearing.quotes.injects.get(fact.number, ())
        case Escalated():
            injects = ()
    files = [file for inject in injects for file in reader.names.attached_files(inject)]
    return tuple({(file.name, file.digest): file for file in files}.values())


def attachment_view(file: AttachedFile) -> AttachmentView:
    """Return what is said of a file."""
    return AttachmentView(file.name, file.kind, len(file.data), file.digest, file_words(file))


def attached_content(reader: Reader, inbox: Sequence[InboxMessage], number: int, place: int) -> AttachedContent:
    """Return a file that came with a message of this inbox.

    Raises:
        InputError: there is no such message, or no such file came with it.
    """
    fact = reader.session.facts[number] if any(message.number == number for message in inbox) else None
    files = attached_files(reader, fact) if isinstance(fact, InjectDelivered | Escalated | MessageSent) else ()
    if not 0 <= place < len(files):
        raise InputError(_("No such file came with this message."))
    file = files[place]
    return AttachedContent(attachment_view(file), content_words(file), b64encode(file.data).decode("ascii"))
