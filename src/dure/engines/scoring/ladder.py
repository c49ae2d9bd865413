"""What the public board says about a submission: clipped, rounded to its standard error, released by the Ladder.

The parameter-free Ladder (Blum and Hardt 2015, The Ladder: a reliable leaderboard for machine learning competitions, PMLR
37:1006-1014) shows a new score only where it beats the score shown so far by more than the standard error of the paired
difference, so that a team cannot climb on chance. Here it takes any metric: the difference of two scores has the standard
error of the difference of their influence values, or of their resampled scores. What is shown is rounded to the decimal
place of the standard error, for a score in full precision gives its answers away: a file can be made whose log loss spells
out the labels digit by digit. A file can also be made whose own standard error is next to nothing; therefore the rounding
never gets finer than `least_error`, which comes from the problem's baselines and not from the team.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dure.engines.scoring.metric import Array, Direction, Metric


@dataclass(frozen=True, slots=True)
class Candidate:
    """A score on the public rows with what its uncertainty is made of.

    `deviations` are scaled so that their Euclidean norm is the score's standard error, and the norm of the difference of two
    is that of the paired difference. Two candidates are comparable when theirs come from the same rows or resamples.
    """

    score: float
    deviations: Array

    @property
    def standard_error(self) -> float:
        return float(np.linalg.norm(self.deviations))


@dataclass(frozen=True, slots=True)
class Best:
    """The state of one team's ladder: the score it has been shown and the deviations behind it."""

    shown: float
    deviations: Array


@dataclass(frozen=True, slots=True)
class Released:
    """What comes of one submission.

    `shown` is all a participant may see (None: nothing shown yet), `grain` the unit of the submission's last digit. `improved`
    and `best` stay on the server; `best` goes into the next call.
    """

    shown: float | None
    grain: float
    improved: bool
    best: Best | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The rules of one public board: the metric's direction and domain, and the finest standard error it rounds to."""

    direction: Direction
    lowest: float
    highest: float
    least_error: float

    def release(self, previous: Best | None, new: Candidate) -> Released:
        """The next step of a history: a pure fold, so replaying the same submissions gives the same scores.

        A score that is NaN or infinite changes nothing.
        """
        grain = grain_of(self.error(new.standard_error))
        if not math.isfinite(new.score):
            return Released(previous.shown if previous else None, grain, improved=False, best=previous)
        if previous is not None and not self._beats(previous, new, grain):
            return Released(previous.shown, grain, improved=False, best=previous)
        shown = self.rounded(new)
        return Released(shown, grain, improved=True, best=Best(shown, new.deviations))

    def replay(self, history: Sequence[Candidate]) -> list[Released]:
        """What each submission of a history is shown, in order."""
        shown: list[Released] = []
        best: Best | None = None
        for new in history:
            shown.append(self.release(best, new))
            best = shown[-1].best
        return shown

    def rounded(self, new: Candidate) -> float:
        """The score held in the domain and rounded: what a board without the Ladder shows."""
        clipped = min(max(new.score, self.lowest), self.highest)
        return round_to_error(clipped, self.error(new.standard_error))

    def error(self, own: float) -> float:
        """The error by which something of a submission is rounded that has this standard error of its own."""
        return max(own, self.least_error) if math.isfinite(own) else self.least_error

    def _beats(self, previous: Best, new: Candidate, grain: float) -> bool:
        gain = new.score - previous.shown if self.direction == "higher" else previous.shown - new.score
        paired = float(np.linalg.norm(new.deviations - previous.deviations))
        return gain > max(paired, grain)


def ladder_of(metric: Metric, *, n_units: int, baseline_errors: Sequence[float]) -> Ladder:
    """The ladder of a problem with `n_units` public rows or groups and these standard errors of its baselines.

    The rounding gets no finer than the median baseline's error; without baselines than 1 / n_units of the domain, as in the
    paper, for which a caller may give the error of an uninformed guess instead. ValueError where the domain is infinite and no
    error is above 0: nothing would hold the rounding.
    """
    errors = [error for error in baseline_errors if math.isfinite(error) and error > 0]
    width = metric.highest - metric.lowest
    if not errors and not math.isfinite(width):
        raise ValueError(f"{metric.key} has an endless domain: the ladder needs a baseline")
    least = median(errors) if errors else width / n_units
    return Ladder(direction=metric.direction, lowest=metric.lowest, highest=metric.highest, least_error=least)


def candidate_from_influence(score: float, influence: NDArray[Any]) -> Candidate:
    """From influence values of the public units (n,), as `Measured.values` holds them above 20,000 units."""
    values = np.asarray(influence, dtype=np.float64)
    return Candidate(score, (values - values.mean()) / len(values))


def candidate_from_resamples(score: float, resampled: NDArray[Any]) -> Candidate:
    """From scores in shared resamples (r,), as `Measured.values` holds them for a bootstrap; undefined ones count as the mean."""
    values = np.asarray(resampled, dtype=np.float64)
    finite = np.isfinite(values)
    mean = values[finite].mean() if finite.any() else 0.0
    deviations = np.where(finite, values - mean, 0.0)
    return Candidate(score, deviations / math.sqrt(max(len(values) - 1, 1)))


def grain_of(error: float) -> float:
    """The decimal place of the leading digit of a standard error: 0.0071 → 0.001, 3.2 → 1, 0 → 0."""
    return 10.0 ** math.floor(math.log10(error)) if error > 0 else 0.0


def round_to_error(score: float, error: float) -> float:
    """`score` rounded to the decimal place of the leading digit of `error`; unchanged where `error` is 0."""
    if error <= 0 or not math.isfinite(error):
        return score
    return round(score, -math.floor(math.log10(error)))
