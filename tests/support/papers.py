"""Papers for preparation as a test reads them: in Markdown."""

from collections.abc import Sequence
from datetime import UTC, datetime

from incidentsim.exports.documents import markdown_page
from incidentsim.exports.documents.model import Document, Part


def markdown(*parts: Part) -> str:
    """The parts as one page of Markdown."""
    return markdown_page.render(document(parts)).decode()


def document(parts: Sequence[Part]) -> Document:
    """The parts as a document of some day."""
    return Document(datetime(2026, 6, 24, tzinfo=UTC), tuple(parts))
