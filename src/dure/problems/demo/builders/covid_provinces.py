"""covid-provinces: the logarithm of weekly new cases one to four weeks ahead, in the 17 provinces of South Korea.

The source counts cumulatively and by day. Corrections make some daily differences negative; they count as 0. From
2023-09-01 the source holds one correction of minus 392,073 and then stands still, because daily reporting had ended on
2023-08-31: the last week used ends on Sunday 2023-08-27. '검역' (found at the border) is no province and is left out.

After the training weeks time is cut into blocks of eight weeks: four weeks are shown by day, the next four are asked for.
"""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from dure.problems.demo.builders import covid_models, tables
from dure.problems.demo.builders.tables import Floats

__all__ = ["prepare"]

FIRST_DAY = date(2020, 2, 24)  # the first Monday with a day before it in the source
TRAIN_WEEKS = 71
LAST_WEEK_ENDS = date(2023, 8, 27)
SHOWN = 4
ASKED = 4
SEED = 20200218
BORDER = "검역"


def prepare(fetched: Path, out: Path) -> None:
    """Writes train.csv.gz, test.csv.gz, answers.csv, sample_submission.csv and the example models' predictions."""
    daily = _daily(fetched / "kr_regional_daily.csv")
    provinces = daily["province"].unique().sort().to_list()
    weekly = _weekly(daily, provinces)
    origins = range(TRAIN_WEEKS + SHOWN, weekly.shape[1] - ASKED + 1, SHOWN + ASKED)
    answers = _answers(weekly, provinces, origins)
    tables.write(daily.filter(pl.col("date") < _monday(TRAIN_WEEKS)).drop("week"), out / "train.csv.gz")
    tables.write(_shown(daily, origins), out / "test.csv.gz")
    tables.write(answers.select("id", "log_cases", "origin"), out / "answers.csv")
    tables.write(answers.select("id", "origin", "province", "horizon"), out / "test_rows.csv")
    tables.write(answers.select("id", pl.lit(0.0).alias("log_cases")), out / "sample_submission.csv")
    _write_predictions(weekly, provinces, origins, answers, out / "predictions")


def _daily(path: Path) -> pl.DataFrame:
    """Rows date, province, new_cases (0 or more) and the number of the week, Monday to Sunday."""
    rows = pl.read_csv(path, columns=["date", "region", "confirmed"]).filter(pl.col("region") != BORDER)
    day = pl.col("date").cast(pl.String).str.to_date("%Y%m%d")
    new = pl.col("confirmed").diff().over("province", order_by="date").clip(lower_bound=0)
    counted = rows.select(day.alias("date"), pl.col("region").alias("province"), "confirmed").select(
        "date", "province", new.alias("new_cases")
    )
    week = ((pl.col("date") - FIRST_DAY).dt.total_days() // 7).alias("week")
    kept = counted.filter(pl.col("date").is_between(FIRST_DAY, LAST_WEEK_ENDS))
    return kept.with_columns(week).sort("date", "province")


def _weekly(daily: pl.DataFrame, provinces: list[str]) -> Floats:
    """log(1 + new cases of the week), shape (17, weeks)."""
    sums = daily.group_by("province", "week").agg(pl.col("new_cases").sum()).sort("province", "week")
    return np.asarray(np.log1p(sums["new_cases"].to_numpy().astype(np.float64)).reshape(len(provinces), -1))


def _monday(week: int) -> date:
    return FIRST_DAY + timedelta(weeks=week)


def _origin_name(at: int) -> str:
    """An origin is named by the last day that is known: the Sunday before the first week that is asked for."""
    return str(_monday(at) - timedelta(days=1))


def _shown(daily: pl.DataFrame, origins: range) -> pl.DataFrame:
    """The four weeks before each origin, by day."""
    pieces = [
        daily.filter(pl.col("week").is_between(origin - SHOWN, origin - 1)).select(
            pl.lit(_origin_name(origin)).alias("origin"), "date", "province", "new_cases"
        )
        for origin in origins
    ]
    return pl.concat(pieces)


def _answers(weekly: Floats, provinces: list[str], origins: range) -> pl.DataFrame:
    """One row per origin, province and horizon with shuffled ids; `at` says where its forecast stands."""
    rows = [
        (_origin_name(origin), province, horizon, round(float(weekly[place, origin + horizon - 1]), 4))
        for origin in origins
        for place, province in enumerate(provinces)
        for horizon in range(1, ASKED + 1)
    ]
    frame = pl.DataFrame(rows, schema=["origin", "province", "horizon", "log_cases"], orient="row")
    frame = frame.with_row_index("at")[np.random.default_rng(SEED).permutation(len(rows))]
    return frame.insert_column(0, pl.Series("id", [f"K{number:04d}" for number in range(1, len(rows) + 1)]))


def _write_predictions(
    weekly: Floats, provinces: list[str], origins: range, answers: pl.DataFrame, folder: Path
) -> None:
    """A model sees the training weeks and the four weeks before each origin, never another block's."""
    shown = np.stack([weekly[:, origin - SHOWN : origin] for origin in origins])
    places = answers["at"].to_numpy()
    for name, model in covid_models.MODELS.items():
        forecast = model(weekly[:, :TRAIN_WEEKS], shown)
        values = np.round(np.maximum(forecast, 0.0), 4).reshape(len(origins) * len(provinces) * ASKED)[places]
        tables.write(pl.DataFrame([answers["id"], pl.Series("log_cases", values)]), folder / f"{name}.csv")
