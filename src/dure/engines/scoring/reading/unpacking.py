"""Gzip and zip of exactly one file, unpacked in memory with a bound on what comes out."""

import stat
import struct
import zipfile
import zlib
from io import BytesIO

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring.reading.limits import Limits

CHUNK = 1024 * 1024
SLICE = 64 * 1024
MEMBERS = 10_000
"""Members of one gzip file; block-wise writers make one per 64 KiB."""
DIRECTORY_BYTES = 256 * 1024
"""A zip of one file needs some hundred bytes of directory; more is a list made to exhaust memory."""
GZIP = b"\x1f\x8b"
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError)
FOREIGN = {
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!\x1a\x07": "rar",
    b"%PDF-": "pdf",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "xls",
    b"\x80\x04\x95": "pickle",
    b"\x93NUMPY": "npy",
    b"\x89HDF": "hdf5",
    b"ARROW1": "arrow",
}
"""First bytes of formats people hand in by mistake: naming them helps more than "unreadable"."""


def unpack(data: bytes, *, limits: Limits) -> bytes:
    """Return the one file inside `data`, or `data` itself where it is no archive.

    Raises `Faulty` for archives in archives, several files, encrypted or oddly named entries, links, and for more than
    `limits.decoded_bytes` after unpacking. Sizes declared in headers are never used.
    """
    refuse_foreign(data)
    if data.startswith(GZIP):
        inner = gunzip(data, limit=limits.decoded_bytes)
    elif data.startswith(ZIP):
        inner = unzip(data, limit=limits.decoded_bytes)
    else:
        return data
    if inner.startswith((GZIP, *ZIP)):
        raise Faulty([Fault("archive_nested")])
    refuse_foreign(inner)
    return inner


def refuse_foreign(data: bytes) -> None:
    """Raise `format_not_supported` where the first bytes belong to a known other format."""
    for magic, name in FOREIGN.items():
        if data.startswith(magic):
            raise Faulty([Fault("format_not_supported", {"format": name})])
    if data[257:262] == b"ustar":
        raise Faulty([Fault("format_not_supported", {"format": "tar"})])
    if data[:256].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html", b"<?xml")):
        raise Faulty([Fault("format_not_supported", {"format": "html/xml"})])


def gunzip(data: bytes, *, limit: int) -> bytes:
    """Unpack all members of a gzip file; at most `limit` bytes come out."""
    out, start = bytearray(), 0
    for _ in range(MEMBERS):
        start = _gunzip_member(data, start, out, limit=limit)
        if not data.startswith(GZIP, start):
            break
    if data[start:].strip(b"\0"):
        raise Faulty([Fault("archive_damaged")])
    return bytes(out)


def _gunzip_member(data: bytes, start: int, out: bytearray, *, limit: int) -> int:
    """Append the member that begins at `start` to `out` and return where the next one begins.

    Fed in slices: the engine copies what it has not used yet, and whole files copied over and over would cost minutes.
    """
    engine, position = zlib.decompressobj(wbits=31), start
    while not engine.eof:
        fed = engine.unconsumed_tail
        if not fed:
            fed = data[position : position + SLICE]
            position += len(fed)
        piece = _inflate(engine, fed)
        out += piece
        _refuse_bomb(len(out), limit=limit)
        if not fed and not piece:
            raise Faulty([Fault("archive_damaged")])
    return position - len(engine.unused_data)


def _inflate(engine: "zlib._Decompress", fed: bytes) -> bytes:
    try:
        return engine.decompress(fed, CHUNK)
    except zlib.error as error:
        raise Faulty([Fault("archive_damaged")]) from error


def unzip(data: bytes, *, limit: int) -> bytes:
    """Unpack the only file of a zip; at most `limit` bytes come out. `__MACOSX/` and `._*` are passed over."""
    _refuse_long_directory(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _unzip_entry(archive, _only_entry(archive.infolist()), limit=limit)
    except DAMAGE as error:
        raise Faulty([Fault("archive_damaged")]) from error


def _refuse_long_directory(data: bytes) -> None:
    """Refuse before zipfile makes an object of every entry: a million empty entries would fill memory."""
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or len(data) < end + 22:
        raise Faulty([Fault("archive_damaged")])
    if (
        int.from_bytes(data[end + 12 : end + 16], "little") > DIRECTORY_BYTES
        or data[end - 20 : end - 16] == b"PK\x06\x07"
    ):
        raise Faulty(
            [Fault("archive_many_files", {"found": int.from_bytes(data[end + 10 : end + 12], "little")})]
        )


def _only_entry(entries: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    names = [entry.filename for entry in entries]
    if "[Content_Types].xml" in names:
        raise Faulty([Fault("format_not_supported", {"format": "xlsx"})])
    files = [entry for entry in entries if not entry.filename.endswith("/") and not _is_noise(entry.filename)]
    faults = [fault for entry in entries[:20] for fault in _entry_faults(entry)]
    if len(files) != 1:
        faults.append(Fault("archive_many_files", {"found": len(files)}) if files else Fault("archive_empty"))
    if faults:
        raise Faulty(faults)
    return files[0]


def _is_noise(name: str) -> bool:
    """Whether an entry is what macOS adds to every zip."""
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1].startswith("._")


def _entry_faults(entry: zipfile.ZipInfo) -> list[Fault]:
    """Say what is wrong with one entry; orig_filename still holds what zipfile cuts off at a NUL."""
    place, faults = entry.orig_filename[:80], []
    if _is_unsafe(entry.orig_filename):
        faults.append(Fault("archive_path", place=place))
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        faults.append(Fault("archive_link", place=place))
    if entry.flag_bits & 0x2041:
        faults.append(Fault("archive_encrypted", place=place))
    elif entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        faults.append(Fault("archive_method", place=place))
    return faults


def _is_unsafe(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return (
        not name or "\0" in name or "\\" in name or ".." in parts or name.startswith("/") or ":" in parts[0]
    )


def _unzip_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, limit: int) -> bytes:
    out = bytearray()
    with archive.open(entry) as stream:
        while piece := stream.read(CHUNK):
            out += piece
            _refuse_bomb(len(out), limit=limit)
    return bytes(out)


def _refuse_bomb(size: int, *, limit: int) -> None:
    if size > limit:
        raise Faulty([Fault("unpacks_too_large", {"limit": limit})])
