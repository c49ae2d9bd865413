"""Every metric against the reference implementation of its field."""

from typing import Any

import jiwer
import numpy as np
import pytest
import sacrebleu
import scoringrules
from hypothesis import assume, given
from hypothesis import strategies as st

from dure.engines.scoring.metric import Rows
from dure.engines.scoring.metrics import METRICS, coverage, get_metric, score
from dure.engines.scoring.metrics.texts import distance, normalise
from tests.engines.scoring.metrics import oracles
from tests.engines.scoring.metrics.samples import LEVELS, WORDS, encode_mask, modest, weighted

small = st.integers(-5, 5)
number = st.floats(-1e6, 1e6)
apart_from_zero = st.floats(1e-3, 1e6) | st.floats(-1e6, -1e-3)
sentence = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
any_text = st.text(st.sampled_from("가각나다ab 가\u1100\u1161.,!é\n"), max_size=12)


def paired(left: Any, right: Any, *, smallest: int = 1) -> st.SearchStrategy[Any]:
    return st.lists(st.tuples(left, right), min_size=smallest, max_size=40).map(
        lambda pairs: list(zip(*pairs, strict=True))
    )


@pytest.mark.parametrize("key", oracles.LABEL_ORACLES)
@pytest.mark.parametrize("names", [(0, 1, 2, 7), ("고양이", "개", "ox", "")])
@modest
@given(columns=paired(st.integers(0, 3), st.integers(0, 3)))
def test_labels(key: str, names: tuple[Any, ...], columns: Any) -> None:
    truth, predicted = (np.array(names)[list(codes)] for codes in columns)
    rows = Rows({"label": truth}, {"label": predicted})
    assert score(METRICS[key], rows) == pytest.approx(oracles.LABEL_ORACLES[key](truth, predicted), abs=1e-12)


@modest
@given(columns=paired(st.integers(0, 1), st.integers(0, 1)))
def test_binary_f1(columns: Any) -> None:
    truth, predicted = map(np.array, columns)
    rows = Rows({"label": truth}, {"label": predicted})
    assert score(METRICS["f1"], rows) == pytest.approx(oracles.BINARY_F1(truth, predicted))


@pytest.mark.parametrize("key", oracles.RANK_ORACLES)
@modest
@given(columns=paired(st.integers(0, 1), small, smallest=2), seed=st.integers(0, 1000))
def test_ranking_with_ties_and_weights(key: str, columns: Any, seed: int) -> None:
    truth, scores = map(np.array, columns)
    assume(0 < truth.sum() < len(truth))
    rows = Rows({"label": truth}, {"score": scores})
    weights = np.random.default_rng(seed).random(len(truth))
    oracle = oracles.RANK_ORACLES[key]
    assert score(METRICS[key], rows) == pytest.approx(oracle(truth, scores))
    assert weighted(METRICS[key], rows, weights[None, :])[0] == pytest.approx(oracle(truth, scores, weights))


@modest
@given(columns=paired(st.integers(0, 1), small), seed=st.integers(0, 1000))
def test_auc_is_the_share_of_pairs_in_order(columns: Any, seed: int) -> None:
    truth, scores = map(np.array, columns)
    weights = np.random.default_rng(seed).integers(0, 3, len(truth))
    found = weighted(METRICS["roc_auc"], Rows({"label": truth}, {"score": scores}), weights[None, :])[0]
    assert found == pytest.approx(oracles.naive_auc(truth, scores, weights), nan_ok=True)


@modest
@given(columns=paired(st.integers(0, 2), st.tuples(*[st.floats(0, 1)] * 3)))
def test_log_loss_of_three_classes(columns: Any) -> None:
    truth, shares = np.array(columns[0]), np.array(columns[1]) + 1e-9
    shares /= shares.sum(axis=1, keepdims=True)
    names = np.array(["개", "고양이", "ox"])
    rows = Rows(
        {"label": names[truth]}, {f"probability:{name}": shares[:, at] for at, name in enumerate(names)}
    )
    assert score(METRICS["log_loss"], rows) == pytest.approx(oracles.log_loss(truth, shares, [0, 1, 2]))


@modest
@given(columns=paired(st.integers(0, 1), st.floats(0, 1)))
def test_log_loss_and_brier_of_two_classes(columns: Any) -> None:
    truth, chance = map(np.array, columns)
    rows = Rows({"label": truth}, {"probability": chance})
    both = np.stack([1 - chance, chance], axis=1)
    assert score(METRICS["log_loss"], rows) == pytest.approx(oracles.log_loss(truth, both, [0, 1]), abs=1e-12)
    if 0 < truth.sum() < len(truth):
        assert score(METRICS["brier"], rows) == pytest.approx(oracles.brier(truth, chance))


