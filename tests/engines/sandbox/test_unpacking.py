"""Archives of strangers: what is plain comes out, everything else is refused as a whole."""

import bz2
import gzip
import io
import lzma
import os
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.faults import Faulty
from dure.engines.sandbox import unpack

MOST = {"max_bytes": 1_000_000, "max_entries": 20}


def zipped(*entries: tuple[str, bytes], mode: int = 0, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name)
            info.external_attr, info.compress_type = mode << 16, method
            archive.writestr(info, content)
    return file.getvalue()


def tarred(
    *entries: tuple[str, bytes], kind: bytes = tarfile.REGTYPE, link: str = "", mode: str = "w"
) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]  # mode is one of its literals
        for name, content in entries:
            info = tarfile.TarInfo(name)
            info.type, info.linkname, info.size = kind, link, len(content)
            archive.addfile(info, io.BytesIO(content))
    return file.getvalue()


def refusal(folder: Path, archive: bytes, **most: int) -> str:
    (folder / "archive").write_bytes(archive)
    with pytest.raises(Faulty) as raised:
        unpack(folder / "archive", folder / "into", **{**MOST, **most})
    assert not (folder / "into").exists()
    return raised.value.faults[0].code


PLAIN = (("predict.py", b"print(1)"), ("pkg/__init__.py", b""), ("한글/자료.csv", b"1"))


@pytest.mark.parametrize(
    "archive",
    [
        zipped(*PLAIN),
        zipped(*PLAIN, method=zipfile.ZIP_STORED),
        tarred(*PLAIN),
        tarred(*PLAIN, mode="w:gz"),
        tarred(*PLAIN, mode="w:bz2"),
        tarred(*PLAIN, mode="w:xz"),
    ],
    ids=["zip", "stored", "tar", "gz", "bz2", "xz"],
)
def test_plain_archives_come_out_unchanged(tmp_path: Path, archive: bytes) -> None:
    (tmp_path / "archive").write_bytes(archive)
    names = unpack(tmp_path / "archive", tmp_path / "into", **MOST)
    assert names == ("pkg/__init__.py", "predict.py", "한글/자료.csv")
    assert {name: (tmp_path / "into" / name).read_bytes() for name in names} == dict(PLAIN)


NAMES = st.text("abc가.-_/", min_size=1, max_size=12)


@given(files=st.dictionaries(NAMES, st.binary(max_size=60), max_size=6), tar=st.booleans())
def test_nothing_ever_lands_outside(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes], *, tar: bool
) -> None:
    base = tmp_path_factory.mktemp("unpack")
    (base / "archive").write_bytes((tarred if tar else zipped)(*files.items()))
    try:
        names = unpack(base / "archive", base / "into", **MOST)
    except Faulty:
        names = ()
    assert {path.name for path in base.iterdir()} <= {"archive", "into"}
    assert all((base / "into" / name).is_file() for name in names)


BAD_NAMES = ["../x", "/etc/x", "a/../../x", "a\\..\\x", "a\x1b[2J", "a" * 300, "a\nb"]


@pytest.mark.parametrize("name", BAD_NAMES)
@pytest.mark.parametrize("made", [zipped, tarred])
def test_names_that_lead_elsewhere_or_confuse(tmp_path: Path, made: Callable[..., bytes], name: str) -> None:
    assert refusal(tmp_path, made((name, b"x"))) == "bad_name"


@pytest.mark.parametrize(
    "kind",
    [
        tarfile.SYMTYPE,
        tarfile.LNKTYPE,
        tarfile.FIFOTYPE,
        tarfile.CHRTYPE,
        tarfile.BLKTYPE,
        tarfile.GNUTYPE_SPARSE,
    ],
)
def test_tar_entries_that_are_no_files(tmp_path: Path, kind: bytes) -> None:
    assert refusal(tmp_path, tarred(("x", b""), kind=kind, link="/etc/passwd")) == "not_a_file"


@pytest.mark.parametrize(
    "kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK, stat.S_IFDIR]
)
def test_zip_entries_that_are_no_files(tmp_path: Path, kind: int) -> None:
    assert refusal(tmp_path, zipped(("x", b"/etc/passwd"), mode=kind | 0o777)) == "not_a_file"


def test_the_same_name_twice_is_not_overwritten(tmp_path: Path) -> None:
    assert refusal(tmp_path, tarred(("x", b"1"), ("x", b"2"))) == "twice"
    assert refusal(tmp_path, tarred(("x", b"1"), ("x/y", b"2"))) == "twice"
    assert refusal(tmp_path, tarred(("x/y", b"2"), ("x", b"1"))) == "twice"


def test_bytes_are_counted_as_they_come_and_not_as_they_are_claimed(tmp_path: Path) -> None:
    content = zipped(("x", b"a" * 1_000_001))
    assert refusal(tmp_path, content) == "too_many_bytes"
    claimed = content.replace(struct.pack("<I", 1_000_001), struct.pack("<I", 1))
    assert refusal(tmp_path, claimed) in ("broken_archive", "too_many_bytes")


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_tars_are_bounded_too(tmp_path: Path, mode: str) -> None:
    assert refusal(tmp_path, tarred(("x", b"a" * 1_000_001), mode=mode)) == "too_many_bytes"


