"""Everything wrong with a prediction file is said at once, with rows as a person counts them."""

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring.joining import check_answers, groups, join, subset
from dure.engines.scoring.matching import match
from dure.engines.scoring.reading import read_bytes
from dure.engines.scoring.schema import Column, Schema
from dure.engines.scoring.validation import validate_predictions
from tests.engines.scoring.tables import codes, csv_bytes, said

CHANCE = Column("p", "probability", "probability", 0.0, 1.0)
SCHEMA = Schema(("id",), (CHANCE,), (Column("label", "label", "label"),))
IDS = pl.DataFrame({"id": list(range(1, 6))})


def check(frame: pl.DataFrame, *, schema: Schema = SCHEMA, ids: pl.DataFrame = IDS) -> list[Fault]:
    faults = validate_predictions(frame, schema=schema, ids=ids)
    said(faults)
    return faults


def test_a_good_file_in_any_order_has_no_fault() -> None:
    assert check(pl.DataFrame({"p": [0.1] * 5, "id": [3, 1, 2, 5, 4]})) == []
    assert check(pl.DataFrame({"p": [0.1] * 5, "id": ["3", "1", "2", "5", "4"]})) == []
    assert check(pl.DataFrame({"p": [0.1] * 5, "id": [3.0, 1.0, 2.0, 5.0, 4.0]})) == []


def test_all_faults_are_said_at_once_with_their_rows() -> None:
    frame = read_bytes(csv_bytes([("id", "p"), (1, 0.5), (2, "x"), (2, "nan"), (9, 7), ("", ""), (3, -1)]))
    found = {(fault.code, fault.row, fault.column) for fault in check(frame)}
    assert found == {
        ("row_count", None, None),
        ("id_missing", None, "id"),
        ("id_duplicate", 4, "id"),
        ("id_unknown", 5, "id"),
        ("id_empty", 6, "id"),
        ("cell_empty", 6, "p"),
        ("cell_not_number", 3, "p"),
        ("not_finite", 4, "p"),
        ("above_highest", 5, "p"),
        ("below_lowest", 7, "p"),
    }
    sentences = said(check(frame))
    assert "x is not a number." in sentences
    assert "2 ids have no row, among them 4, 5." in sentences
    assert "The id 2 stood in line 3 before." in sentences


def test_each_kind_is_listed_ten_times_with_its_total() -> None:
    ids = pl.DataFrame({"id": range(100)})
    faults = check(pl.DataFrame({"id": range(100), "p": [2.0] * 100}), ids=ids)
    assert [fault.row for fault in faults] == list(range(2, 12))
    assert {fault.params["total"] for fault in faults} == {100}


def test_columns_missing_misnamed_and_unknown() -> None:
    schema = Schema(
        ("id",), (Column("probability", "probability", "probability"), Column("zz", "value", "number"))
    )
    faults = check(pl.DataFrame({"ID": [1], "Probabilty": [0.5], "extra": [1]}), schema=schema)
    assert {(fault.code, fault.column, fault.params.get("near")) for fault in faults} == {
        ("column_misnamed", "id", "ID"),
        ("column_misnamed", "probability", "Probabilty"),
        ("column_missing", "zz", None),
        ("column_unknown", "ID", None),
        ("column_unknown", "Probabilty", None),
        ("column_unknown", "extra", None),
    }


def test_an_empty_file_is_said_to_be_empty() -> None:
    assert codes(check(pl.DataFrame({"id": [], "p": []}))) == {"no_rows"}


def test_categories_with_a_hint_for_near_ones() -> None:
    schema = Schema(("id",), (Column("kind", "label", "label", categories=("고양이", "cat", "dog")),))
    frame = pl.DataFrame({"id": range(1, 6), "kind": ["고양이", "Cat", "dogg", "bird", "d" * 300]})
    faults = check(frame, schema=schema)
    assert {(fault.code, fault.row) for fault in faults} == {("label_too_long", 6)}
    faults = check(frame.head(4), schema=schema, ids=IDS.head(4))
    assert [(fault.code, fault.row, fault.params.get("near")) for fault in faults] == [
        ("category_misspelt", 3, "cat"),
        ("category_misspelt", 4, "dog"),
        ("category_unknown", 5, None),
    ]


