"""What a record answers of what a procedure asks with yes or no, whatever the procedure calls it."""

from collections.abc import Mapping
from typing import Final

from incidentsim.domain.meanings import JudgementMeaning
from incidentsim.domain.meanings.finding import flags_that_mean
from incidentsim.domain.playbook import Playbook

_MEANT: Final[Mapping[str, JudgementMeaning]] = {
    "incident": JudgementMeaning.INCIDENT,
    "unlawful": JudgementMeaning.UNLAWFUL,
    "crime": JudgementMeaning.CRIME,
    "at_fault": JudgementMeaning.AT_FAULT,
    "malicious": JudgementMeaning.DELIBERATE,
}
"""What an importer's answers mean, by their names, in the order in which they count where a flag means several."""
_OF_THE_TRUTH: Final = ("incident", "unlawful")
"""Answers that every ground truth has, whatever a procedure asks for."""


def answers_of(playbook: Playbook, told: Mapping[str, bool]) -> dict[str, bool]:
    """The ground truth's answers, as a playbook's `fits` name them.

    An answer that nothing in the vocabulary means is no, as far as a record can say.

    Args:
        playbook: the procedure.
        told: what a record says: an answer for each key of `_MEANT`.
    """
    answers: dict[str, bool] = {}
    for name, meaning in _MEANT.items():
        named = flags_that_mean(playbook, meaning)
        for flag in (*((name,) if name in _OF_THE_TRUTH else ()), *named):
            answers.setdefault(flag, told[name])
    known = {flag for meaning in JudgementMeaning for flag in flags_that_mean(playbook, meaning)}
    return answers | dict.fromkeys(sorted({*playbook.asked} - known - answers.keys()), False)
