"""Files come with injects from the scenario's folder alone, as their digests say; a record holds them."""

import os
from base64 import b64encode
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from incidentsim.definitions.scenario import outline
from incidentsim.definitions.scenario.attachments import (
    MOST_BYTES,
    MOST_BYTES_IN_ALL,
    MOST_FILES,
    standing_alone,
)
from incidentsim.definitions.scenario.read import read_scenario
from incidentsim.definitions.yaml12.problems import DefinitionError
from incidentsim.domain.attachments import AttachmentKind
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.ledger.digests import digest
from tests.support.attaching import LOG, PDF, attached, png, put, with_attachments

Read = Callable[..., Scenario]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the scenario; beside it lies something that is none of its business."""
    (tmp_path / "secret.log").write_bytes(LOG)
    (tmp_path / "story").mkdir()
    return tmp_path / "story"


@pytest.fixture
def read(scenario_text: str, tiny: Playbook, folder: Path) -> Read:
    def reading(*attachments: str) -> Scenario:
        data = with_attachments(scenario_text, *attachments).encode()
        return read_scenario(data, "scenario.yaml", tiny, folder=folder)

    return reading


def said(read: Callable[[], object]) -> list[str]:
    """What is wrong, each with its place."""
    with pytest.raises(DefinitionError) as caught:
        read()
    assert all(problem.line > 1 and problem.column > 1 for problem in caught.value.problems)
    return [f"{problem.path}: {problem.message}" for problem in caught.value.problems]


def test_each_kind_is_read(read: Read, folder: Path) -> None:
    files = [put(folder, "a.log", LOG), put(folder, "deep/er/b.png", png(800, 600)), put(folder, "c.PDF", PDF)]
    found = [attachment.en for attachment in read(*files).injects[0].attachments]
    assert [(file.name, file.kind) for file in found] == [
        ("a.log", AttachmentKind.TEXT),
        ("b.png", AttachmentKind.PNG),
        ("c.PDF", AttachmentKind.PDF),
    ]
    assert found[0].text == LOG.decode()
    assert found[1].pixels == (800, 600)
    assert (found[1].text, found[0].pixels) == (None, None)


def test_each_language_has_its_own(read: Read, folder: Path) -> None:
    english, chinese = put(folder, "en.log", b"red\n"), put(folder, "zh.log", "红\n".encode())
    (attachment,) = read(f"{{en: {english}, zh: {chinese}}}").injects[0].attachments
    assert (attachment.say("en").text, attachment.say("zh").text) == ("red\n", "红\n")


@pytest.mark.parametrize(
    "path",
    [
        *("../secret.log", "a/../../secret.log", "/etc/passwd", "./a.log", "a//b.log", "a/", ".hidden.log", "a\\b.log"),
        *("C:/a.log", "~/a.log", "a/.ssh/b.log", "a b.log", "日志.log", "a" * 300 + ".log", "?"),
    ],
)
def test_no_path_leads_out_of_the_folder(path: str, read: Read) -> None:
    (message,) = said(lambda: read(f"{{file: '{path}', digest: '{digest(LOG)}'}}"))
    assert message.startswith("$.injects[0].attachments[0].file: ")
    assert "is no path of an attachment: valid are" in message


def test_no_link_leads_out_of_the_folder_and_no_pipe_is_waited_for(read: Read, folder: Path) -> None:
    (folder / "out.log").symlink_to("../secret.log")
    (folder / "up").symlink_to("..")
    (folder / "round.log").symlink_to("round.log")
    (folder / "kept.log").write_bytes(LOG)
    (folder / "in.log").symlink_to("kept.log")
    (folder / "folder.log").mkdir()
    os.mkfifo(folder / "pipe.log")
    for file, why in {
        "out.log": "out.log is a link that leads out of the scenario's folder.",
        "up/secret.log": "up/secret.log is a link that leads out of the scenario's folder.",
        "round.log": "round.log cannot be read: the links lead in a circle.",
        "folder.log": "folder.log is no ordinary file.",
        "pipe.log": "pipe.log is no ordinary file.",
        "nowhere.log": "There is no file nowhere.log in the folder of the scenario.",
    }.items():
        assert said(partial(read, attached(file, LOG))) == [f"$.injects[0].attachments[0].file: {why}"]
    assert read(attached("in.log", LOG)).injects[0].attachments[0].en.data == LOG


def test_a_file_is_what_it_is_called_and_what_its_digest_says(read: Read, folder: Path) -> None:
    where = "$.injects[0].attachments[0]"
    for file, data, why in (
        ("a.exe", b"MZ", f"{where}.file: a.exe cannot be attached; valid are the endings .txt, "),
        ("log", LOG, f"{where}.file: log cannot be attached; valid are the endings .txt, "),
        ("a.log", b"\xff\xfe", f"{where}.file: a.log is no text in UTF-8, as its ending says."),
        ("b.txt", b"a\0b", f"{where}.file: b.txt is no text in UTF-8, as its ending says."),
        ("a.png", PDF, f"{where}.file: a.png is no PNG picture, as its ending says."),
        ("a.pdf", png(), f"{where}.file: a.pdf is no PDF, as its ending says."),
    ):
        assert said(partial(read, put(folder, file, data)))[0].startswith(why)
    put(folder, "other.log", b"other")
    (message,) = said(lambda: read(attached("other.log", LOG)))
    assert message.startswith(f"{where}.digest: other.log is not the file that is meant: its digest is ")
    assert digest(b"other") in message
    (message,) = said(lambda: read("{file: other.log, digest: abc}"))
    assert message == f"{where}.digest: This is no digest: valid is sha256: and 64 lower-case hexadecimal digits."
    assert f"{where}.digest" in said(lambda: read("{file: other.log}"))[0]


def test_there_are_limits(read: Read, folder: Path) -> None:
    (message,) = said(lambda: read(put(folder, "large.log", b"a" * (MOST_BYTES + 1))))
    assert message.endswith(f"large.log has {MOST_BYTES + 1} bytes; {MOST_BYTES} is the most of an attachment.")
    many = [put(folder, f"{number}.log", b"%d" % number) for number in range(MOST_FILES + 1)]
    (message,) = said(lambda: read(*many))
    assert message.endswith(f"5 files come with this inject; {MOST_FILES} is the most.")
    big = [put(folder, f"big{number}.log", b"%d" % number * MOST_BYTES) for number in range(3)]
    (message,) = said(lambda: read(*big))
    assert f"With big2.log, the files of this scenario have {3 * MOST_BYTES} bytes; {MOST_BYTES_IN_ALL}" in message
    assert len(read(big[0], big[1]).injects[0].attachments) == 2


def test_what_stands_alone_needs_no_folder(scenario_text: str, tiny: Playbook, folder: Path, tmp_path: Path) -> None:
    text = with_attachments(scenario_text, put(folder, "a.log", LOG), put(folder, "b.png", png()))
    alone = standing_alone(text.encode(), "scenario.yaml", folder)
    beside = read_scenario(text.encode(), "scenario.yaml", tiny, folder=folder)
    assert read_scenario(alone, "kept.yaml", tiny) == beside
    assert standing_alone(alone, "kept.yaml", tmp_path) == alone
    assert standing_alone(scenario_text.encode(), "scenario.yaml", folder) == scenario_text.encode()
    assert said(lambda: read_scenario(text.encode(), "scenario.yaml", tiny))[0].endswith(
        "a.log is not here: this scenario was read without its folder."
    )


def test_what_a_scenario_holds_is_compared_with_its_digest(scenario_text: str, tiny: Playbook) -> None:
    text = with_attachments(scenario_text, attached("a.log", LOG))
    for held, why in (
        (
            {digest(LOG): b64encode(b"other")},
            f"These are not the bytes that are meant: their digest is {digest(b'other')}",
        ),
        ({digest(LOG): b"%%%"}, "This is no base64 (RFC 4648)."),
        ({digest(LOG): b64encode(LOG), digest(b"x"): b64encode(b"x")}, "No inject names a file of this digest."),
    ):
        lines = "".join(f'  "{name}": "{content.decode()}"\n' for name, content in held.items())
        data = f"{text}\nattached:\n{lines}".encode()
        (message,) = said(partial(read_scenario, data, "kept.yaml", tiny))
        assert message.startswith("$.attached")
        assert why in message


def test_files_are_erased_with_names_and_with_the_words_they_hold(
    scenario_text: str, tiny: Playbook, folder: Path
) -> None:
    files = [put(folder, "a.log", b"ann wrote: it was me who did it\n"), put(folder, "b.png", png())]
    text = with_attachments(scenario_text, *files)
    alone = standing_alone(text.encode(), "scenario.yaml", folder)

    def kept(data: bytes | None) -> int:
        assert data is not None
        scenario = read_scenario(data, "kept.yaml", tiny)
        assert (b"attached" in data) is any(inject.attachments for inject in scenario.injects)
        return len(scenario.injects[0].attachments)

    assert kept(outline.without_words(alone, tiny)) == 0
    assert kept(outline.without(alone, ["it was me who did it"], tiny)) == 0
    assert kept(outline.without(alone, ["It is red."], tiny)) == 0
    assert outline.without(alone, ["what nobody ever said"], tiny) == alone
