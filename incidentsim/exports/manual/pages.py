"""The pages of the manual: which topics there are, and what stands on the page of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files as resources_of
from typing import Final

from incidentsim.domain.errors import InputError
from incidentsim.domain.text import Language
from incidentsim.domain.unknown_names import nearest
from incidentsim.exports.manual.blocks import Block, Heading, Paragraph, Picture, Spans, blocks_of
from incidentsim.messages import gettext as _


class Topic(StrEnum):
    """The subjects that have a page, in the order in which a reader needs them."""

    FIRST_EXERCISE = "first-exercise"
    TEAM = "team"
    FACILITATING = "facilitating"
    PROCEDURE = "procedure"
    EVENTS_LIST = "events-list"
    AUDITOR = "auditor"


TOPICS: Final = tuple(Topic)


@dataclass(frozen=True, slots=True)
class Page:
    """A page in one language.

    Attributes:
        topic: what it is about.
        markdown: the page as it is written.
        blocks: what it consists of.
        pictures: the lines of each picture on it, by the name of its file.
    """

    topic: Topic
    markdown: str
    blocks: tuple[Block, ...]
    pictures: dict[str, tuple[str, ...]]

    @property
    def title(self) -> str:
        """The words of its first heading."""
        return next(words_of(block.spans) for block in self.blocks if isinstance(block, Heading))

    @property
    def summary(self) -> str:
        """The words of its first paragraph, which say in a line what it is about."""
        return next(words_of(block.spans) for block in self.blocks if isinstance(block, Paragraph))


def words_of(spans: Spans) -> str:
    """The words of a text without what marks them."""
    return "".join(span.text for span in spans)


@cache
def page(topic: Topic, language: Language) -> Page:
    """The page of a topic in a language."""
    folder = resources_of("incidentsim") / "manual" / language
    markdown = (folder / f"{topic}.md").read_text(encoding="utf-8")
    blocks = blocks_of(markdown)
    pictures = {
        block.file: tuple((folder / block.file).read_text(encoding="utf-8").splitlines())
        for block in blocks
        if isinstance(block, Picture)
    }
    return Page(topic, markdown, blocks, pictures)


def pages(language: Language) -> Sequence[Page]:
    """Every page in a language, in the order of the topics."""
    return [page(topic, language) for topic in TOPICS]


def topic_named(words: str, language: Language) -> Topic:
    """The topic that is meant: by its name, its number from 1, or by how just one name or title begins.

    Raises:
        InputError: none is meant, or more than one; all are told.
    """
    wanted = words.strip().casefold()
    names = {str(number): topic for number, topic in enumerate(TOPICS, 1)}
    names |= {topic.value: topic for topic in TOPICS}
    titles = {page(topic, language).title.casefold(): topic for topic in TOPICS}
    if (exact := names.get(wanted) or titles.get(wanted)) is not None:
        return exact
    begun = {topic for name, topic in (names | titles).items() if wanted and name.startswith(wanted)}
    if len(begun) == 1:
        return begun.pop()
    known = _(", ").join(topic.value for topic in TOPICS)
    if (near := nearest(wanted, list(names))) is not None:
        message = _("The manual has no page {words}; the nearest is {near}. There are: {known}.")
        raise InputError(message.format(words=words, near=near, known=known))
    raise InputError(_("The manual has no page {words}. There are: {known}.").format(words=words, known=known))
