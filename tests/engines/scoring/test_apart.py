"""Scoring at a site: what is told of tables, what of scores, and what several sites amount to."""

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.faults import Faulty
from dure.engines.scoring.apart import (
    combined,
    demand_answers,
    demand_same_columns,
    describe,
    likeness,
    score_apart,
)
from dure.engines.scoring.schema import infer_schema, to_plain
from dure.engines.scoring.splits import split_rows

SALT = "ab" * 32


def written(path: Path, **columns: Any) -> str:
    pl.DataFrame(columns).write_csv(path)
    return str(path)


def site(folder: Path, *, rows: int, off: float = 1.0, seed: int = 0) -> tuple[dict[str, Any], pl.DataFrame]:
    """What `score_apart` needs for a regression whose predictions miss by about `off`; and the truth beside them."""
    draw = np.random.default_rng(seed)
    ids, truth = [f"r{seed}-{at}" for at in range(rows)], draw.normal(50, 10, rows)
    said = truth + draw.normal(0, off, rows)
    answers = written(folder / f"answers{seed}.csv", id=ids, value=truth)
    schema = infer_schema(pl.DataFrame({"id": ["a", "b"], "value": [0.5, 1.5]}), answers=pl.read_csv(answers))
    given_ = {
        "path": written(folder / f"said{seed}-{off}.csv", id=ids, value=said),
        "answers": answers,
        "schema": to_plain(schema),
        "metric": "mae",
        "parameters": {},
        "salt": SALT,
        "public_share": 0.3,
        "least_rows": 10,
        "best": None,
        "ladder": True,
    }
    return given_, pl.DataFrame({"truth": truth, "said": said})


def test_of_a_table_columns_rows_and_common_classes_are_told_and_no_value_else(tmp_path: Path) -> None:
    path = written(
        tmp_path / "t.csv",
        id=[f"secret-{at}" for at in range(40)],
        kind=["common"] * 35 + ["rare"] * 5,
        value=[at + 0.123 for at in range(40)],
    )
    told = describe(path=path, least_rows=10)
    assert told["rows"] == 40
    assert [column["classes"] for column in told["columns"]] == [[], ["common"], []]
    assert "secret" not in str(told)
    assert "rare" not in str(told)


def test_both_parts_are_scored_and_the_deciding_one_exactly(tmp_path: Path) -> None:
    wants, rows = site(tmp_path, rows=100)
    found = score_apart(**wants)
    assert (found["public_rows"], found["private_rows"]) == (30, 70)
    ids = [f"r0-{at}" for at in range(100)]
    public = split_rows(ids, salt=bytes.fromhex(SALT), public_share=0.3)
    errors = np.abs(rows["truth"].to_numpy() - rows["said"].to_numpy())
    assert found["private"] == pytest.approx(errors[~public].mean(), rel=1e-5)
    assert found["public"] == pytest.approx(
        errors[public].mean(), rel=0.2
    )  # rounded to what chance leaves standing


@pytest.mark.parametrize(("rows", "shown"), [(20, (0, 14)), (12, (0, 0)), (60, (18, 42))])
def test_a_part_of_too_few_rows_is_neither_scored_nor_counted(
    tmp_path: Path, rows: int, shown: tuple[int, int]
) -> None:
    found = score_apart(**site(tmp_path, rows=rows)[0])
    assert (found["public_rows"], found["private_rows"]) == shown
    assert (found["public"] is None, found["private"] is None) == (shown[0] == 0, shown[1] == 0)


def test_the_same_again_moves_nothing_and_better_by_more_than_chance_does(tmp_path: Path) -> None:
    first = score_apart(**site(tmp_path, rows=200, off=5.0)[0])
    again = score_apart(**site(tmp_path, rows=200, off=5.0)[0] | {"best": first["best"]})
    better = score_apart(**site(tmp_path, rows=200, off=0.5)[0] | {"best": first["best"]})
    assert (first["improved"], again["improved"], better["improved"]) == (True, False, True)
    assert again["public"] == first["public"]
    assert again["best"] == first["best"]
    assert better["public"] < first["public"]


def test_without_the_ladder_every_score_is_shown_and_only_a_better_one_moves_on(tmp_path: Path) -> None:
    first = score_apart(**site(tmp_path, rows=200, off=0.5)[0] | {"ladder": False})
    worse = score_apart(**site(tmp_path, rows=200, off=5.0)[0] | {"ladder": False, "best": first["best"]})
    assert (first["improved"], worse["improved"]) == (True, False)
    assert worse["public"] > first["public"]
    assert worse["best"] == first["best"]


def test_predictions_that_do_not_fit_are_the_teams_fault_and_answers_the_owners(tmp_path: Path) -> None:
    wants, _rows = site(tmp_path, rows=50)
    with pytest.raises(Faulty) as theirs:
        score_apart(**wants | {"path": written(tmp_path / "x.csv", id=["a"], value=[1.0])})
    assert not theirs.value.faults[0].code.startswith("answers_")
    with pytest.raises(Faulty) as ours:
        demand_answers(path=written(tmp_path / "y.csv", id=["a"], other=[1.0]), schema=wants["schema"])
    assert ours.value.faults[0].code == "answers_column_missing"


@given(st.lists(st.tuples(st.floats(-100, 100), st.integers(1, 1000)), min_size=1, max_size=5))
def test_the_score_of_all_sites_is_the_mean_over_all_their_rows(parts: list[tuple[float, int]]) -> None:
    each = np.concatenate([np.full(rows, score) for score, rows in parts])
    assert combined([*parts, (None, 0)]) == pytest.approx(each.mean(), abs=1e-9)


def test_of_sites_without_a_score_there_is_none() -> None:
    assert combined([]) is None
    assert combined([(None, 0), (0.5, 0)]) is None


def test_a_schema_is_guessed_from_what_sites_tell_as_from_the_rows_themselves(tmp_path: Path) -> None:
    columns = {
        "id": [f"r{at}" for at in range(40)],
        "label": ["good", "bad"] * 20,
        "count": [1, 2] * 20,
        "value": [at + 0.5 for at in range(40)],
    }
    table = describe(path=written(tmp_path / "t.csv", **columns), least_rows=10)
    sample = pl.DataFrame({"id": ["a", "b"], "label": ["good", "bad"]})
    real = infer_schema(sample, answers=pl.DataFrame(columns))
    assert infer_schema(sample, answers=likeness([table, table])) == real


def test_sites_with_other_columns_do_not_go_together(tmp_path: Path) -> None:
    one = describe(path=written(tmp_path / "a.csv", id=["a"], value=[1.5]), least_rows=1)
    other = describe(path=written(tmp_path / "b.csv", id=["a"], pressure=[1.5]), least_rows=1)
    demand_same_columns([one, one])
    with pytest.raises(Faulty) as found:
        demand_same_columns([one, other])
    assert dict(found.value.faults[0].params) == {"columns": "pressure, value"}
