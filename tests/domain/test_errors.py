"""The family of errors: what a front end may rely on to choose its exit code."""

from incidentsim.domain.errors import (
    IncidentsimError,
    InputError,
    ProcedureError,
    RunBusyError,
    SurroundingsError,
    UnknownNameError,
)


def test_wrong_input_and_failing_surroundings_are_two_branches_of_one_family() -> None:
    assert issubclass(UnknownNameError, InputError)
    assert issubclass(ProcedureError, InputError)
    assert issubclass(RunBusyError, SurroundingsError)
    assert issubclass(InputError, IncidentsimError)
    assert issubclass(SurroundingsError, IncidentsimError)
    assert not issubclass(InputError, SurroundingsError)


def test_an_unknown_name_says_which_names_would_have_been_valid_in_order() -> None:
    error = UnknownNameError("no such role", kind="role", name="cheif", known=(n for n in ("watcher", "chief")))
    assert (error.kind, error.name, error.known) == ("role", "cheif", ("watcher", "chief"))
    assert str(error) == "no such role"
