"""The table of foreign formats."""

from incidentsim import messages
from incidentsim.importing.formats import FORMATS
from incidentsim.messages import gettext


def test_every_row_is_whole_and_has_its_texts_in_both_languages() -> None:
    assert len({known.id for known in FORMATS}) == len(FORMATS)
    for known in FORMATS:
        assert known.suffix.startswith(".")
        for text in (known.title, known.reads):
            assert not text.endswith(".")
            with messages.spoken("zh"):
                assert gettext(text) != text
