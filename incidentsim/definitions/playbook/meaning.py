"""What steps mean, as a playbook says it, or as their ids say by themselves."""

from incidentsim.definitions.rules.rules import RuleChecker
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.meanings import StepMeaning, defaulted
from incidentsim.messages import gettext as _


def meanings(checker: RuleChecker, written: str | list[str] | None, step: str, path: Path) -> tuple[StepMeaning, ...]:
    """The meanings of a step: those that are written at `path`, or else what its id is a term for."""
    if written is None:
        return defaulted(step)
    several = isinstance(written, list)
    terms = tuple(written) if isinstance(written, list) else (written,)
    if several:
        checker.once(path, terms)
    return tuple(
        StepMeaning(term)
        for index, term in enumerate(terms)
        if checker.known((*path, index) if several else path, _("meaning"), term, tuple(StepMeaning))
    )
