"""Every leak check fires on a planted leak and stays silent on clean data."""

from collections.abc import Callable, Mapping

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dure.engines.scoring.fault_codes import FINDINGS
from dure.engines.scoring.leaks import SAMPLE, SEED, Finding, check_leaks
from dure.engines.scoring.leaks.statistics import auc, kolmogorov, ranks, spearman
from dure.engines.scoring.schema import Column, Schema
from tests.engines.scoring.tables import generator

Frames = dict[str, pl.DataFrame]
LABEL = Schema(("id",), (Column("label", "label", "label"),))
VALUE = Schema(("id",), (Column("label", "value", "number"),))


def world(seed: int = 1, *, size: int = 800, number: bool = False, classes: int = 2) -> Frames:
    """A clean challenge: x says something of the label, but not all; ids are shuffled."""
    random = generator(seed)
    x, y = random.normal(size=2 * size), random.normal(size=2 * size)
    colour = random.choice(["red", "green", "blue"], 2 * size)
    score = x + random.normal(size=2 * size)
    label = score if number else np.digitize(score, np.quantile(score, np.linspace(0, 1, classes + 1)[1:-1]))
    ids = random.permutation(10 * size)[: 2 * size]
    frame = pl.DataFrame({"id": ids, "x": x, "y": y, "colour": colour, "label": label})
    test = frame[size:]
    return {"train": frame[:size], "test_public": test.drop("label"), "answers": test.select("id", "label")}


def look(frames: Frames, *, schema: Schema = LABEL, **options: object) -> list[Finding]:
    findings = check_leaks(**frames, schema=schema, **options)  # type: ignore[arg-type]  # frames by name
    for finding in findings:
        assert FINDINGS[finding.code] % finding.params
    return findings


def loud(findings: list[Finding]) -> dict[tuple[str, str | None], str]:
    return {(one.code, one.column): one.severity for one in findings if one.severity != "ok"}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([60, 300, 1_500]), st.sampled_from([2, 3, 7]), st.booleans())
def test_clean_data_are_silent(seed: int, size: int, classes: int, number: bool) -> None:
    frames = world(seed, size=size, classes=classes, number=number)
    findings = look(frames, schema=VALUE if number else LABEL, baselines={"mean": 0.6}, target=0.9)
    assert loud(findings) == {}
    assert len(findings) == 7


def test_duplicate_rows() -> None:
    frames = world()
    copied = frames["train"].drop("label", "id").head(100)
    test = frames["test_public"]
    frames["test_public"] = pl.concat(
        [copied.with_columns(test["id"][:100]).select(test.columns), test[100:]]
    )
    findings = loud(look(frames))
    assert findings == {("duplicate_rows", None): "stop"}


def test_rows_that_repeat_by_nature_only_warn() -> None:
    frames = world()
    for part in ("train", "test_public"):
        frames[part] = frames[part].with_columns(pl.col("x").sign(), pl.col("y").sign())
    assert loud(look(frames)) == {("duplicate_rows", None): "warn"}


@pytest.mark.parametrize("number", [False, True])
@pytest.mark.parametrize(
    ("plant", "code", "severity"),
    [
        (lambda answers: answers.sort("label"), "rows_predict", "stop"),
        (lambda answers: answers.with_columns(id=pl.col("label").rank("ordinal")), "ids_predict", "stop"),
    ],
)
def test_order_that_predicts(
    number: bool, plant: Callable[[pl.DataFrame], pl.DataFrame], code: str, severity: str
) -> None:
    frames = world(number=number)
    frames["answers"] = plant(frames["answers"])
    frames["test_public"] = frames["test_public"].with_columns(id=pl.lit(-1))
    found = loud(look(frames, schema=VALUE if number else LABEL))
    assert found[code, "label"] == severity


