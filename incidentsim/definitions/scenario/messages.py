"""The messages of a script, read from its lines."""

from collections.abc import Collection
from typing import Final

from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.definitions.formats.script import SaidShape
from incidentsim.definitions.formats.values import free_text, measured
from incidentsim.definitions.rules.conditions import Checker
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.facts import AT_WORK, FACILITATOR, MessageAct
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.speech import Say
from incidentsim.messages import gettext as _

_ADDED: Final = "added-"
"""How an inject is called that the facilitator adds in this very script."""


def message(checker: Checker, shape: SaidShape, path: Path, playbook: Playbook, flags: Collection[str]) -> Say:
    """The message at `path`, every wrong name in it noted.

    Whether what it quotes has reached the sender by then is known only when the script is played.
    """
    names, add = checker.names, checker.findings.add
    checker.known((*path, "by"), _("person"), shape.by, names.people)
    if shape.as_ is not None:
        checker.role((*path, "as"), shape.as_)
    everyone = (*names.parties, *names.people, AT_WORK, FACILITATOR)
    checker.once((*path, "to"), shape.to)
    for index, name in enumerate(shape.to):
        checker.known((*path, "to", index), _("role, body or person"), name, everyone)
    checker.known((*path, "channel"), _("channel"), shape.channel, playbook.channels)
    if shape.incident is not None:
        checker.known((*path, "incident"), _("incident"), shape.incident, names.incidents)
    if set(shape.to) == {shape.by}:
        add((*path, "to"), _("Say whom the message is for: somebody other than the sender."))
    if AT_WORK in shape.to and shape.incident is None:
        add((*path, "to"), _("Say which incident the message is about: it is for everybody at work on it."))
    _check_content(checker, shape, path, flags)
    return Say(
        person=names.people.get(shape.by, shape.by),
        act=MessageAct(shape.say),
        to=tuple(names.people.get(name, name) for name in shape.to),
        channel=shape.channel,
        incident=shape.incident,
        role=shape.as_,
        answers=shape.answers,
        injects=tuple(shape.injects),
        messages=tuple(shape.messages),
        measures=_measures(checker, shape, path, playbook),
        flags=dict(shape.flags),
        text=None if shape.text is None else free_text(shape.text),
        do=shape.do,
        due=None if shape.due is None else parse_duration(shape.due),
    )


def _check_content(checker: Checker, shape: SaidShape, path: Path, flags: Collection[str]) -> None:
    names, add, act = checker.names, checker.findings.add, MessageAct(shape.say)
    checker.once((*path, "injects"), shape.injects)
    checker.once((*path, "messages"), shape.messages)
    for index, inject in enumerate(shape.injects):
        if not inject.startswith(_ADDED):
            checker.known((*path, "injects", index), _("inject"), inject, names.injects)
    for flag in shape.flags:
        if flag not in flags:
            checker.findings.unknown((*path, "flags", flag), _("flag"), flag, flags, key=True)
    if shape.do is not None:
        checker.known((*path, "do"), _("step"), shape.do, names.steps)
    if act is not MessageAct.ORDER and (shape.do is not None or shape.due is not None):
        key = "do" if shape.do is not None else "due"
        add((*path, key), _("Only an order names a step or a time by which something is to be done."), key=True)
    if act is MessageAct.ANSWER and shape.answers is None:
        add(path, _("Say which message is answered."))
    if act is MessageAct.FORWARD and not (shape.injects or shape.messages):
        add(path, _("Say what is forwarded: an inject or a message."))
    words = shape.text is not None and free_text(shape.text).say("en").strip()
    if not (words or shape.injects or shape.messages or shape.measures or shape.flags or shape.do or shape.answers):
        add(path, _("Say something: the message is empty."))


def _measures(checker: Checker, shape: SaidShape, path: Path, playbook: Playbook) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, value in shape.measures.items():
        at = (*path, "measures", name)
        if name in playbook.measures:
            found[name] = measured(checker.findings, playbook.measures[name].unit, value, at)
        else:
            checker.findings.unknown(at, _("measure"), name, playbook.measures, key=True)
    return found
