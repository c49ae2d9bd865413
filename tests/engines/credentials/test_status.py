"""Revocation lists: what goes in comes out, and what a stranger serves cannot fill our memory."""

import base64
import gzip
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dure.engines import credentials as ob
from tests.engines.credentials.given import ISSUER, LIST, NOW

INDEXES = st.sets(st.integers(0, ob.ENTRIES - 1), max_size=40)


@settings(max_examples=40, deadline=None)
@given(INDEXES, st.integers(0, ob.ENTRIES - 1))
def test_what_was_revoked_and_nothing_else_is_read_back(revoked: set[int], asked: int) -> None:
    listed = ob.decode(ob.encode(ob.bits(revoked)))
    assert len(listed) == 16 * 1024
    assert all(ob.is_set(listed, index) for index in revoked)
    assert ob.is_set(listed, asked) is (asked in revoked)


def test_bit_0_is_the_highest_of_the_first_byte() -> None:
    assert ob.bits([0, 15], entries=16) == b"\x80\x01"


def test_the_same_list_is_always_the_same_text() -> None:
    assert ob.encode(ob.bits([7])) == ob.encode(ob.bits([7]))
    assert ob.encode(ob.bits([7])).startswith("u")


@pytest.mark.parametrize(("revoked", "entries"), [([-1], 8), ([8], 8), ([], 0), ([], 12)])
def test_places_outside_a_list_are_refused(revoked: list[int], entries: int) -> None:
    with pytest.raises(ValueError, match=r"."):
        ob.bits(revoked, entries=entries)


def test_a_list_without_the_entry_gives_no_answer() -> None:
    assert ob.is_set(b"\xff", 8) is None
    assert ob.is_set(b"\xff", -1) is None


def packed(content: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(content).decode().rstrip("=")


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        "u",
        "H4sI",
        "u!!!!",
        "uAAAA",
        packed(gzip.compress(b"x" * 99)[:-9]),
        packed(gzip.compress(bytes(2 * 1024 * 1024))),
        packed(gzip.compress(b"x") + b"tail"),
    ],
    ids=["empty", "nothing", "no prefix", "no base64", "no gzip", "cut off", "bomb", "followed"],
)
def test_what_is_no_packed_list_is_refused(encoded: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        ob.decode(encoded)


@given(st.text(max_size=60))
def test_no_text_does_more_than_be_refused(encoded: str) -> None:
    try:
        ob.decode(encoded)
    except ValueError:
        return


def test_the_list_is_a_credential_with_an_end() -> None:
    said = ob.status_payload(
        url=LIST, issuer=ISSUER, listed=ob.bits([3]), made_at=NOW, until=NOW + timedelta(days=1)
    )
    assert said["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert said["validUntil"] == "2026-12-01T09:00:00Z"
    assert ob.is_set(ob.decode(said["credentialSubject"]["encodedList"]), 3)
