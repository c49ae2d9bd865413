"""Documents on paper: the same bytes each time, with the font inside and Korean in it."""

import base64
import re
import zlib
from collections.abc import Iterator

from dure.foundation.paper import Grid, Part, Words, pdf_bytes

PARTS: list[Part] = [
    Words("감사 보고서", "title"),
    Words("A < B & C"),
    Grid([["집단", "People"], ["여성", "8"]], (2, 1)),
]


def test_the_same_parts_give_the_same_bytes() -> None:
    assert pdf_bytes("감사", PARTS, language="ko") == pdf_bytes("감사", PARTS, language="ko")


def test_the_font_comes_along_and_names_every_letter() -> None:
    """A reader copies and searches Korean only where the file maps each drawn letter to its character."""
    made = pdf_bytes("감사", PARTS, language="ko")
    assert made.startswith(b"%PDF-")
    assert b"/FontFile2" in made
    named = b"".join(part for part in unpacked(made) if b"begincmap" in part).upper()
    assert [letter for letter in "감사보고서집단여성" if f"{ord(letter):04X}".encode() not in named] == []


def unpacked(made: bytes) -> Iterator[bytes]:
    """The streams of a document; those of the pages are in ASCII besides."""
    for found in re.findall(rb"(?<!end)stream\r?\n(.*?)\r?\n?endstream", made, re.DOTALL):
        body = base64.a85decode(b"<~" + found.strip(), adobe=True) if found.strip().endswith(b"~>") else found
        yield zlib.decompress(body)
