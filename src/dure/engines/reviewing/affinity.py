"""How well a reviewer's fields cover those of a proposal, as a whole number from 0 to 1000."""

from collections.abc import Mapping
from typing import Final

MOST: Final = 1_000
KNOWS_WELL: Final = 100


def affinity(knows: Mapping[str, int], needs: Mapping[str, int]) -> int:
    """The part of the proposal's fields that the reviewer covers.

    `knows` has a number from 0 to 100 per field, `needs` a weight of 0 or more; fields are named alike on both sides. Rounded down,
    so that 1000 means all of it. Without any weight it is 0.
    """
    whole = sum(needs.values()) * KNOWS_WELL
    covered = sum(weight * min(knows.get(name, 0), KNOWS_WELL) for name, weight in needs.items())
    return MOST * covered // whole if whole else 0