def test_whole_number_categories_match_however_they_are_written() -> None:
    schema = Schema(("id",), (Column("kind", "label", "label", categories=("0", "1")),))
    for kinds in ([0, 1, 1, 0, 1], [0.0, 1.0, 1.0, 0.0, 1.0], ["0", "1", "1", "0", "1"]):
        assert check(pl.DataFrame({"id": range(1, 6), "kind": kinds}), schema=schema) == []


def test_quantiles_must_rise_and_probabilities_sum_to_one() -> None:
    levels = tuple(Column(f"q{level}", f"quantile:{level}", "quantile") for level in ("0.9", "0.1", "0.5"))
    frame = pl.DataFrame(
        {"id": range(1, 6), "q0.1": [0.0] * 5, "q0.5": [1.0, 1.0, 3.0, 1.0, 1.0], "q0.9": [2.0] * 5}
    )
    faults = check(frame, schema=Schema(("id",), levels))
    assert [(fault.code, fault.row, fault.params["low"]) for fault in faults] == [
        ("quantiles_not_ascending", 4, "q0.5")
    ]
    chances = tuple(Column(f"p_{name}", f"probability:{name}", "probability", 0.0, 1.0) for name in "ab")
    frame = pl.DataFrame({"id": range(1, 6), "p_a": [0.5] * 5, "p_b": [0.5, 0.5, 0.4, 0.5004, 0.5]})
    faults = check(frame, schema=Schema(("id",), chances))
    assert [(fault.code, fault.row, fault.params["sum"]) for fault in faults] == [
        ("probabilities_not_one", 4, 0.9)
    ]


def test_decimals_and_empty_cells_where_allowed() -> None:
    whole = Schema(("id",), (Column("n", "value", "number", decimals=0, nullable=True),))
    faults = check(pl.DataFrame({"id": range(1, 6), "n": [1.0, 2.5, None, 3.0, 4.0]}), schema=whole)
    assert [(fault.code, fault.row) for fault in faults] == [("too_many_decimals", 3)]


def test_ids_of_several_columns() -> None:
    schema = Schema(("place", "week"), (CHANCE,))
    ids = pl.DataFrame({"place": ["a", "a", "b"], "week": [1, 2, 1]})
    frame = pl.DataFrame({"place": ["b", "a", "a"], "week": [1.0, 2.0, 3.0], "p": [0.1] * 3})
    sentences = said(check(frame, schema=schema, ids=ids))
    assert sentences == ["1 ids have no row, among them a, 1.", "The id a, 3 is not among those asked for."]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.integers(-5, 30), min_size=1, max_size=20, unique=True),
    st.lists(st.none() | st.integers(-8, 33), max_size=25),
    st.booleans(),
)
def test_matching_agrees_with_a_plain_loop(
    expected: list[int], given_ids: list[int | None], as_text: bool
) -> None:
    left, right = pl.Series(expected, dtype=pl.Int64), pl.Series(given_ids, dtype=pl.Int64)
    found = match(left, right.cast(pl.String) if as_text else right)
    first: dict[int, int] = {}
    duplicate = []
    for row, one in enumerate(given_ids):
        if one is not None and first.setdefault(one, row) != row:
            duplicate.append(row)
    assert found.positions.tolist() == [first.get(one, -1) for one in expected]
    assert found.duplicate.tolist() == duplicate
    assert found.empty.tolist() == [row for row, one in enumerate(given_ids) if one is None]
    assert found.unknown.tolist() == [
        row for row, one in enumerate(given_ids) if one is not None and one not in expected
    ]
    assert found.is_complete == (
        sorted(expected) == sorted(one for one in given_ids if one is not None) and None not in given_ids
    )


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 10**12), st.floats(-1e6, 1e6), st.sampled_from("abc")),
        min_size=1,
        unique_by=lambda one: one[0],
    ),
    st.randoms(use_true_random=False),
    st.booleans(),
)
def test_join_agrees_with_a_dictionary(
    rows: list[tuple[int, float, str]], random: object, as_text: bool
) -> None:
    schema = Schema(("id",), (Column("v", "value", "number"), Column("c", "label", "label")))
    answers = pl.DataFrame(rows, schema={"id": pl.Int64, "v": pl.Float64, "c": pl.String}, orient="row")
    shuffled = answers.sample(fraction=1.0, shuffle=True, seed=len(rows)).with_columns(v=pl.col("v") + 1)
    predictions = shuffled.with_columns(pl.col("id").cast(pl.String)) if as_text else shuffled
    joined = join(answers, predictions, schema)
    by_id = {one: (value, text) for one, value, text in shuffled.rows()}
    assert joined.prediction["value"].tolist() == [by_id[one][0] for one in answers["id"]]
    assert joined.prediction["label"].tolist() == joined.truth["label"].tolist() == answers["c"].to_list()
    assert joined.lines is not None
    assert [shuffled["id"][int(line) - 2] for line in joined.lines] == answers["id"].to_list()
    part = subset(joined, np.arange(0, len(rows), 2))
    assert part.truth["value"].tolist() == answers["v"].to_list()[::2]
    assert part.prediction["label"].tolist() == joined.prediction["label"].tolist()[::2]


