"""Names that nothing carries: which valid one was probably meant, and the error that says so."""

from collections.abc import Collection, Iterable
from typing import Final

from incidentsim.domain.errors import UnknownNameError
from incidentsim.messages import gettext as _
from incidentsim.unseen import quoted

_NEAR: Final = 0.6
_NEAR_IF_SHORT: Final = 0.5
_SHORT: Final = 3
"""How alike two names must be; one letter out of two is half of a short name, such as a clause's."""

_COMPARABLE: Final = 300
_MANY: Final = 24
"""So many valid names are listed where none is near; more would hide the sentence."""


def nearest(name: str, known: Collection[str]) -> str | None:
    """The valid name that `name` was probably meant to be; `None` where none is like it."""
    import difflib  # only a wrong name needs it

    cutoff = _NEAR_IF_SHORT if len(name) <= _SHORT else _NEAR
    if len(known) > _COMPARABLE:  # comparing takes time by the square of a name's length
        known = [other for other in known if other[:2] == name[:2]][:_COMPARABLE]
    found = difflib.get_close_matches(name, known, n=1, cutoff=cutoff)
    return found[0] if found else None


def unknown_name(what: str, name: str, known: Iterable[str], *, kind: str, otherwise: str) -> UnknownNameError:
    """The error for a name that nothing carries.

    Args:
        what: what sort of thing was meant, in the language spoken.
        name: what was written.
        known: the names that would have been valid, in order.
        kind: what sort of thing was meant, for programs.
        otherwise: the sentence where no valid name is like it; `{name}` and `{known}` in it are filled in here.
    """
    valid = tuple(known)
    near = nearest(name, valid)
    if near is None:
        more = ", …" if len(valid) > _MANY else ""
        message = otherwise.format(name=quoted(name), known=", ".join(valid[:_MANY]) + more)
    else:
        hint = _("the nearest valid one is {name}.").format(name=near)
        message = _("There is no {kind} {name}; {valid}").format(kind=what, name=quoted(name), valid=hint)
    return UnknownNameError(message, kind=kind, name=name, known=valid)
