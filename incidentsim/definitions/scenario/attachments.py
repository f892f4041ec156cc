"""The files that come with injects: read from beside the scenario or out of it, each as its digest says.

Nothing is followed out of the scenario's folder, nothing is opened that is no ordinary file, and what a file holds is
only ever shown or saved, never run. A scenario that has to stand alone, as in a record, holds the bytes of its files.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from incidentsim.definitions.formats.common import ANY
from incidentsim.definitions.formats.languages import scenario_languages
from incidentsim.definitions.formats.scenario import (
    AttachedFileShape,
    AttachedInBothShape,
    AttachmentShape,
    ScenarioShape,
)
from incidentsim.definitions.formats.validation import validate
from incidentsim.definitions.rosters.resolving import Rosters, names_roster, resolve
from incidentsim.definitions.scenario.write import scenario_to_yaml
from incidentsim.definitions.whole_files import FileTooLargeError, read_whole
from incidentsim.definitions.yaml12 import problems
from incidentsim.definitions.yaml12.decoding import MAX_BYTES, too_large
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.reader import read_yaml
from incidentsim.domain.attachments import ENDINGS, AttachedFile, Attachment, AttachmentKind, is_of, text_of
from incidentsim.domain.playbook import Playbook
from incidentsim.files import reason
from incidentsim.ledger.digests import digest, is_digest
from incidentsim.messages import gettext as _
from incidentsim.unseen import quoted

MOST_FILES: Final = 4
"""So many files may come with an inject."""
MOST_BYTES: Final = 256 * 1024
"""The most bytes of a file."""
MOST_BYTES_IN_ALL: Final = 512 * 1024
"""The most bytes of all files of a scenario: with them, it is still a definition that is read whole."""

_PATH: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*")
_LONGEST: Final = 200


class AttachedFiles:
    """Reads the files of one scenario, noting whatever is wrong with them."""

    def __init__(self, findings: Findings, shape: ScenarioShape, folder: Path | None) -> None:
        """`folder` is where they lie if the scenario does not hold them; `None`: it has to."""
        self._findings = findings
        self._held = shape.attached
        self._folder = None if folder is None else folder.resolve()
        self._known: dict[str, bytes] = {}
        self._wanted: set[str] = set()

    @property
    def contents(self) -> dict[str, bytes]:
        """The bytes of the files that were read, by their digests."""
        return dict(self._known)

    def of(self, attachments: Sequence[AttachmentShape], path: problems.Path) -> tuple[Attachment, ...]:
        """The files of one inject, without those that something is wrong with."""
        if len(attachments) > MOST_FILES:
            message = _("{count} files come with this inject; {most} is the most.")
            self._findings.add(path, message.format(count=len(attachments), most=MOST_FILES), key=True)
        read = (self._attachment(written, (*path, place)) for place, written in enumerate(attachments[:MOST_FILES]))
        return tuple(attachment for attachment in read if attachment is not None)

    def check_used(self) -> None:
        """Note what the scenario holds and no inject names."""
        for name in self._held:
            if name not in self._wanted:
                self._findings.add(("attached", name), _("No inject names a file of this digest."), key=True)

    def _attachment(self, written: AttachmentShape, path: problems.Path) -> Attachment | None:
        if isinstance(written, AttachedInBothShape):
            english, chinese = self._file(written.en, (*path, "en")), self._file(written.zh, (*path, "zh"))
        else:
            english = chinese = self._file(written, path)
        return None if english is None or chinese is None else Attachment(english, chinese)

    def _file(self, written: AttachedFileShape, path: problems.Path) -> AttachedFile | None:
        add, at, self_digest = self._findings.add, (*path, "file"), written.digest
        self._wanted.add(self_digest)
        if not _PATH.fullmatch(written.file) or len(written.file) > _LONGEST:
            message = _(
                "{file} is no path of an attachment: valid are names of letters, digits, “.”, “-” and “_”, with “/” "
                "between folders, from the scenario's folder down, such as files/extract.log."
            )
            add(at, message.format(file=quoted(written.file)))
            return None
        name = PurePosixPath(written.file).name
        kind = ENDINGS.get(name.rpartition(".")[2].lower() if "." in name else "")
        if kind is None:
            message = _("{file} cannot be attached; valid are the endings {endings}.")
            add(at, message.format(file=written.file, endings=", ".join(f".{ending}" for ending in ENDINGS)))
            return None
        if not is_digest(self_digest):
            message = _("This is no digest: valid is sha256: and 64 lower-case hexadecimal digits.")
            add((*path, "digest"), message)
            return None
        data = self._bytes(written, path)
        if data is None:
            return None
        if not is_of(kind, data):
            add(at, _not_of(kind).format(file=written.file))
            return None
        return AttachedFile(name, kind, self_digest, data)

    def _bytes(self, written: AttachedFileShape, path: problems.Path) -> bytes | None:
        """The bytes that the digest is of; `None` where something is wrong with them, which is noted."""
        wanted = written.digest
        if wanted in self._known:
            return self._known[wanted]
        data = self._out_of_scenario(wanted) if wanted in self._held else self._beside(written.file, (*path, "file"))
        if data is None:
            return None
        if digest(data) != wanted:
            message = _("{file} is not the file that is meant: its digest is {found}. If it is right, write that here.")
            self._findings.add((*path, "digest"), message.format(file=written.file, found=digest(data)))
            return None
        before = sum(map(len, self._known.values()))
        if before <= MOST_BYTES_IN_ALL < before + len(data):
            message = _("With {file}, the files of this scenario have {size} bytes; {most} is the most.")
            size = before + len(data)
            self._findings.add((*path, "file"), message.format(file=written.file, size=size, most=MOST_BYTES_IN_ALL))
        self._known[wanted] = data
        return data

    def _out_of_scenario(self, wanted: str) -> bytes | None:
        at = ("attached", wanted)
        try:
            data = b64decode(self._held[wanted], validate=True)
        except (Base64Error, ValueError):
            self._findings.add(at, _("This is no base64 (RFC 4648)."))
            return None
        if digest(data) != wanted:
            message = _("These are not the bytes that are meant: their digest is {found}.")
            self._findings.add(at, message.format(found=digest(data)))
            return None
        return data

    def _beside(self, file: str, at: problems.Path) -> bytes | None:
        """The bytes of a file below the scenario's folder."""
        add, folder = self._findings.add, self._folder
        if folder is None:
            add(at, _("{file} is not here: this scenario was read without its folder.").format(file=file))
            return None
        try:
            real = (folder / file).resolve(strict=True)
            if not real.is_relative_to(folder):
                add(at, _("{file} is a link that leads out of the scenario's folder.").format(file=file))
            elif not real.is_file():  # a pipe would be waited for
                add(at, _("{file} is no ordinary file.").format(file=file))
            else:
                return read_whole(real, MOST_BYTES)
        except FileNotFoundError:
            add(at, _("There is no file {file} in the folder of the scenario.").format(file=file))
        except FileTooLargeError as error:
            message = _("{file} has {size} bytes; {most} is the most of an attachment.")
            add(at, message.format(file=file, size=error.size or f"> {MOST_BYTES}", most=MOST_BYTES))
        except OSError as error:
            add(at, _("{path} cannot be read: {reason}.").format(path=file, reason=reason(error)))
        except RuntimeError:  # Python before 3.13: links that lead in a circle
            add(at, _("{path} cannot be read: {reason}.").format(path=file, reason=_("the links lead in a circle")))
        return None


