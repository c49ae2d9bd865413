"""Intervals and tie groups of 100 systems × 10,000 rows × 1,000 resamples against one bare matrix product.

Ours: from each system's stored statistics (float32, as the platform keeps them) to scores, 95 % intervals and tie groups.
Bare: the product of the same resampling weights with the systems' statistics already stacked, both float32: nothing but the
resampled means. On both sides the weights are made before the clock starts, as on a board whose challenge has been looked
at before; making them takes what the first note says. Both sides have one thread. The last note says what the whole board
costs, ranks and rank intervals included; it has no limit of its own.
"""

import sys
import time
from collections.abc import Callable

import numpy as np
from benchmarks.harness import Pairs, Result, measure_pairs, report, with_one_thread
from numpy.typing import NDArray

from dure.engines.scoring.intervals import evaluate_systems
from dure.engines.scoring.metric import Array, Metric
from dure.engines.scoring.ranking import standings, tie_groups
from dure.engines.scoring.resampling import resample_weights
from dure.engines.scoring.systems import System

SYSTEMS, ROWS, RESAMPLES, SEED = 100, 10_000, 1_000, 20_260_101
ROUNDS = 41
LIMIT = 1.5


def run() -> Result:
    """Measure and compare; checks first that both sides agree on the resampled means."""
    losses = _losses()
    systems = [System(key=f"team-{at:03}", statistics=row[:, None]) for at, row in enumerate(losses)]
    began = time.perf_counter()
    weights = resample_weights(ROWS, resamples=RESAMPLES, seed=SEED)
    cold = time.perf_counter() - began
    stacked = np.ascontiguousarray(losses.T)
    _agree(systems, weights, stacked)
    pairs = _against_bare(lambda: _intervals_and_groups(systems), weights, stacked)
    board = _against_bare(lambda: _board(systems), weights, stacked)
    notes = (
        f"weights made once in {cold * 1e3:.0f} ms, warm on both sides",
        pairs.note,
        f"whole board with ranks and rank intervals: ratio {board.ratio:.2f}",
    )
    return Result("bootstrap", pairs.ratio, LIMIT, notes=notes)


def _against_bare(
    ours: Callable[[], object], weights: NDArray[np.float32], stacked: NDArray[np.float32]
) -> Pairs:
    return measure_pairs(ours, lambda: weights @ stacked, rounds=ROUNDS, warm_ups=3)


def _losses() -> NDArray[np.float32]:
    """Squared errors of systems that differ by little and share the hard rows, shape (systems, rows)."""
    draw = np.random.default_rng(SEED)
    hard = draw.gamma(2.0, size=ROWS)
    skill = np.linspace(1.0, 1.2, SYSTEMS)[:, None]
    return np.asarray(skill * hard * draw.gamma(4.0, 0.25, size=(SYSTEMS, ROWS)), dtype=np.float32)


def _intervals_and_groups(systems: list[System]) -> int:
    return len(tie_groups(evaluate_systems(RMSE, systems, seed=SEED, resamples=RESAMPLES)))


def _board(systems: list[System]) -> int:
    comparison = evaluate_systems(RMSE, systems, seed=SEED, resamples=RESAMPLES)
    return len(standings(comparison))


def _agree(systems: list[System], weights: NDArray[np.float32], stacked: NDArray[np.float32]) -> None:
    ours = evaluate_systems(RMSE, systems, seed=SEED, resamples=RESAMPLES).resampled
    bare = np.sqrt(weights.astype(np.float64) @ stacked.astype(np.float64) / ROWS)
    assert ours is not None
    assert np.allclose(ours, bare.T, rtol=1e-6)


def _root(means: Array) -> Array:
    return np.asarray(np.sqrt(means[..., 0]))


RMSE = Metric(
    key="rmse",
    name_ko="평균 제곱근 오차",
    name_en="Root mean squared error",
    direction="lower",
    lowest=0.0,
    highest=np.inf,
    truth=(),
    prediction=(),
    source="the benchmark's own: squared errors are given",
    finish=_root,
)

if __name__ == "__main__":
    with_one_thread("benchmarks.bootstrap")
    sys.exit(report(run()))
