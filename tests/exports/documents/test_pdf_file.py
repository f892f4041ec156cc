"""The report on paper: Chinese is there, markup is text, and a missing character is an error, never a box."""

import io
import os
import re
from pathlib import Path

import pypdf
import pytest
import typst
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from incidentsim.domain.errors import InputError
from incidentsim.exports import reports
from incidentsim.exports.documents import pdf_file
from incidentsim.exports.reports import Kind
from tests.support.evaluating import scenario
from tests.support.examples import examples
from tests.support.reporting import BOTH, CONTROLS, KINDS, PINS, ROOT, everything, hostile, material, shipped

HAN = {"Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Serif SC", "Songti SC", "SimSun"}


@pytest.fixture(autouse=True, scope="module")
def chinese_font() -> None:
    """Every report names Chinese laws; a machine of CI without a font for them is set up wrongly."""
    if not HAN & set(typst.Fonts().families()):
        reason = "needs a font with Chinese, such as that of the package fonts-noto-cjk"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


def text_of(data: bytes) -> str:
    """What can be copied from the pages, without the spaces: lines end where the page does."""
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in pages))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_the_text_can_be_copied_in_both_languages(kind: Kind) -> None:
    data = reports.pdf(shipped("false-alarm", provenance=PINS, controls=CONTROLS), kind=kind, languages=BOTH)
    text = text_of(data)
    assert "Fourteentimestheusual" in text
    assert "平时的十四倍" in text
    assert text.count(ROOT) > len(pypdf.PdfReader(io.BytesIO(data)).pages) / 2, "at the foot of the pages"


@pytest.mark.slow
def test_the_same_run_gives_the_same_bytes_dated_as_the_record() -> None:
    first = reports.pdf(shipped("false-alarm", provenance=PINS))
    assert first == reports.pdf(shipped("false-alarm", provenance=PINS))
    information = pypdf.PdfReader(io.BytesIO(first)).metadata
    assert information is not None
    assert str(information.creation_date).startswith("2026-05-01 08:00:03")


MARKUP = '#panic("x") $x^2$ *b* _i_ `c` <lbl> @ref \\ // /* */ [a] {b} = h ~ -- --- ... "q" \'s\''


def test_markup_shows_as_it_was_typed() -> None:
    text = text_of(pdf_file.render(everything(MARKUP)))
    assert text.count(MARKUP.replace(" ", "")) >= 10


@pytest.mark.slow
@examples(20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet="#$*_`<>@\\/[]{}=~-.\"'()+:;,!|&^% \nab1中文", max_size=60))
def test_no_text_is_markup(words: str) -> None:
    text = text_of(pdf_file.render(everything("A" + words + "Z")))
    assert "A" + re.sub(r"\s+", "", words) + "Z" in text


@pytest.mark.slow
def test_foreign_text_in_a_whole_report_shows_as_it_was_typed() -> None:
    text = text_of(reports.pdf(hostile(MARKUP), kind="audit"))
    assert text.count(MARKUP.replace(" ", "")) >= 5


def test_control_characters_are_shown_by_number() -> None:
    text = text_of(pdf_file.render(everything("x\x00y\x1b[31m\u202ez")))
    assert "x⟨U+0000⟩y⟨U+001B⟩[31m⟨U+202E⟩z" in text


@pytest.mark.parametrize(
    ("character", "font"),
    [("𒀀", "Noto Sans Cuneiform"), ("\U0001fae0", "Noto Emoji"), ("𠮷", "Noto Sans CJK SC")],
)
def test_a_character_that_no_font_has_is_an_error_that_names_a_font(character: str, font: str) -> None:
    with pytest.raises(InputError) as caught:
        pdf_file.render(everything(f"x{character}"), fonts=())
    assert f"{character} (U+{ord(character):04X})" in str(caught.value)
    assert font in str(caught.value)


def test_what_only_joins_characters_is_not_said_to_need_a_font() -> None:
    with pytest.raises(InputError) as caught:
        pdf_file.render(everything("\U0001f469\u200d\U0001f467\ufe0f"), fonts=())
    assert "U+1F469" in str(caught.value)
    assert "U+200D" not in str(caught.value)


def test_without_a_chinese_font_a_chinese_report_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Install a font that has them: Noto Sans CJK SC"):
        reports.pdf(shipped("false-alarm"), languages=["zh"], fonts=[tmp_path])


@pytest.mark.slow
def test_words_without_end_stay_on_the_page() -> None:
    """Everything stands between the margins of the page: A4 is 595 points wide."""
    data = reports.pdf(hostile("W" * 3000), kind="audit")
    edges: list[float] = []

    def note(text: str, _cm: list[float], matrix: list[float], _font: object, _size: float) -> None:
        if text.strip():
            edges.append(matrix[4])

    for page in pypdf.PdfReader(io.BytesIO(data)).pages[:4]:
        page.extract_text(visitor_text=note)
    assert edges
    assert max(edges) < 560


@pytest.mark.slow
def test_a_run_in_which_nothing_happened_has_a_report_too() -> None:
    text = text_of(reports.pdf(material(scenario("false-alarm"), []), kind="audit", languages=["en"]))
    assert "Nostepwastaken." in text
