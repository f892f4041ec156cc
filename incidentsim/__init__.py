"""incidentsim: an incident-handling procedure that runs, is replayed exactly, and leaves a verifiable record.

    import incidentsim

    run = incidentsim.replay("false-alarm")
    print(run.passed, run.outcome_digest)

The names in `__all__` are the library: programs may rely on them (`incidentsim.api` says what they do). All other
modules are the program's own and may change any day. Nothing is imported before a name is asked for (PEP 562), so
that `incidentsim --help` starts as fast as its command-line library.
"""

from typing import TYPE_CHECKING

from incidentsim.version import __version__

if TYPE_CHECKING:
    from incidentsim.api import (
        Answer,
        CheckedFile,
        Erased,
        Evaluation,
        Fact,
        FactKind,
        Findings,
        Halt,
        IncidentsimError,
        InputError,
        ProcedureError,
        Run,
        RunBusyError,
        SurroundingsError,
        Table,
        UnknownNameError,
        Verdict,
        check,
        erase,
        evaluate,
        export,
        play,
        recorded,
        replay,
        speak,
        verify,
    )

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
    "__version__",
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

if not TYPE_CHECKING:  # a type checker would take any name for one of ours

    def __getattr__(name: str) -> object:
        """A name of the library, imported now that it is asked for."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from incidentsim import api

        return getattr(api, name)

    def __dir__() -> list[str]:
        return sorted(__all__)
