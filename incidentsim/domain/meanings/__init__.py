"""What a rule of any procedure is, in the terms of the field (`terms.py`), and where a playbook has it (`finding`)."""

from incidentsim.domain.meanings.terms import (
    ChannelMeaning,
    CircumstanceMeaning,
    JudgementMeaning,
    MeasureMeaning,
    RoleMeaning,
    StepMeaning,
    TeamMeaning,
    Unit,
    defaulted,
)

__all__ = [
    "ChannelMeaning",
    "CircumstanceMeaning",
    "JudgementMeaning",
    "MeasureMeaning",
    "RoleMeaning",
    "StepMeaning",
    "TeamMeaning",
    "Unit",
    "defaulted",
]
