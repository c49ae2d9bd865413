"""Scoring where the answers are: at a site whose rows never leave it. Paths and JSON values in, JSON values out.

Runs in the limited child of the site. What comes back are scores and counts, never a row and never the place of a fault.
"""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from dure.engines.faults import Fault, Faulty
from dure.engines.scoring import metrics
from dure.engines.scoring.joining import check_answers, groups, join, subset, truths
from dure.engines.scoring.ladder import Best, Ladder, candidate_from_influence, ladder_of
from dure.engines.scoring.metric import Metric, Rows
from dure.engines.scoring.reading import DEFAULT_LIMITS, read_table
from dure.engines.scoring.schema import Schema, from_plain
from dure.engines.scoring.splits import split_rows
from dure.engines.scoring.uninformed import uninformed
from dure.engines.scoring.units import Units, units_of
from dure.engines.scoring.validation import validate_predictions

MOST_CLASSES: Final = 200
DIGITS: Final = 6
"""Significant digits of a score that decides: more would carry rows out, bit by bit."""


def describe(*, path: str, least_rows: int) -> dict[str, Any]:
    """What may be told of a table: its number of rows, and of each column its name, type and classes.

    Classes are the values of a column of text or whole numbers that repeat; only those of at least `least_rows` rows are named.
    Raises Faulty for a file that is no table.
    """
    frame = read_table(Path(path), limits=DEFAULT_LIMITS)
    columns = [_column(frame[name], least_rows) for name in frame.columns]
    return {"rows": frame.height, "columns": columns}


def _column(values: pl.Series, least_rows: int) -> dict[str, Any]:
    return {"name": values.name, "type": str(values.dtype), "classes": _classes(values, least_rows)}


