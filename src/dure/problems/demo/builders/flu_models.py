"""The house's own example models for flu-quantiles: simple ideas with honestly measured spread.

Each learns from the vintage of 2024-11-16 alone and starts each forecast from the newest vintage it may know. Forecasts
are made on log(1 + admissions); the spread of each step ahead is that of the model's own errors in the seasons before.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dure.problems.demo.builders.tables import Floats, nearest_mean
from dure.problems.demo.flu_parts import VINTAGE_DATES

__all__ = ["LEVELS", "predictions"]

LEVELS = np.array([0.01, 0.025, *np.round(np.arange(0.05, 0.96, 0.05), 2), 0.975, 0.99])
KNOWN = 5
STEPS = (
    6  # the oldest vintage a forecast has to use is two weeks old: three weeks ahead is at most five steps
)

Windows = Floats
Point = Callable[[Floats, Floats, Floats], Floats]


def predictions(units: pl.DataFrame, vintages: pl.DataFrame) -> Mapping[str, Floats]:
    """Quantiles (n, 23) of every example model, by the name of its file."""
    before, after = _history(vintages.filter(pl.col("as_of") == VINTAGE_DATES[0]))
    known, steps = _known(units, vintages)
    models: Mapping[str, Point] = {"walk-1": _walk, "trend-1": _trend, "lookalike-1": _lookalike}
    made = {name: _with_spread(model, before, after, known, steps) for name, model in models.items()}
    return {**made, "calendar-1": _calendar(units, vintages)}


def _history(first: pl.DataFrame) -> tuple[Windows, Windows]:
    """Runs of 5 known and 6 following weeks (n, 5), (n, 6) in the cold months of the seasons before."""
    runs = []
    for rows in first.partition_by("location", maintain_order=True):
        values = np.log1p(rows["admissions"].to_numpy())
        months = rows["date"].str.slice(5, 2).cast(pl.Int64).to_numpy()
        for start in range(len(values) - KNOWN - STEPS + 1):
            run = values[start : start + KNOWN + STEPS]
            if months[start + KNOWN - 1] in {11, 12, 1, 2, 3, 4, 5} and np.isfinite(run).all():
                runs.append(run)
    table = np.array(runs)
    return table[:, :KNOWN], table[:, KNOWN:]


def _known(units: pl.DataFrame, vintages: pl.DataFrame) -> tuple[Windows, NDArray[np.int64]]:
    """For every unit the last five known weeks (n, 5) and how many weeks after them its target lies (n,)."""
    tails = {
        (as_of, location): _tail(rows)
        for (as_of, location), rows in vintages.partition_by("as_of", "location", as_dict=True).items()
    }
    known, steps = [], []
    for reference, location, horizon in units.select("reference_date", "location", "horizon").iter_rows():
        as_of = latest_vintage(reference)
        known.append(tails[as_of, location])
        steps.append((date.fromisoformat(reference) - date.fromisoformat(as_of)).days // 7 + horizon)
    return np.array(known), np.array(steps)


def latest_vintage(reference: str) -> str:
    """The newest vintage a forecast of that reference date may use: at least a week older than it."""
    limit = str(date.fromisoformat(reference) - timedelta(weeks=1))
    return max(day for day in VINTAGE_DATES if day <= limit)


def _tail(rows: pl.DataFrame) -> Floats:
    """The last five weeks; a missing count is taken from the week before."""
    filled = rows.sort("date")["admissions"].fill_nan(None).fill_null(strategy="forward").fill_null(0.0)
    return np.asarray(np.log1p(filled.to_numpy()[-KNOWN:]))


def _walk(_before: Floats, _after: Floats, known: Floats) -> Floats:
    return np.repeat(known[:, -1:], STEPS, axis=1)


def _trend(_before: Floats, _after: Floats, known: Floats) -> Floats:
    """The mean growth of the last two weeks, losing 30 % of its strength each week."""
    growth = (known[:, -1:] - known[:, -3:-2]) / 2
    return known[:, -1:] + growth * np.cumsum(0.7 ** np.arange(1, STEPS + 1))


def _lookalike(before: Floats, after: Floats, known: Floats) -> Floats:
    """What followed the 60 runs of earlier seasons with the most alike growth and level."""
    level = 0.15
    reference = np.column_stack([np.diff(before, axis=1), level * before[:, -1]])
    asked = np.column_stack([np.diff(known, axis=1), level * known[:, -1]])
    return known[:, -1:] + nearest_mean(reference, after - before[:, -1:], asked, count=60)


def _with_spread(
    model: Point, before: Floats, after: Floats, known: Floats, steps: NDArray[np.int64]
) -> Floats:
    """Point forecasts with the quantiles of the model's errors at the same step in the seasons before."""
    errors = after - model(before, after, before)
    spread = np.quantile(errors, LEVELS, axis=0).T
    centre = model(before, after, known)[np.arange(len(known)), steps - 1]
    return _counts(centre[:, None] + spread[steps - 1])


def _calendar(units: pl.DataFrame, vintages: pl.DataFrame) -> Floats:
    """Deliberately weak: the state's own counts of the same weeks of the year, two weeks either side, in seasons before."""
    first = vintages.filter(pl.col("as_of") == VINTAGE_DATES[0]).drop_nulls("admissions")
    week = pl.col("date").str.to_date().dt.ordinal_day() // 7
    pools: dict[tuple[str, int], Floats] = {
        (str(location), int(str(number))): rows["admissions"].to_numpy()
        for (location, number), rows in first.with_columns(week.alias("week"))
        .partition_by("location", "week", as_dict=True)
        .items()
    }
    quantiles = []
    for location, day in units.select("location", "target_end_date").iter_rows():
        middle = date.fromisoformat(day).timetuple().tm_yday // 7
        near = [pools.get((location, (middle + shift) % 53), np.zeros(0)) for shift in range(-2, 3)]
        quantiles.append(np.quantile(np.log1p(np.concatenate(near)), LEVELS))
    return _counts(np.array(quantiles))


def _counts(logarithms: Floats) -> Floats:
    return np.maximum(np.expm1(logarithms), 0.0)
