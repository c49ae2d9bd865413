"""Rows that cannot be scored are refused with every reason at once."""

from typing import Any

import numpy as np
import pytest

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring.metric import Rows
from dure.engines.scoring.metrics import METRICS, faults, get_metric, influence, score, statistics

ONES = np.ones(3)
BINARY = {"label": np.array([0, 1, 1])}
VALUES = {"value": np.array([1.0, 2.0, 3.0])}
FORECAST = {f"quantile:{level}": ONES for level in (0.25, 0.5, 0.75)}


def found(key: str, truth: Any, prediction: Any, **options: Any) -> list[Fault]:
    return faults(METRICS[key], Rows(truth, prediction, **options))


def codes(*arguments: Any) -> list[Any]:
    return [(fault.code, fault.row, fault.column, fault.place) for fault in found(*arguments)]


def test_every_bad_prediction_is_named_with_its_line_and_value() -> None:
    prediction = {"probability": np.array([np.nan, 1.5, 0.5])}
    assert found("brier", BINARY, prediction) == [
        Fault("not_finite", {"value": "nan"}, 2, "probability"),
        Fault("out_of_range", {"lowest": 0.0, "highest": 1.0, "value": 1.5}, 3, "probability"),
    ]


def test_lines_come_from_the_file_of_the_predictions_where_they_are_known() -> None:
    lines = np.array([40, 7, 12])
    (fault,) = found("rmse", VALUES, {"value": np.array([1.0, np.inf, 1.0])}, lines=lines)
    assert (fault.code, fault.row) == ("not_finite", 7)


def test_a_bad_answer_is_named_as_one() -> None:
    truth = {"value": np.array([1.0, np.nan, 2.0])}
    assert codes("mae", truth, {"value": ONES}) == [("not_finite", 3, "value", "answers")]
    assert codes("mape", {"value": np.array([1.0, 0.0, 2.0])}, {"value": ONES}) == [
        ("zero_answer", 3, "value", "answers")
    ]


def test_a_thousand_bad_rows_are_named_up_to_the_cap_and_counted() -> None:
    truth, prediction = {"label": np.arange(1000) % 2}, {"probability": np.full(1000, 2.0)}
    named = found("brier", truth, prediction)
    assert len(named) == 101
    assert named[-1] == Fault("more_rows", {"code": "out_of_range", "count": 900}, None, "probability")


@pytest.mark.parametrize(
    ("key", "truth", "prediction", "code"),
    [
        ("accuracy", BINARY, {}, "column_missing"),
        ("accuracy", {"label": np.array([1, 0])}, {"label": np.array([1, 0, 1])}, "lengths_differ"),
        ("accuracy", BINARY, {"label": np.array(["a", None, "b"], dtype=object)}, "missing"),
        ("accuracy", BINARY, {"label": np.array([1.0, np.nan, 0.0])}, "missing"),
        ("accuracy", BINARY, {"label": np.array(["a", "b", "c" * 201], dtype=object)}, "text_too_long"),
        ("accuracy", BINARY, {"label": np.array(["a", "b", "c" * 201])}, "text_too_long"),
        ("rmse", VALUES, {"value": np.array(["1", "2", "x"])}, "not_a_number"),
        ("rmse", VALUES, {"value": np.array([1, np.inf, 2], dtype=np.float32)}, "not_finite"),
        ("rmse", VALUES, {"value": np.array([1.0, -1e101, 1.0])}, "out_of_range"),
        ("f1_macro", {"label": np.arange(2001)}, {"label": np.arange(2001)}, "too_many_classes"),
        ("roc_auc", {"label": np.array([0, 1, 2])}, {"score": ONES}, "not_binary"),
        ("roc_auc", {"label": np.array(["no", "yes", "no"])}, {"score": ONES}, "positive_unknown"),
        (
            "log_loss",
            {"label": np.array(["a", "b", "c"])},
            {"probability:a": ONES, "probability:b": 0 * ONES},
            "class_without_column",
        ),
        ("log_loss", BINARY, {"probability:0": ONES, "probability:1": ONES}, "probabilities_do_not_sum"),
        ("wis", VALUES, {"quantile:0.5": ONES, "quantile:0.25": ONES}, "quantile_missing"),
        ("wis", VALUES, {"quantile:0.25": ONES, "quantile:0.75": ONES}, "quantile_missing"),
        ("wis", VALUES, {**FORECAST, "quantile:0.25": 2 * ONES}, "quantiles_cross"),
        ("crps_quantiles", VALUES, {**FORECAST, "quantile:1.5": ONES}, "bad_quantile_level"),
        ("crps_quantiles", VALUES, {**FORECAST, "quantile:0.50": ONES}, "bad_quantile_level"),
        ("crps_quantiles", VALUES, {**FORECAST, "quantile:nan": ONES}, "bad_quantile_level"),
        ("crps_quantiles", VALUES, {"quantile": ONES}, "column_missing"),
        ("cer", {"text": np.array(["가"])}, {"text": np.array(["가" * 20_001])}, "text_too_long"),
    ],
)
def test_what_does_not_fit_is_refused(key: str, truth: Any, prediction: Any, code: str) -> None:
    assert {fault.code for fault in found(key, truth, prediction)} == {code}
    with pytest.raises(Faulty, match=code):
        score(METRICS[key], Rows(truth, prediction))


