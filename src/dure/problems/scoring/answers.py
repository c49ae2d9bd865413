"""Hidden answers as the scorer holds them: the table, who is public, and the units that are resampled."""

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dure.engines.scoring.joining import groups, truths
from dure.engines.scoring.resampling import seed_of
from dure.engines.scoring.schema import Schema, from_plain
from dure.engines.scoring.splits import split_rows
from dure.engines.scoring.units import Units, units_of
from dure.foundation import files
from dure.problems.models import AnswerVersion, Challenge

PUBLIC = "__public"


@dataclass(frozen=True, slots=True)
class Part:
    """The public or the private rows: where they stand in the table (m,), their group numbers (m,) or None, their units."""

    rows: NDArray[np.int64]
    groups: NDArray[np.int64] | None
    units: Units


@dataclass(frozen=True, slots=True)
class Answers:
    """One version of the answers: (n, …) table, its two parts, bootstrap seed.

    `asks_fewer`: rows were taken out since it opened, so that files may hold more rows than the table.
    """

    frame: pl.DataFrame
    public: Part
    private: Part
    asks_fewer: bool
    schema: Schema
    seed: int

    def values(self) -> dict[str, NDArray[Any]]:
        """Role → (n,) answers."""
        return truths(self.frame, self.schema)

    def part(self, *, public: bool) -> Part:
        return self.public if public else self.private


def split(frame: pl.DataFrame, challenge: Challenge, schema: Schema) -> pl.DataFrame:
    """The answers with their mask of public rows as a column, by the challenge's salt and way of splitting."""
    ids = frame.select(
        pl.concat_str([pl.col(name).cast(pl.String) for name in schema.id_columns], separator="\x1f")
    ).to_series()
    mask = split_rows(
        ids.to_numpy(),
        salt=bytes(challenge.salt),
        public_share=challenge.public_share,
        mode=challenge.split_mode,  # type: ignore[arg-type]  # the field's choices are the engine's modes
        by=_split_by(frame, challenge, schema),
    )
    return frame.with_columns(pl.Series(PUBLIC, mask))


def _split_by(frame: pl.DataFrame, challenge: Challenge, schema: Schema) -> NDArray[Any] | None:
    if challenge.split_mode == Challenge.SplitMode.ROWS:
        return None
    column = challenge.split_column or schema.group_column or schema.truths[0].name
    return frame[column].to_numpy()


def as_parquet(frame: pl.DataFrame) -> bytes:
    """The table as it is kept in the blob store."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="lz4")
    return buffer.getvalue()


def table_of(version: AnswerVersion) -> pl.DataFrame:
    """The stored table with each row's side."""
    return pl.read_parquet(files.local_path(version.blob_id))


def load(version: AnswerVersion) -> Answers:
    """The answers of a version; the last few are kept in memory."""
    challenge = version.challenge
    return _load(version.blob_id, str(challenge.uid), repr(challenge.schema), version.pk)


@lru_cache(maxsize=8)
def _load(sha256: str, challenge_uid: str, _schema: str, pk: int) -> Answers:
    challenge = AnswerVersion.objects.select_related("challenge").get(pk=pk).challenge
    schema = from_plain(challenge.schema)
    frame = pl.read_parquet(files.local_path(sha256))
    public, grouped = frame[PUBLIC].to_numpy(), groups(frame, schema)
    return Answers(
        frame=frame.drop(PUBLIC),
        public=_part(public, grouped),
        private=_part(~public, grouped),
        asks_fewer=challenge.answer_versions.filter(dropped__gt=0).exists(),
        schema=schema,
        seed=seed_of(challenge_uid, bytes(challenge.salt).hex()),
    )


def _part(mask: NDArray[np.bool_], grouped: NDArray[np.int64] | None) -> Part:
    rows = np.flatnonzero(mask)
    mine = None if grouped is None else grouped[rows]
    return Part(rows, mine, units_of(len(rows), mine))