def test_a_small_file_does_not_become_a_large_one(tmp_path: Path) -> None:
    bomb = zipped(("x", bytes(60_000_000)))
    assert len(bomb) < 100_000
    assert refusal(tmp_path, bomb, max_bytes=10**9) == "packed_too_well"
    assert (
        refusal(tmp_path, tarred(("x", bytes(60_000_000)), mode="w:gz"), max_bytes=10**9) == "packed_too_well"
    )


def test_entries_are_counted_with_the_folders_that_nobody_names(tmp_path: Path) -> None:
    assert refusal(tmp_path, zipped(*((f"{n}", b"") for n in range(21)))) == "too_many_entries"
    assert refusal(tmp_path, zipped(*((f"{n}/a", b"") for n in range(11)))) == "too_many_entries"
    assert (
        refusal(tmp_path, tarred(*((f"{n}/", b"") for n in range(21)), kind=tarfile.DIRTYPE))
        == "too_many_entries"
    )
    assert refusal(tmp_path, zipped(("/".join("a" * 17), b""))) == "too_deep"


def test_a_directory_of_a_million_entries_is_not_read(tmp_path: Path) -> None:
    many = zipped(*((f"{n:0100}", b"") for n in range(300)))
    assert refusal(tmp_path, many) == "too_many_entries"


def test_a_directory_said_to_be_larger_than_the_file_is_broken(tmp_path: Path) -> None:
    content = bytearray(zipped(("x", b"1")))
    content[-10:-6] = struct.pack("<I", 10**8)
    assert refusal(tmp_path, bytes(content)) == "broken_archive"


def test_headers_in_headers_without_end(tmp_path: Path) -> None:
    header = tarfile.TarInfo("long")
    header.type, header.size = tarfile.GNUTYPE_LONGNAME, 512
    block = header.tobuf(tarfile.GNU_FORMAT) + b"n" * 512
    endless = gzip.compress(block * 3000, mtime=0)
    assert refusal(tmp_path, endless, max_bytes=10**8) == "broken_archive"


def test_a_header_cannot_make_us_hold_more_than_was_agreed(tmp_path: Path) -> None:
    header = tarfile.TarInfo("pax")
    header.type, header.size = tarfile.XHDTYPE, 8 * 10**9
    bomb = gzip.compress(header.tobuf(tarfile.PAX_FORMAT)[:512] + bytes(30_000_000), mtime=0)
    assert refusal(tmp_path, bomb) == "too_many_bytes"


def test_encrypted_ones_and_odd_compressions(tmp_path: Path) -> None:
    content = bytearray(zipped(("x", b"1")))
    for at in (content.find(b"PK\x03\x04") + 6, content.find(b"PK\x01\x02") + 8):
        content[at] |= 1
    assert refusal(tmp_path, bytes(content)) == "encrypted"
    assert refusal(tmp_path, zipped(("x", b"1"), method=zipfile.ZIP_LZMA)) == "unknown_compression"


@pytest.mark.parametrize(
    "content",
    [
        zipped(("x", b"abc" * 100))[:-30],
        tarred(("x", b"abc" * 1000))[:700],
        gzip.compress(b"no tar at all" * 100, mtime=0),
        bz2.compress(b"no tar at all" * 100),
        lzma.compress(b"no tar at all" * 100),
        b"\x1f\x8b and then nothing",
        b"PK\x03\x04",
    ],
)
def test_broken_archives_are_faults_of_theirs(tmp_path: Path, content: bytes) -> None:
    assert refusal(tmp_path, content) == "broken_archive"


@given(
    content=st.binary(max_size=600),
    start=st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\0"]),
)
def test_no_bytes_raise_anything_but_a_fault(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, start: bytes
) -> None:
    base = tmp_path_factory.mktemp("noise")
    (base / "archive").write_bytes(start + content)
    with suppress(Faulty):
        unpack(base / "archive", base / "into", **MOST)
    assert {path.name for path in base.iterdir()} <= {"archive", "into"}


def test_what_is_no_archive_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path, b"id,value\n1,2\n") == "unknown_archive"


def test_programs_stay_programs_and_nothing_is_setuid_or_closed_to_the_runs_user(tmp_path: Path) -> None:
    (tmp_path / "archive").write_bytes(zipped(("bin/run", b"#!/bin/sh"), mode=stat.S_IFREG | 0o6755))
    mask = os.umask(0o077)
    try:
        unpack(tmp_path / "archive", tmp_path / "into", **MOST)
    finally:
        os.umask(mask)
    made = [tmp_path / "into", tmp_path / "into" / "bin", tmp_path / "into" / "bin" / "run"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in made] == [0o755, 0o755, 0o755]
