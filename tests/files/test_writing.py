"""Writing files: whole or not at all, never over something else unasked, and into whatever is no ordinary file."""

import errno
import io
import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.files import (
    OPEN,
    PRIVATE,
    AlreadyThereError,
    check_free,
    check_place,
    make_folder,
    path_for_others,
    unfinished,
    write_file,
    writing,
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
NAMELESS = [pytest.param(True, id="without a name"), pytest.param(False, id="hidden")]


@pytest.fixture(params=NAMELESS)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Both ways to keep an unfinished file from being seen; the second is that of disks without the first."""
    if not request.param:
        monkeypatch.setattr(unfinished, "nameless", lambda _folder, _mode: None)
    return bool(request.param)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@contextmanager
def umask(value: int) -> Iterator[None]:
    before = os.umask(value)
    try:
        yield
    finally:
        os.umask(before)


@pytest.mark.usefixtures("way")
class TestOrdinaryFiles:
    def test_a_new_one_is_written_and_nothing_else(self, tmp_path: Path) -> None:
        write_file(tmp_path / "a", b"whole")
        assert (tmp_path / "a").read_bytes() == b"whole"
        assert names(tmp_path) == ["a"]

    def test_another_one_that_is_there_stays(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"precious")
        with pytest.raises(AlreadyThereError, match="is there already and holds something else"):
            write_file(tmp_path / "a", b"whole")
        assert (tmp_path / "a").read_bytes() == b"precious"
        assert names(tmp_path) == ["a"]

    def test_the_same_one_is_left_as_it_is(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"whole")
        before = (tmp_path / "a").stat()
        write_file(tmp_path / "a", b"whole")
        assert (tmp_path / "a").stat().st_ino == before.st_ino
        assert names(tmp_path) == ["a"]

    def test_another_one_is_replaced_where_that_was_asked_for(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"before")
        write_file(tmp_path / "a", b"whole", replace=True)
        assert (tmp_path / "a").read_bytes() == b"whole"
        assert names(tmp_path) == ["a"]

    def test_one_that_came_while_it_was_written_stays(self, tmp_path: Path) -> None:
        def write() -> None:
            with writing(tmp_path / "a") as file:
                file.write(b"ours")
                (tmp_path / "a").write_bytes(b"theirs")

        with pytest.raises(AlreadyThereError):
            write()
        assert (tmp_path / "a").read_bytes() == b"theirs"
        assert names(tmp_path) == ["a"]

    def test_nobody_sees_it_before_it_is_whole(self, tmp_path: Path) -> None:
        with writing(tmp_path / "a") as file:
            file.write(b"half")
            file.flush()
            assert not (tmp_path / "a").exists()
            other = path_for_others(file)
            assert other is not None
            assert other.read_bytes() == b"half"
        assert (tmp_path / "a").exists()

    @pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt, InputError])
    def test_whoever_gives_up_leaves_nothing(self, error: type[BaseException], tmp_path: Path) -> None:
        def give_up() -> None:
            with writing(tmp_path / "a", replace=True) as file:
                file.write(b"half")
                raise error

        (tmp_path / "a").write_bytes(b"before")
        with pytest.raises(error):
            give_up()
        assert (tmp_path / "a").read_bytes() == b"before"
        assert names(tmp_path) == ["a"]

    @posix
    @pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
    @pytest.mark.parametrize("there", [False, True])
    def test_the_mode_is_that_of_what_is_in_it(self, mask: int, there: bool, tmp_path: Path) -> None:
        for wanted in (PRIVATE, OPEN):
            path = tmp_path / str(wanted)
            if there:
                path.write_bytes(b"before")
                path.chmod(0o666)
            with umask(mask):
                write_file(path, b"whole", mode=wanted, replace=there)
            assert mode(path) == wanted & ~mask

    @posix
    def test_links_are_followed_to_their_end(self, tmp_path: Path) -> None:
        (tmp_path / "there").mkdir()
        (tmp_path / "there" / "end").write_bytes(b"before")
        (tmp_path / "second").symlink_to("there/end")
        (tmp_path / "first").symlink_to("second")
        with pytest.raises(AlreadyThereError, match="first"):
            write_file(tmp_path / "first", b"after")
        write_file(tmp_path / "first", b"after", replace=True)
        assert (tmp_path / "first").is_symlink()
        assert (tmp_path / "there" / "end").read_bytes() == b"after"
        assert names(tmp_path / "there") == ["end"]

    @posix
    def test_a_link_to_nothing_gets_its_end(self, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to("end")
        write_file(tmp_path / "link", b"whole")
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "end").read_bytes() == b"whole"

    def test_it_can_be_gone_back_in(self, tmp_path: Path) -> None:
        with writing(tmp_path / "a") as file:
            file.write(b"xbc")
            file.seek(0)
            file.write(b"a")
            assert file.read() == b"bc"
        assert (tmp_path / "a").read_bytes() == b"abc"


def longest(path: Path) -> Path:
    return path / ("x" * 5000)


def circle(path: Path) -> Path:
    (path / "circle").symlink_to("circle")
    return path / "circle"


def beneath_a_file(path: Path) -> Path:
    (path / "file").write_bytes(b"")
    return path / "file" / "x"


@posix
@pytest.mark.parametrize(
    ("place", "why"),
    [
        (lambda path: path, "it is a folder"),
        (lambda path: path / "missing" / "x", "does not exist"),
        (longest, "the name is too long"),
        (circle, "the links lead in a circle"),
        (beneath_a_file, "a part of the path is no folder"),
        (lambda path: path / "a\0b", "Invalid argument"),
        (lambda _path: Path("/proc/self/fd/987654"), "it is not open for writing"),
    ],
)
@pytest.mark.parametrize("write", [check_place, check_free, lambda path: write_file(path, b"x", replace=True)])
def test_what_can_be_no_file_is_a_wrong_call(
    place: Callable[[Path], Path], why: str, write: Callable[[Path], None], tmp_path: Path
) -> None:
    path = place(tmp_path)
    if str(path).startswith("/proc") and write in {check_place, check_free}:
        return  # it shows when it is opened
    with pytest.raises(InputError, match=why):
        write(path)


def test_long_work_is_refused_before_it_begins(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"before")
    check_place(tmp_path / "a")
    with pytest.raises(AlreadyThereError):
        check_free(tmp_path / "a")
    check_free(tmp_path / "b")
    if sys.platform != "win32":
        check_free(Path("/dev/null"))


class _Failing(io.BufferedRandom):
    """A file on a disk that fails at the second write."""

    error = errno.ENOSPC
    written = 0

    def write(self, data: Any, /) -> int:
        self.written += 1
        if self.written > 1:
            raise OSError(self.error, os.strerror(self.error))
        return super().write(data)


STEPS = ["open", "write", "fsync", "link", "replace"]


def break_at(step: str, error: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have one step of writing fail, as a disk makes it fail."""

    def fail(*_given: object, **_named: object) -> Any:
        raise OSError(error, os.strerror(error))

    def fdopen(descriptor: int, how: str) -> IO[bytes]:
        failing = _Failing(io.FileIO(descriptor, how))
        failing.error = error
        return failing

    if step == "open":
        opened = os.open
        monkeypatch.setattr(
            os, "open", lambda path, flags, *rest: fail() if flags & os.O_RDWR else opened(path, flags, *rest)
        )
    elif step == "write":
        monkeypatch.setattr(os, "fdopen", fdopen)
    elif step == "replace":
        monkeypatch.setattr(Path, "replace", fail)
    else:
        monkeypatch.setattr(os, step, fail)


@posix
@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EACCES, errno.EROFS])
@pytest.mark.parametrize("there", [False, True], ids=["new", "in place of another"])
def test_trouble_at_any_step_leaves_everything_as_it_was_and_names_the_file(
    step: str, error: int, there: bool, tmp_path: Path
) -> None:
    path = tmp_path / "a"
    if there:
        path.write_bytes(b"before")
    before = names(tmp_path)
    with pytest.MonkeyPatch.context() as broken:
        break_at(step, error, broken)
        try:
            with writing(path, replace=there) as file:
                file.write(b"half")
                file.write(b"half")
        except SurroundingsError as told:
            assert str(told).startswith(f"{path} could not be written: ")  # noqa: PT017 - not every step is taken
            assert "[Errno" not in str(told)  # noqa: PT017
            assert names(tmp_path) == before
            assert not there or path.read_bytes() == b"before"
        else:
            assert step in {"link", "replace"}, "this step is always taken"
            assert path.read_bytes() == b"halfhalf"
            assert names(tmp_path) == ["a"]


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may make a small disk"
)
@pytest.mark.parametrize("there", [False, True], ids=["new", "in place of another"])
def test_a_full_disk_keeps_what_was_there(there: bool, tmp_path: Path) -> None:
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(tmp_path)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no small disk can be made here: " + mounted.stderr.decode().strip())
    try:
        if there:
            (tmp_path / "a").write_bytes(b"before")
        with pytest.raises(SurroundingsError, match="the disk is full"):
            write_file(tmp_path / "a", bytes(1_000_000), replace=there)
        assert names(tmp_path) == (["a"] if there else [])
        assert not there or (tmp_path / "a").read_bytes() == b"before"
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def killed_at(step: str, work: Callable[[], None]) -> None:
    """Do something in a process of its own that is killed when it comes to a step."""
    child = os.fork()
    if child == 0:  # pragma: no cover - it is killed
        try:

            def die(*_given: object, **_named: object) -> None:
                os.kill(os.getpid(), signal.SIGKILL)

            setattr(Path if step == "replace" else os, step, die)
            work()
        finally:
            os._exit(0)
    os.waitpid(child, 0)