@pytest.mark.parametrize("key", oracles.ERROR_ORACLES)
@modest
@given(columns=paired(apart_from_zero, number, smallest=2))
def test_errors(key: str, columns: Any) -> None:
    truth, predicted = map(np.array, columns)
    assume(key != "r2" or truth.std() > 1e-3 * (1 + np.abs(truth).max()))
    found = score(METRICS[key], Rows({"value": truth}, {"value": predicted}))
    assert found == pytest.approx(oracles.ERROR_ORACLES[key](truth, predicted), rel=1e-9, abs=1e-9)


@modest
@given(columns=paired(number, number))
def test_smape_and_turbofan_by_their_formula(columns: Any) -> None:
    rows = _rows("value", *columns)
    shares = [2 * abs(p - y) / (abs(y) + abs(p)) if y or p else 0.0 for y, p in zip(*columns, strict=True)]
    assert score(METRICS["smape"], rows) == pytest.approx(np.mean(shares))
    near = Rows(rows.truth, {"value": rows.truth["value"] + np.array(columns[1]) / 1e5})
    late = near.prediction["value"] - near.truth["value"]
    costs = [np.exp(-d / 13) - 1 if d < 0 else np.exp(d / 10) - 1 for d in late]
    assert score(METRICS["nasa_turbofan"], near) == pytest.approx(np.mean(costs), rel=1e-9, abs=1e-12)


@modest
@given(columns=paired(number, number), level=st.floats(0.01, 0.99))
def test_pinball(columns: Any, level: float) -> None:
    truth, quantile = map(np.array, columns)
    found = score(get_metric("pinball", level=level), Rows({"value": truth}, {"value": quantile}))
    assert found == pytest.approx(oracles.pinball(truth, quantile, level))
    by_forecasters = scoringrules.quantile_score(truth, quantile, level, backend="numpy")
    assert found == pytest.approx(np.mean(by_forecasters))


@modest
@given(columns=paired(number, st.lists(number, min_size=7, max_size=7).map(sorted)))
def test_quantile_forecasts(columns: Any) -> None:
    truth, quantiles = map(np.array, columns)
    rows = Rows({"value": truth}, {f"quantile:{level}": quantiles[:, at] for at, level in enumerate(LEVELS)})
    by_level = scoringrules.crps_quantile(truth, quantiles, np.array(LEVELS), backend="numpy")
    assert score(METRICS["wis"], rows) == pytest.approx(_interval_score(truth, quantiles))
    assert score(METRICS["crps_quantiles"], rows) == pytest.approx(np.mean(by_level))
    shares = [np.mean((quantiles[:, at] <= truth) & (truth <= quantiles[:, 6 - at])) for at in (2, 1, 0)]
    assert coverage(rows) == dict(zip((0.5, 0.8, 0.95), shares, strict=True))


def _interval_score(truth: Any, quantiles: Any) -> float:
    """Bracher's sum over the reference's interval scores: in 0.10.0 its own sum takes the median for its error."""
    alphas = np.array([2 * level for level in LEVELS[:3]])
    intervals = scoringrules.interval_score(
        truth, quantiles[:, :3], quantiles[:, :3:-1], alphas, backend="numpy"
    )
    total = np.abs(truth - quantiles[:, 3]) / 2 + (np.reshape(intervals, (-1, 3)) * alphas / 2).sum(axis=1)
    return float((total / 3.5).mean())


def test_coverage_counts_the_bounds_and_leaves_out_what_is_not_given() -> None:
    rows = Rows(
        {"value": np.array([1.0, 2.0, 3.0, 4.0])},
        {"quantile:0.25": np.array([1.0, 0, 0, 0]), "quantile:0.75": np.array([1.0, 1, 5, 4])},
    )
    assert coverage(rows) == {0.5: 0.75}


box = st.tuples(
    st.sampled_from("ab"),
    st.just(1.0),
    *[st.integers(0, 6).map(float)] * 2,
    *[st.integers(1, 6).map(float)] * 2,
)
scored = st.tuples(
    st.sampled_from("abc"),
    st.sampled_from([0.1, 0.3, 0.5, 0.9]),
    *[st.integers(0, 6).map(float)] * 2,
    *[st.integers(1, 6).map(float)] * 2,
)
crowd = box.map(lambda found: (found[0], oracles.CROWD, *found[2:]))
images = st.lists(
    st.tuples(st.lists(box | crowd, max_size=4), st.lists(scored, max_size=6)), min_size=1, max_size=6
)


