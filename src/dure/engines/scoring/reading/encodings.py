"""Text bytes of any encoding met in practice, turned into UTF-8."""

import codecs

from dure.engines.faults import Fault, Faulty

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 before UTF-16: the mark of UTF-16-LE is the beginning of that of UTF-32-LE."""


def to_utf8(data: bytes) -> bytes:
    """Return the text of `data` as UTF-8 without a mark and with LF or CR LF line ends.

    Tried in order: the byte order mark, UTF-8, EUC-KR, CP949. Raises `Faulty` with `encoding_unknown` (params
    `offset`: the first byte that fits none) or `nul_bytes`.
    """
    text = _decoded(data)
    if b"\0" in text:
        raise Faulty([Fault("nul_bytes", {"offset": text.find(b"\0")})])
    if b"\r" in text and b"\n" not in text:
        return text.replace(b"\r", b"\n")
    return text


def _decoded(data: bytes) -> bytes:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _recoded(data[len(mark) :], encoding)
    if data.isascii():
        return data
    if b"\0" in data[:4096]:
        raise Faulty([Fault("nul_bytes", {"offset": data.find(b"\0")})])
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _from_korean(data, offset=error.start)
    return data


def _from_korean(data: bytes, *, offset: int) -> bytes:
    """Read EUC-KR first: it spells rare syllables out in eight bytes, which CP949 would read as four characters."""
    try:
        return data.decode("euc_kr").encode()
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp949").encode()
    except UnicodeDecodeError as error:
        raise Faulty([Fault("encoding_unknown", {"offset": max(offset, error.start)})]) from error


def _recoded(data: bytes, encoding: str) -> bytes:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Faulty([Fault("encoding_unknown", {"offset": error.start})]) from error
    return data if encoding == "utf-8" else text.encode()
