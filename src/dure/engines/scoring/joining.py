"""Answers and predictions as the arrays that metrics read."""

from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring.matching import as_text, keys, match, repeated_or_empty
from dure.engines.scoring.metric import Rows
from dure.engines.scoring.schema import Column, Schema
from dure.engines.scoring.validation import FIRST_ROW, LABEL_LENGTH, NUMERIC, longest, numbers

Values = NDArray[Any]


def join(answers: pl.DataFrame, predictions: pl.DataFrame, schema: Schema) -> Rows:
    """Join one to one on id, in the order of the (n, …) answers; role → (n,) array.

    Numbers, probabilities and quantiles are float64 (empty cells NaN); labels are int64 where truth and prediction hold
    whole numbers only, else text (`<U`); text, masks and boxes are object arrays of str (empty cells ""). Raises `Faulty`
    with `ids_do_not_match` where the predictions were not validated, and as `check_answers` where answers repeat an id.
    """
    expected, given = keys(answers, schema.id_columns), keys(predictions, schema.id_columns)
    found = match(expected, given)
    if not found.is_complete:
        raise Faulty([Fault("ids_do_not_match")])
    whole = _labels_are_whole(answers, predictions, schema)
    return Rows(
        truth={column.role: _array(answers[column.name], column, whole=whole) for column in schema.truths},
        prediction={
            column.role: _ordered(predictions[column.name], column, found.positions, whole=whole)
            for column in schema.columns
        },
        lines=found.positions + FIRST_ROW,
    )


def truths(answers: pl.DataFrame, schema: Schema) -> dict[str, Values]:
    """The (n, …) answers alone, role → (n,) array, as `join` has them beside predictions of the same sort."""
    whole = _labels_are_whole(answers, answers.select(), replace(schema, columns=()))
    return {column.role: _array(answers[column.name], column, whole=whole) for column in schema.truths}


def check_answers(answers: pl.DataFrame, schema: Schema) -> list[Fault]:
    """Return what forbids scoring against these answers: columns that are missing, ids that repeat, cells that are empty."""
    needed = [*schema.id_columns, *(column.name for column in schema.truths)]
    if schema.group_column:
        needed.append(schema.group_column)
    if missing := [name for name in needed if name not in answers.columns]:
        return [Fault("answers_column_missing", column=name) for name in missing]
    faults = []
    if repeated := repeated_or_empty(keys(answers, schema.id_columns)):
        faults.append(Fault("answers_id_duplicate", {"count": repeated}))
    if schema.group_column and (empty := answers[schema.group_column].null_count()):
        faults.append(Fault("answers_cell_empty", {"count": empty}, column=schema.group_column))
    return faults + [
        fault for column in schema.truths for fault in _truth_faults(answers[column.name], column)
    ]


def _truth_faults(values: pl.Series, column: Column) -> list[Fault]:
    if column.kind not in NUMERIC:
        empty = values.null_count()
        if column.kind == "label" and longest(as_text(values)) > LABEL_LENGTH:
            return [Fault("label_too_long", {"limit": LABEL_LENGTH}, column=column.name)]
    else:
        real = numbers(values)
        if real.null_count() > values.null_count():
            return [Fault("answers_not_numbers", column=column.name)]
        empty = values.len() - int(real.is_finite().sum())
    return (
        [Fault("answers_cell_empty", {"count": empty}, column=column.name)]
        if empty and not column.nullable
        else []
    )


def subset(rows: Rows, chosen: NDArray[np.int64]) -> Rows:
    """Return the rows at the positions `chosen`, such as the public or the private part, without their lines in the file.

    Positions instead of a mask: taking them is several times faster, and a challenge's parts stay the same for all files.
    """
    return Rows(
        truth={role: values.take(chosen) for role, values in rows.truth.items()},
        prediction={role: values.take(chosen) for role, values in rows.prediction.items()},
    )


def groups(answers: pl.DataFrame, schema: Schema) -> NDArray[np.int64] | None:
    """Return the (n,) group numbers 0…g-1 of the answers in order of first appearance, or None where rows stand alone."""
    if schema.group_column is None:
        return None
    values = answers[schema.group_column]
    return (values.rank("dense") - 1).cast(pl.Int64).to_numpy()


def _labels_are_whole(answers: pl.DataFrame, predictions: pl.DataFrame, schema: Schema) -> bool:
    """Whether all labels on both sides are whole numbers, so that `1` from one file equals `1.0` from the other."""
    sides = ((answers, schema.truths), (predictions, schema.columns))
    labels = [frame[column.name] for frame, columns in sides for column in columns if column.kind == "label"]
    return all(values.dtype.is_numeric() and _is_whole(values) for values in labels)


def _is_whole(values: pl.Series) -> bool:
    if values.null_count():
        return False
    return values.dtype.is_integer() or bool((values == values.round()).all())


def _array(values: pl.Series, column: Column, *, whole: bool) -> Values:
    if column.kind in NUMERIC:
        return numbers(values).fill_null(float("nan")).to_numpy()
    if column.kind == "label":
        return values.cast(pl.Int64).to_numpy() if whole else _text_array(values)
    return as_text(values).fill_null("").to_numpy()


def _ordered(values: pl.Series, column: Column, positions: NDArray[np.int64], *, whole: bool) -> Values:
    """The array of a column in another order. Numbers are put in order last: numpy gathers them on one core, undisturbed."""
    if column.kind in NUMERIC or (column.kind == "label" and whole):
        return np.asarray(_array(values, column, whole=whole).take(positions))
    return _array(values[positions], column, whole=whole)


def _text_array(values: pl.Series) -> Values:
    """Return fixed-width text: made once per class and gathered, a hundred times faster than one object per row."""
    text = as_text(values).fill_null("")
    if longest(text) > LABEL_LENGTH:
        raise Faulty([Fault("label_too_long", {"limit": LABEL_LENGTH}, column=values.name)])
    classes = text.unique(maintain_order=True)
    codes = text.replace_strict(
        classes, pl.Series(range(classes.len()), dtype=pl.Int64), return_dtype=pl.Int64
    )
    return np.asarray(np.array(classes.to_list(), dtype=np.str_)[codes.to_numpy()])