@modest
@given(pictures=images)
def test_detection_map(pictures: Any) -> None:
    truth, predicted = zip(*pictures, strict=True)
    found = score(METRICS["detection_map"], _detections(truth, predicted))
    assert found == pytest.approx(oracles.coco_map(truth, predicted), abs=1e-12, nan_ok=True)


def test_detection_map_of_a_hundred_images_like_real_ones() -> None:
    rng = np.random.default_rng(3)
    truth, predicted = [], []
    for _ in range(100):
        boxes = [
            ("abcd"[rng.integers(4)], 1.0, *rng.uniform(0, 300, 2), *rng.uniform(10, 200, 2))
            for _ in range(rng.integers(0, 9))
        ]
        near = [
            (b[0], rng.random(), *(np.array(b[2:]) * rng.normal(1, 0.05, 4))) for b in boxes for _ in range(2)
        ]
        wrong = [
            ("abcd"[rng.integers(4)], rng.random() / 2, *rng.uniform(0, 300, 4))
            for _ in range(rng.integers(0, 120))
        ]
        truth.append(boxes)
        predicted.append([tuple(map(_plain, b)) for b in near + wrong])
    truth = [[tuple(map(_plain, b)) for b in boxes] for boxes in truth]
    found = score(METRICS["detection_map"], _detections(truth, predicted))
    assert 0.2 < found < 0.9
    assert found == pytest.approx(oracles.coco_map(truth, predicted), abs=1e-12)


@modest
@given(
    pixels=st.lists(st.tuples(st.integers(0, 2**12 - 1), st.integers(0, 2**12 - 1)), min_size=1, max_size=8)
)
def test_masks_pixel_by_pixel(pixels: Any) -> None:
    flat = [[np.array([code >> at & 1 for at in range(12)], dtype=bool) for code in pair] for pair in pixels]
    cells = np.array([[encode_mask(mask) for mask in pair] for pair in flat])
    rows = Rows({"mask": cells[:, 0], "shape": np.full(len(cells), "3 4")}, {"mask": cells[:, 1]})
    ious = [(a & b).sum() / (a | b).sum() if (a | b).any() else 1.0 for a, b in flat]
    dices = [2 * (a & b).sum() / (a.sum() + b.sum()) if (a | b).any() else 1.0 for a, b in flat]
    assert score(METRICS["iou"], rows) == pytest.approx(np.mean(ious))
    assert score(METRICS["dice"], rows) == pytest.approx(np.mean(dices))


@modest
@given(columns=paired(sentence | any_text, sentence | any_text))
def test_chrf(columns: Any) -> None:
    rows = _rows("text", *columns)
    expected = sacrebleu.corpus_chrf(list(columns[1]), [list(columns[0])]).score
    assert score(METRICS["chrf"], rows) == pytest.approx(expected)


@modest
@given(columns=paired(sentence, sentence))
def test_word_and_character_errors(columns: Any) -> None:
    rows = _rows("text", *columns)
    clean = [[normalise(text) for text in column] for column in columns]
    assume(all(clean[0]))  # the reference refuses an empty answer
    assert score(METRICS["wer"], rows) == pytest.approx(jiwer.wer(clean[0], clean[1]))
    assert score(METRICS["cer"], rows) == pytest.approx(jiwer.cer(clean[0], clean[1]))


@modest
@given(left=st.text("abc가", max_size=40), right=st.text("abc가", max_size=40))
def test_distance(left: Any, right: Any) -> None:
    assert distance(left, right) == oracles.naive_distance(left, right)


def _rows(name: str, truth: Any, predicted: Any) -> Rows:
    kind = object if name == "text" else np.float64
    return Rows({name: np.array(truth, dtype=kind)}, {name: np.array(predicted, dtype=kind)})


def _plain(value: Any) -> Any:
    return value if isinstance(value, str) else float(value)


def _detections(truth: Any, predicted: Any) -> Rows:
    return Rows(
        {"boxes": np.array([";".join(map(_answer, boxes)) for boxes in truth], dtype=object)},
        {
            "boxes": np.array(
                [";".join(" ".join(map(str, found)) for found in boxes) for boxes in predicted], dtype=object
            )
        },
    )


def _answer(found: Any) -> str:
    label, score_or_crowd, *place = found
    return " ".join([label, *map(str, place), *(["crowd"] if score_or_crowd == oracles.CROWD else [])])
