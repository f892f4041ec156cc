"""Messages for tests: one that fits where an exercise stands, made from a number so that it can be drawn."""

from incidentsim.domain.facts import AT_WORK, FACILITATOR, MessageAct
from incidentsim.domain.speech import Say
from incidentsim.domain.text import FreeText, Text
from incidentsim.exercise.kernel.kernel import Exercise
from incidentsim.exercise.kernel.speaking import known_flags, quotable_injects, quotable_messages

WORDS = (None, FreeText("Who knows [b]more[/b]?\n…"), FreeText(Text("We do.", "我们知道。")))

MOST = {"flag": 2, "percent": 101}


def fitting(exercise: Exercise, person: str, number: int) -> Say:
    """A message that `person` can send now; other numbers give other ones."""
    state, roster, playbook = exercise.state, exercise.roster, exercise.playbook
    sender = roster.people[person]
    injects = quotable_injects(state, sender, state.now)
    messages = [message.number for message in quotable_messages(state, sender, state.now)]
    incident = list(state.incidents)[number % len(state.incidents)] if number % 5 else None
    others = [name for name in roster.people if name != person]
    receivers = [
        (others[number % len(others)],),
        (list(playbook.roles)[number % len(playbook.roles)], *list(playbook.bodies)[:1]),
        (FACILITATOR,) if incident is None else (AT_WORK,),
    ]
    act = list(MessageAct)[number % len(MessageAct)]
    if (act is MessageAct.ANSWER and not messages) or (act is MessageAct.FORWARD and not (injects or messages)):
        act = MessageAct.INFORM
    steps = list(exercise.compiled.track_of)
    measures = list(playbook.measures.values())
    measure = measures[number % len(measures)] if measures else None
    return Say(
        person=person,
        act=act,
        to=receivers[number // 6 % len(receivers)],
        channel=list(playbook.channels)[number % len(playbook.channels)],
        incident=incident,
        role=list(playbook.roles)[number % len(playbook.roles)] if number % 3 else None,
        answers=messages[number % len(messages)] if act is MessageAct.ANSWER else None,
        injects=injects[: 1 + number % 2],
        messages=tuple(messages[:2]) if number % 2 else (),
        measures={measure.id: number % MOST.get(measure.unit, 1000)} if measure is not None and number % 7 else {},
        flags={known_flags(playbook, exercise.scenario)[0]: bool(number % 2)} if number % 4 else {},
        text=WORDS[number % len(WORDS)] or FreeText("Well."),
        do=steps[number % len(steps)] if act is MessageAct.ORDER else None,
        due=number * 60_000 if act is MessageAct.ORDER and number % 2 else None,
    )
