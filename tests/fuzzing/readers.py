"""Every reader of the program, in one table: who adds one adds it here, and a test says who forgot."""

from collections.abc import Mapping
from typing import Final

from tests.fuzzing.command_lines import COMMAND_LINE
from tests.fuzzing.definition_readers import DEFINITION_READERS
from tests.fuzzing.evidence_readers import EVIDENCE_READERS
from tests.fuzzing.reader import Reader
from tests.fuzzing.record_readers import RECORD_READERS
from tests.fuzzing.session_readers import SESSION_READERS

READERS: Final[Mapping[str, Reader]] = {
    reader.name: reader
    for reader in (*DEFINITION_READERS, *EVIDENCE_READERS, *SESSION_READERS, *RECORD_READERS, COMMAND_LINE)
}
