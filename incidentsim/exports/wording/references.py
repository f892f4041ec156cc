"""What a bot wrote into a text field, in words of the reader's language."""

from collections.abc import Sequence

from incidentsim.domain.playbook import Playbook
from incidentsim.domain.references import Reference, ReferenceKind
from incidentsim.exports.wording.evidence import flag_said, flag_words, measure_words
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.plain_text import within_quotes
from incidentsim.messages import gettext as _

_LEVEL = "level"


def references_words(playbook: Playbook, names: Names, references: Sequence[Reference]) -> str:
    """An account as text: what is known, with its source, by what, and what is still unknown."""
    known = [_known(playbook, names, reference) for reference in references]
    said = [words for words in known if words]
    quotes = [_quote(names, reference.name) for reference in references if reference.kind is ReferenceKind.QUOTE]
    unknown = [_unknown(reference.name) for reference in references if reference.kind is ReferenceKind.UNKNOWN]
    parts = [_("Known: {known}.").format(known=names.listed(said))] if said else []
    parts += [_("Based on: {quotes}.").format(quotes=names.listed(quotes))] if quotes else []
    parts += [_("Not known yet: {unknown}.").format(unknown=names.listed(unknown))] if unknown else []
    if any(reference.kind is ReferenceKind.WITHHELD for reference in references):
        parts.append(_("It also rests on messages that have not reached you."))
    return "\n".join(parts)


def _known(playbook: Playbook, names: Names, reference: Reference) -> str:
    match reference.kind:
        case ReferenceKind.MEASURE:
            words = measure_words(playbook, names, reference.name, reference.value)
        case ReferenceKind.FLAG:
            words = flag_said(reference.name, holds=bool(reference.value))
        case ReferenceKind.LEVEL:
            level = int(reference.name) if reference.name.isdecimal() else 0
            words = names.level(level) if level in playbook.levels else reference.name
        case ReferenceKind.QUOTE | ReferenceKind.UNKNOWN | ReferenceKind.WITHHELD:
            return ""
    if not reference.source:
        return words
    return _("{words} ({source})").format(words=words, source=_source(names, reference.source))


def _source(names: Names, source: str) -> str:
    if source.startswith("M") and source[1:].isdecimal():
        return _("message M{number}").format(number=int(source[1:]))
    return _quote(names, source)


def _quote(names: Names, inject: str) -> str:
    return _("“{heading}”").format(heading=within_quotes(names.inject(inject)[0]))


def _unknown(name: str) -> str:
    if name == _LEVEL:
        return _("how severe it is")
    return _("whether {so}").format(so=flag_words(name))
