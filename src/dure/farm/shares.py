"""How what members give and are granted becomes their shares: pure."""

from collections.abc import Mapping
from typing import Final, TypeVar

LARGEST: Final = 20.0
"""The largest share. Nobody's is less than 1, which is also that of whoever gave nothing and was granted nothing: small members and
students are served, too."""
K = TypeVar("K")


def proportional(weights: Mapping[K, float]) -> dict[K, float]:
    """Shares in proportion to weights (0 or more), with the floor."""
    heaviest = max(weights.values(), default=0.0)
    if not heaviest:
        return dict.fromkeys(weights, 1.0)
    return {key: max(1.0, LARGEST * weight / heaviest) for key, weight in weights.items()}


def granted_rate(*, hours: int, weight: float, days: int) -> float:
    """Granted hours as a capacity: what would have to run all the time, on all these days, to use them up, weighed."""
    return hours * weight / (24 * days)


def kept_of(amounts: tuple[int, ...], percent: int) -> tuple[int, ...]:
    """What a giver keeps of a machine: whole units, rounded down, so that it never promises more than there is."""
    return tuple(amount * percent // 100 for amount in amounts)
