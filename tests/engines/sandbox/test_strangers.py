"""Going through what a stranger left: pipes, links, folders deeper than any path, more entries than anybody wants to see."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dure.engines.sandbox import BoundlessError, belongings, remove, walk

DEPTH = 3000
"""Deeper than Python recurses, and than a path may be long."""


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """What waits for a stranger fails, and does not hang the tests."""

    def too_long(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def deep(top: Path, depth: int = DEPTH) -> None:
    """Folders inside folders, made as a program makes them that steps into each."""
    folder = os.open(top, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("folder-with-a-name", dir_fd=folder)
        below = os.open("folder-with-a-name", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = below
    os.close(os.open("file", os.O_WRONLY | os.O_CREAT, dir_fd=folder))
    os.close(folder)


@pytest.fixture
def top(tmp_path: Path) -> Iterator[Path]:
    made = tmp_path / "home"
    made.mkdir()
    yield made
    remove(made)


def names(top: Path) -> list[str]:
    return sorted(found.name for found in walk(top))


def test_everything_is_found_and_no_link_is_followed(top: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "private").touch()
    (top / "a" / "b").mkdir(parents=True)
    (top / "a" / "b" / "c").touch()
    (top / "link").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(top / "pipe")
    with within(10):
        assert names(top) == ["a", "b", "c", "link", "pipe"]


def test_a_pipe_in_the_place_of_a_folder_holds_nobody_up(top: Path) -> None:
    """It is swapped while the folder's name waits to be opened."""
    (top / "folder").mkdir()
    with within(10):
        going = walk(top)
        assert next(going).name == "folder"
        (top / "folder").rmdir()
        os.mkfifo(top / "folder")
        assert list(going) == []


def test_a_link_in_the_place_of_a_folder_leads_nowhere(top: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "private").touch()
    (top / "folder").mkdir()
    going = walk(top)
    next(going)
    (top / "folder").rmdir()
    (top / "folder").symlink_to(tmp_path / "elsewhere")
    assert list(going) == []


def test_what_is_too_much_ends_the_walk(top: Path) -> None:
    deep(top)
    with pytest.raises(BoundlessError):
        names(top)
    for number in range(20):
        (top / str(number)).touch()
    with pytest.raises(BoundlessError):
        list(walk(top, most=10, deepest=10_000))


def test_the_deepest_folders_are_taken_away(top: Path) -> None:
    deep(top)
    os.mkfifo(top / "pipe")
    with within(30):
        remove(top)
    assert not top.exists()


def test_what_is_taken_away_takes_nothing_else_along(top: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").touch()
    (top / "link").symlink_to(tmp_path / "kept")
    (top / "shut").mkdir()
    (top / "shut" / "below").mkdir()
    (top / "shut").chmod(0)
    remove(top)
    assert not top.exists()
    assert (tmp_path / "kept" / "file").exists()
    remove(top)  # gone already


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_what_a_run_may_write_is_its_own_whatever_lies_there(top: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").touch()
    (top / "a").mkdir()
    (top / "a" / "file").touch()
    (top / "link").symlink_to(tmp_path / "kept")
    os.mkfifo(top / "pipe")
    deep(top)
    with within(30):
        belongings.belong_to(60_123, [top])
    assert {path.lstat().st_uid for path in (top, top / "a" / "file", top / "link", top / "pipe")} == {60_123}
    assert (tmp_path / "kept").stat().st_uid == 0