def test_labels_are_numbers_only_where_both_sides_are() -> None:
    schema = Schema(("id",), (Column("c", "label", "label"),))
    answers = pl.DataFrame({"id": [1, 2], "c": [0, 1]})
    whole = join(answers, pl.DataFrame({"id": [2, 1], "c": [1.0, 0.0]}), schema)
    assert whole.prediction["label"].dtype == np.int64
    mixed = join(answers, pl.DataFrame({"id": [2, 1], "c": ["1", "no"]}), schema)
    assert mixed.truth["label"].tolist() == ["0", "1"]
    assert mixed.prediction["label"].tolist() == ["no", "1"]


def test_joining_what_was_not_validated_is_refused() -> None:
    with pytest.raises(Faulty, match="ids_do_not_match"):
        join(pl.DataFrame({"id": [1], "label": [1]}), pl.DataFrame({"id": [2], "p": [0.5]}), SCHEMA)


def test_empty_numbers_become_nan_where_allowed() -> None:
    schema = Schema(("id",), (Column("v", "value", "number", nullable=True),))
    frame = pl.DataFrame({"id": [1, 2], "v": [None, 2.0]})
    assert math.isnan(join(frame, frame, schema).prediction["value"][0])


def test_answers_are_checked_too() -> None:
    schema = Schema(("id",), (CHANCE,), (Column("v", "value", "number"), Column("c", "label", "label")), "g")
    bad = pl.DataFrame(
        {"id": [1, 1, None], "v": [1.0, math.nan, None], "c": ["a", None, "b"], "g": [1, 2, None]}
    )
    faults = check_answers(bad, schema)
    said(faults)
    assert {(fault.code, fault.column, fault.params["count"]) for fault in faults} == {
        ("answers_id_duplicate", None, 2),
        ("answers_cell_empty", "g", 1),
        ("answers_cell_empty", "v", 2),
        ("answers_cell_empty", "c", 1),
    }
    assert codes(check_answers(bad.drop("v"), schema)) == {"answers_column_missing"}
    good = pl.DataFrame({"id": [1, 2, 3], "v": [1, 2, 3], "c": ["a", "b", "a"], "g": ["x", "y", "x"]})
    assert check_answers(good, schema) == []
    assert codes(check_answers(good.with_columns(v=pl.lit("x")), schema)) == {"answers_not_numbers"}
    found = groups(good, schema)
    assert found is not None
    assert found.tolist() == [0, 1, 0]
    assert groups(good, SCHEMA) is None
