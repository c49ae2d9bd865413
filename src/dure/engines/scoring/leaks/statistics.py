"""Small statistics for leak checks: ranks, association, shift, a linear classifier. numpy only, all bounded by the sample."""

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]
BINS = 64
FEWEST = 5
"""A class of fewer rows shows nothing."""
RIDGE = 1e-3
NOISE = 5.0
"""Associations within this many standard errors of independence count as none."""


def ranks(values: Floats) -> Floats:
    """Return the (n,) average ranks 1…n, ties sharing theirs."""
    _, codes, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[codes], np.float64)


def correlation(left: Floats, right: Floats) -> float:
    """Return Pearson's correlation of two (n,) arrays; 0 where one of them is constant."""
    left, right = left - left.mean(), right - right.mean()
    scale = float(np.sqrt((left @ left) * (right @ right)))
    return float(left @ right) / scale if scale > 0 else 0.0


def spearman(left: Floats, right: Floats) -> float:
    """Return Spearman's rank correlation of two (n,) arrays."""
    return correlation(ranks(left), ranks(right))


def rank_association(left: Floats, right: Floats) -> float:
    """Return |Spearman's correlation| of two (n,) arrays, 0 where chance explains it."""
    strength = abs(spearman(left, right))
    return strength if strength > NOISE / np.sqrt(left.size) else 0.0


def auc(scores: Floats, positive: Flags) -> float:
    """Return the area under the ROC curve by the Mann-Whitney formula; 0.5 where a class has fewer than five rows."""
    hits = int(positive.sum())
    rest = positive.size - hits
    if min(hits, rest) < FEWEST:
        return 0.5
    return float((ranks(scores)[positive].sum() - hits * (hits + 1) / 2) / (hits * rest))


def class_association(values: Floats, codes: Codes) -> float:
    """Return the largest |2 AUC - 1| of (n,) values for a class against the rest that chance does not explain, or 0."""
    sizes = np.bincount(codes)
    rank, size = ranks(values), values.size
    sums = np.bincount(codes, weights=rank)
    usable = np.minimum(sizes, size - sizes) >= FEWEST
    if not usable.any():
        return 0.0
    hits = sizes[usable].astype(float)
    areas = (sums[usable] - hits * (hits + 1) / 2) / (hits * (size - hits))
    strengths = np.abs(2 * areas - 1)
    errors = np.sqrt((size + 1) / (3 * hits * (size - hits)))
    return float(np.where(strengths > NOISE * errors, strengths, 0.0).max())


def codes_of(values: pl.Series) -> Codes:
    """Return (n,) numbers 0…k-1 for the distinct values, nulls as one of them."""
    return (values.cast(pl.String).fill_null("\0").rank("dense") - 1).cast(pl.Int64).to_numpy()


def bins_of(values: Floats, *, bins: int = BINS) -> Codes:
    """Return the (n,) quantile bins of values: equal values share a bin, at most `bins` of them."""
    edges = np.unique(np.quantile(values, np.linspace(0, 1, bins + 1)[1:-1]))
    return np.searchsorted(edges, values, side="left").astype(np.int64)


