"""The report as a Word document: real headings and tables, and nothing foreign that acts, leads outside or is lost."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import example, given
from hypothesis import strategies as st

from incidentsim.domain.text import LANGUAGES
from incidentsim.exports import reports
from incidentsim.exports.documents import docx_file
from incidentsim.exports.documents.markdown_page import phase_words
from incidentsim.exports.documents.model import (
    Block,
    Document,
    Heading,
    Listing,
    Numbers,
    Paragraph,
    Part,
    Picture,
    Row,
    Table,
    Terms,
    shown,
    words_of,
)
from incidentsim.exports.documents.word import parts, pictures, tables
from incidentsim.exports.reports.compose import compose
from incidentsim.exports.wording.plain_text import lines_of, visible
from incidentsim.messages import spoken
from tests.support.examples import examples
from tests.support.reporting import BOTH, CONTROLS, PINS, everything, hostile, shipped

DATED: Final = datetime(2026, 5, 1, 8, 0, 4, tzinfo=UTC)
ATTACKS: Final = [
    "{ INCLUDETEXT C:\\\\secret.txt }",
    ' HYPERLINK "https://evil.invalid" ',
    '</w:t></w:r><w:r><w:instrText>DDEAUTO c:\\\\cmd "/k calc"</w:instrText></w:r>',
    "<w:altChunk r:id='rId9'/> &amp; &#0; ]]><!-- --><?x ?>",
    "\x13 INCLUDEPICTURE \x14\x15\x07\x0b\x0c",
    "  two  spaces \n\n  and lines\r\nof\rall kinds  ",
    "tab\there \u202e turned \ue000 private \ud800 lone \ufffe",
]
foreign = st.text(max_size=80) | st.sampled_from(ATTACKS)


def paper(*blocks: Block, language: Any = "en", **more: Any) -> Document:
    return Document(DATED, (Part(language, "Title", "About", "Contents", "foot", blocks, **more),))


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def body_of(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data)).element.body


def texts_of(data: bytes) -> list[str]:
    """What a reader finds: the text of every paragraph, those in tables and at the foot included, in order."""
    read = docx.Document(io.BytesIO(data))
    feet = [section.footer._element for section in read.sections]
    return [
        "".join("\n" if piece.tag == qn("w:br") else piece.text or "" for piece in one.iter(qn("w:t"), qn("w:br")))
        for root in (read.element.body, *feet)
        for one in root.iter(qn("w:p"))
    ]


def as_read(text: str) -> str:
    return "\n".join(map(visible, lines_of(text)))


def check_harmless(data: bytes) -> None:
    """No macro, nothing from outside, no field but those of ours, whatever the texts say."""
    for name, content in parts_of(data).items():
        assert "vba" not in name.lower()
        assert re.fullmatch(r".*\.(xml|rels)", name)
        if name.endswith(".rels"):
            assert b"TargetMode" not in content
    read = docx.Document(io.BytesIO(data))
    for root in (read.element, *(section.footer._element for section in read.sections)):
        codes = [one.text or "" for one in root.iter(qn("w:instrText"))]
        codes += [one.get(qn("w:instr")) for one in root.iter(qn("w:fldSimple"))]
        for code in codes:
            assert re.fullmatch(r'TOC \\o "2-2" \\n \\h \\b (en|zh)\d*_all| (PAGE|NUMPAGES|SECTIONPAGES) ', code)
        names = {one.get(qn("w:name")) for one in root.iter(qn("w:bookmarkStart"))}
        for link in root.iter(qn("w:hyperlink")):
            assert link.get(qn("r:id")) is None
            assert link.get(qn("w:anchor")) in names
        for tag in ("w:altChunk", "w:object", "w:control", "w:pict", "w:subDoc", "a:blip", "a:hlinkClick"):
            assert next(root.iter(qn(tag)), None) is None


def test_headings_lists_and_tables_are_those_of_word() -> None:
    rows = (Row(("a", "b")), Row(("all of it", ""), "group"))
    made = paper(
        Heading(2, "Chapter"),
        Heading(3, "Section"),
        Listing(("one", "two"), numbered=True),
        Listing(("three",), numbered=True),
        Listing(("four",)),
        Table(("A", "B"), rows, (1, 3)),
        Heading(2, "Annex", new_page=True),
    )
    data = docx_file.render(made)
    read = docx.Document(io.BytesIO(data))
    styles = [(one.style.name if one.style else "", one.text) for one in read.paragraphs]
    wanted = [("Heading 1", "Title"), ("Subtitle", "About"), ("Heading 2", "Chapter"), ("Heading 3", "Section")]
    wanted += [("List Number", "one"), ("List Number", "two"), ("List Number", "three"), ("List Bullet", "four")]
    assert [one for one in styles if one[0] not in {"TOC Heading", "toc 2"}] == [*wanted, ("Heading 2", "Annex")]
    numbers = [one.val for one in body_of(data).iter(qn("w:numId"))]
    assert len(set(numbers)) == 2, "each list begins at 1"
    assert len(numbers) == 3
    [table] = read.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["A", "B"], ["a", "b"], ["all of it"] * 2]
    assert [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [
        True,
        False,
        False,
    ]
    broken = [one.text for one in read.paragraphs if one.paragraph_format.page_break_before]
    assert broken == ["Annex"]


def test_numbers_lead_to_the_rows_of_their_facts() -> None:
    rows = (
        Row((Numbers((0,)), "it"), fact=0),
        Row(
            (
                Numbers((1,)),
                Numbers((0, 1, 7)),
            ),
            fact=1,
        ),
    )
    data = docx_file.render(paper(Table(("A", "B"), rows, (1, 3))))
    found = body_of(data).iter(qn("w:hyperlink"))
    links = [(one.get(qn("w:anchor")), "".join(word.text for word in one.iter(qn("w:t")))) for one in found]
    assert links == [("en_f0", "#0")], "not to itself, and not to a fact that has no row"


def test_language_and_chinese_fonts_are_set() -> None:
    data = docx_file.render(everything("中文“引号”"))
    read = docx.Document(io.BytesIO(data))
    look = read.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    assert look.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "Microsoft YaHei"
    assert look.find(qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"
    assert read.core_properties.language == "en-GB, zh-CN"
    chinese = [one for one in body_of(data).iter(qn("w:rFonts")) if one.get(qn("w:hint")) == "eastAsia"]
    assert chinese
    assert not list(body_of(docx_file.render(paper(Paragraph("x")))).iter(qn("w:rFonts")))


def test_every_style_that_is_used_is_one_of_the_file() -> None:
    read = docx.Document(io.BytesIO(docx_file.render(everything("x"))))
    ids = {style.style_id for style in read.styles}
    for tag in ("w:pStyle", "w:rStyle", "w:tblStyle"):
        used = {one.get(qn("w:val")) for one in read.element.iter(qn(tag))}
        assert used
        assert used <= ids


def test_a_leaf_has_a_page_and_a_numbering_of_its_own() -> None:
    leaf = paper(Paragraph("a"), leaf=True).parts[0]
    read = docx.Document(io.BytesIO(docx_file.render(Document(DATED, (leaf, replace(leaf, language="zh"))))))
    assert len(read.sections) == 2
    for section in read.sections:
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        assert section.footer.paragraphs[0].text == "foot"
    assert read.styles["Normal"].font.size.pt == 9.5


def test_rows_that_are_written_ahead_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [*ATTACKS, "<?rows 0?>", "&lt;?rows 1?&gt;"]
    rows = tuple(Row((word, Numbers((place, 0))), "late", place) for place, word in enumerate(words))
    made = paper(Paragraph("<?rows 0?>"), Table(("A", "B"), rows, (1, 1)), Table(("C", "D"), rows, (1, 1)))
    plain = docx_file.render(made)
    monkeypatch.setattr(tables, "_AHEAD", 3)
    ahead = docx_file.render(made)
    assert parts_of(ahead) == parts_of(plain)
    assert len(docx.Document(io.BytesIO(ahead)).tables[1].rows) == len(rows) + 1


def test_tables_stay_apart_and_in_their_section_whatever_stands_between_them() -> None:
    """Two tables in a row would be one to Word, and a section that ends in a table would lose it to the next."""
    table = Table(("A",), (Row(("a",)),), (1,))
    one = paper(table, Listing(()), Terms(()), table, Listing(())).parts[0]
    body = body_of(docx_file.render(Document(DATED, (one, one))))
    kinds = [element.tag.partition("}")[2] for element in body if not element.tag.endswith(("Start", "End"))]
    assert kinds == [*["p", "p", "tbl", "p", "tbl", "p"] * 2, "sectPr"]
    ends = [one.find(f".//{qn('w:sectPr')}") is not None for one in body.findall(qn("w:p"))]
    assert ends == [*[False] * 3, True, *[False] * 4], "in the last paragraph of the first part"


def test_a_table_longer_than_word_opens_is_written_as_several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_MOST_ROWS", 2)
    rows = tuple(Row((str(number),)) for number in range(5))
    read = docx.Document(io.BytesIO(docx_file.render(paper(Table(("A",), rows, (1,))))))
    found = [[row.cells[0].text for row in table.rows] for table in read.tables]
    assert found == [["A", "0", "1"], ["A", "2", "3"], ["A", "4"]]


def picture_of(name: str) -> Picture:
    [picture] = [one for one in compose(shipped(name)).parts[0].blocks if isinstance(one, Picture)]
    return picture


def test_the_picture_is_drawn_in_shapes_of_word() -> None:
    """Every shape of the SVG is there, and every text in it; who cannot see it hears what it shows."""
    picture = picture_of("concealed-outage")
    body = body_of(docx_file.render(paper(picture)))
    drawn = [one.tag.partition("}")[2] for one in body.iter() if one.tag.endswith(("}wsp", "}txbx"))]
    shapes = pictures.shapes_of(picture)
    assert drawn.count("wsp") == len(shapes) > 100
    texts = [one.text for one in shapes if one.tag == "text"]
    assert drawn.count("txbx") == len(texts)
    boxes = [one for one in body.iter() if one.tag.endswith("}txbxContent")]
    assert ["".join(word.text for word in box.iter(qn("w:t"))) for box in boxes] == texts
    [told] = body.iter(qn("wp:docPr"))
    assert told.get("descr") == picture.words
    ids = [one.get("id") for one in body.iter() if one.tag.endswith(("}docPr", "}cNvPr"))]
    assert len(set(ids)) == len(ids)


def test_a_picture_of_too_many_shapes_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST", 10)
    picture = picture_of("false-alarm")
    data = docx_file.render(paper(picture))
    assert next(body_of(data).iter(qn("w:drawing")), None) is None
    assert [as_read(words) for words in phase_words(picture)] == texts_of(data)[2:-2]


def test_a_path_that_is_not_of_straight_lines_is_not_drawn_wrongly() -> None:
    assert list(pictures.strokes("M1 2l3 4V0h-2zM5 6L7 8")) == [
        ([(1, 2), (4, 6), (4, 0), (2, 0)], True),
        ([(5, 6), (7, 8)], False),
    ]
    with pytest.raises(ValueError, match="Q"):
        list(pictures.strokes("M1 2Q3 4 5 6"))


@pytest.mark.parametrize("kind", ["aar", "audit"])
def test_the_same_run_gives_the_same_bytes_dated_as_the_record(
    kind: reports.Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = shipped("false-alarm", provenance=PINS, controls=CONTROLS)
    first = reports.docx(dossier, kind=kind, languages=BOTH)
    monkeypatch.setattr("time.time", lambda: 2e9)
    monkeypatch.setattr("time.localtime", lambda *_at: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert first == reports.docx(dossier, kind=kind, languages=BOTH)
    told = docx.Document(io.BytesIO(first)).core_properties
    assert [one.replace(tzinfo=UTC) for one in (told.created, told.modified) if one] == [DATED.replace(second=3)] * 2
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        assert {one.date_time for one in file.infolist()} == {(2026, 5, 1, 8, 0, 2)}, "zip knows every other second"
    check_harmless(first)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_says_in_word_what_its_model_says(language: Any) -> None:
    model = compose(shipped("concealed-outage", provenance=PINS), kind="aar", languages=[language])
    read = "\n".join(texts_of(reports.docx(shipped("concealed-outage", provenance=PINS), languages=[language])))
    with spoken(language):
        said = [text for block in model.parts[0].blocks for text in words_in(block)]
    assert [text for text in said if as_read(text) not in read] == []


def words_in(block: Block) -> Iterator[str]:
    match block:
        case Heading(_, text) | Paragraph(text, _):
            yield text
        case Listing(items):
            yield from items
        case Terms(items):
            yield from (word for item in items for word in item)
        case Table(head, rows):
            yield from (*head, *(words_of(cell) for row in rows for cell in shown(row)))
        case Picture(_, words):
            yield words


@examples(60)
@given(foreign)
@example("{ INCLUDETEXT x }")
@example("\n \n")
def test_any_text_is_read_back_as_it_was_typed_and_does_nothing(words: str) -> None:
    data = docx_file.render(everything(words))
    check_harmless(data)
    found = texts_of(data)
    assert sum(one == as_read(words) for one in found) >= 2 * 10, "as often as the document says it"
    assert sum(as_read(words) in one for one in found) >= 2 * 18


def test_foreign_text_in_a_whole_report_does_nothing() -> None:
    for words in ATTACKS:
        data = reports.docx(hostile(words), kind="audit")
        check_harmless(data)
        assert "\n".join(texts_of(data)).count(as_read(words)) >= 5
