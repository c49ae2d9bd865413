"""The verifier finds every kind of change to a result, a lottery or frozen inputs, and certifies only what is whole."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from dure.engines.placement import (
    NOWHERE,
    Counts,
    Limit,
    Opening,
    certify,
    draw,
    pack,
    recount,
    seed_of,
    verify,
)
from tests.engines.placement.markets import (
    EXAMPLE,
    PLAINS,
    RANDOMS,
    SECRETS,
    SEED,
    Plain,
    file_of,
    random_plain,
    solved,
)
from tests.engines.placement.oracle import every_placement
from tests.engines.placement.test_filing import written

ROOT = Path(__file__).resolve().parents[3]


@given(PLAINS)
def test_what_was_solved_is_verified(plain: Plain) -> None:
    assert verify(file_of(plain)).is_verified


@settings(max_examples=40, deadline=None)
@given(RANDOMS)
def test_no_other_result_is_verified(rng: Any) -> None:
    frozen, drawn, places = solved(random_plain(rng, people=4, seats=3))
    for other in every_placement(frozen.market, drawn):
        counts = recount(frozen.market, drawn, np.array(other, np.int64))
        assert counts.are_clean == (other == tuple(places.tolist()))


Change = Callable[[Any], object]
CHANGES: dict[str, tuple[Change, str]] = {
    "another secret": (
        lambda file: file["secrets"][0].update(secret="d" * 64),
        "placement_commitment_broken",
    ),
    "another commitment": (
        lambda file: file["secrets"][0].update(commitment="d" * 64),
        "placement_commitment_broken",
    ),
    "one secret": (lambda file: file["secrets"].pop(), "placement_secrets_count"),
    "another hash": (lambda file: file.update(inputs_sha256="d" * 64), "placement_inputs_changed"),
    "more seats": (
        lambda file: file["inputs"]["openings"][1].update(capacity=9),
        "placement_inputs_changed",
    ),
    "another class": (
        lambda file: file["inputs"]["choices"]["priority"].__setitem__(0, 3),
        "placement_inputs_changed",
    ),
    "another tier": (
        lambda file: file["inputs"]["choices"]["tier"].__setitem__(-1, 2),
        "placement_inputs_changed",
    ),
    "another group": (lambda file: file["inputs"]["groups"].update(busan=[0, 1]), "placement_inputs_changed"),
}


@pytest.mark.parametrize(("change", "code"), CHANGES.values(), ids=CHANGES.keys())
def test_changed_files_are_found(change: Change, code: str) -> None:
    file = json.loads(file_of(EXAMPLE))
    change(file)
    verdict = verify(written(file))
    assert code in {fault.code for fault in verdict.faults}
    assert verdict.counts is None
    assert not verdict.is_verified
    with pytest.raises(ValueError, match="verified"):
        certify(verdict)


def test_inputs_changed_together_with_their_hash_have_another_certificate() -> None:
    """Nothing within a file can show that; the published certificate does."""
    changed = Plain(
        EXAMPLE.openings, {**EXAMPLE.rankings, "p4": (("host",),)}, EXAMPLE.classes, EXAMPLE.groups
    )
    assert certify(verify(file_of(changed))) != certify(verify(file_of(EXAMPLE)))


def counts_of(plain: Plain, **places: str) -> Counts:
    """Count with people at these openings and the others nowhere, in a draw of names' order of input."""
    market = plain.market()
    keys = [opening.key for opening in plain.openings]
    column = [keys.index(places[name]) if name in places else NOWHERE for name in plain.rankings]
    return recount(market, draw(market, SEED), np.array(column, np.int64))


ROOM = Plain(
    openings=(Opening(key="host", capacity=2),),
    rankings=dict.fromkeys(("p1", "p2", "p3", "p4"), (("host",),)),
    classes={"host": {"p1": 1, "p2": 2, "p3": 3}},
    groups={"busan": ("p3",), "seoul": ("p1", "p2")},
)


def with_limits(*limits: Limit) -> Plain:
    return Plain((Opening(key="host", capacity=2, limits=limits),), ROOM.rankings, ROOM.classes, ROOM.groups)


def test_each_break_has_its_count() -> None:
    assert counts_of(ROOM, p1="host", p2="host").are_clean
    assert counts_of(ROOM, p1="host").blocking_pairs == 2
    assert counts_of(ROOM, p1="host", p3="host").blocking_pairs == 1
    assert counts_of(ROOM, p1="host", p2="host", p3="host").over_capacity == 1
    assert counts_of(ROOM, p1="host", p4="host").unacceptable == 1
    assert counts_of(with_limits(Limit(group="seoul", quota=1)), p1="host", p2="host").quota_breaks == 1


def test_a_withheld_reserve_is_a_break() -> None:
    reserved = with_limits(Limit(group="busan", reserve=1))
    assert counts_of(reserved, p1="host", p3="host").are_clean
    counts = counts_of(reserved, p1="host", p2="host")
    assert (counts.blocking_pairs, counts.reserve_breaks) == (1, 1)


def test_a_stable_result_that_is_worse_for_applicants_is_found() -> None:
    """Each host prefers the other's applicant: both pairings are stable, and only one is the applicants' best."""
    crossed = Plain(
        openings=(Opening(key="x", capacity=1), Opening(key="y", capacity=1)),
        rankings={"p1": (("x",), ("y",)), "p2": (("y",), ("x",))},
        classes={"x": {"p1": 2, "p2": 1}, "y": {"p1": 1, "p2": 2}},
    )
    assert counts_of(crossed, p1="x", p2="y").are_clean
    counts = counts_of(crossed, p1="y", p2="x")
    assert (counts.blocking_pairs, counts.otherwise_placed) == (0, 2)


def test_the_certificate_has_hashes_and_counts_and_no_pseudonym() -> None:
    certificate = json.loads(certify(verify(file_of(EXAMPLE))))
    frozen, _drawn, _places = solved(EXAMPLE)
    assert certificate["inputs_sha256"] == frozen.sha256
    assert certificate["seed"] == seed_of(frozen.sha256, SECRETS).hex()
    assert certificate["commitments"] == {one.organisation: one.commitment for one in SECRETS}
    assert certificate["counts"]["applicants"] == 5
    assert certificate["counts"]["blocking_pairs"] == 0
    text = json.dumps(certificate)
    assert not any(f'"{name}"' in text for name in ("p1", "host", "busan"))
    assert not any(one.secret in text for one in SECRETS)


SCRIPT = """
import sys
from dure.engines.placement import certify, verify
from tests.engines.placement.markets import EXAMPLE, file_of
sys.stdout.buffer.write(certify(verify(file_of(EXAMPLE))))
"""


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_another_process_with_another_hash_seed_makes_the_same_certificate(seed: str) -> None:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src"), *filter(None, sys.path)])
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": paths, "PATH": os.environ["PATH"]},
        capture_output=True,
        check=True,
    )
    assert done.stdout == certify(verify(file_of(EXAMPLE)))


def test_a_file_of_a_market_without_anybody_is_verified() -> None:
    frozen, _drawn, places = solved(Plain((), {}, {}))
    assert verify(pack(frozen, SECRETS, places)).is_verified
