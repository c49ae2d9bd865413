"""The pseudonymous file that auditors re-run: frozen inputs, secrets, result. Read back it is a stranger's, trusted in nothing."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np

from dure.engines.faults import Fault, Faulty
from dure.engines.placement import freezing
from dure.engines.placement.freezing import Frozen, canonical, freeze
from dure.engines.placement.lottery import Secret
from dure.engines.placement.values import NOWHERE, Choices, Ints, Limit, Market, Opening

FORMAT: Final = "dure-placement-1"
MOST_BYTES: Final = 64 * 2**20
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Filed:
    """What a file holds. `inputs_sha256` is what it claims; the true hash is the frozen inputs' own."""

    frozen: Frozen
    inputs_sha256: str
    secrets: tuple[Secret, ...]
    places: Ints


def pack(frozen: Frozen, secrets: Sequence[Secret], places: Ints) -> bytes:
    """Return the file: `places` has the index of each applicant's opening in the frozen order, -1 for none."""
    return _content(Filed(frozen=frozen, inputs_sha256=frozen.sha256, secrets=tuple(secrets), places=places))


def _content(filed: Filed) -> bytes:
    """Canonical JSON, put together so that the inputs' bytes stand in it as they were hashed."""
    secrets = [
        {"organisation": one.organisation, "commitment": one.commitment, "secret": one.secret}
        for one in sorted(filed.secrets, key=lambda one: one.organisation)
    ]
    parts = {
        b"format": canonical(FORMAT),
        b"inputs": filed.frozen.content,
        b"inputs_sha256": canonical(filed.inputs_sha256),
        b"places": canonical(filed.places.tolist()),
        b"secrets": canonical(secrets),
    }
    return b"{" + b",".join(b'"%s":%s' % part for part in parts.items()) + b"}"


def unpack(content: bytes) -> Filed:
    """Read a stranger's file. Raises `Faulty` where it is none of ours; what it claims is for `verifying` to judge."""
    if len(content) > MOST_BYTES:
        raise Faulty([Fault("placement_file_too_large", {"limit": MOST_BYTES >> 20})])
    filed = _filed(_parsed(content))
    if _content(filed) != content:
        raise Faulty([Fault("placement_file_not_canonical")])
    return filed


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content.decode())
    except (ValueError, RecursionError):
        raise Faulty([Fault("placement_file_broken")]) from None


def _filed(value: Any) -> Filed:
    file = _mapping(value, "file", "format", "inputs", "inputs_sha256", "places", "secrets")
    if file["format"] != FORMAT:
        raise _unfit("format")
    frozen = freeze(_market(file["inputs"]))
    places = _numbers(file["places"], "places")
    if len(places) != len(frozen.market.applicants) or not _within(
        places, NOWHERE, len(frozen.market.openings)
    ):
        raise _unfit("places")
    return Filed(
        frozen=frozen,
        inputs_sha256=_text(file["inputs_sha256"], "inputs_sha256"),
        secrets=tuple(_items(file["secrets"], "secrets", _secret)),
        places=places,
    )


def _market(value: Any) -> Market:
    inputs = _mapping(value, "inputs", "format", "applicants", "openings", "groups", "choices")
    if inputs["format"] != freezing.FORMAT or not isinstance(inputs["groups"], dict):
        raise _unfit("inputs")
    people = tuple(_items(inputs["applicants"], "applicants", _text))
    return Market(
        applicants=people,
        openings=tuple(_items(inputs["openings"], "openings", _opening)),
        choices=_choices(inputs["choices"], len(people)),
        groups={name: _numbers(members, f"groups.{name}") for name, members in inputs["groups"].items()},
    )


def _choices(value: Any, people: int) -> Choices:
    columns = _mapping(value, "choices", "per_applicant", "opening", "tier", "priority")
    per_applicant, opening, tier, priority = (
        _numbers(columns[name], f"choices.{name}")
        for name in ("per_applicant", "opening", "tier", "priority")
    )
    fits = len(per_applicant) == people and _within(per_applicant, 0, len(opening) + 1)
    if not fits or int(per_applicant.sum()) != len(opening):
        raise _unfit("choices.per_applicant")
    applicant = np.repeat(np.arange(people, dtype=np.int64), per_applicant)
    return Choices(applicant=applicant, opening=opening, tier=tier, priority=priority)


def _opening(value: Any, place: str) -> Opening:
    opening = _mapping(value, place, "key", "capacity", "limits")
    return Opening(
        key=_text(opening["key"], place),
        capacity=_number(opening["capacity"], place),
        limits=tuple(_items(opening["limits"], f"{place}.limits", _limit)),
    )


def _limit(value: Any, place: str) -> Limit:
    limit = _mapping(value, place, "group", "reserve", "quota")
    return Limit(
        group=_text(limit["group"], place),
        reserve=_number(limit["reserve"], place),
        quota=None if limit["quota"] is None else _number(limit["quota"], place),
    )


def _secret(value: Any, place: str) -> Secret:
    secret = _mapping(value, place, "organisation", "commitment", "secret")
    return Secret(**{name: _text(text, place) for name, text in secret.items()})


def _items(value: Any, place: str, read: Callable[[Any, str], T]) -> list[T]:
    if not isinstance(value, list):
        raise _unfit(place)
    return [read(item, place) for item in value]


def _mapping(value: Any, place: str, *keys: str) -> dict[str, Any]:
    if not isinstance(value, dict) or value.keys() != set(keys):
        raise _unfit(place)
    return value


def _text(value: Any, place: str) -> str:
    """A text that can be shown and written as UTF-8, which a lone half of a surrogate pair cannot."""
    if not isinstance(value, str) or not value.isprintable():
        raise _unfit(place)
    return value


def _number(value: Any, place: str) -> int:
    return int(_numbers([value], place)[0])


def _numbers(value: Any, place: str) -> Ints:
    """A column. Types are asked before numpy sees them: one long text among numbers would make it ask for terabytes."""
    if not isinstance(value, list) or not set(map(type, value)) <= {int}:
        raise _unfit(place)
    try:
        return np.array(value, np.int64)
    except OverflowError:
        raise _unfit(place) from None


def _within(column: Ints, low: int, below: int) -> bool:
    return not len(column) or low <= int(column.min()) <= int(column.max()) < below


def _unfit(place: str) -> Faulty:
    return Faulty([Fault("placement_file_shape", place=place)])
