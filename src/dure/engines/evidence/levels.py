"""From a posterior to levels: how probable each is, and which one is shown."""

import math
from typing import Final

from dure.engines.evidence.values import PRIOR_MEAN, PRIOR_VARIANCE, Posterior
from dure.engines.skills import LEVELS

SHOWN: Final = 0.5
"""A level is shown from this probability on: it is there more likely than not."""
UNKNOWN: Final = Posterior(PRIOR_MEAN, PRIOR_VARIANCE, 0)
"""What is believed of a skill of which nothing was seen."""


def exceeds(mean: float, variance: float, level: float) -> float:
    """P(θ ≥ level − ½) for θ ~ N(mean, variance): 1 − Φ((level − ½ − mean) / sd), in [0, 1].

    The levels are whole numbers on a line, and each reaches half way to its neighbours: evidence that shows level 2 and nothing
    else piles up at 2 and from below, so with the threshold at 2 itself no amount of it would make level 2 more likely than
    not. Computed by the C library's erfc, whose relative error stays within a few units of the last place even far out in
    the tail, where 1 − erf would lose everything.
    """
    return 0.5 * math.erfc((level - 0.5 - mean) / math.sqrt(2 * variance))


_UNSEEN: Final = {level: exceeds(PRIOR_MEAN, PRIOR_VARIANCE, level) for level in LEVELS}


def probability(posterior: Posterior, level: int) -> float:
    """P(level or higher) for one of `LEVELS`, in (0, 1]; never less than for somebody of whom nothing was seen.

    A normal posterior that narrows around level 2 would put level 4 below that. But no fact speaks against a higher level
    (`combining`), and whoever shows something must not rank behind whoever shows nothing.
    """
    return max(exceeds(posterior.mean, posterior.variance, level), _UNSEEN[level])


def shown_level(posterior: Posterior) -> int:
    """The highest level that is `SHOWN`; 0 where none is."""
    return max((level for level in LEVELS if probability(posterior, level) >= SHOWN), default=0)