def test_labels_that_alternate_or_stand_in_blocks_are_order_too() -> None:
    frames = world()
    size = frames["answers"].height
    for labels in (np.arange(size) % 2, (np.arange(size) % 3 == 0) * 1, np.arange(size) // 40 % 2):
        frames["answers"] = frames["answers"].with_columns(label=pl.Series(labels))
        assert loud(look(frames))["rows_predict", "label"] == "stop"


@pytest.mark.parametrize("number", [False, True])
def test_a_single_feature_that_decides(number: bool) -> None:
    frames = world(number=number)
    values = frames["train"]["label"] * 2.0 + generator().normal(size=800) * 0.01
    frames["train"] = frames["train"].with_columns(values.alias("y"))
    assert loud(look(frames, schema=VALUE if number else LABEL))["single_feature", "y"] == "stop"


def test_a_category_that_decides_and_a_code_of_each_row_that_does_not() -> None:
    frames = world()
    frames["train"] = frames["train"].with_columns(
        colour=pl.when(pl.col("label") == 1).then(pl.lit("red")).otherwise(pl.lit("blue")),
        code=pl.int_range(800).cast(pl.String),
    )
    found = loud(look(frames))
    assert found["single_feature", "colour"] == "stop"
    assert ("single_feature", "code") not in found


@pytest.mark.parametrize(
    ("change", "column"),
    [
        (lambda frame: frame.with_columns(pl.col("x") + 2), "x"),
        (lambda frame: frame.with_columns(pl.col("y") * 4), "y"),
        (lambda frame: frame.with_columns(colour=pl.lit("red")), "colour"),
    ],
)
def test_shift_between_the_parts(change: Callable[[pl.DataFrame], pl.DataFrame], column: str) -> None:
    frames = world()
    frames["test_public"] = change(frames["test_public"])
    found = loud(look(frames))
    assert found["shift_column", column] == "warn"
    assert found["shift", None] == "warn"


def test_shift_of_two_columns_together() -> None:
    """Each column alone looks alike; only the classifier sees that both moved a little."""
    frames = world(size=3_000)
    names = [f"z{at}" for at in range(12)]
    for part, moved in (("train", 0.0), ("test_public", 0.3)):
        extra = generator(len(part)).normal(moved, size=(3_000, 12))
        frames[part] = frames[part].hstack(pl.DataFrame(extra, schema=names))
    found = loud(look(frames))
    assert found == {("shift", None): "warn"}


@pytest.mark.parametrize(
    ("number", "public"),
    [
        (False, pl.col("label").replace_strict({0: "no", 1: "yes"})),
        (True, pl.col("label").exp()),
        (True, -pl.col("label")),
    ],
)
def test_answers_under_another_name(number: bool, public: pl.Expr) -> None:
    frames = world(number=number)
    copied = frames["answers"].select("id", public.alias("batch"))
    frames["test_public"] = (
        frames["test_public"].join(copied, on="id").sample(fraction=1, shuffle=True, seed=1)
    )
    assert loud(look(frames, schema=VALUE if number else LABEL))["answers_reachable", "batch"] == "stop"


def test_answers_left_in_the_public_part_by_name() -> None:
    frames = world()
    frames["test_public"] = frames["test_public"].join(frames["answers"], on="id")
    assert loud(look(frames))["answers_reachable", "label"] == "stop"


def test_test_ids_in_the_training_part() -> None:
    frames = world()
    hidden = frames["test_public"].join(frames["answers"], on="id").select(frames["train"].columns)
    numbered = {name: frame.with_columns(id=pl.int_range(800)) for name, frame in frames.items()}
    assert loud(look(numbered))["test_ids_shared", None] == "warn"
    frames["train"] = pl.concat([frames["train"], hidden.head(50)])
    assert loud(look(frames))["test_ids_labelled", None] == "stop"


@pytest.mark.parametrize(
    ("direction", "score", "reached"), [("higher", 0.95, True), ("lower", 0.95, False), ("lower", 0.85, True)]
)
def test_a_baseline_above_the_target(direction: str, score: float, reached: bool) -> None:
    baselines: Mapping[str, float] = {"forest": score}
    found = loud(look(world(), baselines=baselines, target=0.9, direction=direction))
    assert (("target_reached", None) in found) == reached


def test_large_tables_are_sampled_and_the_finding_says_so() -> None:
    findings = {one.code: one for one in look(world(size=SAMPLE + 5_000))}
    assert findings["order_clear"].params == {"sampled": SAMPLE, "seed": SEED}


def test_without_a_training_part_the_rest_is_still_checked() -> None:
    frames = world()
    del frames["train"]
    found = {one.code for one in look(frames)}
    assert {
        "duplicate_rows_skipped",
        "shift_skipped",
        "test_ids_skipped",
        "target_skipped",
        "order_clear",
    } <= found


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=30))
def test_ranks_are_averages_of_places(values: list[int]) -> None:
    places = [1 + sum(other < one for other in values) + (values.count(one) - 1) / 2 for one in values]
    assert ranks(np.array(values, float)).tolist() == places


def test_statistics_of_known_cases() -> None:
    rising = np.arange(20.0)
    assert spearman(rising, np.exp(rising)) == pytest.approx(1.0)
    assert auc(rising, rising >= 10) == 1.0
    assert auc(np.zeros(20), rising >= 10) == 0.5
    assert kolmogorov(rising, rising + 100) == 1.0
    assert kolmogorov(rising, rising) == 0.0
