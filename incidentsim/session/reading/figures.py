"""The figures that are known to somebody, by what reached them: never by what is true, and never by what others got."""

from collections.abc import Iterator

from incidentsim.domain.facts import InjectDelivered
from incidentsim.domain.playbook import Playbook
from incidentsim.exports.wording.measures import measure_value
from incidentsim.messages import gettext as _
from incidentsim.session.procedure_view import FigureView, IncidentFigures
from incidentsim.session.reading.reader import Reader
from incidentsim.session.sentences import channel
from incidentsim.session.views import inbox, raised


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
        if message.incident != incident or message.inject is None or not isinstance(message.fact, InjectDelivered):
            continue
        by = channel(reader.narrator, message.channel)
        source = _("{channel} #{number}").format(channel=by, number=message.number)
        for shown in message.inject.shows:
            if shown.kind == "measure" and shown.name in playbook.measures:
                yield FigureView(
                    measure=shown.name,
                    title=names.say(playbook.measures[shown.name].title),
                    value=shown.value,
                    words=measure_value(playbook, shown.name, shown.value),
                    number=message.number,
                    source=source,
                )


def known_words(figures: tuple[FigureView, ...], measure: str) -> str:
    """Return what is known of a measure, newest first, each with its source; “not known” where nothing is."""
    told = [
        _("{value} · {source}").format(value=figure.words, source=figure.source)
        for figure in figures
        if figure.measure == measure
    ]
    return _("; before: ").join(told) or _("not known")


def incident_figures(reader: Reader) -> tuple[IncidentFigures, ...]:
    """Return the known figures of each incident that has come to notice, and its unknown measures."""
    playbook = reader.session.exercise.playbook
    return tuple(_figures(reader, playbook, incident) for incident in raised(reader.session))


def _figures(reader: Reader, playbook: Playbook, incident: str) -> IncidentFigures:
    names, level = reader.names, reader.session.exercise.state.incidents[incident].level
    figures = figures_of(reader, incident)
    known = {figure.measure for figure in figures}
    asked = {threshold.measure for rule in playbook.levels.values() for threshold in rule.any_of}
    asked |= {modifier.when.measure for modifier in playbook.modifiers}
    return IncidentFigures(
        incident=incident,
        title=names.incident(incident),
        level_name=_("not graded") if level is None else names.level(level),
        figures=figures,
        unknown=tuple(
            names.say(measure.title)
            for measure in playbook.measures.values()
            if measure.id in asked and measure.id not in known
        ),
    )
