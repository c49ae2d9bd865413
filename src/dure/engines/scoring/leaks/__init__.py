"""Leak checks before a challenge opens."""

from collections.abc import Mapping

import polars as pl

from dure.engines.scoring.leaks import checks
from dure.engines.scoring.leaks.finding import Finding, Severity
from dure.engines.scoring.leaks.shift import shift
from dure.engines.scoring.leaks.tables import SAMPLE, SEED, Tables
from dure.engines.scoring.metric import Direction
from dure.engines.scoring.schema import Schema

__all__ = ["SAMPLE", "SEED", "Finding", "Severity", "check_leaks"]


def check_leaks(
    *,
    test_public: pl.DataFrame,
    answers: pl.DataFrame,
    schema: Schema,
    train: pl.DataFrame | None = None,
    baselines: Mapping[str, float] | None = None,
    target: float | None = None,
    direction: Direction = "higher",
) -> list[Finding]:
    """Run every check on what is about to open; at least one finding for each, `ok` where there is nothing.

    `train` (n, …) and `test_public` (m, …) are what participants get, `answers` (m, …) the ids and the truth with the
    columns of `schema`; `baselines` maps names to scores. Duplicate rows and ids are compared whole, all else on at most
    20,000 rows chosen with a fixed seed, which each finding states, and on the first 500 columns.
    """
    tables = Tables(test=test_public, answers=answers, schema=schema, train=train)
    return [
        *checks.duplicate_rows(tables),
        *checks.order(tables),
        *checks.single_features(tables),
        *shift(tables),
        *checks.answers_reachable(tables),
        *checks.test_ids(tables),
        *checks.baselines_below_target(baselines or {}, target=target, direction=direction),
    ]
