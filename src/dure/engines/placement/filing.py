"""The pseudonymous file that auditors re-run: frozen inputs, secrets, result. Read back it is a stranger's, trusted in nothing.

The file of a round that was run again after a correction holds the inputs that were frozen first, and each correction in turn:
whoever reads it makes the corrected inputs from them.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from dure.engines.faults import Fault, Faulty
from dure.engines.placement import freezing
from dure.engines.placement.correcting import SIZES, Change, Correction, Value, as_json
from dure.engines.placement.freezing import Frozen, canonical, freeze
from dure.engines.placement.lottery import Secret
from dure.engines.placement.reading import items, mapping, number, numbers, text, unfit, within
from dure.engines.placement.values import NOWHERE, Choices, Ints, Limit, Market, Opening

FORMAT: Final = "dure-placement-1"
RERUN_FORMAT: Final = "dure-placement-rerun-1"
KEYS: Final = ("format", "inputs", "inputs_sha256", "places", "secrets")
RERUN_KEYS: Final = (*KEYS, "corrected_sha256", "corrections", "seed")
MOST_BYTES: Final = 64 * 2**20
MOST_CORRECTIONS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerun:
    """What the file of a re-run has besides. The hash of the corrected inputs and the seed are what it claims."""

    corrections: tuple[Correction, ...]
    corrected_sha256: str
    seed: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Filed:
    """What a file holds. `inputs_sha256` is what it claims; the true hash is the frozen inputs' own.

    `frozen` are the inputs of the first run, `places` the result of this one.
    """

    frozen: Frozen
    inputs_sha256: str
    secrets: tuple[Secret, ...]
    places: Ints
    rerun: Rerun | None = None


def pack(frozen: Frozen, secrets: Sequence[Secret], places: Ints) -> bytes:
    """Return the file: `places` has the index of each applicant's opening in the frozen order, -1 for none."""
    return _content(Filed(frozen=frozen, inputs_sha256=frozen.sha256, secrets=tuple(secrets), places=places))


def pack_rerun(
    original: Frozen,
    corrections: Sequence[Correction],
    corrected: Frozen,
    *,
    seed: bytes,
    secrets: Sequence[Secret],
    places: Ints,
) -> bytes:
    """Return the file of a re-run: `seed` is that of the first run."""
    rerun = Rerun(corrections=tuple(corrections), corrected_sha256=corrected.sha256, seed=seed.hex())
    filed = Filed(
        frozen=original, inputs_sha256=original.sha256, secrets=tuple(secrets), places=places, rerun=rerun
    )
    return _content(filed)


def _content(filed: Filed) -> bytes:
    """Canonical JSON, put together so that the inputs' bytes stand in it as they were hashed."""
    secrets = [
        {"organisation": one.organisation, "commitment": one.commitment, "secret": one.secret}
        for one in sorted(filed.secrets, key=lambda one: one.organisation)
    ]
    parts = {
        b"format": canonical(RERUN_FORMAT if filed.rerun else FORMAT),
        b"inputs": filed.frozen.content,
        b"inputs_sha256": canonical(filed.inputs_sha256),
        b"places": canonical(filed.places.tolist()),
        b"secrets": canonical(secrets),
    }
    if filed.rerun is not None:
        parts |= _rerun_content(filed.rerun)
    return b"{" + b",".join(b'"%s":%s' % part for part in sorted(parts.items())) + b"}"


def _rerun_content(rerun: Rerun) -> dict[bytes, bytes]:
    return {
        b"corrected_sha256": canonical(rerun.corrected_sha256),
        b"corrections": canonical([as_json(one) for one in rerun.corrections]),
        b"seed": canonical(rerun.seed),
    }


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
    is_rerun = isinstance(value, dict) and value.get("format") == RERUN_FORMAT
    file = mapping(value, "file", *(RERUN_KEYS if is_rerun else KEYS))
    if file["format"] not in {FORMAT, RERUN_FORMAT}:
        raise unfit("format")
    frozen = freeze(_market(file["inputs"]))
    places = numbers(file["places"], "places")
    if len(places) != len(frozen.market.applicants) or not within(
        places, NOWHERE, len(frozen.market.openings)
    ):
        raise unfit("places")
    return Filed(
        frozen=frozen,
        inputs_sha256=text(file["inputs_sha256"], "inputs_sha256"),
        secrets=tuple(items(file["secrets"], "secrets", _secret)),
        places=places,
        rerun=_rerun(file) if is_rerun else None,
    )


