"""Files come out of a stranger's folder by descriptors, regular ones only."""

import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.faults import Faulty
from dure.engines.sandbox import Output, Profile, collect, collecting
from dure.engines.sandbox.collecting import DEEPEST
from tests.engines.sandbox.runners import Runner

MOST = {"max_bytes": 1000, "max_entries": 10}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def refusal(source: Path | int, into: Path) -> tuple[str, str | None]:
    with pytest.raises(Faulty) as raised:
        collect(source, into, **MOST)
    (fault,) = raised.value.faults
    return fault.code, fault.place


def link(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def folder_link(path: Path) -> None:
    path.symlink_to("/etc")


def hard_link(path: Path) -> None:
    path.write_text("x")
    os.link(path, path.parent / "again")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        # A short name: paths of sockets hold 107 bytes.
        here = os.getcwd()  # noqa: PTH109
        os.chdir(path.parent)
        server.bind(path.name)
        os.chdir(here)


def large(path: Path) -> None:
    path.write_bytes(b"x" * 1001)


def many(path: Path) -> None:
    for number in range(11):
        (path.parent / f"{number}").touch()


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2**40)


def deep(path: Path) -> None:
    for _ in range(DEEPEST + 2):
        path.mkdir()
        path = path / "d"


def strange(path: Path) -> None:
    (path.parent / "a\x1b[2Jb").touch()


def far_down(path: Path) -> None:
    """Each folder's name is short enough; all of it together is not."""
    folder = path.parent / ("f" * 250) / ("g" * 250)
    folder.mkdir(parents=True)
    (folder / "pred.csv").touch()


@pytest.mark.parametrize(
    ("trick", "code"),
    [
        (link, "not_a_file"),
        (folder_link, "not_a_file"),
        (pipe, "not_a_file"),
        (listening, "not_a_file"),
        (hard_link, "second_name"),
        (large, "too_many_bytes"),
        (sparse, "too_many_bytes"),
        (many, "too_many_entries"),
        (strange, "bad_name"),
        (far_down, "bad_name"),
    ],
)
def test_only_regular_files_within_bounds_come_out(
    out: Path, tmp_path: Path, trick: Callable[[Path], None], code: str
) -> None:
    trick(out / "pred.csv")
    assert refusal(out, tmp_path / "into")[0] == code


def test_folders_in_folders_have_an_end(out: Path, tmp_path: Path) -> None:
    deep(out / "d")
    with pytest.raises(Faulty, match="too_deep"):
        collect(out, tmp_path / "into", max_bytes=1, max_entries=100)


def test_names_are_told_without_what_confuses_a_terminal(out: Path, tmp_path: Path) -> None:
    strange(out / "x")
    assert refusal(out, tmp_path / "into") == ("bad_name", "a?[2Jb")


@pytest.mark.sandbox
def test_what_cannot_be_opened_is_refused_and_breaks_nothing(ordinary: Runner, public: Path) -> None:
    """Root would open it; so this is tried as an ordinary user."""
    public.chmod(0o777)
    profile = Profile(output=Output())
    outcome = ordinary.run(
        profile, ["sh", "-c", "touch /out/closed; chmod 0 /out/closed"], into=public / "closed-into"
    )
    assert [fault.code for fault in outcome.faults] == ["unreadable"]


NAMES = st.text("abcdef가나.-_ ", min_size=1, max_size=8).filter(lambda name: name.strip(". ") != "")


@given(files=st.dictionaries(st.tuples(NAMES, NAMES), st.binary(max_size=50), max_size=6))
def test_honest_files_come_out_unchanged(
    tmp_path_factory: pytest.TempPathFactory, files: dict[tuple[str, str], bytes]
) -> None:
    base = tmp_path_factory.mktemp("collect")
    for (folder, name), content in files.items():
        place = base / "out" / folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    (base / "out").mkdir(exist_ok=True)
    found = collect(base / "out", base / "into", max_bytes=1000, max_entries=20)
    assert [file.name for file in found] == sorted("/".join(key) for key in files)
    assert {file.name: (base / "into" / file.name).read_bytes() for file in found} == {
        "/".join(key): content for key, content in files.items()
    }


def test_a_folder_that_is_there_already_is_not_mixed_with(out: Path, tmp_path: Path) -> None:
    (tmp_path / "into").mkdir()
    with pytest.raises(FileExistsError):
        collect(out, tmp_path / "into", **MOST)


class Swapping:
    """Somebody who changes a name between an innocent file and a link to the answers as fast as can be."""

    def __init__(self, name: Path, secret: Path) -> None:
        self.name, self.secret = name, secret
        self.done = threading.Event()
        self.thread = threading.Thread(target=self.swap)

    def swap(self) -> None:
        innocent, wicked = self.name.parent / ".innocent", self.name.parent / ".wicked"
        while not self.done.is_set():
            innocent.write_text("mine")
            wicked.symlink_to(self.secret)
            innocent.replace(self.name)
            wicked.replace(self.name)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.done.set()
        self.thread.join()


def by_path(source: Path, *, between: Callable[[], None]) -> str:
    """The control: what collecting by paths looks like. First it looks, then it opens."""
    files = [path for path in source.iterdir() if path.is_file() and not path.is_symlink()]
    between()
    return "".join(path.read_text() for path in files)


def swapped(path: Path, secret: Path) -> None:
    """A file becomes a link to the answers."""
    path.unlink()
    path.symlink_to(secret)


def test_a_file_swapped_between_look_and_copy_never_leaks(
    out: Path, tmp_path: Path, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pred = out / "pred.csv"
    pred.write_text("mine")
    assert by_path(out, between=lambda: swapped(pred, secret)) == "hidden answers\n"
    pred.unlink()
    pred.write_text("mine")
    kind_of = collecting._kind

    def look_then_swap(folder: int, entry: str, name: str) -> int:
        found = kind_of(folder, entry, name)
        swapped(pred, secret)
        return found

    monkeypatch.setattr(collecting, "_kind", look_then_swap)
    assert refusal(out, tmp_path / "into") == ("not_a_file", "pred.csv")


def test_a_folder_swapped_between_look_and_copy_never_leaks(
    out: Path, tmp_path: Path, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (out / "deep").mkdir()
    kind_of = collecting._kind

    def look_then_swap(folder: int, entry: str, name: str) -> int:
        found = kind_of(folder, entry, name)
        (out / "deep").rmdir()
        (out / "deep").symlink_to(secret.parent)
        return found

    monkeypatch.setattr(collecting, "_kind", look_then_swap)
    assert refusal(out, tmp_path / "into") == ("not_a_file", "deep")


def test_a_file_swapped_all_the_time_never_leaks(out: Path, tmp_path: Path, secret: Path) -> None:
    collected = ""
    with Swapping(out / "pred.csv", secret):
        for attempt in range(300):
            collected += content_of(out, tmp_path / str(attempt))
    assert "hidden" not in collected


def content_of(out: Path, into: Path) -> str:
    try:
        files = collect(out, into, max_bytes=10_000, max_entries=100)
    except Faulty:
        return ""
    return "".join((into / file.name).read_text() for file in files)
