"""Answers that hold fewer rows than at the opening, or other values: what changed, and files that hold more rows than are asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring.joining import join
from dure.engines.scoring.matching import as_text, keys
from dure.engines.scoring.metric import Rows
from dure.engines.scoring.schema import Schema
from dure.engines.scoring.validation import FIRST_ROW, NUMERIC, SHOWN, numbers

KEY = "\x00key"
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sides:
    """How many rows, public and private."""

    public: int = 0
    private: int = 0

    @property
    def both(self) -> int:
        return self.public + self.private


@dataclass(frozen=True, slots=True)
class Difference:
    """What new answers change: rows whose answer is another, rows taken out, rows that come back, and rows that count then."""

    changed: Sides
    dropped: Sides
    returned: Sides
    remaining: Sides


def without(frame: pl.DataFrame, others: pl.DataFrame, id_columns: Sequence[str]) -> pl.DataFrame:
    """The rows of (n, k) `frame` whose id is not among those of `others`, in their order."""
    return frame.filter(~_among(_text_keys(frame, id_columns), _text_keys(others, id_columns)))


def _text_keys(frame: pl.DataFrame, id_columns: Sequence[str]) -> pl.Series:
    """Ids as text: two files may hold the same ids as numbers and as words."""
    return as_text(keys(frame, id_columns))


def _among(values: pl.Series, others: pl.Series) -> pl.Series:
    return values.is_in(others.implode())


def sided(frame: pl.DataFrame, *, begun_with: pl.DataFrame, public: str, schema: Schema) -> pl.DataFrame:
    """The (n, k) answers with the side (column `public`) that each row had in the answers it all began with.

    Rows may be missing, and come back later: no row ever changes its side. Raises `Faulty` for rows that were never asked for,
    and where nothing would be left on one side.
    """
    ids = schema.id_columns
    known = pl.DataFrame({KEY: _text_keys(begun_with, ids), public: begun_with[public]})
    joined = (
        frame.drop(public, strict=False)
        .with_columns(_text_keys(frame, ids).alias(KEY))
        .join(known, on=KEY, how="left", maintain_order="left")
    )
    strangers = joined.filter(pl.col(public).is_null())[KEY]
    if strangers.len():
        raise Faulty([_never_asked(strangers)])
    if joined[public].n_unique() < 2:
        raise Faulty([Fault("answers_one_sided")])
    return joined.drop(KEY)


def _never_asked(ids: pl.Series) -> Fault:
    examples = ", ".join(one.replace("\x1f", ", ")[:60] for one in ids[:SHOWN].to_list())
    return Fault("answers_ids_new", {"count": ids.len(), "examples": examples})


def difference(before: pl.DataFrame, after: pl.DataFrame, *, public: str, schema: Schema) -> Difference:
    """What (m, k) `after` changes against (n, k) `before`; both with their side in the column `public`."""
    old, new = _text_keys(before, schema.id_columns), _text_keys(after, schema.id_columns)
    stays = _among(new, old)
    return Difference(
        changed=_count(after.filter(stays), public, _differs(before, after.filter(stays), schema)),
        dropped=_count(before.filter(~_among(old, new)), public),
        returned=_count(after.filter(~stays), public),
        remaining=_count(after, public),
    )


def _count(frame: pl.DataFrame, public: str, mask: Mask | None = None) -> Sides:
    chosen = frame[public].to_numpy() if mask is None else frame[public].to_numpy()[mask]
    return Sides(public=int(chosen.sum()), private=int(chosen.size - chosen.sum()))


def _differs(before: pl.DataFrame, after: pl.DataFrame, schema: Schema) -> Mask:
    """The (m,) rows of `after` whose answer, or group, is another than in `before`; every id is in both."""
    names = [column.name for column in schema.truths]
    plain = {column.name for column in schema.truths if column.kind not in NUMERIC}
    names += [schema.group_column] if schema.group_column and schema.group_column not in names else []
    left = pl.DataFrame({KEY: _text_keys(after, schema.id_columns)})
    right = before.select(names).with_columns(_text_keys(before, schema.id_columns).alias(KEY))
    old = left.join(right, on=KEY, how="left", maintain_order="left")
    mask: Mask = np.zeros(after.height, bool)
    for name in names:
        number = name not in plain and name != schema.group_column
        mask |= _other(old[name], after[name], number=number)
    return mask


def _other(old: pl.Series, new: pl.Series, *, number: bool) -> Mask:
    one, two = (numbers(old), numbers(new)) if number else (as_text(old), as_text(new))
    return ~one.eq_missing(two).to_numpy()


def join_some(answers: pl.DataFrame, predictions: pl.DataFrame, schema: Schema) -> Rows:
    """As `join`, for predictions that may hold rows which the answers hold no more. Raises `Faulty` where rows are missing."""
    wanted = _among(_text_keys(predictions, schema.id_columns), _text_keys(answers, schema.id_columns))
    at = wanted.arg_true().cast(pl.Int64).to_numpy()
    if at.size < answers.height:
        raise Faulty([Fault("rows_back_but_missing", {"count": answers.height - int(at.size)})])
    rows = join(answers, predictions.filter(wanted), schema)
    return rows if rows.lines is None else replace(rows, lines=at[rows.lines - FIRST_ROW] + FIRST_ROW)
