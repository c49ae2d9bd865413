"""Figures as people read them."""

from math import isfinite

from django.utils.formats import number_format

from dure.engines.fairness import Estimate


def percent(value: float | None) -> str:
    """A share with one decimal; a dash where there is none."""
    return "–" if value is None or not isfinite(value) else f"{number_format(100 * value, 1)} %"


def decimal(value: float | None, digits: int = 2) -> str:
    """A ratio or p-value; infinity keeps its sign."""
    if value is None or value != value:  # noqa: PLR0124 - nan alone is not itself
        return "–"
    return number_format(value, digits) if isfinite(value) else "∞"


def rate(one: Estimate | None) -> str:
    """A share with its interval."""
    return "–" if one is None else f"{percent(one.value)} [{percent(one.low)}, {percent(one.high)}]"


def ratio(one: Estimate | None) -> str:
    """A ratio with its interval."""
    return "–" if one is None else f"{decimal(one.value)} [{decimal(one.low)}, {decimal(one.high)}]"
