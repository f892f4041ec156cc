"""Exit codes: a contract with whatever calls the program."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of the program.

    The last three are not verdicts: they say that a signal ended the program, in the manner of shells (128 + number).
    """

    POSITIVE = 0
    """Done; the verdict is positive."""
    NEGATIVE = 1
    """Done; the verdict is negative: an expectation failed, a definition has a problem."""
    WRONG_INPUT = 2
    """The input or the call is wrong."""
    SURROUNDINGS = 3
    """The surroundings failed, or the program did."""
    INTERRUPTED = 130
    """Ended by Ctrl-C."""
    TERMINATED = 143
    """Ended by SIGTERM."""
    CLOSED_OUTPUT = 141
    """The reader of the output went away."""
