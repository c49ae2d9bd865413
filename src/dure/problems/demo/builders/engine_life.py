"""engine-life: how many cycles are left, from the last 30 cycles of a turbofan engine (FD001).

The true remaining lives of NASA's own test engines are not at hand, so the 100 training engines are split: 50 run to
failure before the participant's eyes, 50 are tested. Each test engine is stopped three times; the participant sees the 30
cycles before each stop. The windows of one engine do not overlap and do not say which engine they belong to: otherwise
the later window would tell how long the engine lived at least after the earlier one.
"""

from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dure.problems.demo.builders import engine_models, tables
from dure.problems.demo.builders.engine_models import CAP, SENSORS, WINDOW, Cases

__all__ = ["prepare"]

SETTINGS = ("setting_1", "setting_2", "setting_3")
SEED = 20081001
TEST_ENGINES = 50
STOPS = 3


def prepare(fetched: Path, out: Path) -> None:
    """Writes train.csv.gz, test.csv.gz, answers.csv, sample_submission.csv and the example models' predictions."""
    engines = _engines(fetched / "train.csv")
    order = np.random.default_rng(SEED).permutation(engines["engine"].unique().sort().to_numpy())
    train = _renumbered(engines, order[TEST_ENGINES:])
    windows, answers = _cases(engines, order[:TEST_ENGINES])
    tables.write(train, out / "train.csv.gz")
    tables.write(windows, out / "test.csv.gz")
    tables.write(answers, out / "answers.csv")
    tables.write(answers.select("id", pl.lit(0.0).alias("remaining")), out / "sample_submission.csv")
    _write_predictions(train, windows, answers["id"], out / "predictions")


def _engines(path: Path) -> pl.DataFrame:
    """The source has blanks between numbers, no header, and blanks at the end of a line."""
    numbers = np.loadtxt(path, dtype=np.float64)
    names = ("engine", "cycle", *SETTINGS, *SENSORS)
    frame = pl.DataFrame({name: numbers[:, at] for at, name in enumerate(names)})
    life = pl.col("cycle").max().over("engine") - pl.col("cycle")
    return frame.with_columns(
        pl.col("engine", "cycle").cast(pl.Int64), life.clip(0, CAP).cast(pl.Int64).alias("remaining")
    )


def _renumbered(engines: pl.DataFrame, chosen: NDArray[np.int64]) -> pl.DataFrame:
    """The chosen engines, numbered from 1 in the order given."""
    pieces = [
        engines.filter(pl.col("engine") == old).with_columns(pl.lit(new).alias("engine"))
        for new, old in enumerate(chosen.tolist(), start=1)
    ]
    return pl.concat(pieces)


def _cases(engines: pl.DataFrame, chosen: NDArray[np.int64]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Windows (30 rows per case) and answers (one row per case), cases shuffled over engines."""
    generator = np.random.default_rng(SEED + 1)
    stops = [(engine, stop) for engine in chosen.tolist() for stop in _stops(engines, engine, generator)]
    windows, answers = [], []
    for number, at in enumerate(generator.permutation(len(stops)).tolist(), start=1):
        engine, stop = stops[at]
        name = f"E{number:03d}"
        inside = (pl.col("engine") == engine) & pl.col("cycle").is_between(stop - WINDOW + 1, stop)
        window = engines.filter(inside)
        windows.append(window.drop("engine", "remaining").insert_column(0, pl.Series("id", [name] * WINDOW)))
        answers.append((name, window["remaining"][-1], f"T{chosen.tolist().index(engine) + 1:02d}"))
    return pl.concat(windows), pl.DataFrame(answers, schema=["id", "remaining", "engine"], orient="row")


def _stops(engines: pl.DataFrame, engine: int, generator: np.random.Generator) -> list[int]:
    """Three cycles at least a window apart, at or after cycle 30 and at least one cycle before failure."""
    last = engines.filter(pl.col("engine") == engine)["cycle"].max()
    while True:
        stops = np.sort(generator.integers(WINDOW, int(str(last)), STOPS))
        if np.diff(stops).min() >= WINDOW:
            return [int(stop) for stop in stops]


def _write_predictions(train: pl.DataFrame, windows: pl.DataFrame, ids: pl.Series, folder: Path) -> None:
    cases = Cases(_training_windows(train), windows.drop("id", *SETTINGS).to_numpy().reshape(-1, WINDOW, 22))
    for name, values in engine_models.predictions(cases).items():
        rounded = pl.Series("remaining", np.round(np.clip(values, 0, CAP), 2))
        tables.write(pl.DataFrame([ids, rounded]), folder / f"{name}.csv")


def _training_windows(train: pl.DataFrame) -> engine_models.Windows:
    """Every fifth window of every training engine, with its remaining life and the engine it belongs to."""
    readings, remaining, owners = [], [], []
    for (engine,), rows in train.partition_by("engine", as_dict=True, maintain_order=True).items():
        values = rows.select("cycle", *SENSORS).to_numpy()
        for end in range(WINDOW, len(values) + 1, 5):
            readings.append(values[end - WINDOW : end])
            remaining.append(float(rows["remaining"][end - 1]))
            owners.append(int(str(engine)))
    return engine_models.Windows(np.array(readings), np.array(remaining), np.array(owners))