@posix
@pytest.mark.parametrize("step", ["fsync", "link", "replace"])
@pytest.mark.parametrize("there", [False, True], ids=["new", "in place of another"])
def test_a_killed_program_leaves_the_old_file_or_the_new_and_the_next_write_takes_away_the_rest(
    step: str, there: bool, way: bool, tmp_path: Path
) -> None:
    path = tmp_path / "a"
    if there:
        path.write_bytes(b"before")
    killed_at(step, lambda: write_file(path, b"whole", replace=there))
    left = [name for name in names(tmp_path) if name != "a"]
    assert all(unfinished.UNFINISHED.fullmatch(name) for name in left)
    if path.exists():
        assert path.read_bytes() in ({b"before", b"whole"} if there else {b"whole"})
    if way and sys.platform == "linux" and step == "fsync":
        assert left == [], "an unfinished file had a name"
    write_file(tmp_path / "next", b"x")
    assert [name for name in names(tmp_path) if name not in {"a", "next"}] == []


@posix
def test_only_what_nobody_holds_and_is_ours_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unfinished, "nameless", lambda _folder, _mode: None)
    others = [".incidentsim-notes.tmp", ".incidentsim-0123456789abcdef.tmp.txt", "incidentsim-0123456789abcdef.tmp"]
    for name in others:
        (tmp_path / name).write_bytes(b"somebody's")
    (tmp_path / ".incidentsim-0000000000000000.tmp").mkdir()
    (tmp_path / ".incidentsim-1111111111111111.tmp").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / ".incidentsim-2222222222222222.tmp")
    with writing(tmp_path / "slow") as slow:
        slow.write(b"half")
        write_file(tmp_path / "fast", b"x")
    assert (tmp_path / "slow").read_bytes() == b"half"
    kept = [f".incidentsim-{digit * 16}.tmp" for digit in "012"]
    assert set(names(tmp_path)) == {"slow", "fast", *others, *kept}


