"""What the rules of a playbook mean, as it says it, or as their ids say by themselves."""

from incidentsim.definitions.rules.rules import RuleChecker
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.meanings.terms import M, defaulted
from incidentsim.messages import gettext as _


def meanings(
    checker: RuleChecker, written: str | list[str] | None, name: str, path: Path, terms: type[M]
) -> tuple[M, ...]:
    """The meanings of the rule `name` at `path`: those that are written under `means`, or else what its id is.

    Notes a problem for each that is not one of `terms`.
    """
    if written is None:
        return defaulted(name, terms)
    under = (*path, "means")
    several = isinstance(written, list)
    words = tuple(written) if isinstance(written, list) else (written,)
    if several:
        checker.once(under, words)
    return tuple(
        terms(word)
        for index, word in enumerate(words)
        if checker.known((*under, index) if several else under, _("meaning"), word, tuple(terms))
    )
