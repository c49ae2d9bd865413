"""A round run again after a correction: the first lottery stays, and a file that has another is refused."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.faults import Faulty
from dure.engines.placement import (
    Change,
    Correction,
    Frozen,
    Limit,
    Opening,
    certify,
    corrected,
    differences,
    draw,
    freeze,
    original_faults,
    pack,
    pack_rerun,
    seed_of,
    solve,
    verify,
)
from tests.engines.placement.markets import EXAMPLE, PLAINS, SECRETS, Plain, file_of
from tests.engines.placement.test_filing import written

WHY = "The second choice was read as the first."


def other(plain: Plain, at: int) -> Plain:
    """The same people and openings with one ranking turned round, one seat more and one limit."""
    names = list(plain.rankings)
    turned = (
        {names[at % len(names)]: tuple(reversed(plain.rankings[names[at % len(names)]]))} if names else {}
    )
    first, *rest = plain.openings
    group = next(iter(plain.groups), None)
    limits = first.limits or ((Limit(group=group, quota=1),) if group else ())
    openings = (replace(first, capacity=first.capacity + 1, limits=limits), *rest)
    return Plain(openings, {**plain.rankings, **turned}, plain.classes, plain.groups)


def rerun(before: Frozen, after: Frozen, *, lottery: Frozen | None = None) -> bytes:
    """The file of a re-run; `lottery` is the inputs whose hash makes the seed that the places rest on."""
    correction = Correction(reason=WHY, changes=differences(before, after))
    seed = seed_of((lottery or before).sha256, SECRETS)
    places = solve(after.market, draw(after.market, seed))
    return pack_rerun(before, [correction], after, seed=seed, secrets=SECRETS, places=places)


@given(PLAINS, st.integers(0, 9))
def test_what_differs_put_in_gives_the_corrected_inputs(plain: Plain, at: int) -> None:
    before, after = freeze(plain.market()), freeze(other(plain, at).market())
    correction = Correction(reason=WHY, changes=differences(before, after))
    assert corrected(before, [correction]).content == after.content
    assert verify(rerun(before, after)).is_verified


def example() -> tuple[Frozen, Frozen]:
    """One person whose ranking was read the wrong way round."""
    turned = {**EXAMPLE.rankings, "p1": tuple(reversed(EXAMPLE.rankings["p1"]))}
    changed = Plain(EXAMPLE.openings, turned, EXAMPLE.classes, EXAMPLE.groups)
    return freeze(EXAMPLE.market()), freeze(changed.market())


def test_lots_are_those_of_the_first_run_for_everybody() -> None:
    before, after = example()
    seed = seed_of(before.sha256, SECRETS)
    assert draw(before.market, seed).lots.tolist() == draw(after.market, seed).lots.tolist()
    assert (
        draw(after.market, seed_of(after.sha256, SECRETS)).lots.tolist()
        != draw(before.market, seed).lots.tolist()
    )


def test_the_certificate_names_the_first_run_the_correction_and_the_reason() -> None:
    before, after = example()
    first = json.loads(certify(verify(file_of(EXAMPLE))))
    said = json.loads(certify(verify(rerun(before, after))))
    assert said["original"] == {name: first[name] for name in ("inputs_sha256", "places_sha256")}
    assert (said["seed"], said["inputs_sha256"]) == (first["seed"], after.sha256)
    assert [one["reason"] for one in said["corrections"]] == [WHY]
    assert len(said["corrections"][0]["sha256"]) == 64
    assert "p1" not in json.dumps(said)


Move = Callable[[Any], object]
MOVES: dict[str, tuple[Move, str]] = {
    "another seed": (lambda file: file.update(seed="d" * 64), "placement_lottery_differs"),
    "another first hash": (lambda file: file.update(inputs_sha256="d" * 64), "placement_inputs_changed"),
    "another corrected hash": (
        lambda file: file.update(corrected_sha256="d" * 64),
        "placement_inputs_changed",
    ),
    "first inputs that were changed": (
        lambda file: file["inputs"]["openings"][1].update(capacity=9),
        "placement_inputs_changed",
    ),
    "a row that was not so": (
        lambda file: file["corrections"][0]["changes"][0].update(before=[9, 9]),
        "placement_correction_row",
    ),
    "a row twice": (
        lambda file: file["corrections"][0]["changes"].append(file["corrections"][0]["changes"][0]),
        "placement_correction_row",
    ),
    "a person whom nobody knows": (
        lambda file: file["corrections"][0]["changes"][0].update(row=["choice", "p9", "host"]),
        "placement_correction_row",
    ),
}


@pytest.mark.parametrize(("move", "code"), MOVES.values(), ids=MOVES.keys())
def test_a_rerun_that_was_changed_is_refused(move: Move, code: str) -> None:
    file = json.loads(rerun(*example()))
    move(file)
    verdict = verify(written(file))
    assert code in {fault.code for fault in verdict.faults}
    assert not verdict.is_verified


def test_a_rerun_with_a_lottery_from_the_corrected_inputs_is_refused() -> None:
    """Who knows the secrets could try corrections until the draw suits; the seed of the first run leaves nothing to try."""
    before, after = example()
    assert [one.code for one in verify(rerun(before, after, lottery=after)).faults] == [
        "placement_lottery_differs"
    ]


def test_the_first_certificate_shows_a_file_that_is_no_rerun_of_it() -> None:
    before, after = example()
    first = certify(verify(file_of(EXAMPLE)))
    assert original_faults(verify(rerun(before, after)), first) == []
    seed = seed_of(after.sha256, SECRETS)
    drawn_anew = pack(after, SECRETS, solve(after.market, draw(after.market, seed)))
    assert verify(drawn_anew).is_verified
    found = [one.code for one in original_faults(verify(drawn_anew), first)]
    assert found == ["placement_lottery_differs", "placement_original_differs"]
    assert [one.code for one in original_faults(verify(rerun(after, before)), first)] == found
    with pytest.raises(Faulty):
        original_faults(verify(drawn_anew), certify(verify(rerun(before, after))))


@pytest.mark.parametrize(
    "change",
    [
        {"row": ["capacity", "host"], "before": [1], "after": None},
        {"row": ["capacity", "host"], "before": [1], "after": [None]},
        {"row": ["choice", "p1", "host"], "before": None, "after": [None, 1]},
        {"row": ["limit", "host", "busan"], "before": None, "after": [None, 1]},
        {"row": ["choice", "p1"], "before": None, "after": [1, 1]},
        {"row": [], "before": None, "after": []},
        {"row": ["other", "p1"], "before": None, "after": []},
    ],
)
def test_a_change_of_another_shape_is_refused(change: dict[str, Any]) -> None:
    file = json.loads(rerun(*example()))
    file["corrections"][0]["changes"] = [change]
    with pytest.raises(Faulty) as told:
        verify(written(file))
    assert told.value.faults[0].code == "placement_file_shape"


def test_two_corrections_one_after_the_other() -> None:
    before, after = example()
    last = freeze(
        replace(after.market, openings=tuple(replace(one, capacity=3) for one in after.market.openings))
    )
    steps = [Correction(reason=WHY, changes=differences(*pair)) for pair in ((before, after), (after, last))]
    seed = seed_of(before.sha256, SECRETS)
    places = solve(last.market, draw(last.market, seed))
    verdict = verify(pack_rerun(before, steps, last, seed=seed, secrets=SECRETS, places=places))
    assert verdict.is_verified
    assert verdict.original is not None
    assert len(verdict.original.corrections) == 2
    assert (
        corrected(before, [Correction(reason=WHY, changes=differences(before, last))]).sha256 == last.sha256
    )


def test_people_or_openings_are_neither_added_nor_taken_away() -> None:
    before, _after = example()
    one = freeze(replace(before.market, openings=(*before.market.openings, Opening(key="zoo", capacity=1))))
    with pytest.raises(ValueError, match="neither"):
        differences(before, one)
    with pytest.raises(Faulty):
        corrected(
            before,
            [Correction(reason=WHY, changes=(Change(row=("capacity", "zoo"), before=(1,), after=(2,)),))],
        )
