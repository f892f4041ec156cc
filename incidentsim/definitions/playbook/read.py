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
from incidentsim.definitions.playbook.filling.fill import filled
from incidentsim.definitions.rules.rules import RuleChecker
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.problems import DefinitionError, Path, Problem
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
        shape: what the file says, with what it leaves out written out; `None` where there is no playbook.
        defaults: where what it leaves out stands in the shape.
        notes: what is valid in it and of no use: clauses that no rule cites.
    """

    document: Document
    playbook: Playbook | None
    problems: tuple[Problem, ...]
    mended: bool
    shape: PlaybookShape | None = None
    defaults: tuple[Path, ...] = ()
    notes: tuple[Problem, ...] = ()


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
    if shape is None:
        return Examined(findings.document, None, findings.error().problems, mended)
    whole = filled(shape, findings, languages.own)
    checker = RuleChecker(whole.shape, names_in(whole.shape), findings)
    playbook = _resolved(checker, languages, whole.defaults)
    return Examined(
        findings.document,
        playbook,
        findings.error().problems if findings else (),
        mended,
        whole.shape,
        (*whole.defaults, *(("clauses", section) for section in checker.sections)),
        playbook_parts.uncited(checker, findings.document),
    )


def _resolved(checker: RuleChecker, languages: Languages, defaults: tuple[Path, ...]) -> Playbook:
    shape, findings = checker.shape, checker.findings
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
    if shape.usual_times is not None:
        checker.basis(shape.usual_times, ("usual_times",))
    working_hours = playbook_parts.working_hours(checker)
    tracks = playbook_tracks.tracks(checker)
    duties = playbook_duties.duties(checker)
    playbook_duties.check_lateness(checker)
    escalations = playbook_duties.escalations(checker, duties)
    places = playbook_lint.check_step_names(findings, tracks)
    forbidden = playbook_parts.forbidden(checker, places)
    anchors = playbook_anchors.anchors(checker)
    metrics = playbook_evaluation.metrics(checker)
    improvements = playbook_evaluation.improvements(checker)
    playbook_lint.check_main_track(findings, tracks)
    for placed_track in tracks:
        playbook_lint.check_ways(findings, placed_track)
        playbook_lint.check_ambiguity(findings, placed_track)
    playbook_lint.check_duties(findings, tracks, duties)
    check_circles(findings, tracks, duties, escalations)
    written = ("objectives",) not in defaults
    objectives = playbook_evaluation.objectives(checker) if written or not findings else {}  # they follow from the rest
    return Playbook(
        id=shape.id,
        version=shape.version,
        title=text(shape.title),
        prevailing=languages.own,
        languages=languages.asked,
        sources=playbook_parts.sources(shape),
        clauses={**clauses, **playbook_parts.sections(checker)},
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
