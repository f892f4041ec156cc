"""The vocabulary of meaning: what a step of any procedure *is*, in the terms of the field, whatever it is called there.

It is closed. What addresses steps of procedures that it does not know (evidence for controls) asks for these words and
never for ids. Sources: NIST SP 800-61r3 and CSF 2.0 (functions in brackets), ISO/IEC 27035-1:2023 clause 5, and
incident command as NIMS describes it.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class StepMeaning(StrEnum):
    """The terms for what a step is, by any procedure."""

    REPORT = "report"
    """Whoever notices something tells those who respond (CSF DE.AE-06; ISO/IEC 27035 detection and reporting)."""
    TRIAGE = "triage"
    """It is looked at and decided on whether it is an incident (CSF RS.MA-02; assessment and decision)."""
    DECLARE = "declare"
    """It is accepted as an incident (CSF DE.AE-08)."""
    DISMISS = "dismiss"
    """It is set aside as no incident."""
    GRADE = "grade"
    """It is given a level (CSF RS.MA-03)."""
    ESTIMATE_EXTENT = "estimate_extent"
    """How far it reaches is estimated and validated (CSF RS.AN-08)."""
    TAKE_COMMAND = "take_command"
    """Somebody takes charge of the handling (NIMS: establishment of command)."""
    HAND_OVER_COMMAND = "hand_over_command"
    """Whoever is in charge hands over to somebody else (NIMS: transfer of command)."""
    CONTAIN = "contain"
    """The damage is kept from spreading (CSF RS.MI-01)."""
    PRESERVE_EVIDENCE = "preserve_evidence"
    """Evidence is collected or secured (CSF RS.AN-07; ISO/IEC 27037)."""
    ERADICATE = "eradicate"
    """The cause is removed (CSF RS.MI-02)."""
    START_RECOVERY = "start_recovery"
    """Recovery is begun as a step of its own (CSF RC.RP-01)."""
    RECOVER = "recover"
    """The service is restored (CSF RC.RP-02)."""
    VERIFY_RECOVERY = "verify_recovery"
    """Somebody confirms that what was restored works (CSF RC.RP-05)."""
    END_RESPONSE = "end_response"
    """The end of the handling is declared (CSF RC.RP-06)."""
    RESUME_RESPONSE = "resume_response"
    """What had not held is taken up again."""
    FIND_CAUSE = "find_cause"
    """What happened and why is established (CSF RS.AN-03)."""
    RECORD_ACTIONS = "record_actions"
    """What was done is written up (CSF RS.AN-06)."""
    EXAMINE_CONDUCT = "examine_conduct"
    """Somebody's conduct is looked into."""
    NOTIFY_CUSTOMERS = "notify_customers"
    """Customers or users affected are told (CSF RS.CO-02)."""
    NOTIFY_REGULATOR = "notify_regulator"
    """An authority is told (CSF RS.CO-02)."""
    NOTIFY_SUPPLIERS = "notify_suppliers"
    """A supplier is brought in (CSF RS.CO-02, GV.SC-08)."""
    NOTIFY_MANAGEMENT = "notify_management"
    """Those who manage the organisation are briefed (CSF RS.CO-02)."""
    NOTIFY_BOARD = "notify_board"
    """The board is briefed."""
    PUBLISH_STATEMENT = "publish_statement"
    """The public is told, in words that somebody cleared (CSF RC.CO-04)."""
    GIVE_STATUS = "give_status"
    """Those named for it are kept up to date (CSF RS.CO-03, RC.CO-03)."""
    LESSONS = "lessons"
    """A review is held and its lessons are kept (CSF ID.IM-03; ISO/IEC 27035 lessons learned)."""
    CIRCULATE_LESSONS = "circulate_lessons"
    """The result is passed to those who can learn from it."""
    CLOSE = "close"
    """The incident is closed."""


_BY_TERM: Final[Mapping[str, StepMeaning]] = {meaning.value: meaning for meaning in StepMeaning}


def defaulted(step: str) -> tuple[StepMeaning, ...]:
    """The meaning of a step that says none: that which its id is a term for; none where it is none.

    Nothing else is guessed.
    """
    meaning = _BY_TERM.get(step)
    return () if meaning is None else (meaning,)
