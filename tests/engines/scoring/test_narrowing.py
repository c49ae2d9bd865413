"""Answers with fewer rows: sides never move, what changed is counted right, and files with more rows are joined like exact ones."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.faults import Faulty
from dure.engines.scoring import narrowing
from dure.engines.scoring.joining import join
from dure.engines.scoring.schema import Column, Schema
from dure.engines.scoring.validation import validate_predictions

PUBLIC = "__public"
VALUE = Column("value", "value", "number")
SCHEMA = Schema(("id",), (VALUE,))
TWO_IDS = Schema(("day", "place"), (VALUE,), group_column="place")
COUNT = 12
rows_kept = st.sets(st.integers(0, COUNT - 1), min_size=1)


def begun(*, seed: int = 3) -> pl.DataFrame:
    draw = np.random.default_rng(seed)
    side = np.arange(COUNT) % 3 == 0
    return pl.DataFrame({"id": range(COUNT), "value": draw.normal(size=COUNT).round(2), PUBLIC: side})


def sided(frame: pl.DataFrame) -> pl.DataFrame:
    return narrowing.sided(frame, begun_with=begun(), public=PUBLIC, schema=SCHEMA)


@given(rows_kept, st.randoms(use_true_random=False))
def test_whatever_is_left_out_the_others_keep_their_side_and_order(kept: set[int], chance: object) -> None:
    order = sorted(kept)
    chance.shuffle(order)  # type: ignore[attr-defined]  # a random.Random
    handed_in = begun().drop(PUBLIC)[order]
    sides = {number: number % 3 == 0 for number in order}
    if len(set(sides.values())) < 2:
        with pytest.raises(Faulty, match="answers_one_sided"):
            sided(handed_in)
        return
    found = sided(handed_in)
    assert dict(zip(found["id"].to_list(), found[PUBLIC].to_list(), strict=True)) == sides
    assert found["id"].to_list() == order


@given(rows_kept, rows_kept, st.sets(st.integers(0, COUNT - 1)))
def test_what_changes_is_counted_by_side(before: set[int], after: set[int], moved: set[int]) -> None:
    whole = begun()
    old = whole[sorted(before)]
    value = pl.when(pl.col("id").is_in(list(moved))).then(pl.col("value") + 1).otherwise(pl.col("value"))
    new = whole.with_columns(value.alias("value"))[sorted(after)]
    found = narrowing.difference(old, new, public=PUBLIC, schema=SCHEMA)

    def counted(ids: set[int]) -> narrowing.Sides:
        public = sum(number % 3 == 0 for number in ids)
        return narrowing.Sides(public, len(ids) - public)

    assert found == narrowing.Difference(
        changed=counted(before & after & moved),
        dropped=counted(before - after),
        returned=counted(after - before),
        remaining=counted(after),
    )


@given(rows_kept, st.sets(st.integers(0, COUNT - 1)), st.randoms(use_true_random=False))
def test_a_file_with_more_rows_is_joined_as_one_with_exactly_these(
    asked: set[int], more: set[int], chance: object
) -> None:
    answers = begun()[sorted(asked)]
    order = sorted(asked | more)
    chance.shuffle(order)  # type: ignore[attr-defined]  # a random.Random
    file = pl.DataFrame({"id": order, "value": [float(number) for number in order]})
    some = narrowing.join_some(answers, file, SCHEMA)
    exact = join(answers, file.filter(pl.col("id").is_in(list(asked))), SCHEMA)
    assert (some.prediction["value"] == exact.prediction["value"]).all()
    assert some.lines is not None
    assert [order[line - 2] for line in some.lines] == sorted(asked)


def test_a_file_that_lacks_rows_is_told_how_many() -> None:
    with pytest.raises(Faulty) as refused:
        narrowing.join_some(begun(), pl.DataFrame({"id": [1, 2], "value": [0.0, 0.0]}), SCHEMA)
    assert refused.value.faults[0].params["count"] == COUNT - 2


def test_ids_of_several_columns_words_and_groups_are_told_apart() -> None:
    whole = pl.DataFrame(
        {
            "day": [1, 1, 2, 2],
            "place": ["서울", "부산", "서울", "부산"],
            "value": [1.0, 2.0, 3.0, 4.0],
            PUBLIC: [True, False, False, True],
        }
    )
    fewer = whole.drop(PUBLIC).filter(pl.col("value") != 2.0).with_columns(pl.col("day").cast(pl.String))
    found = narrowing.sided(fewer, begun_with=whole, public=PUBLIC, schema=TWO_IDS)
    assert found[PUBLIC].to_list() == [True, False, True]
    told = narrowing.difference(whole, found, public=PUBLIC, schema=TWO_IDS)
    assert (told.changed.both, told.dropped) == (0, narrowing.Sides(0, 1))
    other = found.with_columns(pl.Series("value", [1.0, 3.5, 4.0]))
    assert narrowing.difference(whole, other, public=PUBLIC, schema=TWO_IDS).changed == narrowing.Sides(0, 1)


def test_rows_that_were_never_asked_for_are_named() -> None:
    with pytest.raises(Faulty) as refused:
        sided(pl.DataFrame({"id": [0, 1, 77, 88], "value": [0.0] * 4}))
    (fault,) = refused.value.faults
    assert (fault.code, fault.params) == ("answers_ids_new", {"count": 2, "examples": "77, 88"})


@pytest.mark.parametrize(
    ("ids", "codes"),
    [
        ([0, 1, 2], []),
        ([0, 1], []),
        ([1, 0, 2], []),
        ([0], ["id_missing", "row_count"]),
        ([0, 1, 2, 2], ["id_duplicate", "row_count"]),
        ([0, 1, 9], ["id_unknown"]),
    ],
)
def test_spare_rows_may_be_there_or_not(ids: list[int], codes: list[str]) -> None:
    file = pl.DataFrame({"id": ids, "value": [1.0] * len(ids)})
    needed, spare = pl.DataFrame({"id": [0, 1]}), pl.DataFrame({"id": [2]})
    found = validate_predictions(file, schema=SCHEMA, ids=needed, spare=spare)
    assert sorted(fault.code for fault in found) == codes
