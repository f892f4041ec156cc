"""What can be wrong with texts: slots that are not there, or in one language only."""

from collections.abc import Iterator, Sequence
from typing import Final

from incidentsim.definitions.formats.common import TextShape
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.text import LANGUAGES
from incidentsim.generation.archetype import kinds_of, slot_in
from incidentsim.generation.cast import CAST, NAMELESS, PERSON_FORMS, PRONOUNS
from incidentsim.generation.check.context import Looking, names_in
from incidentsim.generation.difficulty import LATE_EVIDENCE_FROM
from incidentsim.generation.format_archetype import ArchetypeInjectShape, ObjectiveShape, TextWhen, When
from incidentsim.generation.moments import MOMENT_FORMS
from incidentsim.generation.settings import DIFFICULTIES, Setting, holds
from incidentsim.generation.slot_values import FORMS, GIVEN
from incidentsim.generation.templates import Ref, stray_dollars
from incidentsim.messages import gettext as _

_Untimed = tuple[Path, TextShape, list[When]]
_Place = tuple[Path, TextShape, list[When], bool]

_NUMBERS: Final = frozenset({"number", "share", "less"})


def check(looking: Looking) -> None:
    """Note every problem of the texts, wherever they stand."""
    for path, shape, whens, timed in _texts(looking):
        _text(looking, path, shape, whens, timed=timed)


def conditions(looking: Looking, inject: ArchetypeInjectShape) -> list[When]:
    """Return the conditions under which an inject comes, all of which must hold.

    They are its own, the difficulty that late evidence needs, and those of the inject that it corrects.
    """
    found = [inject.when]
    if inject.part == "late_evidence":
        found.append({"difficulty": [value for value in DIFFICULTIES if value >= LATE_EVIDENCE_FROM]})
    target = next((one for one in looking.shape.injects if one.id == inject.corrects), None)
    return [*found, target.when] if target is not None else found


def _texts(looking: Looking) -> Iterator[_Place]:
    """Every text with its place, where it is used, and whether it is said at a known time."""
    for part in (_of_people, _of_choices_and_slots, _of_the_whole):
        for path, shape, whens in part(looking):
            yield path, shape, whens, False
    for index, inject in enumerate(looking.shape.injects):
        yield from _inject_texts(looking, ("injects", index), inject)


def _of_people(looking: Looking) -> Iterator[_Untimed]:
    for name, desk in looking.shape.desks.items():
        yield ("desks", name), desk, []
    for name, person in looking.shape.people.items():
        if person.desk is not None:
            yield ("people", name, "desk"), person.desk, [person.when]


def _of_choices_and_slots(looking: Looking) -> Iterator[_Untimed]:
    for name, options in looking.shape.choices.items():
        for option, written in options.items():
            yield ("choices", name, option, "about"), written.about, [{name: [option]}]
    for name, slot in looking.shape.slots.items():
        for _kind, one in kinds_of(slot):
            for index, pick in enumerate(one.pick or ()):
                yield ("slots", name, "pick", index), pick, [slot.when, one.when, pick.when]


def _of_the_whole(looking: Looking) -> Iterator[_Untimed]:
    shape = looking.shape
    for key, text in (("scope", shape.truth.scope), ("loss", shape.truth.loss)):
        if text is not None:
            yield ("truth", key), text, []
    lists: tuple[tuple[Path, Sequence[TextWhen | ObjectiveShape]], ...] = (
        (("titles",), shape.titles),
        (("summaries",), shape.summaries),
        (("truth", "notes"), shape.truth.notes),
        (("objectives",), shape.objectives),
    )
    for path, several in lists:
        for index, variant in enumerate(several):
            looking.when((*path, index, "when"), variant.when)
            yield (*path, index), variant, [variant.when]
    for path, several in lists[:2]:
        _some(looking, path, [variant.when for variant in several], [])


def _inject_texts(looking: Looking, path: Path, inject: ArchetypeInjectShape) -> Iterator[_Place]:
    whens = conditions(looking, inject)
    timed = inject.at is not None
    if inject.hint is not None:
        yield (*path, "hint"), inject.hint, whens, timed
    for index, message in enumerate(inject.texts):
        at: Path = (*path, "texts", index)
        looking.when((*at, "when"), message.when)
        if message.subject is not None:
            yield (*at, "subject"), message.subject, [*whens, message.when], timed
        yield (*at, "body"), message.body, [*whens, message.when], timed
    _some(looking, (*path, "texts"), [message.when for message in inject.texts], whens)