def _rerun(file: dict[str, Any]) -> Rerun:
    corrections = tuple(items(file["corrections"], "corrections", _correction))
    if not 0 < len(corrections) <= MOST_CORRECTIONS:
        raise unfit("corrections")
    return Rerun(
        corrections=corrections,
        corrected_sha256=text(file["corrected_sha256"], "corrected_sha256"),
        seed=text(file["seed"], "seed"),
    )


def _correction(value: Any, place: str) -> Correction:
    correction = mapping(value, place, "reason", "changes")
    changes = items(correction["changes"], f"{place}.changes", _change)
    return Correction(reason=text(correction["reason"], f"{place}.reason"), changes=tuple(changes))


def _change(value: Any, place: str) -> Change:
    change = mapping(value, place, "row", "before", "after")
    row = tuple(items(change["row"], f"{place}.row", text))
    kind = row[0] if row else ""
    texts, size = SIZES.get(kind, (0, 0))
    before, after = (_value(change[name], f"{place}.{name}", size) for name in ("before", "after"))
    if kind not in SIZES or len(row) != texts or not (_fits(kind, before) and _fits(kind, after)):
        raise unfit(f"{place}.row")
    return Change(row=row, before=before, after=after)


def _value(value: Any, place: str, size: int) -> Value:
    """The numbers of a row; None where there is no row."""
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != size:
        raise unfit(place)
    return tuple(None if one is None else number(one, place) for one in value)


def _fits(kind: str, value: Value) -> bool:
    """Seats are never without a number, and of all numbers only a quota may be missing."""
    if value is None:
        return kind != "capacity"
    return None not in (value[:1] if kind == "limit" else value)


def _market(value: Any) -> Market:
    inputs = mapping(value, "inputs", "format", "applicants", "openings", "groups", "choices")
    if inputs["format"] != freezing.FORMAT or not isinstance(inputs["groups"], dict):
        raise unfit("inputs")
    people = tuple(items(inputs["applicants"], "applicants", text))
    return Market(
        applicants=people,
        openings=tuple(items(inputs["openings"], "openings", _opening)),
        choices=_choices(inputs["choices"], len(people)),
        groups={name: numbers(members, f"groups.{name}") for name, members in inputs["groups"].items()},
    )


def _choices(value: Any, people: int) -> Choices:
    columns = mapping(value, "choices", "per_applicant", "opening", "tier", "priority")
    per_applicant, opening, tier, priority = (
        numbers(columns[name], f"choices.{name}") for name in ("per_applicant", "opening", "tier", "priority")
    )
    fits = len(per_applicant) == people and within(per_applicant, 0, len(opening) + 1)
    if not fits or int(per_applicant.sum()) != len(opening):
        raise unfit("choices.per_applicant")
    applicant = np.repeat(np.arange(people, dtype=np.int64), per_applicant)
    return Choices(applicant=applicant, opening=opening, tier=tier, priority=priority)


def _opening(value: Any, place: str) -> Opening:
    opening = mapping(value, place, "key", "capacity", "limits")
    return Opening(
        key=text(opening["key"], place),
        capacity=number(opening["capacity"], place),
        limits=tuple(items(opening["limits"], f"{place}.limits", _limit)),
    )


def _limit(value: Any, place: str) -> Limit:
    limit = mapping(value, place, "group", "reserve", "quota")
    return Limit(
        group=text(limit["group"], place),
        reserve=number(limit["reserve"], place),
        quota=None if limit["quota"] is None else number(limit["quota"], place),
    )


def _secret(value: Any, place: str) -> Secret:
    secret = mapping(value, place, "organisation", "commitment", "secret")
    return Secret(**{name: text(said, place) for name, said in secret.items()})
