"""What a bot wrote is worded where it is read, in the reader's language."""

import pytest

from incidentsim.domain.references import WITHHELD, Reference, ReferenceKind
from incidentsim.domain.text import Language
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.references import references_words
from incidentsim.messages import spoken
from tests.support.shipped import procedure, scenario

SAID = (
    Reference(ReferenceKind.FLAG, "incident", 1, "M3"),
    Reference(ReferenceKind.QUOTE, "nothing-of-the-kind"),
    Reference(ReferenceKind.MEASURE, "personal_records", 184_000, "nothing-of-the-kind"),
    Reference(ReferenceKind.LEVEL, "2"),
    Reference(ReferenceKind.UNKNOWN, "level"),
    Reference(ReferenceKind.UNKNOWN, "unlawful"),
    WITHHELD,
)
ENGLISH = """\
Known: it is an incident (message M3), personal records exposed: 184,000 (“nothing-of-the-kind”), Level 2 (critical).
Based on: “nothing-of-the-kind”.
Not known yet: how severe it is, whether it is unlawful.
It also rests on messages that have not reached you."""


def words(*references: Reference, language: Language = "en") -> str:
    subject = scenario("number-masking-leak")
    playbook = procedure(subject.playbook)
    with spoken(language):
        return references_words(playbook, Names(playbook, subject, language), references)


def test_every_kind_of_reference_is_worded() -> None:
    assert {reference.kind for reference in SAID} == set(ReferenceKind)
    assert words(*SAID) == ENGLISH


@pytest.mark.parametrize("reference", SAID)
def test_each_reads_otherwise_in_chinese(reference: Reference) -> None:
    assert words(reference)
    assert words(reference, language="zh") != words(reference)


def test_a_level_that_the_playbook_does_not_have_is_shown_as_it_stands() -> None:
    assert words(Reference(ReferenceKind.LEVEL, "99")) == "Known: 99."
    assert words(Reference(ReferenceKind.LEVEL, "high")) == "Known: high."
