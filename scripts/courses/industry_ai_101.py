"""Makes the small data of the course industry-ai-101 from FD001: `python -m scripts.courses.industry_ai_101 TRAIN OUT`.

TRAIN is `train.csv` of `dure data get engine-life` (below `data/fetched/engine-life` of the data folder), plain or gzip. OUT is the
course's folder. Only engines that the challenge `engine-life` hands out as training data are shown run by run: its test engines
would tell that challenge's answers. The list of lives has all hundred, without numbers and in order of length.
"""

import sys
from pathlib import Path

import numpy as np
import polars as pl

from dure.problems.demo.builders import engine_life, engine_models

AUDIT, FLEET, SHOWN, JUDGED = slice(0, 4), slice(4, 20), slice(20, 26), slice(26, 34)
FLEET_SENSORS = ["sensor_04", "sensor_11", "sensor_12", "sensor_15"]
SERIES_SENSORS = ["sensor_04", "sensor_07", "sensor_11", "sensor_12", "sensor_15", "sensor_20", "sensor_21"]
DAYS_BETWEEN_STARTS = 18
SEED = 101


def main(train: str, out: str) -> None:
    """Write the data files of units 1 to 4."""
    engines = _engines(Path(train))
    units = Path(out, "units")
    chosen = _training_half(engines)
    _write(_lives(engines), units / "01-framing/lab/data/lives.csv")
    _write(_log(_numbered(engines, chosen[AUDIT])), units / "02-data-audit/lab/data/log.csv")
    _write(_fleet(_numbered(engines, chosen[FLEET])), units / "03-time-split/lab/data/fleet.csv")
    for part, name in ((SHOWN, "data"), (JUDGED, "hidden_data")):
        series = _numbered(engines, chosen[part]).select("engine", "run", *SERIES_SENSORS)
        _write(series, units / "04-anomaly/lab" / name / "engines.csv")


def _engines(train: Path) -> pl.DataFrame:
    numbers = np.loadtxt(train, dtype=np.float64)
    names = ("engine", "run", *engine_life.SETTINGS, *engine_models.SENSORS)
    frame = pl.DataFrame({name: numbers[:, at] for at, name in enumerate(names)})
    return frame.with_columns(pl.col("engine", "run").cast(pl.Int64))


def _training_half(engines: pl.DataFrame) -> list[int]:
    """The engines that the challenge shows whole, by their numbers in FD001."""
    numbers = engines["engine"].unique().sort().to_numpy()
    order = np.random.default_rng(engine_life.SEED).permutation(numbers)
    return [int(number) for number in order[engine_life.TEST_ENGINES :]]


def _numbered(engines: pl.DataFrame, chosen: list[int]) -> pl.DataFrame:
    """The chosen engines, numbered from 1."""
    pieces = [
        engines.filter(pl.col("engine") == old).with_columns(pl.lit(new).alias("engine"))
        for new, old in enumerate(chosen, start=1)
    ]
    return pl.concat(pieces)


def _lives(engines: pl.DataFrame) -> pl.DataFrame:
    return engines.group_by("engine").agg(pl.col("run").max().alias("life")).select("life").sort("life")


def _log(rows: pl.DataFrame) -> pl.DataFrame:
    """The log as the story delivers it: FD001's rows with faults planted by us, among them a column from the future."""
    generator = np.random.default_rng(SEED)
    remaining = rows.select(_remaining()).to_series()
    noise = generator.integers(-1, 2, rows.height)
    with_leak = rows.with_columns(pl.Series("days_to_shop", (remaining + noise).clip(lower_bound=0)))
    lost = (pl.col("engine") == 2) & pl.col("run").is_between(61, 68) | (pl.col("engine") == 3) & (
        pl.col("run") == 97
    )
    kept = with_leak.filter(~lost)
    sent_twice = kept[sorted(generator.choice(kept.height, 9, replace=False).tolist())]
    return pl.concat([kept, sent_twice])


def _remaining() -> pl.Expr:
    return pl.col("run").max().over("engine") - pl.col("run")


def _fleet(rows: pl.DataFrame) -> pl.DataFrame:
    """One run a day, and an engine starts every eighteen days: the calendar is ours, FD001 has none."""
    started = (pl.col("engine") - 1) * DAYS_BETWEEN_STARTS + 1
    day = started + pl.col("run") - 1
    dated = rows.with_columns(day.alias("day"), (day + _remaining()).alias("failed_on"))
    return dated.select("engine", "day", "run", "failed_on", *FLEET_SENSORS)


def _write(table: pl.DataFrame, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    table.write_csv(path)


if __name__ == "__main__":
    main(*sys.argv[1:])
