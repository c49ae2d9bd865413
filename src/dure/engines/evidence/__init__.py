"""What a person can do, from dated facts: a posterior for each skill, and what each fact has to do with it."""

from dure.engines.evidence.combining import posterior, terms
from dure.engines.evidence.levels import SHOWN, UNKNOWN, exceeds, probability, shown_level
from dure.engines.evidence.noise import HALF_LIFE_DAYS, NOISE, Noise
from dure.engines.evidence.values import (
    MODEL_VERSION,
    PRIOR_MEAN,
    PRIOR_VARIANCE,
    Fact,
    Kind,
    Placing,
    Posterior,
    Says,
    Term,
)

__all__ = [
    "HALF_LIFE_DAYS",
    "MODEL_VERSION",
    "NOISE",
    "PRIOR_MEAN",
    "PRIOR_VARIANCE",
    "SHOWN",
    "UNKNOWN",
    "Fact",
    "Kind",
    "Noise",
    "Placing",
    "Posterior",
    "Says",
    "Term",
    "exceeds",
    "posterior",
    "probability",
    "shown_level",
    "terms",
]
