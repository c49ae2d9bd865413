"""What the three practice problems share: tables in, models fitted, prediction files out.

Everything is seeded. Ids are new numbers in a shuffled order, so that neither an id nor the order of rows says
where a row stood in the public set.
"""

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

PROBLEMS = Path(__file__).resolve().parents[2] / "src" / "dure" / "problems" / "demo"
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Task:
    """One learning task: features (n, d) and targets (n,) of the training part, features (m, d) of the test part."""

    train_x: Floats
    train_y: NDArray[Any]
    test_x: Floats
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """The files of a problem: what is handed out, and the answers that stay hidden."""

    train: pl.DataFrame
    test: pl.DataFrame
    answers: pl.DataFrame
    sample: pl.DataFrame


Model = Callable[[Task], NDArray[Any]]


def renumbered(rows: pl.DataFrame, *, prefix: str, seed: int) -> pl.DataFrame:
    """The rows in a shuffled order with a new first column `id`: prefix and four digits, counted from 0001."""
    order = np.random.default_rng(seed).permutation(rows.height)
    shuffled = rows[order]
    ids = [f"{prefix}{number:04d}" for number in range(1, rows.height + 1)]
    return shuffled.insert_column(0, pl.Series("id", ids))


def task_of(tables: Tables, *, target: str, without: tuple[str, ...] = ()) -> Task:
    """The task as a participant sees it: from the handed-out tables only."""
    names = tuple(name for name in tables.test.columns if name not in {"id", *without})
    return Task(
        train_x=tables.train.select(names).to_numpy().astype(np.float64),
        train_y=tables.train[target].to_numpy(),
        test_x=tables.test.select(names).to_numpy().astype(np.float64),
        names=names,
    )


def write_table(table: pl.DataFrame, path: Path) -> None:
    """Writes CSV; a name that ends in .gz is compressed with no time stamp, so that the same rows give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = table.write_csv().encode()
    path.write_bytes(gzip.compress(text, mtime=0) if path.suffix == ".gz" else text)


def write_tables(tables: Tables, folder: Path, *, ending: str = ".csv") -> None:
    """Writes train, test, answers and sample submission; `ending` is that of the two feature tables."""
    write_table(tables.train, folder / f"train{ending}")
    write_table(tables.test, folder / f"test{ending}")
    write_table(tables.answers, folder / "answers.csv")
    write_table(tables.sample, folder / "sample_submission.csv")


def write_predictions(
    models: Mapping[str, Model], task: Task, *, ids: pl.Series, column: str, folder: Path
) -> None:
    """Fits every model and writes `predictions/<name>.csv` with the columns id and `column`."""
    for name, model in models.items():
        values = pl.Series(column, _rounded(model(task)))
        write_table(pl.DataFrame([ids, values]), folder / "predictions" / f"{name}.csv")


def _rounded(values: NDArray[Any]) -> NDArray[Any]:
    """Four decimals: more would only say which machine fitted the model."""
    return values if values.dtype.kind in "iu" else np.round(values, 4) + 0.0
