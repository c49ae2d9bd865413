"""Policies of sharing, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dure.engines.scheduling.usage import DAY

Order = Literal["share", "time", "length"]
"""Within a class: by usage against share, then time; by time alone; by the limit of the run time, then time."""
Overtaking = Literal["reserve", "fill", "never"]
"""Past the first job that cannot start: what does not delay its reservation (EASY); whatever fits; nothing."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How waiting jobs are put in order, and which may overtake.

    `half_life` is that of the usage, in seconds. It is best no shorter than the limits of most jobs: a run is charged when it
    starts, and with a shorter one that charge is forgotten while the run goes on.
    """

    name: str
    order: Order
    overtaking: Overtaking
    half_life: float = 7 * DAY


HOUSE = Policy("fair-easy", "share", "reserve")
"""What the farm runs unless told otherwise."""

POLICIES: Mapping[str, Policy] = {
    policy.name: policy
    for policy in (
        Policy("fifo-strict", "time", "never"),
        Policy("fifo", "time", "fill"),
        Policy("fifo-easy", "time", "reserve"),
        Policy("shortest", "length", "fill"),
        Policy("shortest-easy", "length", "reserve"),
        Policy("fair-strict", "share", "never"),
        Policy("fair", "share", "fill"),
        HOUSE,
        Policy("fair-easy-1d", "share", "reserve", half_life=DAY),
        Policy("fair-easy-30d", "share", "reserve", half_life=30 * DAY),
    )
}
