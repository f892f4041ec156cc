"""What messages, facts and refusals say, in sentences: for whatever shows a session, on screens or line by line."""

from collections.abc import Sequence

from incidentsim.domain.actions import Action
from incidentsim.domain.facts import Actor, FactKind, MessageSent, Refused, basis_of, cause_of, sender_of
from incidentsim.exercise.kernel.refusals import Refusal
from incidentsim.exports.wording.refusals import refusal_words
from incidentsim.exports.wording.said import act_words
from incidentsim.messages import gettext as _
from incidentsim.session.narration import RecordNarrator, SessionNarrator
from incidentsim.session.views import Message


def message_words(teller: SessionNarrator, message: Message) -> tuple[str, str]:
    """The heading and the text of a message."""
    if message.inject is not None:
        return teller.names.inject(message.inject.id)
    if isinstance(message.fact, MessageSent):
        return _said(teller, message.fact)
    return teller.sentence(message.number), ""


def _said(teller: SessionNarrator, message: MessageSent) -> tuple[str, str]:
    """What the sender did and said, in a line, and all that the message holds where that line is not all."""
    words = teller.narrator.messages
    told = [] if message.because is None else teller.narrator.details(message.because)
    subject = _("{act} M{number}: {what}").format(
        act=act_words(message.act), number=message.number, what=words.step(message) or words.content(message)
    )
    said = [
        _("{title}: {value}").format(title=title, value=value) if title else value
        for title, value in (*told, *words.parts(message))
    ]
    said += [f"{heading}\n{text}" if text else heading for heading, text in words.quoted(message)]
    return subject, "\n".join(said)


def channel(teller: SessionNarrator, name: str) -> str:
    """A channel in a word."""
    return teller.names.role(name) if name else ""


def fact_details(teller: RecordNarrator, number: int) -> list[tuple[str, str]]:
    """Everything about a fact: its sentence, what belongs to it, the clause it rests on, what it follows from.

    What it follows from is left out where the teller's record has nothing in its place that may be told.
    """
    facts = teller.account.facts
    fact = facts[number]
    names = teller.names
    details = [("", teller.sentence(number))]
    details += [(title, words) for title, words in teller.narrator.details(number) if words]
    rule, clauses = basis_of(fact)
    if rule is not None:
        basis = names.basis(rule, clauses)
        if basis:
            details.append((_("Basis"), basis))
        details += clause_words(teller, [clauses] if clauses else [])
    because = cause_of(fact)
    told = because is not None and 0 <= because < len(facts) and facts[because].kind is not FactKind.SET_ASIDE
    if because is not None and told and because != number:
        details.append((_("Because of"), f"#{because} {teller.sentence(because)}"))
    if sender_of(fact) is not None:
        details.append((_("Who"), names.actor(fact)))
    return details


def clause_words(teller: RecordNarrator, clauses: Sequence[str]) -> list[tuple[str, str]]:
    """Return the ids of clauses with their wording; those that the playbook does not know or quote are left out.

    Each text in `clauses` may hold several ids, with commas or spaces between them.
    """
    known = teller.account.playbook.clauses
    wanted = [one for joined in clauses for one in joined.replace(",", " ").split()]
    return [(one, teller.names.say(known[one].says)) for one in wanted if one in known and known[one].says is not None]


def refusal_sentence(narrator: SessionNarrator, action: Action, refusal: Refusal) -> str:
    """Return the words of the refusal that `action` would get now: what closes it, and what would be allowed."""
    refused = Refused(
        at=narrator.session.now,
        incident=action.incident,
        do=action.do,
        by=Actor(action.person, refusal.capacity.role),
        content={},
        why=refusal.why,
        rule=refusal.rule,
        clause=refusal.clause,
        allowed=refusal.allowed,
    )
    return refusal_words(refused, narrator.names)
