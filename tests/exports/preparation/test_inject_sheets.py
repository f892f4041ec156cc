"""Sheets of injects: what comes with an inject stands on its sheet, and its facilitator is told of it."""

from dataclasses import replace

import pytest

from incidentsim.domain.attachments import AttachedFile, Attachment, AttachmentKind
from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.exports.documents.model import Quotation
from incidentsim.exports.preparation.inject_sheets import inject_sheets
from incidentsim.exports.preparation.msel import msel_rows
from incidentsim.ledger.digests import digest
from incidentsim.messages import spoken
from tests.support.attaching import PDF
from tests.support.forecasts import leak, with_injects


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_stands_on_the_sheet_in_the_language_of_the_sheet(language: Language) -> None:
    with spoken(language):
        (first, *others), rows = inject_sheets(leak(), language), msel_rows(leak(), language)
    quoted = [block.text for block in first.blocks if isinstance(block, Quotation)]
    (attachment,) = leak().scenario.injects[0].attachments
    assert quoted[1] == (attachment.say(language).text or "").rstrip("\n")
    assert f"audit-probe-{language}.log" in rows[0].notes
    assert not any("audit-probe" in str(sheet) for sheet in others)


def test_a_long_text_is_cut_and_says_so_and_what_is_no_text_is_handed_out() -> None:
    long = b"".join(b"line %d\n" % number for number in range(100))
    files = (
        AttachedFile("a.log", AttachmentKind.TEXT, digest(long), long),
        AttachedFile("b.pdf", AttachmentKind.PDF, digest(PDF), PDF),
    )
    first, *others = leak().scenario.injects
    told = replace(first, attachments=tuple(Attachment(file, file) for file in files))
    (sheet, *_others) = inject_sheets(with_injects(told, *others), "en")
    text, pdf = [block.text for block in sheet.blocks if isinstance(block, Quotation)][1:]
    assert "line 59\n… and 40 more lines in the file" in text
    assert pdf == f"Hand this file out beside the paper: {digest(PDF)}"
