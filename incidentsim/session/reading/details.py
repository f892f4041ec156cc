"""What is asked for one by one: a fact with its clause, why a step is closed, what a duty asks for."""

from incidentsim.domain.actions import Action
from incidentsim.domain.errors import InputError
from incidentsim.domain.facts import FactKind
from incidentsim.domain.playbook import Step
from incidentsim.exercise.kernel.refusals import Refusal
from incidentsim.messages import gettext as _
from incidentsim.session.form_view import ActionKey
from incidentsim.session.reading.reader import Reader
from incidentsim.session.seat_view import Detail, ReasonsView
from incidentsim.session.sentences import clause_words, fact_details, refusal_sentence
from incidentsim.session.views import duties


def fact_detail(reader: Reader, number: int) -> Detail:
    """Everything about a fact, as far as they may see it.

    Raises:
        InputError: there is no such fact for them to read.
    """
    facts, narrator = reader.facts, reader.narrator
    if not 0 <= number < len(facts) or facts[number].kind is FactKind.SET_ASIDE:
        raise InputError(_("Nothing of this kind is on record."))
    return Detail(f"#{number} {narrator.time(facts[number].at)}", tuple(fact_details(narrator, number)))


def reasons(reader: Reader, key: ActionKey, step: Step | None) -> ReasonsView:
    """Return the refusal of an action or a forbidden act, its basis, its clauses and the required fields.

    The refusal is empty where the step is open.

    Raises:
        UnknownNameError: there is no such incident, person or role.
        InputError: the act is not a forbidden one, and `step` is `None`.
    """
    session, names = reader.session, reader.names
    act = session.exercise.playbook.forbidden.get(key.do)
    if act is not None:
        words = _("Nobody may do that, for whatever reason.")
        return ReasonsView(names.step(key.do), words, names.basis(act.rule, act.basis.clause), (), "")
    action = Action(key.person, key.do, key.incident, key.role)
    answer = session.exercise.examine(action, session.now, content=False)
    if step is None:
        raise InputError(_("Nothing to act on yet."))
    asked = names.listed(names.say(field.title) for field in step.fields if field.required)
    return ReasonsView(
        title=names.step(key.do),
        refusal=refusal_sentence(reader.narrator, action, answer) if isinstance(answer, Refusal) else "",
        basis=names.basis(step.rule, step.basis.clause),
        clauses=tuple(clause_words(reader.narrator, step.basis.clauses)),
        asks=asked,
    )


def duty_detail(reader: Reader, number: int) -> Detail:
    """Everything about an open duty.

    Raises:
        InputError: it is not open.
    """
    owed = next((duty for duty in duties(reader.session) if duty.number == number), None)
    if owed is None or owed.incident not in reader.incidents:
        raise InputError(_("Nobody owes anything right now."))
    names, narrator = reader.names, reader.narrator
    rule = reader.session.exercise.compiled.duties[owed.duty]
    due = _("no limit")
    if owed.due is not None:
        due = _("{time} ({left})").format(time=narrator.until(owed.due), left=narrator.left(owed.due))
    return Detail(
        names.duty(owed.duty),
        (
            (_("Incident"), names.incident(owed.incident)),
            (_("Owed by"), names.listed(names.role(role) for role in rule.owed_by)),
            (_("Ends with"), names.listed(names.step(do) for do in owed.settled_by)),
            (_("Due"), due),
            (_("Basis"), names.basis(rule.rule, rule.basis.clause)),
            *clause_words(narrator, rule.basis.clauses),
        ),
    )
