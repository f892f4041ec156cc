"""The figures that are known to somebody, by what reached them: never by what is true, and never by what others got."""

from collections.abc import Iterator

from incidentsim.domain.facts import Escalated, InjectDelivered, MessageSent
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Inject
from incidentsim.exercise.kernel.state import ExerciseState
from incidentsim.exports.wording.measures import measure_value
from incidentsim.messages import gettext as _
from incidentsim.session.procedure.view import FigureView, IncidentFigures
from incidentsim.session.reading.reader import Reader
from incidentsim.session.reading.senders import source_words
from incidentsim.session.reading.statements import statements_of
from incidentsim.session.views import inbox


def figures_of(reader: Reader, incident: str) -> tuple[FigureView, ...]:
    """The figures of an incident that reached whoever sits there, those that came last first.

    Where nobody is played, what reached anybody counts. What a message tells again unchanged stands once.
    """
    told = list(_told(reader, incident))[::-1]
    known: dict[tuple[str, int], FigureView] = {}
    for figure in told:
        known.setdefault((figure.measure, figure.value), figure)
    return tuple(known.values())


def _told(reader: Reader, incident: str) -> Iterator[FigureView]:
    """Every figure of every message, in the order in which they came."""
    playbook, names = reader.session.exercise.playbook, reader.names
    for message in inbox(reader.session, reader.pseudonyms or None):
        for measure, value in _carried(reader.session.exercise.state, message.fact, incident, set()):
            if measure in playbook.measures:
                yield FigureView(
                    measure=measure,
                    title=names.say(playbook.measures[measure].title),
                    value=value,
                    words=measure_value(playbook, measure, value),
                    number=message.number,
                    source=source_words(reader, message),
                )


def _carried(
    state: ExerciseState, fact: InjectDelivered | Escalated | MessageSent, incident: str, read: set[int]
) -> Iterator[tuple[str, int]]:
    """What a message tells of an incident: its own figures, and those of what it quotes."""
    if isinstance(fact, InjectDelivered):
        if fact.incident == incident:
            yield from _shown(state.injects.get(fact.inject))
        return
    if not isinstance(fact, MessageSent):
        return
    if fact.incident == incident:
        yield from fact.measures.items()
    for name in fact.injects:
        inject = state.injects.get(name)
        if inject is not None and inject.incident == incident:
            yield from _shown(inject)
    for number in fact.messages:
        if number in state.messages and number not in read:
            read.add(number)
            yield from _carried(state, state.messages[number], incident, read)


def _shown(inject: Inject | None) -> Iterator[tuple[str, int]]:
    """The figures that an inject shows."""
    for shown in inject.shows if inject is not None else ():
        if shown.kind == "measure":
            yield shown.name, shown.value


def known_words(figures: tuple[FigureView, ...], measure: str) -> str:
    """Return what is known of a measure, newest first, each with its source; empty where nothing is."""
    told = [
        _("{value} · {source}").format(value=figure.words, source=figure.source)
        for figure in figures
        if figure.measure == measure
    ]
    return _("; before: ").join(told)


def incident_figures(reader: Reader) -> tuple[IncidentFigures, ...]:
    """Return the known figures of each incident that has come to their notice, and its unknown measures."""
    playbook = reader.session.exercise.playbook
    return tuple(_figures(reader, playbook, incident) for incident in reader.incidents)


def _figures(reader: Reader, playbook: Playbook, incident: str) -> IncidentFigures:
    names, level = reader.names, reader.session.exercise.state.incidents[incident].level
    figures = figures_of(reader, incident)
    known = {figure.measure for figure in figures}
    asked = {threshold.measure for rule in playbook.levels.values() for threshold in rule.any_of}
    asked |= {modifier.when.measure for modifier in playbook.modifiers}
    return IncidentFigures(
        incident=incident,
        title=names.incident(incident),
        level_name=names.grade(level),
        figures=figures,
        said=statements_of(reader, incident),
        unknown=tuple(
            names.say(measure.title)
            for measure in playbook.measures.values()
            if measure.id in asked and measure.id not in known
        ),
    )
