"""Reading a playbook: a file's bytes in, a procedure that holds together out, or every problem at once."""

from dataclasses import dataclass

from incidentsim.definitions.foreign.definitions import read_definition
from incidentsim.definitions.formats.common import Languages
from incidentsim.definitions.formats.languages import playbook_languages
from incidentsim.definitions.formats.playbook import PLAYBOOK_SCHEMA, PlaybookShape
from incidentsim.definitions.formats.validation import validate
from incidentsim.definitions.formats.values import text
from incidentsim.definitions.names.names import names_in
from incidentsim.definitions.playbook import anchors as playbook_anchors
from incidentsim.definitions.playbook import duties as playbook_duties
from incidentsim.definitions.playbook import evaluation as playbook_evaluation
from incidentsim.definitions.playbook import lint as playbook_lint
from incidentsim.definitions.playbook import parts as playbook_parts
from incidentsim.definitions.playbook import tracks as playbook_tracks
from incidentsim.definitions.playbook.automatic_cycles import check_circles
from incidentsim.definitions.rules.rules import RuleChecker
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.problems import DefinitionError, Problem
from incidentsim.definitions.yaml12.reader import Document
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.sources import Phase
from incidentsim.messages import gettext as _


@dataclass(frozen=True, slots=True)
class Examined:
    """A playbook file that was looked into, whatever is wrong with it.

    Attributes:
        document: what the file holds.
        playbook: the procedure, as far as it can be told; not to be played where there are problems; `None` where the
            file is so far from the format that nothing can be told.
        problems: what is wrong with it, in the order of the file.
        mended: whether words of the file were replaced by others, so that the rest could be looked at.
    """

    document: Document
    playbook: Playbook | None
    problems: tuple[Problem, ...]
    mended: bool


def read_playbook(data: bytes, file: str) -> Playbook:
    """The playbook in `data`.

    Args:
        data: the file's bytes.
        file: what the file is called in a problem.

    Raises:
        DefinitionError: the file is no YAML, not of the playbook format, or says something that cannot be.
    """
    examined = examine_playbook(data, file)
    if examined.playbook is None or examined.problems:
        raise DefinitionError(examined.problems)
    return examined.playbook


def examine_playbook(data: bytes, file: str) -> Examined:
    """Look into the playbook in `data`, and go on where something in it is wrong.

    Args:
        data: the file's bytes.
        file: what the file is called in a problem.

    Raises:
        DefinitionError: the file is no YAML, or no playbook.
    """
    findings = Findings(read_definition(data, file, PLAYBOOK_SCHEMA))
    languages = playbook_languages(findings.document.value)
    shape = validate(findings, PlaybookShape, languages)
    mended = bool(findings)
    playbook = None if shape is None else _resolved(shape, findings, languages)
    problems = findings.error().problems if findings else ()
    return Examined(findings.document, playbook, problems, mended)


def _resolved(shape: PlaybookShape, findings: Findings, languages: Languages) -> Playbook:
    checker = RuleChecker(shape, names_in(shape), findings)
    checker.once(("languages",), shape.languages)
    if languages.own not in languages.asked:
        checker.known(("prevailing_language",), _("language"), languages.own, languages.asked)
    clauses = playbook_parts.clauses(checker)
    levels = playbook_parts.levels(checker)
    modifiers = playbook_parts.modifiers(checker)
    judgements = playbook_parts.judgements(checker)
    roles = playbook_parts.roles(checker)
    bodies = playbook_parts.bodies(checker)
    vocabularies = playbook_parts.vocabularies(checker)
    circumstances = playbook_parts.circumstances(checker)
    checker.basis(shape.usual_times, ("usual_times",))
    working_hours = playbook_parts.working_hours(checker)
    tracks = playbook_tracks.tracks(checker)
    duties = playbook_duties.duties(checker)
    playbook_duties.check_lateness(checker)
    escalations = playbook_duties.escalations(checker, duties)
    places = playbook_lint.check_step_names(findings, tracks)
    forbidden = playbook_parts.forbidden(checker, places)
    anchors = playbook_anchors.anchors(checker)
    playbook_parts.uncited(checker)
    metrics = playbook_evaluation.metrics(checker)
    objectives = playbook_evaluation.objectives(checker)
    improvements = playbook_evaluation.improvements(checker)
    playbook_lint.check_main_track(findings, tracks)
    for placed_track in tracks:
        playbook_lint.check_ways(findings, placed_track)
        playbook_lint.check_ambiguity(findings, placed_track)
    playbook_lint.check_duties(findings, tracks, duties)
    check_circles(findings, tracks, duties, escalations)
    return Playbook(
        id=shape.id,
        version=shape.version,
        title=text(shape.title),
        prevailing=languages.own,
        languages=languages.asked,
        sources=playbook_parts.sources(shape),
        clauses=clauses,
        phases={name: Phase(name, text(title)) for name, title in shape.phases.items()},
        measures=playbook_parts.measures(checker),
        levels=levels,
        modifiers=modifiers,
        roles=roles,
        bodies=bodies,
        vocabularies=vocabularies,
        circumstances=circumstances,
        tracks={placed_track.track.id: placed_track.track for placed_track in tracks},
        duties={placed.duty.id: placed.duty for placed in duties},
        escalations=escalations,
        forbidden=forbidden,
        channels={name: text(title) for name, title in shape.channels.items()},
        channel_means=playbook_parts.channel_meanings(checker),
        working_hours=working_hours,
        anchors=anchors,
        metrics=metrics,
        objectives=objectives,
        improvements=improvements,
        judgements=judgements,
    )
