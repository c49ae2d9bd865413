"""Whether training and test part come from one distribution."""

import numpy as np
import polars as pl

from dure.engines.scoring.leaks.finding import Finding
from dure.engines.scoring.leaks.statistics import (
    Codes,
    Floats,
    codes_of,
    cross_fitted_auc,
    floats,
    kolmogorov,
    ranks,
    total_variation,
)
from dure.engines.scoring.leaks.tables import SEED, Tables, half, is_numeric, names, rounded, sampled

FEW = 50
WIDE = 100
"""Columns that enter the classifier; each costs one or three terms, the fit their square."""
CLASSES = 20
APART = 0.6
DISTANT = 0.15


def shift(tables: Tables) -> list[Finding]:
    """Compare each shared feature by itself (Kolmogorov-Smirnov, total variation) and all by a logistic classifier.

    Only warns: a later or foreign test part may be meant. The AUC is cross-fitted on at most 20,000 rows of each part.
    """
    shared = list(names(tables.shared_features()))
    if tables.train is None or not shared:
        return [Finding("shift_skipped", "ok")]
    train, test = sampled(tables.train.select(shared)), sampled(tables.test.select(shared))
    if min(train.height, test.height) < FEW:
        return [Finding("shift_skipped", "ok")]
    area = _adversarial(train, test)
    noise = np.sqrt(1 / train.height + 1 / test.height)
    params = {"auc": rounded(area), "sampled": train.height + test.height, "seed": SEED}
    apart = area > max(APART, 0.5 + 2 * noise)
    found = [Finding("shift", "warn", params) if apart else Finding("shift_clear", "ok", params)]
    return found + [
        finding for name in shared for finding in _column(name, train[name], test[name], noise=float(noise))
    ]


def _column(name: str, train: pl.Series, test: pl.Series, *, noise: float) -> list[Finding]:
    if is_numeric(train) and is_numeric(test):
        distance, chance = kolmogorov(floats(train), floats(test)), 2.2 * noise
    else:
        codes = _codes(train, test)
        distance = total_variation(codes[: train.len()], codes[train.len() :])
        # the sum of |differences| of k shares is about the root of k times the noise of one
        chance = (1.0 + 0.4 * float(np.sqrt(codes.max() + 1))) * noise
    if distance <= DISTANT + chance:
        return []
    return [Finding("shift_column", "warn", {"distance": rounded(distance)}, column=name)]


def _codes(train: pl.Series, test: pl.Series) -> Codes:
    """Return codes of both parts; all values beyond the twenty commonest share one."""
    both = codes_of(pl.concat([train.cast(pl.String), test.cast(pl.String)]))
    common = np.argsort(-np.bincount(both), kind="stable")[: CLASSES - 1]
    places = np.full(int(both.max()) + 1, min(common.size, CLASSES - 1), np.int64)
    places[common] = np.arange(common.size)
    return places[both]


def _adversarial(train: pl.DataFrame, test: pl.DataFrame) -> float:
    positive = np.concatenate([np.zeros(train.height, bool), np.ones(test.height, bool)])
    terms = [_terms(train[name], test[name]) for name in train.columns[:WIDE]]
    design = np.column_stack([np.ones(positive.size), *terms])
    return cross_fitted_auc(design, positive, half(positive.size))


def _terms(train: pl.Series, test: pl.Series) -> Floats:
    """Return a feature's terms: its rank and the square of it for numbers, one flag for each class otherwise."""
    if is_numeric(train) and is_numeric(test):
        both = floats(pl.concat([train.cast(pl.Float64), test.cast(pl.Float64)]))
        scaled = (ranks(both) / both.size - 0.5) * np.sqrt(12)
        return np.column_stack([scaled, scaled**2 - 1])
    codes = _codes(train, test)
    return np.asarray(np.eye(int(codes.max()) + 1)[codes][:, 1:], np.float64)