@posix
def test_many_at_once_each_come_whole(tmp_path: Path) -> None:
    def write(number: int) -> None:
        write_file(tmp_path / "a", bytes([number]) * 100_000, replace=True)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    data = (tmp_path / "a").read_bytes()
    assert len(data) == 100_000
    assert len(set(data)) == 1
    assert names(tmp_path) == ["a"]


@posix
class TestWhatIsNoOrdinaryFile:
    def test_a_device_is_written_into_and_stays_one(self) -> None:
        write_file(Path(os.devnull), b"x")
        assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
    @pytest.mark.parametrize("size", [1, 1_000_000])
    def test_a_device_that_takes_nothing_is_said(self, size: int) -> None:
        with pytest.raises(SurroundingsError, match=r"/dev/full could not be written: the disk is full\."):
            write_file(Path("/dev/full"), bytes(size))
        assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)

    @pytest.mark.parametrize("through_a_link", [False, True])
    def test_a_pipe_gets_all_of_it_and_stays_one(self, through_a_link: bool, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        (tmp_path / "link").symlink_to("pipe")
        read: list[bytes] = []
        reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_bytes()))
        reader.start()
        with writing(tmp_path / ("link" if through_a_link else "pipe")) as file:
            file.write(b"x" * 200_000)
            file.seek(0)
            file.write(b"a")
        reader.join()
        assert read == [b"a" + b"x" * 199_999]
        assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
        assert names(tmp_path) == ["link", "pipe"]

    def test_the_reader_of_a_pipe_comes_to_the_end_if_there_is_trouble(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        read: list[bytes] = []
        reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_bytes()))
        reader.start()

        def give_up() -> None:
            with writing(tmp_path / "pipe") as file:
                file.write(b"half")
                raise InputError("It is wrong.")

        with pytest.raises(InputError):
            give_up()
        reader.join()
        assert read == [b""]

    def test_a_reader_who_leaves_is_a_broken_pipe(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        reader = threading.Thread(target=lambda: (tmp_path / "pipe").open("rb").close())
        reader.start()

        def write() -> None:
            with writing(tmp_path / "pipe") as file:
                reader.join()
                file.write(b"x" * 1_000_000)

        with pytest.raises(BrokenPipeError):
            write()

    @pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "link"])
    def test_our_own_stream_is_written_where_it_stands(self, name: str, tmp_path: Path) -> None:
        """Also if it is an ordinary file: what was written before stays, and what comes after comes after."""
        (tmp_path / "link").symlink_to("/dev/stdout")
        code = (
            "from pathlib import Path; from incidentsim.files import write_file; print('before'); "
            f"write_file(Path({name!r}), b'during\\n'); print('after')"
        )
        with (tmp_path / "out").open("wb") as out:
            subprocess.run([sys.executable, "-c", code], stdout=out, check=True, cwd=tmp_path)
        assert (tmp_path / "out").read_bytes() == b"before\nduring\nafter\n"
        assert not Path("/dev/stdout").exists() or Path("/dev/stdout").is_symlink()


