"""Values that go into a comparison and come out of it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import NormalDist
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from dure.engines.scoring.metric import Array, Direction, Rows
from dure.engines.scoring.resampling import normals
from dure.engines.scoring.units import Units

Method = Literal["paired_bootstrap_rows", "paired_bootstrap_groups", "influence", "delong"]
_EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Plan:
    """How systems are compared: over which units, by which method, with which resamples."""

    metric: str
    method: Method
    units: Units
    resamples: int
    seed: int
    confidence: float

    @property
    def name(self) -> str:
        """Equal for two plans under which a system measures the same."""
        size = f"{self.units.count}/{self.units.n_rows}"
        return f"{self.metric}:{self.method}:{size}:{self.resamples}:{self.seed}"

    @property
    def bootstraps(self) -> bool:
        return self.method in {"paired_bootstrap_rows", "paired_bootstrap_groups"}


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found for one system on its own, worth keeping: it stays true whoever else is on the board.

    `plan` names metric, method, units, resamples and seed (not the answers: whoever keeps this must keep it with the version
    of the answers); `values` is the system's score in each resample (resamples,) for a bootstrap, the influence value of
    each unit (units,) else.
    """

    plan: str
    score: float
    values: NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """One standing of the board: a submission or a baseline.

    Give `statistics` (n, k; float32 is enough) where the metric is a function of means, else `rows`. A system with neither is
    missing and stays unranked. `measured` from an earlier comparison is used again when its plan is the same.
    """

    key: str
    statistics: NDArray[Any] | None = None
    rows: Rows | None = None
    submitted_at: datetime = _EARLIEST
    measured: Measured | None = None

    @property
    def size(self) -> int | None:
        """Its number of rows, None where it brings none."""
        if self.statistics is not None:
            return len(self.statistics)
        return len(next(iter(self.rows.truth.values()))) if self.rows is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Scores of all systems with what is needed to tell them apart, in the order the systems were given.

    Arrays are aligned with `keys`; an unranked system (missing, NaN or infinite score) holds NaN. `low` and `high` bound the
    score with the given confidence: percentiles of the resamples, or score ± z · standard error held in the metric's domain.
    `resampled` (systems, resamples) is set by the bootstrap methods, `covariance` (systems, systems) by the others.
    """

    keys: tuple[str, ...]
    submitted_at: tuple[datetime, ...]
    direction: Direction
    plan: Plan
    scores: Array
    low: Array
    high: Array
    standard_errors: Array
    resampled: Array | None
    covariance: Array | None
    measured: tuple[Measured | None, ...]

    @property
    def method(self) -> Method:
        """Its name, for the board."""
        return self.plan.method

    @property
    def ranked(self) -> NDArray[np.bool_]:
        """Which systems have a finite score, shape (systems,)."""
        return np.isfinite(self.scores)

    def draws(self, resamples: int = 1000) -> Array:
        """Scores in resamples, shape (systems, resamples); without a bootstrap, drawn from the paired normal.

        The normal numbers belong to the keys in sorted order, so the order of the systems does not matter.
        """
        if self.resampled is not None:
            return self.resampled
        found = np.full((len(self.keys), resamples), np.nan)
        found[self.ranked] = self._normal_draws(np.flatnonzero(self.ranked), resamples)
        return found

    def tells_apart(self, leader: int, other: int, *, level: float = 0.05) -> bool:
        """Whether `leader` is better than `other` beyond doubt: the `level` quantile of the paired difference is above 0.

        Of the resamples the order statistic at or below the quantile counts, and one that is undefined counts as not better.
        """
        sign = 1.0 if self.direction == "higher" else -1.0
        if self.resampled is not None:
            return self._differs_in_resamples(leader, other, sign=sign, level=level)
        if self.covariance is None:
            return False
        gap = sign * (self.scores[leader] - self.scores[other])
        return bool(gap + NormalDist().inv_cdf(level) * self._paired_error(leader, other) > 0)

    def _differs_in_resamples(self, leader: int, other: int, *, sign: float, level: float) -> bool:
        if self.resampled is None:
            return False
        difference = sign * (self.resampled[leader] - self.resampled[other])
        # Resampled means carry rounding below 1e-6 of the standard error; equal ones must not look different.
        noise = 1e-6 * (self.standard_errors[leader] + self.standard_errors[other])
        allowed = int(level * (len(difference) - 1))
        return bool(np.count_nonzero(~(difference > noise)) <= allowed)

    def _paired_error(self, one: int, other: int) -> float:
        if self.covariance is None:
            return float("nan")
        c = self.covariance
        return float(np.sqrt(max(c[one, one] + c[other, other] - 2 * c[one, other], 0.0)))

    def _normal_draws(self, at: NDArray[np.intp], resamples: int) -> Array:
        if self.covariance is None:
            raise ValueError("a comparison has resampled scores or a covariance")
        by_key = np.argsort(np.argsort(np.array([self.keys[i] for i in at])))
        standard = normals(len(at) * resamples, seed=self.plan.seed).reshape(len(at), resamples)[by_key]
        root = _square_root(np.nan_to_num(self.covariance[np.ix_(at, at)]))
        return np.asarray(self.scores[at, None] + root @ standard)


def _square_root(covariance: Array) -> Array:
    """The symmetric square root: unlike a Cholesky factor it exists where systems are equal, and it is unique."""
    values, vectors = np.linalg.eigh(covariance)
    return np.asarray((vectors * np.sqrt(np.clip(values, 0.0, None))) @ vectors.T)
