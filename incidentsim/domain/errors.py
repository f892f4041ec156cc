"""The family of errors.

    IncidentsimError            every error this program raises on purpose; its text is a whole sentence
    ├── InputError              the call or a file is wrong (exit 2)
    │   ├── UnknownNameError    a name that nothing carries; says the nearest valid ones
    │   └── ProcedureError      a playbook that passed the checks and still cannot run
    └── SurroundingsError       the database, the disk or the permissions failed (exit 3)
        └── RunBusyError        another process is writing this run

A refusal by the procedure is not an error: it is a fact.
"""

from collections.abc import Iterable


class IncidentsimError(Exception):
    """Every error this program raises on purpose; `str()` of it is a sentence for the person at the keyboard."""


class InputError(IncidentsimError):
    """The call, or a file it names, is wrong: what, where, and what would be valid."""


class UnknownNameError(InputError):
    """A name that nothing carries.

    Attributes:
        kind: what sort of thing was meant, such as `role`.
        name: what was written.
        known: the names that would have been valid, in order.
    """

    def __init__(self, message: str, *, kind: str, name: str, known: Iterable[str]) -> None:
        super().__init__(message)
        self.kind = kind
        self.name = name
        self.known = tuple(known)


class ProcedureError(InputError):
    """A playbook that passed the checks and still cannot run, such as automatic steps that never end."""


class SurroundingsError(IncidentsimError):
    """The database, the disk or the permissions failed; nothing already acknowledged is lost."""


class RunBusyError(SurroundingsError):
    """Another process is writing this run."""