def _some(looking: Looking, path: Path, alternatives: Sequence[When], whens: Sequence[When]) -> None:
    """Note a setting in which none of the alternatives can be used."""
    names = [key for when in (*alternatives, *whens) for key in when]
    for setting in looking.settings({}, *whens, names=names):
        if not any(holds(when, setting) for when in alternatives):
            message = _("None of these holds where {setting}.")
            looking.findings.add(path, message.format(setting=looking.said(setting, names)), key=True)
            return


def _text(looking: Looking, path: Path, shape: TextShape, whens: Sequence[When], *, timed: bool) -> None:
    template = looking.archetype.template(shape)
    for tongue, words in shape.words.items():
        if stray_dollars(words):
            message = _("A dollar sign begins no slot here; for the sign itself write $$.")
            looking.findings.add((*path, tongue), message)
    for language in LANGUAGES:
        for ref in template.refs[language]:
            _ref(looking, (*path, language), ref, whens, timed=timed)
    plain = {
        language: frozenset(ref.name for ref in template.refs[language] if ref.form not in PRONOUNS)
        for language in LANGUAGES
    }
    anyhow = {ref.name for ref in template.names() if ref.form in PRONOUNS}
    for language in LANGUAGES:
        everywhere = frozenset.intersection(*plain.values())
        for name in sorted(plain[language] - everywhere - anyhow):
            message = _("The slot {name} stands in one language only; say the same in both.")
            looking.findings.add((*path, language), message.format(name=name))


def _ref(looking: Looking, path: Path, ref: Ref, whens: Sequence[When], *, timed: bool) -> None:
    forms = _forms(looking, ref.name)
    if forms is None:
        _unknown(looking, path, ref)
        return
    if ref.form and ref.form not in forms:
        message = _("{name} has no form {form}; {valid}")
        valid = _("valid are {names}.").format(names=", ".join(sorted(forms))) if forms else _("there are none here.")
        looking.findings.add(path, message.format(name=ref.name, form=ref.form, valid=valid))
    if ref.name == "now" and not timed:
        looking.findings.add(path, _("When this comes is not known beforehand, so $now says nothing here."))
    shape = looking.shape
    if ref.name in shape.people:
        looking.person(path, ref.name, whens)
        return
    slot = shape.slots.get(ref.name)
    measures = [one for one in shape.measures if one.measure == ref.name]
    if slot is None and not measures:
        return
    names = names_in(slot) if slot is not None else [key for one in measures for key in one.when]
    for setting in looking.settings({}, *whens, names=[*names, *(key for when in whens for key in when)]):
        if not _there(looking, ref.name, setting):
            message = _("There is no {name} where {setting}.")
            said = looking.said(setting, [*names, *(key for when in whens for key in when)])
            looking.findings.add(path, message.format(name=f"${ref.name}", setting=said))
            return


def _there(looking: Looking, name: str, setting: Setting) -> bool:
    slot = looking.shape.slots.get(name)
    if slot is not None:
        return slot_in(slot, setting) is not None
    return any(one.measure == name and holds(one.when, setting) for one in looking.shape.measures)


def _unknown(looking: Looking, path: Path, ref: Ref) -> None:
    if ref.name in looking.shape.choices:
        message = _("{name} is a variation point; it has words only in truth.cause.")
        looking.findings.add(path, message.format(name=ref.name))
        return
    shape = looking.shape
    measures = [one.measure for one in shape.measures if looking.units.get(one.measure, "flag") != "flag"]
    looking.findings.unknown(path, _("slot"), ref.name, [*shape.slots, *measures, *GIVEN, *CAST, *shape.people])


def _forms(looking: Looking, name: str) -> frozenset[str] | None:
    """The forms that a slot of this name has; `None` if there is no such slot."""
    shape = looking.shape
    if name in NAMELESS:
        return frozenset({"mail"}) if name == "client" else frozenset()
    if name in CAST or name in shape.people:
        return PERSON_FORMS
    if name in ("start", "now"):
        return MOMENT_FORMS
    if name in ("org", "tenant"):
        return frozenset({"domain"})
    if name == "city":
        return frozenset()
    if name in shape.slots:
        kinds = [kind for kind, _slot in kinds_of(shape.slots[name])]
        forms = [
            MOMENT_FORMS if kind == "moment" else FORMS.get("number" if kind in _NUMBERS else kind, frozenset())
            for kind in kinds
        ]
        return frozenset.intersection(*forms) if forms else frozenset()
    if any(one.measure == name for one in shape.measures):
        unit = looking.units.get(name, "flag")
        return None if unit == "flag" else FORMS["number"]
    return None
