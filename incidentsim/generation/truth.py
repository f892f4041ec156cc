"""The ground truth of a story as its playbook asks for it, who has to hear of it, and what the playbook lacks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from incidentsim.definitions.formats.durations import format_duration
from incidentsim.domain.scenario import LEVEL
from incidentsim.generation.archetype import FALSE_PARTS, Archetype, yes
from incidentsim.generation.cast import CAST, scenario_id
from incidentsim.generation.format_archetype import ArchetypeInjectShape
from incidentsim.generation.meant import TRUTH, Meant
from incidentsim.generation.measures import Fitted
from incidentsim.generation.pace import Pace
from incidentsim.generation.settings import Setting, holds
from incidentsim.generation.story import Teller


def asked_flags(meant: Meant, flags: Mapping[str, bool]) -> dict[str, bool]:
    """The answers of a ground truth by the names of a playbook; what it does not ask for is left out."""
    return {flag: value for name, value in flags.items() for flag in meant.flags(name)}


def truth(
    archetype: Archetype,
    setting: Setting,
    teller: Teller,
    *,
    fitted: Fitted,
    flags: Mapping[str, bool],
    told: Sequence[ArchetypeInjectShape],
    level: int,
    pace: Pace,
) -> dict[str, Any]:
    """The ground truth as it stands in a scenario file; `told` are the injects of the story."""
    written = archetype.shape.truth
    asked = asked_flags(archetype.meant, flags)
    incident, unlawful = asked.pop("incident"), asked.pop("unlawful")
    cause = str(setting[written.cause[1:]]) if written.cause.startswith("$") else written.cause
    written_truth: dict[str, Any] = {"incident": incident, "unlawful": unlawful, "cause": cause, "flags": asked}
    if incident:
        if archetype.playbook.levels:
            written_truth["level"] = level
        written_truth["why"] = [_measured(archetype, name, value) for name, value in fitted.known.items()]
        known = _late(archetype, setting, teller, fitted=fitted, told=told, level=level)
        late = dict.fromkeys((*known, *pace.late))
        written_truth["late_evidence"] = [name for name in late if name not in pace.in_time]
    for key, text in (("scope", written.scope), ("loss", written.loss)):
        if text is not None:
            written_truth[key] = teller.text(text)
    choices = archetype.shape.choices
    abouts = {choice: options[str(setting[choice])].about for choice, options in choices.items()}
    about = abouts.pop(written.cause[1:], None) if written.cause.startswith("$") else None
    if about is not None:
        written_truth["root_cause"] = teller.text(about)
    concealed = written.concealed_by
    if isinstance(concealed, str):
        written_truth["concealed_by"] = scenario_id(concealed, archetype.playbook)
    elif concealed is not None and holds(concealed.when, setting):
        written_truth["concealed_by"] = scenario_id(concealed.person, archetype.playbook)
    written_truth["notes"] = [teller.text(text) for text in (*abouts.values(), *teller.texts(written.notes))]
    return written_truth


def _late(
    archetype: Archetype,
    setting: Setting,
    teller: Teller,
    *,
    fitted: Fitted,
    told: Sequence[ArchetypeInjectShape],
    level: int,
) -> Iterator[str]:
    """What has to be judged before its evidence comes, by the playbook's names.

    So has the level, wherever late evidence shows figures and those known before make a milder one; a test plays that
    of every archetype.
    """
    late = archetype.shape.truth.late_evidence
    names = [name for name, value in late.items() if yes(value, setting)]
    for name in names:
        yield from (LEVEL,) * bool(archetype.playbook.levels) if name == LEVEL else archetype.meant.flags(name)
    shown = {name for inject in told if inject.part == "late_evidence" for name in inject.shows}
    if LEVEL in names or not shown or not archetype.playbook.levels:
        return
    known = dict(fitted.known)
    for inject in told:
        if inject.part not in ("late_evidence", *FALSE_PARTS):
            for name, value in inject.shows.items():
                measure = archetype.meant.measure(name)
                if measure is not None and name in shown and isinstance(value, str):
                    known[measure] = teller.value(value)
    if archetype.own or archetype.playbook.judged_level(known) != level:
        yield LEVEL


def _measured(archetype: Archetype, name: str, value: int) -> dict[str, Any]:
    match archetype.playbook.measures[name].unit:
        case "flag":
            return {"measure": name, "is": True}
        case "duration":
            return {"measure": name, "is": format_duration(value)}
        case _:
            return {"measure": name, "is": value}


def reach_judges(meant: Meant, injects: Sequence[dict[str, Any]]) -> None:
    """See to it that whoever judges something gets what shows it: else those who judge are told it too.

    Nothing is changed where some message that shows the truth goes to one of them.
    """
    shown: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for inject in injects:
        if inject["part"] not in FALSE_PARTS:
            for piece in inject.get("shows", ()):
                key = ("flag", piece["flag"]) if "flag" in piece else ("measure", "")
                shown.setdefault(key, []).append(inject)
    for (kind, name), messages in shown.items():
        judges = meant.judges(flag=name) if kind == "flag" else meant.judges()
        reached = {role for inject in messages for party in inject["to"] for role in meant.playbook.roles_of(party)}
        if judges and reached.isdisjoint(judges):
            for inject in messages:
                inject["to"] = [*inject["to"], judges[0]]


def reach_takers(meant: Meant, injects: Sequence[dict[str, Any]]) -> None:
    """See to it that injects go to somebody who may do what each should prompt."""
    for inject in injects:
        for do in inject.get("expects", ()):
            reached = {role for party in inject["to"] for role in meant.playbook.roles_of(party)}
            takers = meant.takers(do)
            if takers and reached.isdisjoint(takers):
                inject["to"] = [*inject["to"], takers[0]]


def lacking(archetype: Archetype, setting: Setting, told: Sequence[ArchetypeInjectShape]) -> tuple[str, ...]:
    """The meanings that a story asks for and its playbook has not, each once, whatever they are of."""
    meant, shape = archetype.meant, archetype.shape
    every = [inject for inject in shape.injects if holds(inject.when, setting)]
    there: dict[str, bool] = {}
    for inject in (*every, *told):
        patterns = [pattern.do for pattern in (inject.when_fact, inject.unless) if pattern is not None]
        steps = [*inject.expects, *(do for do in patterns if isinstance(do, str))]
        there |= {name: bool(meant.steps(name)) for name in steps}
        for name in inject.to:
            meanings = CAST.get(name, (name,) if name not in shape.people else tuple(shape.people[name].roles))
            there |= {meaning: bool(meant.party(meaning)) for meaning in meanings}
        there[inject.channel] = meant.channel(inject.channel) is not None
        for name in inject.shows:
            there[name] = bool(meant.measure(name)) if meant.unit(name) else bool(meant.flags(name))
        brings = inject.brings if isinstance(inject.brings, list) else [inject.brings]
        circumstances = (bringing.circumstance for bringing in brings if bringing is not None)
        there |= {name: meant.circumstance(name) is not None for name in circumstances if name is not None}
    measures = [shown.measure for shown in archetype.measures(setting)]
    there |= {name: meant.measure(name) is not None for name in measures}
    there |= {name: bool(meant.flags(name)) for name in shape.truth.flags}
    return tuple(name for name, has in there.items() if not has and name not in TRUTH)
