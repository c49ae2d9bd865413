"""Rows of evidence as the facts of `engines.evidence`: values in, values out."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django.utils import timezone

from dure.engines import evidence as engine


def by_skill(rows: Iterable[Any]) -> dict[str, list[engine.Fact]]:
    """The facts of these rows of `Evidence`, by the skill's slug."""
    ordered = sorted(rows, key=lambda row: (row.skill, row.pk))
    return {
        skill: [fact_of(row) for row in found] for skill, found in groupby(ordered, lambda row: row.skill)
    }


def fact_of(row: Any) -> engine.Fact:
    """One row of `Evidence`."""
    return engine.Fact(
        key=str(row.uid),
        kind=engine.Kind(row.kind),
        level=row.level,
        on=timezone.localtime(row.at, timezone.get_default_timezone()).date(),
        origin=row.origin,
        placing=placing_of(row.figures),
    )


def placing_of(figures: Mapping[str, Any]) -> engine.Placing | None:
    """Where a challenge's result stands on its board; None where one of its intervals is not known, and for other kinds."""
    names = ("rank_low", "rank_high", "low", "high")
    if any(figures.get(name) is None for name in names):
        return None
    return engine.Placing(
        rank_low=figures["rank_low"],
        rank_high=figures["rank_high"],
        of=max(figures["teams"], figures["rank_high"]),
        score_low=figures["low"],
        score_high=figures["high"],
        worst=figures["lowest"],
        best=figures["highest"],
    )
