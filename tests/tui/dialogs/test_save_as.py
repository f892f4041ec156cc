"""Writing files that a user names."""

import os
import sys
from pathlib import Path

import pytest

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.tui.dialogs.save_as import write_new


def test_a_file_is_written_and_where_it_is_said(tmp_path: Path) -> None:
    assert write_new(tmp_path / "a.txt", b"x") == (tmp_path / "a.txt").resolve()
    assert (tmp_path / "a.txt").read_bytes() == b"x"


def test_the_same_again_is_no_trouble(tmp_path: Path) -> None:
    write_new(tmp_path / "a.txt", b"x")
    write_new(tmp_path / "a.txt", b"x")


def test_something_else_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"mine")
    with pytest.raises(InputError, match="choose another name"):
        write_new(tmp_path / "a.txt", b"x")
    assert (tmp_path / "a.txt").read_bytes() == b"mine"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="it is a folder"):
        write_new(tmp_path, b"x")


def test_a_folder_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        write_new(tmp_path / "missing" / "a.txt", b"x")


@pytest.mark.skipif(sys.platform == "win32" or getattr(os, "geteuid", int)() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(SurroundingsError, match="could not be written"):
        write_new(tmp_path / "a.txt", b"x")


def test_a_name_that_no_system_has_is_said(tmp_path: Path) -> None:
    with pytest.raises((InputError, SurroundingsError)):
        write_new(tmp_path / "a\0b", b"x")


def test_a_name_that_is_too_long_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the name is too long"):
        write_new(tmp_path / ("x" * 5000), b"x")
