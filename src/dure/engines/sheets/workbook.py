"""The first sheet of an XLSX workbook from a stranger: bounded before it is opened, no entities, no formulas, no links."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from dure.engines.faults import Fault, Faulty

MAX_MEMBERS = 500
MAX_UNPACKED = 64 * 1024 * 1024
DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
DAMAGE = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    SyntaxError,
    OSError,
    EOFError,
)
"""What openpyxl and its XML parsers raise for broken parts; lxml's error is a SyntaxError."""


def workbook_rows(data: bytes, *, max_rows: int, max_columns: int) -> list[list[str]]:
    """The cells of the first sheet as text, at most so many rows and columns; formulas as their last result.

    Raises Faulty with `archive_too_large` or `workbook_broken`.
    """
    try:
        _refuse_bombs(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of parts it leaves out; only cells matter here
            return list(_rows(data, max_rows=max_rows, max_columns=max_columns))
    except DAMAGE as error:
        raise Faulty([Fault("workbook_broken")]) from error


def _refuse_bombs(data: bytes) -> None:
    """Bound what comes out: zipfile never gives more than the declared size of a member, so the sum holds."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
            raise Faulty([Fault("archive_too_large")])
        for member in members:
            if member.filename.endswith((".xml", ".rels", ".vml")):
                _refuse_entities(archive.read(member))


def _refuse_entities(part: bytes) -> None:
    """No part of a real workbook declares entities or comes in a wide encoding that could hide them."""
    if part.startswith(WIDE_MARKS) or b"\0" in part[:64] or DOCTYPE.search(part):
        raise Faulty([Fault("workbook_broken")])


def _rows(data: bytes, *, max_rows: int, max_columns: int) -> Iterator[list[str]]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(max_row=max_rows, max_col=max_columns, values_only=True):
            yield [_text(value) for value in row]
    finally:
        book.close()


def _text(value: Any) -> str:
    """A cell as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == value.time().min else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
