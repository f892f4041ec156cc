"""Fields in files: what each kind may hold of the shipped packs, and how a script writes its values down.

`script_value` is the inverse of `FieldReader.value`.
"""

from collections.abc import Mapping
from typing import Any

from incidentsim.definitions.formats.common import TextShape
from incidentsim.definitions.formats.durations import format_duration
from incidentsim.definitions.formats.script import ContentShape, JudgementShape
from incidentsim.definitions.formats.values import free_text, measured
from incidentsim.definitions.rules.clock_names import clock_ids, clock_measures, clock_scales, judgements
from incidentsim.definitions.rules.conditions import Checker
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.actions import NO_STATUTORY_LEVEL, Value, judgement, measurement
from incidentsim.domain.facts import CommittedText, ContentValue, RecordedText
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.domain.meanings import Unit
from incidentsim.domain.playbook import Field, Playbook
from incidentsim.domain.references import references_of
from incidentsim.domain.text import FreeText
from incidentsim.messages import gettext as _


def choices_of_packs(kind: FieldKind) -> tuple[str, ...]:
    """Return the names that a field of this kind may take from the clock packs.

    They are ids of clocks, judgements on a statutory scale or ids of measures; empty for a kind of field that is not
    about regulatory deadlines.
    """
    match kind:
        case FieldKind.CLOCK:
            return clock_ids()
        case FieldKind.STATUTORY_LEVEL:
            return judgements()
        case FieldKind.CLOCK_MEASURES:
            return tuple(clock_measures())
        case (
            FieldKind.TEXT | FieldKind.CHOICE | FieldKind.CHOICES | FieldKind.LEVEL | FieldKind.PERSON | FieldKind.ROLE
        ):
            return ()


class FieldReader:
    """Reads the values that a script gives to the fields of a playbook's steps."""

    def __init__(self, checker: Checker, playbook: Playbook) -> None:
        self._checker = checker
        self._people = checker.names.people
        self._channels = tuple(playbook.channels)

    def value(self, field: Field, written: ContentShape, path: Path) -> Value | None:
        """The value at `path` as its field wants it; `None` where it cannot be that, which is noted."""
        match field.kind:
            case FieldKind.TEXT:
                return self._text(written, path)
            case FieldKind.LEVEL:
                return self._level(written, path)
            case FieldKind.CHOICES:
                return self._choices(field, written, path)
            case FieldKind.STATUTORY_LEVEL:
                return self._judgement(written, path)
            case FieldKind.CLOCK_MEASURES:
                return self._measurements(written, path)
            case FieldKind.PERSON:
                name = self._name(written, path, _("This field is a person."))
                known = name is not None and self._checker.known(path, _("person"), name, self._people)
                return self._people[name] if name is not None and known else None
            case FieldKind.ROLE:
                name = self._name(written, path, _("This field is a role."))
                return name if name is not None and self._checker.role(path, name) else None
            case FieldKind.CLOCK:
                wanted = _("This field is a regulatory deadline, such as {example}.").format(example="cn-pipl-57")
                return self._known_name(written, path, wanted, _("clock"), field.choices)
            case FieldKind.CHOICE:
                return self._choice(field, written, path)

    def _text(self, written: ContentShape, path: Path) -> Value | None:
        if isinstance(written, str):
            return FreeText(written)
        if isinstance(written, TextShape):
            return free_text(written)
        if isinstance(written, list) and references_of(tuple(written)) is not None:
            return tuple(written)
        self._checker.findings.add(path, _("This field is a text, or a text by language."))
        return None

    def _level(self, written: ContentShape, path: Path) -> Value | None:
        if isinstance(written, int):
            return written if self._checker.level(path, written) else None
        message = _("This field is a level, a whole number; valid are {valid}.")
        valid = ", ".join(map(str, self._checker.names.levels))
        self._checker.findings.add(path, message.format(valid=valid))
        return None

    def _choices(self, field: Field, written: ContentShape, path: Path) -> Value | None:
        if not isinstance(written, list):
            message = _("This field is a list of choices: {valid}.")
            self._checker.findings.add(path, message.format(valid=", ".join(field.choices)))
            return None
        self._checker.once(path, written)
        known = [
            self._checker.known((*path, index), _("choice"), item, field.choices) for index, item in enumerate(written)
        ]
        return tuple(written) if all(known) else None

    def _judgement(self, written: ContentShape, path: Path) -> Value | None:
        if not isinstance(written, JudgementShape):
            message = _("This field is a level of a statutory scale: {{scale: …, level: …}}.")
            self._checker.findings.add(path, message.format())
            return None
        checker, scales = self._checker, clock_scales()
        if not checker.known((*path, "scale"), _("statutory scale"), written.scale, scales):
            return None
        valid = (*scales[written.scale].levels, NO_STATUTORY_LEVEL)
        known = checker.known((*path, "level"), _("statutory level"), written.level, valid)
        return f"{written.scale}:{written.level}" if known else None

    def _measurements(self, written: ContentShape, path: Path) -> Value | None:
        if not isinstance(written, dict):
            message = _("This field is a mapping of measures to their values: {{personal_data_breach: true}}.")
            self._checker.findings.add(path, message.format())
            return None
        findings, known = self._checker.findings, clock_measures()
        values = []
        for name, value in written.items():
            if name in known:
                values.append(f"{name}={measured(findings, known[name].unit, value, (*path, name))}")
            else:
                findings.unknown((*path, name), _("measure"), name, known, key=True)
        return tuple(values) or None

    def _choice(self, field: Field, written: ContentShape, path: Path) -> Value | None:
        """One choice.

        A channel that exists but is not allowed for this step is taken: its refusal may be what the script is about.
        """
        wanted = _("This field is one of {valid}.").format(valid=", ".join(field.choices))
        if field.vocabulary is not None:
            return self._known_name(written, path, wanted, _("choice"), field.choices)
        return self._known_name(written, path, wanted, _("channel"), self._channels)

    def _known_name(
        self, written: ContentShape, path: Path, wanted: str, kind: str, valid: tuple[str, ...]
    ) -> str | None:
        name = self._name(written, path, wanted)
        return name if name is not None and self._checker.known(path, kind, name, valid) else None

    def _name(self, written: ContentShape, path: Path, wanted: str) -> str | None:
        if not isinstance(written, str):
            self._checker.findings.add(path, wanted)
            return None
        return written


