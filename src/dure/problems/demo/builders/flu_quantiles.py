"""flu-quantiles: weekly influenza admissions of US states, 0 to 3 weeks ahead, as 23 quantiles.

Rows are the units of the season 2024-25 that all three real models of the league forecast: 52 places (states, DC, Puerto
Rico), 25 reference dates. A forecast of a reference date may know only what was published a week before it, so the
participants get the archived versions of the data ("vintages"), not the final counts.
"""

from datetime import timedelta
from pathlib import Path

import numpy as np
import polars as pl

from dure.problems.demo.builders import flu_models, tables
from dure.problems.demo.builders.tables import Floats
from dure.problems.demo.flu_parts import VINTAGE_DATES

__all__ = ["prepare"]

NATION = "US"
SEED = 20241123
SHOWN_WEEKS = 16
LEAGUE = {
    "FluSight-baseline": "baseline-flusight",
    "FluSight-ensemble": "flusight-ensemble-1",
    "MOBS-GLEAM_FLUH": "mobs-gleam-1",
}


def prepare(fetched: Path, out: Path) -> None:
    """Writes train.csv.gz, test.csv.gz, test_rows.csv, answers.csv, sample_submission.csv.gz and the predictions."""
    forecasts = pl.read_parquet(fetched / "reference_forecasts_2024_25.parquet").with_columns(
        pl.col("model", "location").cast(pl.String)
    )
    vintages = _vintages(fetched / "vintages_hosp.parquet")
    units = _units(forecasts, _truth(fetched / "target-hospital-admissions.csv"))
    first = vintages.filter(pl.col("as_of") == VINTAGE_DATES[0]).drop("as_of")
    tables.write(first, out / "train.csv.gz")
    tables.write(_shown(vintages), out / "test.csv.gz")
    tables.write(units.select("id", "admissions", "reference_date"), out / "answers.csv")
    tables.write(units.select("id", "reference_date", "location", "horizon"), out / "test_rows.csv")
    _write(units["id"], np.zeros((units.height, len(flu_models.LEVELS))), out / "sample_submission.csv.gz")
    for model, name in LEAGUE.items():
        _write(units["id"], _league(forecasts, units, model), out / "predictions" / f"{name}.csv.gz")
    for name, values in flu_models.predictions(units, vintages).items():
        _write(units["id"], values, out / "predictions" / f"{name}.csv.gz")


def _vintages(path: Path) -> pl.DataFrame:
    """Rows as_of, date, location, admissions of the states, from the first vintage of the season on."""
    return (
        pl.read_parquet(path)
        .with_columns(pl.col("location").cast(pl.String))
        .filter(pl.col("as_of").is_in(VINTAGE_DATES) & (pl.col("location") != NATION))
        .select("as_of", "date", "location", pl.col("value").cast(pl.Float64).alias("admissions"))
        .sort("as_of", "location", "date")
    )


def _truth(path: Path) -> pl.DataFrame:
    rows = pl.read_csv(path, columns=["date", "location", "value"], infer_schema=False, null_values="NA")
    return rows.select(
        pl.col("date").alias("target_end_date"),
        pl.col("location"),
        pl.col("value").cast(pl.Float64).cast(pl.Int64).alias("admissions"),
    )


def _units(forecasts: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """What every model of the league forecast, with the final count, shuffled and numbered."""
    keys = ["reference_date", "location", "horizon", "target_end_date"]
    common = forecasts.filter(pl.col("location") != NATION).group_by(keys).agg(pl.col("model").n_unique())
    units = common.filter(pl.col("model") == len(LEAGUE)).drop("model")
    units = units.join(truth, on=["target_end_date", "location"]).drop_nulls("admissions").sort(keys)
    order = np.random.default_rng(SEED).permutation(units.height)
    return units[order].insert_column(0, pl.Series("id", [f"F{at:04d}" for at in range(1, units.height + 1)]))


def _shown(vintages: pl.DataFrame) -> pl.DataFrame:
    """The last 16 weeks of every vintage: what was known when."""
    start = pl.col("as_of").str.to_date() - timedelta(weeks=SHOWN_WEEKS - 1)
    return vintages.filter(pl.col("date").str.to_date() >= start)


def _league(forecasts: pl.DataFrame, units: pl.DataFrame, model: str) -> Floats:
    """A model's 23 quantiles (n, 23) in the order of the units, sorted where float rounding made two change places."""
    keys = ["reference_date", "location", "horizon"]
    ordered = (
        units.with_row_index("at")
        .join(forecasts.filter(pl.col("model") == model), on=keys)
        .sort("at", "quantile")["value"]
        .to_numpy()
    )
    return np.sort(ordered.reshape(units.height, len(flu_models.LEVELS)).astype(np.float64), axis=1)


def _write(ids: pl.Series, quantiles: Floats, path: Path) -> None:
    names = [f"quantile:{level:g}" for level in flu_models.LEVELS]
    columns = [pl.Series(name, np.round(quantiles[:, at], 2)) for at, name in enumerate(names)]
    tables.write(pl.DataFrame([ids, *columns]), path)