@pytest.mark.parametrize(
    "cell",
    [
        "a 0.5 1 2 3",
        "a 0.5 1 2 3 4 5",
        "a x 1 2 3 4",
        "a 0.5 1 2 -3 4",
        "a nan 1 2 3 4",
        "a 0.5 1 2 3 inf",
        "a",
    ],
)
def test_a_box_that_cannot_be_read(cell: str) -> None:
    rows = ({"boxes": np.array(["a 1 2 3 4", ""])}, {"boxes": np.array(["", f"a 0.5 1 2 3 4;{cell}"])})
    assert codes("detection_map", *rows) == [("bad_boxes", 3, "boxes", None)]


@pytest.mark.parametrize(
    "cell",
    [
        "1",
        "1 x",
        "0 3",
        "1 13",
        "12 2",
        "1 -1",
        "1 3 3 2",
        "5 2 1 2",
        "1.5 2",
        "9223372036854775807 2",
        "9" * 30 + " 1",
    ],
)
def test_a_mask_that_cannot_be_read(cell: str) -> None:
    truth = {"mask": np.array(["1 12", ""]), "shape": np.array(["3 4", "3 4"])}
    assert codes("iou", truth, {"mask": np.array(["", cell])}) == [("bad_mask", 3, "mask", None)]


def test_a_shape_that_cannot_be_read() -> None:
    truth = {"mask": np.array(["1 2"]), "shape": np.array(["3 by 4"])}
    assert codes("dice", truth, {"mask": np.array([""])}) == [("bad_shape", 2, "shape", "answers")]


def test_many_unreadable_cells_are_capped() -> None:
    many = {"boxes": np.full(300, "a")}
    assert len(found("detection_map", {"boxes": np.full(300, "")}, many)) == 101
    masks = {"mask": np.full(300, ""), "shape": np.full(300, "2 2")}
    assert len(found("iou", masks, {"mask": np.full(300, "x")})) == 101


@pytest.mark.parametrize("act", [score, statistics, influence])
def test_every_public_function_checks_first(act: Any) -> None:
    with pytest.raises(Faulty, match="not_finite"):
        act(METRICS["rmse"], Rows(VALUES, {"value": np.array([np.nan, 1, 1])}))


def test_parameters_are_checked() -> None:
    cases: list[tuple[str, dict[str, float | str], str]] = [
        ("nosuch", {}, "unknown_metric"),
        ("rmse", {"level": 0.5}, "unknown_parameter"),
        ("pinball", {"level": "half"}, "bad_parameter"),
        ("pinball", {"level": 1.0}, "bad_parameter"),
        ("f1", {"positive": 1.0}, "bad_parameter"),
        ("cer", {"spaces": "sometimes"}, "bad_parameter"),
    ]
    for key, parameters, code in cases:
        with pytest.raises(Faulty, match=code):
            get_metric(key, **parameters)


def test_statistics_of_a_metric_that_has_none() -> None:
    with pytest.raises(ValueError, match="weighted"):
        statistics(METRICS["roc_auc"], Rows(BINARY, {"score": ONES}))
