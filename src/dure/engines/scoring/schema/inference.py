"""A first guess of the schema from a sample answer file, for a person to correct."""

import re
from collections.abc import Sequence

import polars as pl

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring.metric import Kind
from dure.engines.scoring.schema.model import Column, Schema

ID_NAME = re.compile(r"(.*[_\- ])?(id|ids|idx|index|key|row|no|번호|식별자)", re.IGNORECASE)
PROBABILITY_NAME = re.compile(r"(?:probability|proba|prob|p)[:_](.+)", re.IGNORECASE)
QUANTILE_NAME = re.compile(r"(?:quantile[:_ ]?|q[:_]?)?(0?\.\d+)", re.IGNORECASE)
ONE_PROBABILITY = re.compile(r"(probability|proba|prob|p)", re.IGNORECASE)
SCORE = re.compile(r"(score|logit|margin|anomaly)", re.IGNORECASE)
SPECIAL: dict[str, Kind] = {
    "boxes": "boxes",
    "bbox": "boxes",
    "mask": "mask",
    "rle": "mask",
    "segmentation": "mask",
}
CLASSES = 200
"""More different values than this are free text or numbers rather than classes."""


def infer_schema(
    sample: pl.DataFrame,
    *,
    answers: pl.DataFrame | None = None,
    id_columns: Sequence[str] | None = None,
    group_column: str | None = None,
) -> Schema:
    """Guess the schema of (n, k) predictions from a sample, and of the (m, j) answers where given.

    Ids are the columns named so, else the shortest run of first columns that tells all rows apart. Names such as `p_cat` and
    `q0.025` give the roles `probability:cat` and `quantile:0.025`. Whole numbers and text of at most 200 values that repeat
    are labels. Raises `Faulty`: `sample_no_id`, `sample_no_columns`, `sample_column_unknown`.
    """
    ids = tuple(id_columns or _guess_ids(sample))
    _refuse_unknown(sample, ids)
    columns = _numbered([_column(sample[name]) for name in sample.columns if name not in ids])
    if not columns:
        raise Faulty([Fault("sample_no_columns")])
    truth: tuple[Column, ...] = ()
    if answers is not None:
        _refuse_unknown(answers, [*ids, group_column] if group_column else ids)
        passed = {*ids, group_column}
        truth = _numbered([_column(answers[name]) for name in answers.columns if name not in passed])
        columns = tuple(_with_categories(column, truth) for column in columns)
    return Schema(ids, columns, truth, group_column)


def _refuse_unknown(frame: pl.DataFrame, names: Sequence[str]) -> None:
    faults = [Fault("sample_column_unknown", column=name) for name in names if name not in frame.columns]
    if faults:
        raise Faulty(faults)


def _guess_ids(sample: pl.DataFrame) -> tuple[str, ...]:
    for name in sample.columns:
        if (
            ID_NAME.fullmatch(name)
            and sample[name].null_count() == 0
            and sample[name].n_unique() == sample.height
        ):
            return (name,)
    for width in range(1, min(sample.width - 1, 5) + 1):
        names = sample.columns[:width]
        if sample.select(names).n_unique() == sample.height:
            return tuple(names)
    raise Faulty([Fault("sample_no_id")])


def _column(values: pl.Series) -> Column:
    """Guess one column: by its name where that speaks, else by its values."""
    name = values.name
    nullable = values.null_count() > 0
    if values.dtype.is_numeric() and (found := QUANTILE_NAME.fullmatch(name)):
        return Column(name, f"quantile:{float(found[1]):g}", "quantile", nullable=nullable)
    if (found := PROBABILITY_NAME.fullmatch(name)) and _is_share(values):
        return Column(name, f"probability:{found[1]}", "probability", 0.0, 1.0, nullable=nullable)
    if ONE_PROBABILITY.fullmatch(name) and _is_share(values):
        return Column(name, "probability", "probability", 0.0, 1.0, nullable=nullable)
    if SCORE.fullmatch(name) and values.dtype.is_numeric():
        return Column(name, "score", "number", nullable=nullable)
    if name.lower() in SPECIAL:
        kind = SPECIAL[name.lower()]
        return Column(name, kind, kind, nullable=nullable)
    return _by_values(values, nullable=nullable)


def _is_share(values: pl.Series) -> bool:
    if not values.dtype.is_numeric():
        return False
    return bool(values.drop_nulls().is_between(0, 1).all())


def _by_values(values: pl.Series, *, nullable: bool) -> Column:
    classes = _classes(values)
    if values.dtype.is_float() or (values.dtype.is_numeric() and classes is None):
        return Column(values.name, "value", "number", nullable=nullable)
    if classes is None:
        return Column(values.name, "text", "text", nullable=nullable)
    return Column(values.name, "label", "label", categories=classes, nullable=nullable)


def _classes(values: pl.Series) -> tuple[str, ...] | None:
    """Return the classes in order, or None where the values hardly repeat."""
    unique = values.drop_nulls().unique().sort()
    if unique.len() > min(CLASSES, max(2, values.len() // 2)):
        return None
    return tuple(unique.cast(pl.String).to_list())


def _numbered(columns: list[Column]) -> tuple[Column, ...]:
    """Make roles unique: a second `value` becomes `value_b`, so that a person sees what to rename."""
    seen: dict[str, int] = {}
    return tuple(_renamed(column, seen) for column in columns)


def _renamed(column: Column, seen: dict[str, int]) -> Column:
    seen[column.role] = seen.get(column.role, -1) + 1
    times = seen[column.role]
    return column if not times else _with_role(column, f"{column.role}_{_letters(times)}")


def _letters(number: int) -> str:
    letters = ""
    while number >= 0:
        letters = chr(ord("a") + number % 26) + letters
        number = number // 26 - 1
    return letters


def _with_role(column: Column, role: str) -> Column:
    return Column(
        column.name, role, column.kind, column.lowest, column.highest, column.categories, column.nullable
    )


def _with_categories(column: Column, truth: tuple[Column, ...]) -> Column:
    """A sample often holds one class only; the classes of the answers are the ones allowed."""
    known = next((one.categories for one in truth if one.kind == "label" and one.categories), None)
    if column.kind != "label" or known is None:
        return column
    categories = tuple(sorted({*known, *(column.categories or ())}))
    return Column(column.name, column.role, column.kind, categories=categories, nullable=column.nullable)
