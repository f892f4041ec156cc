"""The manual says the same in both languages, and names nothing that is not there."""

import re
import shlex
from importlib.resources import files as resources_of
from pathlib import Path

import pytest

from incidentsim.domain.errors import InputError
from incidentsim.domain.text import LANGUAGES, Language
from incidentsim.exports.manual.blocks import Block, Code, Heading, Item, Picture, Span, SpanKind, blocks_of, spans_of
from incidentsim.exports.manual.pages import TOPICS, Page, Topic, page, pages, topic_named
from incidentsim.exports.wording.plain_text import width
from incidentsim.importing.formats import FORMATS
from tests.support import manual

FOLDER = Path(str(resources_of("incidentsim"))) / "manual"
BOTH = [(topic, language) for topic in TOPICS for language in LANGUAGES]
WIDEST = 96
"""Columns of a line of code. One of more than 75 is broken on a screen of 80."""


def made(markdown: str) -> Page:
    return Page(Topic.TEAM, markdown, blocks_of(markdown), {})


def wrong(about: Page, language: Language) -> list[str]:
    """Whatever a page mentions that is not so."""
    told = [manual.wrong_key(span) for span in manual.spans(about, SpanKind.KEY)]
    told += [manual.wrong_word(span, language) for span in manual.spans(about, SpanKind.WORD)]
    told += [manual.wrong_code(span.text, about) for span in manual.spans(about, SpanKind.CODE)]
    told += [manual.wrong_command(line) for line in manual.commands(about)]
    for block in about.blocks:
        if not isinstance(block, Code):
            continue
        if not {manual.RUN, manual.TERMINAL, manual.EXCERPT} & {block.info} and not manual.FILE.fullmatch(block.info):
            told.append(f"nobody knows what is done with a block of {block.info or 'nothing'}")
        told += [f"too long: {line}" for line in block.lines if width(line) > WIDEST]
    told += [
        f"not understood: {span.text}"
        for span in manual.spans(about, SpanKind.PLAIN, SpanKind.STRONG)
        if re.search(r"[`*\[\]|<>]|!\[|https?:", span.text)
    ]
    return [one for one in told if one is not None]


@pytest.mark.parametrize(("topic", "language"), BOTH)
def test_whatever_a_page_mentions_is_there(topic: Topic, language: Language) -> None:
    assert wrong(page(topic, language), language) == []


@pytest.mark.parametrize(
    "planted",
    [
        "[`z`](key:table.go_on)",
        "[`space`](key:table.go_off)",
        "[`go`](word:went)",
        "[`gone`](word:go)",
        "`incidentsim chek`",
        "```sh\nincidentsim explain\n```",
        "`incidentsim check --propos`",
        "`incidentsim export last --format word`",
        "`--playz`",
        "`--report audits`",
        "`notthere.md`",
        "`.doc`",
        "*so*",
        "| a | b |",
        "<b>so</b>",
        "see https://example.org",
        "```sh\nincidentsim chek\n```",
        "```sh\nrm -r x\n```",
        "```bash\nincidentsim check\n```",
        "```sh\nincidentsim check " + "x" * 100 + "\n```",
    ],
)
def test_what_is_not_so_is_noticed(planted: str) -> None:
    assert wrong(made(planted), "en")


def shape(about: Page) -> list[tuple[str, ...]]:
    """What has to be the same in every language: blocks, levels of headings, commands, pictures."""
    return [_shape(block) for block in about.blocks]


def _shape(block: Block) -> tuple[str, ...]:
    match block:
        case Heading(level=level):
            return ("heading", str(level))
        case Item(mark=mark):
            return ("item", mark)
        case Code(info=info, lines=lines):
            return ("code", info, *(re.sub(r'"[^"]*"', '""', line) for line in lines if info.startswith("sh")))
        case Picture(file=file):
            return ("picture", file)
        case _:
            return ("paragraph",)


def said(about: Page) -> list[tuple[SpanKind, str]]:
    """The keys, words and code of a page, in no order, as sentences have another one in another language."""
    kinds = (SpanKind.KEY, SpanKind.WORD, SpanKind.CODE)
    return sorted((span.kind, span.target or span.text) for span in manual.spans(about, *kinds))


@pytest.mark.parametrize("topic", TOPICS)
def test_both_languages_have_the_same_parts_commands_keys_and_pictures(topic: Topic) -> None:
    english, chinese = (page(topic, language) for language in LANGUAGES)
    assert shape(english) == shape(chinese)
    assert said(english) == said(chinese)
    assert english.title != chinese.title
    assert not re.search("[\u4e00-\u9fff]", english.markdown)


def test_a_part_that_one_language_lacks_is_noticed() -> None:
    assert shape(made("# A\n\n## B\n")) != shape(made("# A\n\n### B\n"))
    assert shape(made("```sh\nincidentsim runs\n```")) != shape(made("```sh\nincidentsim check\n```"))
    assert said(made("`--plain`")) != said(made("`--coach`"))


def test_the_folders_hold_the_pages_their_pictures_and_nothing_else() -> None:
    for language in LANGUAGES:
        files = {file.name for file in (FOLDER / language).iterdir()}
        pictures = {file for about in pages(language) for file in about.pictures}
        assert files == {f"{topic}.md" for topic in TOPICS} | pictures


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_leads_to_pages_that_there_are(language: Language) -> None:
    for about in pages(language):
        assert about.summary
        for span in manual.spans(about, SpanKind.CODE):
            if span.text.startswith("incidentsim manual "):
                assert shlex.split(span.text)[2] in set(TOPICS)


def test_texts_of_several_lines_are_one_and_chinese_ones_have_no_gaps() -> None:
    assert blocks_of("one\ntwo") == blocks_of("one two")
    assert blocks_of("- 演练\n结束") == (Item("•", spans_of("演练结束")),)
    assert blocks_of("1. a\n2. b\n\n- c") == (
        Item("1.", spans_of("a")), Item("2.", spans_of("b")), Item("•", spans_of("c")),
    )  # fmt: skip
    assert spans_of("Press [`h`](key:table.procedure), **then** `x`.") == (
        Span("Press "), Span("h", SpanKind.KEY, "table.procedure"), Span(", "), Span("then", SpanKind.STRONG),
        Span(" "), Span("x", SpanKind.CODE), Span("."),
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_topic_is_found_by_name_number_title_or_beginning(language: Language) -> None:
    for number, topic in enumerate(TOPICS, 1):
        title = page(topic, language).title
        assert {topic_named(words, language) for words in (topic, str(number), title.upper(), topic[:5])} == {topic}
    for words in ("nothing", "", "f", "99"):
        with pytest.raises(InputError) as refused:
            topic_named(words, language)
        assert all(topic in str(refused.value) for topic in TOPICS)
    with pytest.raises(InputError, match="facilitating"):
        topic_named("facilitatin9", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_that_can_be_imported_is_told_where_events_are_brought(language: Language) -> None:
    """The page says what is not read; whoever adds a reader has to say so there."""
    lines = manual.commands(page(Topic.EVENTS_LIST, language))
    told = {shlex.split(line)[2] for line in lines if line.startswith("incidentsim import ")}
    assert told == {known.id for known in FORMATS}
