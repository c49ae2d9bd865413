"""Builders turn fetched data into a problem's files. Each is deterministic and needs only polars and numpy."""

from collections.abc import Callable, Mapping
from pathlib import Path

from dure.problems.demo.builders import covid_provinces, engine_life, flu_quantiles

__all__ = ["BUILDERS", "prepare"]

Builder = Callable[[Path, Path], None]

BUILDERS: Mapping[str, Builder] = {
    "engine-life": engine_life.prepare,
    "covid-provinces": covid_provinces.prepare,
    "flu-quantiles": flu_quantiles.prepare,
}


def prepare(slug: str, *, fetched: Path, out: Path) -> None:
    """Writes the problem's files from the folder that `sources.fetch` filled. Raises KeyError for an unknown slug."""
    BUILDERS[slug](fetched, out)
