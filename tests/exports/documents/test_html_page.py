"""The report as a page: no network, no script, nothing foreign that acts."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from incidentsim.exports import reports
from incidentsim.exports.documents import html_page
from incidentsim.exports.reports import Kind
from incidentsim.exports.wording.plain_text import visible
from tests.support.reporting import BOTH, CONTROLS, KINDS, PINS, everything, hostile, shipped

TAGS = set(
    re.findall(
        r"\S+",
        "html head meta title style body article header h1 h2 h3 p nav ol ul li a section footer dl dt dd div table "
        "colgroup col thead tbody tr th td br figure figcaption blockquote span svg g rect path circle text desc",
    )
)
ATTRIBUTES = set(
    re.findall(
        r"\S+",
        "lang charset http-equiv content name class id href style scope tabindex role aria-label aria-labelledby "
        "viewBox font-family font-size font-weight text-anchor fill fill-opacity stroke stroke-width stroke-dasharray "
        "x y cx cy r width height d colspan paint-order",
    )
)
ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style></svg><iframe src='http://evil.invalid'>",
    "]]><!-- --><?php ?>",
    "&lt;b&gt;&amp;&#0;&nbsp;",
    "javascript:alert(1) data:text/html,x",
    "' onmouseover='x",
]
foreign = st.text(max_size=60) | st.sampled_from(ATTACKS)


def page(data: bytes) -> ET.Element:
    """The page, read as the well-formed XML that it also is."""
    return ET.fromstring(data)  # noqa: S314 - our own output


def check_harmless(root: ET.Element) -> None:
    for element in root.iter():
        assert element.tag in TAGS
        assert set(element.attrib) <= ATTRIBUTES
        assert element.get("href", "#").startswith("#")
        for value in element.attrib.values():
            assert "://" not in value
            assert "url(" not in value
    style = root.find("head/style")
    assert style is not None
    assert style.text is not None
    assert not re.search(r"url\(|@import|://|expression", style.text)


@pytest.mark.parametrize("kind", KINDS)
def test_a_shipped_scenario_makes_a_page_that_fetches_nothing(kind: Kind) -> None:
    data = reports.html(shipped("concealed-outage", provenance=PINS, controls=CONTROLS), kind=kind, languages=BOTH)
    check_harmless(page(data))
    text = data.decode()
    assert "<script" not in text
    assert not re.search(r"https?://", text)
    assert "default-src 'none'" in text


@given(words=foreign)
@example(words="</script><script>")
@example(words="\x00\x1b[31m\u202e")
def test_foreign_text_is_text(words: str) -> None:
    root = page(html_page.render(everything(words)))
    check_harmless(root)
    shown = "".join(root.find("body/article/header/h1").itertext())  # type: ignore[union-attr]
    assert shown == visible(words)


def test_foreign_text_in_a_whole_report_is_text() -> None:
    words = " ".join(ATTACKS)
    root = page(reports.html(hostile(words), kind="audit"))
    check_harmless(root)
    assert "".join(root.itertext()).count(visible(words)) > 50


@pytest.mark.parametrize("kind", KINDS)
def test_every_link_leads_somewhere_and_every_id_is_given_once(kind: Kind) -> None:
    root = page(reports.html(shipped("concealed-outage", controls=CONTROLS), kind=kind, languages=BOTH))
    ids = [found for element in root.iter() if (found := element.get("id")) is not None]
    assert len(ids) == len(set(ids))
    links = [found for element in root.iter("a") if (found := element.get("href")) is not None]
    assert len(links) > 50
    assert {link[1:] for link in links} <= set(ids)


def test_the_picture_has_a_text_alternative() -> None:
    root = page(reports.html(shipped("concealed-outage")))
    first, picture = root.iter("svg")  # on page one, and in the annex
    assert first.get("role") == picture.get("role") == "img"
    named = str(picture.get("aria-labelledby")).split()
    alternatives = {element.get("id"): element.text for element in picture.iter() if element.get("id")}
    assert set(named) == set(alternatives)
    assert "30 steps, 4 refusals, 14 escalations, 18 duties, 1 of them late" in " ".join(
        map(str, alternatives.values())
    )


def test_what_is_late_or_refused_says_so_in_words_not_by_colour_alone() -> None:
    root = page(reports.html(shipped("concealed-outage"), kind="audit"))
    rows = [row for row in root.iter("tr") if row.get("class") == "late"]
    assert rows
    for row in rows:
        assert re.search("LATE|OVERDUE|late|DOES NOT HOLD", "".join(row.itertext()))


def test_each_part_names_its_language() -> None:
    root = page(reports.html(shipped("false-alarm"), languages=BOTH))
    assert [article.get("lang") for article in root.iter("article")] == ["en", "zh-Hans"]


def test_the_page_has_rules_for_paper_and_for_the_dark() -> None:
    text = reports.html(shipped("false-alarm")).decode()
    for rule in ("@media print", "prefers-color-scheme:dark", "@page", "table-header-group", "overflow-wrap:anywhere"):
        assert rule in text