def _classes(values: pl.Series, least_rows: int) -> list[str]:
    if values.dtype.is_float():
        return []
    counts = values.drop_nulls().value_counts(name="rows")
    if counts.height > min(MOST_CLASSES, max(2, values.len() // 2)):
        return []
    common = counts.filter(pl.col("rows") >= least_rows)[values.name]
    return sorted(common.cast(pl.String).to_list())


def demand_answers(*, path: str, schema: dict[str, Any]) -> dict[str, int]:
    """Refuse answers that cannot be scored under this schema. Raises Faulty with every fault."""
    frame = read_table(Path(path), limits=DEFAULT_LIMITS)
    if faults := check_answers(frame, from_plain(schema)):
        raise Faulty(faults)
    return {"rows": frame.height}


@dataclass(frozen=True, slots=True)
class _Part:
    """One side of the rows, with what is resampled there."""

    rows: Rows
    units: Units

    @property
    def count(self) -> int:
        return self.units.n_rows


def score_apart(
    *,
    path: str,
    answers: str,
    schema: dict[str, Any],
    metric: str,
    parameters: dict[str, Any],
    salt: str,
    public_share: float,
    least_rows: int,
    best: dict[str, Any] | None,
    ladder: bool,
) -> dict[str, Any]:
    """Score predictions on the public and the private rows of this site.

    `public` is what may be shown: it moves only when the Ladder lets it, compared with `best` of the same team, or is rounded to
    its standard error without one. A side with fewer than `least_rows` rows (or groups) is not scored: its score is None and its
    rows are counted as 0. `best` of the answer goes into the next call and stays at the site. Raises Faulty: what is wrong with
    the predictions.
    """
    shape, measure = from_plain(schema), metrics.get_metric(metric, **parameters)
    truth = read_table(Path(answers), limits=DEFAULT_LIMITS)
    rows = _joined(Path(path), truth, shape, measure)
    mask = split_rows(_ids(truth, shape), salt=bytes.fromhex(salt), public_share=public_share)
    shown, kept = (_part(rows, truth, shape, np.flatnonzero(side)) for side in (mask, ~mask))
    told: dict[str, Any] = {
        "public_rows": 0,
        "private_rows": 0,
        "public": None,
        "private": None,
        "improved": False,
    }
    if kept.units.count >= least_rows:
        score = metrics.score(measure, kept.rows)
        told |= {"private": _rounded(score), "private_rows": kept.count}
    if shown.units.count < least_rows:
        return {**told, "best": best}
    steps = _ladder(measure, truth, shape, shown, mask)
    return told | {"public_rows": shown.count} | _released(measure, shown, steps, best, is_on=ladder)


def _joined(path: Path, truth: pl.DataFrame, shape: Schema, measure: Metric) -> Rows:
    given = read_table(path, limits=DEFAULT_LIMITS)
    if faults := validate_predictions(given, schema=shape, ids=truth.select(shape.id_columns)):
        raise Faulty(faults)
    rows = join(truth, given, shape)
    if faults := metrics.faults(measure, rows):
        raise Faulty(faults)
    return rows


def _ids(truth: pl.DataFrame, shape: Schema) -> pl.Series:
    texts = [pl.col(name).cast(pl.String) for name in shape.id_columns]
    return truth.select(pl.concat_str(texts, separator="\x1f").alias("id")).to_series()


def _part(rows: Rows, truth: pl.DataFrame, shape: Schema, chosen: Any) -> _Part:
    grouped = groups(truth, shape)
    mine = None if grouped is None else grouped[chosen]
    return _Part(subset(rows, chosen), units_of(len(chosen), mine))


def _ladder(measure: Metric, truth: pl.DataFrame, shape: Schema, shown: _Part, mask: Any) -> Ladder:
    """Its rounding is as fine as a guess that knows only how often each answer occurs is sure."""
    guess = uninformed(truths(truth, shape), shape.columns, seed=0)
    errors = []
    if guess is not None and not metrics.faults(measure, guess):
        part = _part(guess, truth, shape, np.flatnonzero(mask))
        errors = [
            candidate_from_influence(
                0.0, metrics.influence_of_units(measure, part.rows, part.units)
            ).standard_error
        ]
    errors = [error for error in errors if math.isfinite(error) and error > 0]
    if not errors and not math.isfinite(measure.highest - measure.lowest):
        errors = [1.0]
    return ladder_of(measure, n_units=max(shown.units.count, 1), baseline_errors=errors)


def _released(
    measure: Metric, shown: _Part, steps: Ladder, best: dict[str, Any] | None, *, is_on: bool
) -> dict[str, Any]:
    new = candidate_from_influence(
        metrics.score(measure, shown.rows), metrics.influence_of_units(measure, shown.rows, shown.units)
    )
    earlier = Best(best["shown"], np.asarray(best["deviations"])) if best else None
    if earlier is not None and len(earlier.deviations) != len(new.deviations):
        earlier = None
    found = steps.release(earlier if is_on else None, new)
    kept = found.best if found.best is not None else earlier
    plain = None if kept is None else {"shown": kept.shown, "deviations": kept.deviations.tolist()}
    is_better = found.improved and (is_on or _beats(measure, earlier, found.shown))
    return {"public": found.shown, "improved": is_better, "best": plain if is_better else best}


def _beats(measure: Metric, earlier: Best | None, shown: float | None) -> bool:
    if earlier is None or shown is None:
        return shown is not None
    gain = shown - earlier.shown
    return gain > 0 if measure.direction == "higher" else gain < 0


def _rounded(score: float) -> float | None:
    return float(f"{score:.{DIGITS}g}") if math.isfinite(score) else None


def combined(parts: list[tuple[float | None, int]]) -> float | None:
    """The score of several sites: their mean, weighted with their rows. None where no site gave one.

    It is the score of all rows together for a metric that is a mean over rows, and a mean of sites for others.
    """
    known = [(score, rows) for score, rows in parts if score is not None and rows > 0]
    total = sum(rows for _score, rows in known)
    return sum(score * rows for score, rows in known) / total if total else None


def likeness(tables: list[dict[str, Any]]) -> pl.DataFrame:
    """A made-up table with the columns that `describe` told of, to guess a schema from. `tables` describe the same columns."""
    columns: dict[str, dict[str, Any]] = {}
    for table in tables:
        for column in table["columns"]:
            known = columns.setdefault(column["name"], {**column, "classes": []})
            known["classes"] = sorted({*known["classes"], *column["classes"]})
    height = 2 * max([4, *(len(column["classes"]) for column in columns.values())])
    return pl.DataFrame([_made_up(column, height) for column in columns.values()])


def _made_up(column: dict[str, Any], height: int) -> pl.Series:
    name, classes = column["name"], column["classes"]
    if classes:
        values = pl.Series(name, [classes[at % len(classes)] for at in range(height)])
        return values.cast(pl.Int64) if column["type"] == "Int64" else values
    if column["type"] == "Float64":
        return pl.Series(name, [at + 0.5 for at in range(height)])
    numbers = pl.Series(name, range(height))
    return numbers if column["type"] == "Int64" else numbers.cast(pl.String)


def demand_same_columns(tables: list[dict[str, Any]]) -> None:
    """Refuse sites whose answers have other columns or types than the first one's. Raises Faulty."""
    if not tables:
        return
    first = _shape(tables[0])
    for table in tables[1:]:
        if _shape(table) != first:
            raise Faulty(
                [Fault("sites_differ", {"columns": ", ".join(sorted(set(_shape(table)) ^ set(first)))})]
            )


def _shape(table: dict[str, Any]) -> dict[str, str]:
    return {column["name"]: column["type"] for column in table["columns"]}
