"""Writing tables so that the same rows give the same bytes on every machine, and small helpers the builders share."""

import gzip
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def write(table: pl.DataFrame, path: Path) -> None:
    """Writes CSV, compressed without a time stamp where the name ends in .gz."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = table.write_csv().encode()
    path.write_bytes(gzip.compress(text, mtime=0) if path.suffix == ".gz" else text)


def ridge(x: Floats, y: Floats, *, penalty: float) -> Floats:
    """Ridge weights (d + 1,), the intercept first and not penalised, for columns of x scaled to variance 1."""
    design = np.column_stack([np.ones(len(x)), x])
    weights = np.eye(design.shape[1]) * penalty
    weights[0, 0] = 0.0
    return np.asarray(np.linalg.solve(design.T @ design + weights, design.T @ y))


def applied(weights: Floats, x: Floats) -> Floats:
    """What the weights of `ridge` say for x, shape (n,)."""
    return np.asarray(weights[0] + x @ weights[1:])


def scaled(reference: Floats, *others: Floats) -> list[Floats]:
    """All tables in units of the reference's standard deviation from its mean; a constant column becomes 0."""
    mean, spread = reference.mean(axis=0), reference.std(axis=0)
    steady = np.where(spread > 1e-9, spread, np.inf)
    return [np.asarray((table - mean) / steady) for table in (reference, *others)]


def nearest_mean(reference: Floats, values: Floats, x: Floats, *, count: int) -> Floats:
    """The mean of `values` (n,) or (n, k) over the `count` rows of the reference nearest to each row of x."""
    squares = (x**2).sum(axis=1)[:, None] - 2 * x @ reference.T + (reference**2).sum(axis=1)
    nearest = np.argsort(np.round(squares, 6), axis=1, kind="stable")[:, :count]
    return np.asarray(values[nearest].mean(axis=1))
