"""Frozen bytes and files: read back they are the same, and a hostile one is refused before it costs anything."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from dure.engines.faults import Faulty
from dure.engines.placement import MOST_BYTES, freeze, pack, unpack
from tests.engines.placement.markets import EXAMPLE, PLAINS, SECRETS, Plain, file_of, solved


@given(PLAINS)
def test_a_file_read_back_is_the_same(plain: Plain) -> None:
    frozen, _drawn, places = solved(plain)
    filed = unpack(pack(frozen, SECRETS, places))
    assert filed.frozen.content == frozen.content
    assert filed.frozen.sha256 == filed.inputs_sha256 == hashlib.sha256(frozen.content).hexdigest()
    assert filed.places.tolist() == places.tolist()
    assert filed.secrets == SECRETS


def test_freezing_what_is_frozen_changes_nothing() -> None:
    frozen = freeze(EXAMPLE.market())
    assert freeze(frozen.market).content == frozen.content


def test_the_bytes_are_canonical_json_that_any_reader_makes_again() -> None:
    content = file_of(EXAMPLE)
    again = json.dumps(json.loads(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert again.encode() == content


def refusal(content: bytes) -> str:
    with pytest.raises(Faulty) as told:
        unpack(content)
    return told.value.faults[0].code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "placement_file_broken"),
        (b"\xff\xfe", "placement_file_broken"),
        (b"[" * 1_000_000, "placement_file_broken"),
        (b"9" * 10_000, "placement_file_broken"),
        (b"[]", "placement_file_shape"),
        (b"{}", "placement_file_shape"),
        (b" " * (MOST_BYTES + 1), "placement_file_too_large"),
    ],
)
def test_what_is_no_file_is_refused(content: bytes, code: str) -> None:
    assert refusal(content) == code


Change = Callable[[Any], object]
CHANGES: dict[str, Change] = {
    "another key": lambda file: file.update(more=1),
    "a key less": lambda file: file.pop("secrets"),
    "another format": lambda file: file.update(format="other"),
    "text among numbers": lambda file: file["inputs"]["choices"]["tier"].__setitem__(0, "1"),
    "truth among numbers": lambda file: file["places"].__setitem__(0, True),
    "a fraction": lambda file: file["inputs"]["choices"]["tier"].__setitem__(0, 1.5),
    "a huge number": lambda file: file["inputs"]["openings"][0].update(capacity=2**70),
    "a nested column": lambda file: file["inputs"]["choices"].update(tier=[[1]]),
    "counts that do not add up": lambda file: file["inputs"]["choices"]["per_applicant"].__setitem__(0, 9),
    "a negative count": lambda file: file["inputs"]["choices"]["per_applicant"].__setitem__(0, -1),
    "a seat that is not there": lambda file: file["places"].__setitem__(0, 7),
    "a place too few": lambda file: file["places"].pop(),
    "half a surrogate pair": lambda file: file["secrets"][0].update(organisation="\ud800"),
    "groups as a list": lambda file: file["inputs"].update(groups=[]),
    "an applicant without a name": lambda file: file["inputs"]["applicants"].__setitem__(0, None),
    "a limit with another key": lambda file: file["inputs"]["openings"][0]["limits"][0].update(more=1),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_another_shape_is_refused(change: Change) -> None:
    file = json.loads(file_of(EXAMPLE))
    change(file)
    assert refusal(written(file)) == "placement_file_shape"


def written(file: Any) -> bytes:
    text = json.dumps(file, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return (
        text.encode(errors="surrogatepass")
        if "\ud800" not in text
        else text.replace("\ud800", "\\ud800").encode()
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content + b"\n",
        lambda content: content.replace(b":", b": ", 1),
        lambda content: content.replace(b'{"format"', b'{"format":"dure-placement-1","format"', 1),
        lambda content: content.replace(b'"p1"', b'"\\u00701"', 1),
    ],
)
def test_the_same_content_written_otherwise_is_refused(change: Callable[[bytes], bytes]) -> None:
    assert refusal(change(file_of(EXAMPLE))) == "placement_file_not_canonical"


def test_a_market_that_cannot_be_solved_is_refused_with_its_faults() -> None:
    file = json.loads(file_of(EXAMPLE))
    file["inputs"]["openings"][0]["limits"][0]["reserve"] = 2
    assert refusal(written(file)) == "placement_limit"