@posix
def test_folders_that_are_missing_are_made_for_their_owner_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    assert [mode(tmp_path), mode(tmp_path / "a"), mode(tmp_path / "a" / "b")] == [0o755, 0o700, 0o700]
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError, match="something else is there"):
        make_folder(tmp_path / "file")


@posix
@given(
    before=st.none() | st.binary(max_size=20),
    after=st.lists(st.binary(max_size=20), max_size=4),
    replace=st.booleans(),
    gives_up=st.booleans(),
    nameless=st.booleans(),
)
def test_whatever_happens_a_file_is_the_old_one_or_the_whole_new_one(
    *,
    before: bytes | None,
    after: list[bytes],
    replace: bool,
    gives_up: bool,
    nameless: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("files")
    path = folder / "a"
    if before is not None:
        path.write_bytes(before)
    done = False
    with pytest.MonkeyPatch.context() as patched:
        if not nameless:
            patched.setattr(unfinished, "nameless", lambda _folder, _mode: None)
        try:
            with writing(path, replace=replace) as file:
                for block in after:
                    file.write(block)
                if gives_up:
                    raise InputError("It is wrong.")  # noqa: TRY301 - as whoever writes gives up
            done = True
        except InputError:
            pass
    new = b"".join(after)
    assert done == (not gives_up and (replace or before in {None, new}))
    assert (path.read_bytes() if path.exists() else None) == (new if done else before)
    assert names(folder) == (["a"] if path.exists() else [])
