"""A schema is guessed from a sample, survives JSON, and every fault of an edited one is named."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.faults import Faulty
from dure.engines.scoring.metrics import METRICS
from dure.engines.scoring.schema import Column, Schema, from_plain, infer_schema, to_plain
from tests.engines.scoring.tables import codes, said


def test_probabilities_quantiles_and_labels_are_known_by_name_and_value() -> None:
    sample = pl.DataFrame(
        {"image_id": [1, 2, 3, 4], "p_cat": [0.5] * 4, "prob:dog": [0.5] * 4, "q0.025": [1.0] * 4}
    )
    schema = infer_schema(sample)
    assert schema.id_columns == ("image_id",)
    assert [(column.role, column.kind) for column in schema.columns] == [
        ("probability:cat", "probability"),
        ("probability:dog", "probability"),
        ("quantile:0.025", "quantile"),
    ]
    assert schema.columns[0].highest == 1.0


def test_classes_come_from_the_answers_where_the_sample_has_but_one() -> None:
    answers = pl.DataFrame({"id": range(6), "kind": ["a", "b", "c"] * 2, "patient": [1, 1, 2, 2, 3, 3]})
    sample = pl.DataFrame({"id": range(6), "kind": ["a"] * 6})
    schema = infer_schema(sample, answers=answers, group_column="patient")
    assert schema.columns == (Column("kind", "label", "label", categories=("a", "b", "c")),)
    assert schema.truth == schema.columns
    assert schema.group_column == "patient"


def test_numbers_texts_and_several_columns_of_a_role() -> None:
    sample = pl.DataFrame(
        {"key": ["a", "b", "c"], "x": [0.1, 0.2, 0.3], "y": [0.1, 0.3, 9.0], "said": ["o", "p", "q"]}
    )
    assert [column.role for column in infer_schema(sample).columns] == ["value", "value_b", "text"]


def test_ids_may_take_several_columns() -> None:
    sample = pl.DataFrame({"place": ["a", "a", "b"], "week": [1, 2, 1], "value": [0.5, 1.5, 2.5]})
    assert infer_schema(sample).id_columns == ("place", "week")


@pytest.mark.parametrize(
    ("sample", "code"),
    [
        (pl.DataFrame({"a": [1, 1], "b": [2.0, 2.0], "c": [1.0, 1.0]}), "sample_no_id"),
        (pl.DataFrame({"id": [1, 2]}), "sample_no_columns"),
    ],
)
def test_a_sample_without_ids_or_columns_is_refused(sample: pl.DataFrame, code: str) -> None:
    with pytest.raises(Faulty) as refused:
        infer_schema(sample)
    assert codes(refused.value.faults) == {code}
    with pytest.raises(Faulty, match="sample_column_unknown"):
        infer_schema(sample, id_columns=["nowhere"])


def test_guessed_roles_are_roles_of_metrics() -> None:
    names = {role.name for metric in METRICS.values() for role in metric.prediction}
    guessed = {"label", "value", "score", "probability", "quantile", "text", "boxes", "mask"}
    assert guessed <= names


COLUMNS = st.builds(
    Column,
    name=st.text(min_size=1, max_size=8),
    role=st.sampled_from(["label", "value", "probability:cat", "quantile:0.5"]),
    kind=st.sampled_from(["label", "number", "probability", "text"]),
    lowest=st.none() | st.floats(-10, 0),
    highest=st.none() | st.floats(0, 10),
    categories=st.none() | st.lists(st.text(min_size=1, max_size=5), max_size=3).map(tuple),
    nullable=st.booleans(),
    decimals=st.none() | st.integers(0, 15),
)
UNIQUE = st.lists(
    COLUMNS, min_size=1, max_size=4, unique_by=(lambda one: one.name, lambda one: one.role)
).map(tuple)


@given(UNIQUE, UNIQUE, st.none() | st.text(max_size=4))
def test_a_schema_survives_json(
    columns: tuple[Column, ...], truth: tuple[Column, ...], group: str | None
) -> None:
    schema = Schema(("the long id",), columns, truth, group)
    assert from_plain(to_plain(schema)) == schema


def test_every_fault_of_an_edited_schema_is_named_with_its_place() -> None:
    column = {"name": "p", "role": "probability", "kind": "probability"}
    edited = {
        "id_columns": ["id", 7],
        "colour": 1,
        "columns": [
            {**column, "kind": "picture"},
            {**column, "lowest": 2, "highest": 1},
            {**column, "lowest": "low", "nullable": "yes"},
            {"name": "q", "role": "quantile:1.5", "kind": "quantile"},
            {"role": "Bad Role", "kind": "label", "name": "x", "decimals": 99, "size": 3},
            {"role": "label", "kind": "label"},
            "column",
        ],
        "truth": {},
        "group_column": 3,
    }
    with pytest.raises(Faulty) as refused:
        from_plain(edited)
    faults = refused.value.faults
    said(faults)
    assert {(fault.code, fault.place) for fault in faults} == {
        ("schema_unknown", "colour"),
        ("schema_not_text", "id_columns[1]"),
        ("schema_kind_unknown", "columns[0].kind"),
        ("schema_range_empty", "columns[1].lowest"),
        ("schema_not_number", "columns[2].lowest"),
        ("schema_not_flag", "columns[2].nullable"),
        ("schema_quantile_bad", "columns[3].role"),
        ("schema_unknown", "columns[4].size"),
        ("schema_missing", "columns[5].name"),
        ("schema_not_object", "columns[6]"),
        ("schema_not_list", "truth"),
        ("schema_not_text", "group_column"),
    }


def test_parts_that_clash_are_named() -> None:
    column = {"name": "p", "role": "value", "kind": "number"}
    with pytest.raises(Faulty) as refused:
        from_plain({"id_columns": ["p"], "columns": [column, column]})
    assert codes(refused.value.faults) == {"schema_name_twice", "schema_role_twice"}
    with pytest.raises(Faulty) as refused:
        from_plain({"id_columns": [], "columns": []})
    assert codes(refused.value.faults) == {"schema_no_id", "schema_no_columns"}
    with pytest.raises(Faulty, match="schema_not_object"):
        from_plain([1])