def mutual_information(left: Codes, right: Codes) -> float:
    """Return the mutual information of two (n,) codes in nats, less its expectation under independence.

    The expectation is that of Miller and Madow; where it explains what is seen, 0 is returned.
    """
    size, columns = left.size, int(right.max()) + 1
    # only pairs that occur: a table of all would not fit where both sides have thousands of values
    pairs, counts = np.unique(left * columns + right, return_counts=True)
    expected = np.bincount(left)[pairs // columns] * np.bincount(right)[pairs % columns] / size
    raw = float((counts / size * np.log(counts / expected)).sum())
    freedom = (np.unique(left).size - 1) * (np.unique(right).size - 1)
    excess = raw - freedom / (2 * size)
    return excess if 2 * size * raw > chance_limit(freedom) else 0.0


def chance_limit(freedom: int) -> float:
    """Return what a chi-squared value of so many degrees of freedom exceeds as rarely as a normal one exceeds `NOISE`.

    By Wilson and Hilferty's cube root (1931).
    """
    part = 2 / (9 * max(1, freedom))
    return float(freedom * (1 - part + NOISE * np.sqrt(part)) ** 3)


def entropy(codes: Codes) -> float:
    """Return the entropy of (n,) codes in nats."""
    shares = np.bincount(codes) / codes.size
    shares = shares[shares > 0]
    return float(-(shares * np.log(shares)).sum())


def known_share(left: Codes, right: Codes) -> float:
    """Return which share (0…1) of the information in `right` is already in `left`."""
    whole = entropy(right)
    return min(1.0, mutual_information(left, right) / whole) if whole > 0 else 0.0


def held_out_accuracy(feature: Codes, label: Codes, half: Flags) -> float:
    """Return how far the commonest label of each feature value, learnt on one half, beats the commonest label on the other.

    Goodman and Kruskal's λ: 0 is no better, 1 is perfect; values not seen in the learning half count as the commonest label.
    """
    classes = int(label.max()) + 1
    pairs, counts = np.unique(feature[half] * classes + label[half], return_counts=True)
    common = int(np.bincount(label[half]).argmax())
    guess = np.full(int(feature.max()) + 1, common, np.int64)
    rising = np.argsort(counts, kind="stable")
    guess[pairs[rising] // classes] = pairs[rising] % classes
    right = float((guess[feature[~half]] == label[~half]).mean())
    base = float((label[~half] == common).mean())
    return (right - base) / (1 - base) if (1 - base) * (~half).sum() >= FEWEST else 0.0


def held_out_r2(feature: Codes, value: Floats, half: Flags) -> float:
    """Return R² on one half of the means of `value` for each feature value, learnt on the other half; at least 0."""
    size = int(feature.max()) + 1
    counts = np.bincount(feature[half], minlength=size)
    sums = np.bincount(feature[half], weights=value[half], minlength=size)
    mean = float(value[half].mean())
    guess = np.where(counts > 0, sums / np.maximum(counts, 1), mean)
    test = value[~half]
    spread = float(((test - test.mean()) ** 2).sum())
    return max(0.0, 1 - float(((test - guess[feature[~half]]) ** 2).sum()) / spread) if spread > 0 else 0.0


def kolmogorov(left: Floats, right: Floats) -> float:
    """Return the largest distance of the empirical distributions of (n,) and (m,) values."""
    both = np.sort(np.concatenate([left, right]))
    a = np.searchsorted(np.sort(left), both, side="right") / left.size
    b = np.searchsorted(np.sort(right), both, side="right") / right.size
    return float(np.abs(a - b).max())


def total_variation(left: Codes, right: Codes) -> float:
    """Return half the sum of differences in shares of (n,) and (m,) codes of the same coding."""
    size = int(max(left.max(), right.max())) + 1
    a = np.bincount(left, minlength=size) / left.size
    b = np.bincount(right, minlength=size) / right.size
    return float(np.abs(a - b).sum() / 2)


def cross_fitted_auc(design: Floats, positive: Flags, half: Flags) -> float:
    """Return the mean AUC, on the other half each, of ridge logistic regressions on an (n, k) design of about unit scale."""
    scores = [
        auc(design[~one] @ logistic(design[one], positive[one]), positive[~one]) for one in (half, ~half)
    ]
    return float(np.mean(scores))


def logistic(design: Floats, positive: Flags, *, steps: int = 8) -> Floats:
    """Return the (k,) weights of a ridge logistic regression by Newton's method (iteratively reweighted least squares)."""
    weights = np.zeros(design.shape[1])
    penalty = RIDGE * design.shape[0] * np.eye(design.shape[1])
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        slope = design.T @ (chance - positive) + penalty @ weights
        curve = (design * (chance * (1 - chance))[:, None]).T @ design + penalty
        weights = weights - np.linalg.solve(curve, slope)
    return weights


def floats(values: pl.Series) -> Floats:
    """Return numbers with nulls and NaN replaced by the median; constant 0 where there is none."""
    real = values.cast(pl.Float64).fill_nan(None)
    middle: Any = real.median()
    return np.asarray(
        np.nan_to_num(real.fill_null(0.0 if middle is None else float(middle)).to_numpy()), np.float64
    )
