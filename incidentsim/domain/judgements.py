"""What is judged with yes or no, and by what: the criteria that a playbook gives to whoever has to answer."""

from dataclasses import dataclass

from incidentsim.domain.basis import Basis
from incidentsim.domain.meanings import JudgementMeaning
from incidentsim.domain.text import Text


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something that speaks for or against an answer; `measures` name the figures that bear on it."""

    says: Text
    basis: Basis
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A yes or no that steps have to answer (`fits` names it by `id`): the question, and the criteria for a yes."""

    id: str
    title: Text
    speaks_for: tuple[Criterion, ...]
    speaks_against: tuple[Criterion, ...]
    means: tuple[JudgementMeaning, ...] = ()

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria of both kinds, those for a yes first."""
        return (*self.speaks_for, *self.speaks_against)