def _not_of(kind: AttachmentKind) -> str:
    match kind:
        case AttachmentKind.TEXT:
            return _("{file} is no text in UTF-8, as its ending says.")
        case AttachmentKind.PNG:
            return _("{file} is no PNG picture, as its ending says.")
        case AttachmentKind.PDF:
            return _("{file} is no PDF, as its ending says.")


def standing_alone(
    data: bytes, file: str, folder: Path, *, playbook: Playbook | None = None, rosters: Rosters | None = None
) -> bytes:
    """The scenario in `data` with its files and all its people in it; one that has both already is as it was.

    Args:
        data: the scenario's bytes.
        file: what the file is called in a problem.
        folder: where its files lie.
        playbook: the procedure that it is played by, of whose roles the people of a roster hold some.
        rosters: where the roster is found that it may name.

    Raises:
        DefinitionError: it cannot be read, something is wrong with a file, there is no such roster, or it would be
            too large.
    """
    of_roster = names_roster(data, file)
    if b"attachments" not in data and not of_roster:
        return data
    findings = Findings(read_yaml(data, file))
    if of_roster:
        languages = ANY if playbook is None else scenario_languages(findings.document.value, playbook)
        roles = () if playbook is None else playbook.roles
        resolve(findings.document, rosters, roles, languages)
    shape = validate(findings, ScenarioShape, ANY)
    if shape is None:
        raise findings.error()
    files = AttachedFiles(findings, shape, folder)
    for index, inject in enumerate(shape.injects):
        files.of(inject.attachments, ("injects", index, "attachments"))
    if findings:
        raise findings.error()
    if files.contents.keys() == shape.attached.keys() and not of_roster:
        return data
    held = {name: b64encode(content).decode("ascii") for name, content in sorted(files.contents.items())}
    whole = scenario_to_yaml(shape.model_copy(update={"attached": held}))
    if len(whole) > MAX_BYTES:
        findings.add((), too_large(len(whole), MAX_BYTES))
        raise findings.error()
    return whole


def texts_in(attached: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The files of a scenario that are texts, by their digests; whatever is no text is left out.

    Args:
        attached: what the scenario holds: base64 by digest.
    """
    for name, written in attached.items():
        try:
            data = b64decode(written, validate=True)
        except (Base64Error, ValueError):
            continue
        words = text_of(data)  # as they were read at the table, and may have been quoted
        if words is not None:
            yield name, words
