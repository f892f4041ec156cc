"""What can be wrong with an archetype, looked for in every setting that it can be drawn in."""

import re
from typing import TYPE_CHECKING, Final

from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.scenario import LEVEL
from incidentsim.generation.archetype import Archetype
from incidentsim.generation.cast import CAST
from incidentsim.generation.check import injects as check_injects
from incidentsim.generation.check import measures as check_measures
from incidentsim.generation.check import slots as check_slots
from incidentsim.generation.check import texts as check_texts
from incidentsim.generation.check.context import Looking
from incidentsim.generation.format_archetype import YesNo
from incidentsim.generation.settings import ASKED
from incidentsim.generation.world import KINDS
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from collections.abc import Collection

_ATTACK: Final = re.compile(r"T\d{4}(\.\d{3})?")


def check(archetype: Archetype, findings: Findings) -> None:
    """Note every problem of `archetype`."""
    if not _choices(archetype, findings):
        return  # what can be drawn is not known, so nothing that depends on it is
    looking = Looking(archetype, findings)
    _drawable(looking)
    _head(looking)
    _tenant(looking)
    _people(looking)
    _truth(looking)
    check_slots.check(looking)
    check_measures.check(looking)
    check_texts.check(looking)
    check_injects.check(looking)


def _choices(archetype: Archetype, findings: Findings) -> bool:
    """Whether what options depend on makes sense, so that settings can be drawn."""
    shape = archetype.shape
    sound = True
    _levels(archetype, findings)
    earlier: dict[str, Collection[object]] = {"level": shape.levels, "locale": ("en_US", "zh_CN")}
    for name, options in shape.choices.items():
        path: Path = ("choices", name)
        if name in ASKED:
            findings.add(path, _("{name} is asked for and cannot be a variation point.").format(name=name), key=True)
            sound = False
        if not options:
            findings.add(path, _("A variation point needs an option."), key=True)
            sound = False
        for option, written in options.items():
            for key, values in written.when.items():
                at: Path = (*path, option, "when", key)
                if key not in earlier:
                    kind = _("thing drawn before this")
                    findings.unknown(at, kind, key, earlier, key=True)
                    sound = False
                    continue
                for index, value in enumerate(values):
                    if value not in earlier[key]:
                        findings.unknown((*at, index), _("value of {name}").format(name=key), value, earlier[key])
        earlier[name] = tuple(options)
    return sound


def _levels(archetype: Archetype, findings: Findings) -> None:
    seen: set[int] = set()
    for index, level in enumerate(archetype.shape.levels):
        if level not in archetype.playbook.levels:
            findings.unknown(("levels", index), _("level"), level, archetype.playbook.levels)
        if level in seen:
            findings.add(("levels", index), _("{name} stands here twice.").format(name=level))
        seen.add(level)


def _drawable(looking: Looking) -> None:
    """Every option can be drawn, and every setting finds an option."""
    shape = looking.shape
    for name, setting in looking.possible.dead_ends.items():
        message = _("None of these can be drawn where {setting}.")
        looking.findings.add(("choices", name), message.format(setting=looking.said(setting)), key=True)
    for name, options in shape.choices.items():
        drawn = {setting[name] for setting in looking.possible.of([name]) if name in setting}
        for option in options:
            if option not in drawn:
                looking.findings.add(("choices", name, option), _("This can never be drawn."), key=True)


def _head(looking: Looking) -> None:
    shape = looking.shape
    looking.lookup.once(("tags",), shape.tags)
    looking.lookup.once(("attack",), shape.attack)
    for index, name in enumerate(shape.attack):
        if not _ATTACK.fullmatch(name):
            message = _("{name} is not the id of an ATT&CK technique, such as T1566 or T1566.001.")
            looking.findings.add(("attack", index), message.format(name=name))


def _tenant(looking: Looking) -> None:
    tenant = looking.shape.tenant
    kind = _("kind of company")
    if isinstance(tenant, str):
        looking.lookup.known(("tenant",), kind, tenant, KINDS)
        return
    for option, name in tenant.of.items():
        looking.lookup.known(("tenant", "of", option), kind, name, KINDS)
    looking.alternatives(("tenant",), tenant.by, tenant.of, complete=True)


def _people(looking: Looking) -> None:
    shape = looking.shape
    for name, person in shape.people.items():
        path: Path = ("people", name)
        if name in CAST:
            message = _("{name} belongs to the usual cast; a person of your own needs another id.")
            looking.findings.add(path, message.format(name=name), key=True)
        elif name in looking.lookup.names.parties:
            message = _("{name} is a role or body of the playbook; a person needs an id of their own.")
            looking.findings.add(path, message.format(name=name), key=True)
        looking.when((*path, "when"), person.when)
        looking.lookup.once((*path, "roles"), person.roles)
        for index, role in enumerate(person.roles):
            looking.lookup.known((*path, "roles", index), _("role"), role, looking.roles)
    for name in shape.desks:
        if name not in CAST:
            looking.findings.unknown(("desks", name), _("person of the usual cast"), name, CAST, key=True)


def _truth(looking: Looking) -> None:
    truth = looking.shape.truth
    choice = truth.cause.removeprefix("$")
    if choice != truth.cause:
        looking.lookup.known(("truth", "cause"), _("variation point"), choice, looking.shape.choices)
    elif not re.fullmatch(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*", truth.cause):
        looking.findings.add(
            ("truth", "cause"), _("{value} is neither an id nor a variation point.").format(value=choice)
        )
    _yes_no(looking, ("truth", "incident"), truth.incident)
    _yes_no(looking, ("truth", "unlawful"), truth.unlawful)
    flags = sorted(looking.flags - {"incident", "unlawful"})
    for name, value in truth.flags.items():
        path: Path = ("truth", "flags", name)
        if name not in flags:
            looking.findings.unknown(path, _("answer that a step's fits asks for"), name, flags, key=True)
        _yes_no(looking, path, value)
    judged = sorted({LEVEL, *looking.flags})
    for name, value in truth.late_evidence.items():
        path = ("truth", "late_evidence", name)
        if name not in judged:
            looking.findings.unknown(path, _("judgement"), name, judged, key=True)
        _yes_no(looking, path, value)
    concealed = truth.concealed_by
    if concealed is None:
        return
    path = ("truth", "concealed_by")
    if isinstance(concealed, str):
        looking.person(path, concealed, [])
    else:
        looking.when((*path, "when"), concealed.when)
        looking.person((*path, "person"), concealed.person, [concealed.when])


def _yes_no(looking: Looking, path: Path, value: YesNo) -> None:
    if not isinstance(value, bool):
        looking.when((*path, "when"), value.when)
