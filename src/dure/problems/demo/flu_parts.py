"""The hub keeps one file per forecast and per archived data version; the mirror keeps each kind joined into one table.

This joins the public files to the same rows. The hash of the rows, not of the file, says whether they are the same.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import polars as pl

__all__ = ["FORECAST_PATHS", "VINTAGE_PATHS", "join", "rows_sha256"]

TARGET = "wk inc flu hosp"
FORECAST_COLUMNS = (
    "model",
    "reference_date",
    "location",
    "horizon",
    "target_end_date",
    "quantile",
    "value",
)
VINTAGE_COLUMNS = ("as_of", "date", "location", "value")

# A Saturday each; none was asked for on 2025-01-25.
_SEASON = tuple(date(2024, 11, 23) + timedelta(weeks=week) for week in range(28) if week != 9)
_DATES = {
    "FluSight-baseline": _SEASON,
    "FluSight-ensemble": _SEASON,
    "MOBS-GLEAM_FLUH": _SEASON[1:-1],
}
FORECAST_PATHS = tuple(
    f"model-output/{model}/{day}-{model}.csv" for model, days in _DATES.items() for day in days
)
# The hub archived no data in these weeks after 2024-11-16.
_UNARCHIVED = (1, 3, 7, 9)
VINTAGE_DATES = tuple(
    str(date(2024, 11, 16) + timedelta(weeks=week)) for week in range(27) if week not in _UNARCHIVED
)
VINTAGE_PATHS = tuple(
    f"auxiliary-data/target-data-archive/target-hospital-admissions_{day}.csv" for day in VINTAGE_DATES
)


def join(kind: Literal["", "forecasts", "vintages"], paths: Sequence[Path], target: Path) -> None:
    """Writes the rows of all files to one Parquet file; a file's name tells its model, a vintage's last date its `as_of`."""
    read = _forecasts if kind == "forecasts" else _vintage
    pl.concat([read(path) for path in paths]).write_parquet(target)


def rows_sha256(path: Path) -> str:
    """SHA-256 of the rows the builder uses, sorted, as CSV with values rounded to two decimals.

    Vintages of other seasons than VINTAGE_DATES are left out, so that the mirror's longer table hashes the same.
    """
    table = pl.read_parquet(path)
    columns = [name for name in (*FORECAST_COLUMNS, *VINTAGE_COLUMNS) if name in table.columns]
    rows = table.select(list(dict.fromkeys(columns)))
    if "as_of" in rows.columns:
        rows = rows.filter(pl.col("as_of").is_in(VINTAGE_DATES))
    texts = rows.with_columns(pl.exclude("value", "quantile").cast(pl.String))
    numbers = texts.with_columns(pl.col("value").cast(pl.Float64).round(2).cast(pl.String))
    if "quantile" in numbers.columns:
        numbers = numbers.with_columns(pl.col("quantile").cast(pl.Float64).round(3).cast(pl.String))
    return hashlib.sha256(numbers.sort(pl.all()).write_csv().encode()).hexdigest()


def _forecasts(path: Path) -> pl.DataFrame:
    model = path.stem.split("-", 3)[3]
    rows = pl.read_csv(path, infer_schema=False).filter(
        (pl.col("target") == TARGET)
        & (pl.col("output_type") == "quantile")
        & pl.col("horizon").is_in(["0", "1", "2", "3"])
    )
    return rows.select(
        pl.lit(model).alias("model"),
        "reference_date",
        pl.col("location").str.zfill(2),
        pl.col("horizon").cast(pl.Int8),
        "target_end_date",
        pl.col("output_type_id").cast(pl.Float32).alias("quantile"),
        pl.col("value").cast(pl.Float32),
    )


def _vintage(path: Path) -> pl.DataFrame:
    rows = pl.read_csv(path, infer_schema=False, null_values="NA")
    return rows.select(
        pl.lit(rows["date"].max()).alias("as_of"),
        "date",
        pl.col("location").str.zfill(2),
        pl.col("value").cast(pl.Float32),
    )