def script_value(kind: FieldKind | None, value: ContentValue, ids: Mapping[str, str]) -> Any:  # noqa: ANN401 - plain data
    """A value of a recorded action as a script writes it.

    Args:
        kind: the kind of its field; `None` where the playbook has no such field.
        value: what stands on record.
        ids: the people's ids by their pseudonyms, by which they stand on record.
    """
    if isinstance(value, FreeText | CommittedText):
        return script_text(value)
    match kind:
        case FieldKind.PERSON:
            return ids.get(value, value) if isinstance(value, str) else value
        case FieldKind.STATUTORY_LEVEL:
            return _judgement_to_script(value) if isinstance(value, str) else value
        case FieldKind.CLOCK_MEASURES:
            return _measurements_to_script(value) if isinstance(value, tuple) else value
        case (
            FieldKind.TEXT
            | FieldKind.CHOICE
            | FieldKind.CHOICES
            | FieldKind.LEVEL
            | FieldKind.ROLE
            | FieldKind.CLOCK
            | None
        ):
            return list(value) if isinstance(value, tuple) else value


def script_text(words: RecordedText) -> str | dict[str, str]:
    """Free text as a script writes it: in one language, or in several by their tags."""
    return words.value if isinstance(words.value, str) else words.value.by_language()


def _judgement_to_script(value: str) -> dict[str, str]:
    scale, level = judgement(value)
    return {"scale": scale, "level": level or NO_STATUTORY_LEVEL}


def _measurements_to_script(values: tuple[str, ...]) -> dict[str, int | bool | str]:
    known = clock_measures()
    measurements = filter(None, map(measurement, values))
    return {
        measure: measure_to_script(known[measure].unit if measure in known else "count", value)
        for measure, value in measurements
    }


def measure_to_script(unit: Unit, value: int) -> int | bool | str:
    """A value of a measure of this unit as a script writes it."""
    match unit:
        case "duration":
            return format_duration(value)
        case "flag":
            return bool(value)
        case _:
            return value
