"""The tables that leak checks compare: sampled, with answers joined on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dure.engines.scoring.leaks.statistics import Codes, Floats, codes_of, floats
from dure.engines.scoring.matching import keys
from dure.engines.scoring.schema import Column, Schema

SAMPLE = 20_000
SEED = 20_221_130


@dataclass(frozen=True, slots=True)
class Tables:
    """What the host is about to open.

    `train` (with or without answers) may be absent; `test` has the features and ids that
    participants see; `answers` the ids and the truth; all of any length, checks sample them.
    """

    test: pl.DataFrame
    answers: pl.DataFrame
    schema: Schema
    train: pl.DataFrame | None = None

    @property
    def hidden(self) -> list[Column]:
        """The columns of the answers that metrics score: no texts, boxes or masks, which statistics cannot compare."""
        return [column for column in self.schema.truths if column.kind in {"label", "number", "probability"}]

    def features(self, frame: pl.DataFrame) -> list[str]:
        """Return the columns of a frame beside ids and answers."""
        passed = {*self.schema.id_columns, *(column.name for column in self.schema.truths)}
        return [name for name in frame.columns if name not in passed]

    def shared_features(self) -> list[str]:
        """Return the features that training and test part have in common."""
        return (
            []
            if self.train is None
            else [name for name in self.features(self.test) if name in self.train.columns]
        )

    def labelled_test(self) -> pl.DataFrame:
        """Return the (n, …) answers beside the public columns of their ids, in the order of the answers.

        A public column of the same name as an answer gets the suffix `_public`. Empty where the test part has no ids.
        """
        if any(name not in self.test.columns for name in self.schema.id_columns):
            return self.answers.clear()
        public = self.test.with_columns(keys(self.test, self.schema.id_columns).cast(pl.String).alias(KEY))
        hidden = self.answers.select(column.name for column in self.schema.truths)
        hidden = hidden.with_columns(keys(self.answers, self.schema.id_columns).cast(pl.String).alias(KEY))
        public = public.drop(self.schema.id_columns).unique(KEY, keep="first", maintain_order=True)
        return hidden.join(public, on=KEY, how="inner", suffix="_public", maintain_order="left").drop(KEY)


KEY = "\x00key"


def sampled(frame: pl.DataFrame, *, size: int = SAMPLE) -> pl.DataFrame:
    """Return at most `size` rows, chosen with the fixed seed, in their order."""
    if frame.height <= size:
        return frame
    return frame[np.sort(np.random.default_rng(SEED).choice(frame.height, size, replace=False))]


def half(size: int) -> NDArray[np.bool_]:
    """Return a fixed random half of `size` rows."""
    mask = np.zeros(size, bool)
    mask[np.random.default_rng(SEED).permutation(size)[: size // 2]] = True
    return mask


def is_numeric(values: pl.Series) -> bool:
    """Whether a column is compared by size; else by its distinct values."""
    return values.dtype.is_numeric()


def answer_values(frame: pl.DataFrame, column: Column) -> tuple[Codes, Floats | None]:
    """Return the answers of a frame as codes and, for numbers, as floats."""
    values = frame[column.name]
    if column.kind != "label" and is_numeric(values):
        return codes_of(values), floats(values)
    return codes_of(values), None


def rounded(value: float) -> float:
    """Return a statistic as it is shown."""
    return round(float(value), 4)


def names(columns: Sequence[str], *, limit: int = 500) -> Sequence[str]:
    """Return at most `limit` columns: work on very wide tables stays bounded."""
    return columns[:limit]
