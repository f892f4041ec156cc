"""The vocabulary of meaning: what a rule of any procedure *is*, in the terms of the field, whatever it is called there.

It is closed. What addresses rules of procedures that it does not know (evidence for controls, archetypes, importers)
asks for these words and never for ids. Sources: NIST SP 800-61r3 and CSF 2.0 (functions in brackets), ISO/IEC 27035
(part 1:2023, clause 5; part 2 for the teams), and incident command as NIMS describes it. Tracks have no meanings: what
is asked for is a step. `finding.py` finds what means something in a playbook.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Literal, TypeVar

Unit = Literal["count", "duration", "money", "percent", "flag"]
"""What one of a measure is."""


class StepMeaning(StrEnum):
    """The terms for what a step is, by any procedure."""

    DETECT = "detect"
    """Somebody notices that something is wrong (CSF DE.AE-02; ISO/IEC 27035 detection)."""
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
    REGRADE = "regrade"
    """It is given another level, as the picture changes (CSF RS.MA-03, RS.AN-08)."""
    ESTIMATE_EXTENT = "estimate_extent"
    """How far it reaches is estimated and validated (CSF RS.AN-08)."""
    ESCALATE = "escalate"
    """It is taken to those above who decide on the handling (CSF RS.MA-04)."""
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
    OPEN_CONDUCT_CASE = "open_conduct_case"
    """A case is opened on who is responsible."""
    PROPOSE_SANCTION = "propose_sanction"
    """A sanction is proposed."""
    DECIDE_SANCTION = "decide_sanction"
    """A sanction is decided on."""
    CLEAR_CONDUCT = "clear_conduct"
    """Nobody is found to be at fault."""
    FIND_LAWFUL = "find_lawful"
    """It is found not to be against the law."""
    FIND_UNLAWFUL = "find_unlawful"
    """It is found to be against the law (ISO/IEC 27035: legal assessment)."""
    CONFIRM_UNLAWFUL = "confirm_unlawful"
    """Somebody with authority confirms that it is against the law."""
    NOTIFY_LEGAL = "notify_legal"
    """Those who advise on the law are brought in (NIST SP 800-61r3: legal)."""
    REFER_TO_LAW_ENFORCEMENT = "refer_to_law_enforcement"
    """The police or a judicial authority is handed the case (CSF RS.CO-02)."""
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
    REPORT_OUTCOME = "report_outcome"
    """What was done and what came of it is reported to those who respond and decide (CSF RS.CO-03)."""
    LESSONS = "lessons"
    """A review is held and its lessons are kept (CSF ID.IM-03; ISO/IEC 27035 lessons learned)."""
    CIRCULATE_LESSONS = "circulate_lessons"
    """The result is passed to those who can learn from it."""
    CLOSE = "close"
    """The incident is closed."""


class RoleMeaning(StrEnum):
    """The terms for who somebody is, in any procedure."""

    REPORTER = "reporter"
    """Whoever notices something and says so (ISO/IEC 27035: detection and reporting)."""
    RESPONDER = "responder"
    """Handles incidents (NIST SP 800-61r3: incident handler)."""
    RESPONSE_LEAD = "response_lead"
    """Leads those who handle them (ISO/IEC 27035-2: leader of the incident response team)."""
    COMMANDER = "commander"
    """Is in charge of the whole handling (NIMS: incident commander)."""
    DEPUTY_COMMANDER = "deputy_commander"
    """Stands in for whoever is in charge (NIMS: deputy)."""
    SCRIBE = "scribe"
    """Keeps the record of the handling (NIMS: documentation)."""
    LIAISON = "liaison"
    """Keeps others informed and speaks with them (NIMS: liaison officer)."""
    ANALYST = "analyst"
    """Examines what happened, secures evidence and finds the cause (NIST SP 800-61r3: incident handler)."""
    NETWORK_ADMINISTRATOR = "network_administrator"
    """Runs the networks (NIST SP 800-61r3: technology professionals)."""
    SYSTEM_ADMINISTRATOR = "system_administrator"
    """Runs the systems (NIST SP 800-61r3: technology professionals)."""
    OPERATIONS_HEAD = "operations_head"
    """Heads those who run networks and systems."""
    DEVELOPMENT_HEAD = "development_head"
    """Heads those who build the products."""
    SECURITY_HEAD = "security_head"
    """Answers for information security (the CISO of many organisations; CSF GV.RR-01)."""
    DEPUTY_SECURITY_HEAD = "deputy_security_head"
    """Stands in for whoever answers for information security."""
    SECURITY_MANAGER = "security_manager"
    """Manages information security from day to day."""
    SECURITY_STAFF = "security_staff"
    """Works in information security."""
    ASSET_OWNER = "asset_owner"
    """Answers for a service, a product or its data (NIST SP 800-61r3: asset owners)."""
    LEGAL = "legal"
    """Advises on the law (NIST SP 800-61r3: legal)."""
    COMMUNICATIONS = "communications"
    """Speaks to the public and the press (NIST SP 800-61r3: public affairs and media relations)."""
    HUMAN_RESOURCES = "human_resources"
    """Answers for what concerns staff (NIST SP 800-61r3: human resources)."""
    OVERSIGHT = "oversight"
    """Looks into the conduct of people and units."""
    AUDITOR = "auditor"
    """Audits inside the organisation."""
    AUDIT_COMMITTEE = "audit_committee"
    """Sits on the committee that auditors report to."""
    DECISION_MAKER = "decision_maker"
    """Decides what those who handle it may not decide, such as to take a service down (CSF RS.MA-04)."""
    EXECUTIVE = "executive"
    """Manages the organisation or a large part of it (NIST SP 800-61r3: leadership)."""
    BOARD = "board"
    """Sits on the board."""
    CUSTOMER = "customer"
    """A customer or user of the organisation (third parties)."""
    SUPPLIER = "supplier"
    """Supplies the organisation (CSF GV.SC-08)."""
    REGULATOR = "regulator"
    """An authority that supervises the organisation."""
    LAW_ENFORCEMENT = "law_enforcement"
    """The police, a prosecutor or a court."""
    CSIRT = "csirt"
    """A response team of others, such as the national one (NIST SP 800-61r3: incident response teams)."""


class TeamMeaning(StrEnum):
    """The terms for what several roles are together, in any procedure."""

    RESPONSE_TEAM = "response_team"
    """Those who handle incidents (ISO/IEC 27035-2: incident response team)."""
    COMMAND_TEAM = "command_team"
    """Those in charge of the handling (NIMS: command; ISO/IEC 27035-2: incident management team)."""
    SECURITY_TEAM = "security_team"
    """Those who work in information security."""
    LEGAL_DEPARTMENT = "legal_department"
    """Those who advise on the law."""
    OVERSIGHT_DEPARTMENT = "oversight_department"
    """Those who look into conduct."""
    INTERNAL_AUDIT = "internal_audit"
    """Those who audit."""
    LEADERSHIP = "leadership"
    """Those who manage the organisation."""
    BOARD = "board"
    """The board."""


class MeasureMeaning(StrEnum):
    """The terms for what is measured of an incident, by any procedure; `unit` says in what."""

    USERS_AFFECTED = "users_affected"
    """So many people who use a service are affected."""
    USERS_AFFECTED_PERCENT = "users_affected_percent"
    """Such a share of those who use a service is affected."""
    FULL_OUTAGE = "full_outage"
    """A service is down, so long."""
    DEGRADED = "degraded"
    """A service is worse than it should be, so long."""
    PERSONAL_RECORDS = "personal_records"
    """So many records of people, or people whose data they are, are exposed."""
    SENSITIVE_RECORDS = "sensitive_records"
    """So many of those records are of a sensitive kind."""
    DATA_BREACH_SUSPECTED = "data_breach_suspected"
    """Data of people may be exposed."""
    DIRECT_LOSS = "direct_loss"
    """So much money is lost by it."""
    FRAUD_MESSAGES = "fraud_messages"
    """So many messages or calls of fraudsters were sent."""
    PRIVILEGED_ACCESS = "privileged_access"
    """Somebody who may not has the rights of an administrator."""
    CRITICAL_CUSTOMER = "critical_customer"
    """A customer is affected on whom many others depend."""
    ATTACKER_ACTIVE = "attacker_active"
    """The attacker is still at it."""
    STILL_SPREADING = "still_spreading"
    """It is still spreading."""
    EVIDENCE_LOST = "evidence_lost"
    """Logs or other evidence are lost."""
    NO_WORKAROUND = "no_workaround"
    """There is no way around what does not work."""
    SAFETY_AT_RISK = "safety_at_risk"
    """Life or health is at risk."""

    @property
    def unit(self) -> Unit:
        """The unit in which it is measured; a measure in another one cannot mean this."""
        return _UNITS[self]


_UNITS: Final[Mapping[MeasureMeaning, Unit]] = {
    MeasureMeaning.USERS_AFFECTED: "count",
    MeasureMeaning.USERS_AFFECTED_PERCENT: "percent",
    MeasureMeaning.FULL_OUTAGE: "duration",
    MeasureMeaning.DEGRADED: "duration",
    MeasureMeaning.PERSONAL_RECORDS: "count",
    MeasureMeaning.SENSITIVE_RECORDS: "count",
    MeasureMeaning.DATA_BREACH_SUSPECTED: "flag",
    MeasureMeaning.DIRECT_LOSS: "money",
    MeasureMeaning.FRAUD_MESSAGES: "count",
    MeasureMeaning.PRIVILEGED_ACCESS: "flag",
    MeasureMeaning.CRITICAL_CUSTOMER: "flag",
    MeasureMeaning.ATTACKER_ACTIVE: "flag",
    MeasureMeaning.STILL_SPREADING: "flag",
    MeasureMeaning.EVIDENCE_LOST: "flag",
    MeasureMeaning.NO_WORKAROUND: "flag",
    MeasureMeaning.SAFETY_AT_RISK: "flag",
}


class ChannelMeaning(StrEnum):
    """The terms for the ways by which something reaches somebody, in any procedure."""

    EMAIL = "email"
    """By e-mail."""
    PHONE = "phone"
    """By telephone."""
    CHAT = "chat"
    """By instant message."""
    ALERT = "alert"
    """By a monitor that raises an alarm."""
    PAGER = "pager"
    """By what wakes whoever is on call."""
    CONFERENCE_CALL = "conference_call"
    """In a call of several people."""
    MEETING = "meeting"
    """Face to face."""
    LETTER = "letter"
    """In writing, on paper."""
    PRESS = "press"
    """Through the press."""
    REGULATOR = "regulator"
    """By the way that an authority uses."""
    STATUS_PAGE = "status_page"
    """On the page where users see how a service does."""


class JudgementMeaning(StrEnum):
    """The terms for what is judged with yes or no (`fits`), by any procedure."""

    INCIDENT = "incident"
    """It is an incident (CSF DE.AE-08)."""
    UNLAWFUL = "unlawful"
    """It is against the law."""
    CRIME = "crime"
    """A crime is suspected."""
    DELIBERATE = "deliberate"
    """Somebody did it on purpose, to gain something or to do harm."""
    AT_FAULT = "at_fault"
    """A member of staff is at fault."""
    PUBLIC = "public"
    """The public has to be told (CSF RC.CO-04)."""


class CircumstanceMeaning(StrEnum):
    """The terms for what may come to light about an incident, by any procedure."""

    CONCEALMENT = "concealment"
    """Somebody concealed it."""
    OMISSION = "omission"
    """Somebody did not report it."""
    OBSTRUCTION = "obstruction"
    """Somebody stood in the way of a report."""
    RETALIATION = "retaliation"
    """Somebody got back at whoever reported it."""
    SUSPECTED_CRIME = "suspected_crime"
    """A crime is suspected."""
    FAILED_FIX = "failed_fix"
    """What was mended did not hold."""
    ATTACKER_RETURNED = "attacker_returned"
    """The attacker is back."""
    EVIDENCE_TAMPERED = "evidence_tampered"
    """Evidence was changed."""
    DATA_EXPOSED = "data_exposed"
    """Data of people are exposed."""
    SUPPLIER_INVOLVED = "supplier_involved"
    """A supplier is involved."""
    UNORDERED_CHANGE = "unordered_change"
    """Somebody changed something without an order."""


M = TypeVar("M", bound=StrEnum)


def defaulted(name: str, terms: type[M]) -> tuple[M, ...]:
    """The meaning of a rule that says none: the one of `terms` that its id is; none where it is none of them.

    Nothing else is guessed.
    """
    return tuple(meaning for meaning in terms if meaning.value == name)
