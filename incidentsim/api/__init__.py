"""The library: replay a scenario, play it role by role, evaluate, export, verify and check, from Python.

    import incidentsim

    with incidentsim.play("false-alarm", roles=["discoverer"]) as table:
        table.go_on()
        table.act("discover", found_through="monitoring_alarm")

`import incidentsim` offers all of it without importing anything heavy until it is used. These names, and what they
give, are what a program may rely on; every other module of the package is the program's own and may change any day.

Whatever raises, raises an `IncidentsimError` whose text is a sentence for people. Times are milliseconds of simulated
time from the start of the exercise. Not for several threads at once: a table is one exercise, and `speak` is for all.
"""

from incidentsim.api.checking import check, speak
from incidentsim.api.runs import Run, erase, evaluate, export, recorded, replay, verify
from incidentsim.api.tables import Table, play
from incidentsim.definitions.library.check import CheckedFile
from incidentsim.domain.errors import (
    IncidentsimError,
    InputError,
    ProcedureError,
    RunBusyError,
    SurroundingsError,
    UnknownNameError,
)
from incidentsim.domain.facts import Fact, FactKind
from incidentsim.evidence.findings import Findings
from incidentsim.exercise.evaluation.evaluate import Evaluation
from incidentsim.exercise.running.outcome import Verdict
from incidentsim.service.erasing import Erased
from incidentsim.session.pacing import Halt
from incidentsim.session.session import Answer

__all__ = [
    "Answer",
    "CheckedFile",
    "Erased",
    "Evaluation",
    "Fact",
    "FactKind",
    "Findings",
    "Halt",
    "IncidentsimError",
    "InputError",
    "ProcedureError",
    "Run",
    "RunBusyError",
    "SurroundingsError",
    "Table",
    "UnknownNameError",
    "Verdict",
    "check",
    "erase",
    "evaluate",
    "export",
    "play",
    "recorded",
    "replay",
    "speak",
    "verify",
]
