"""Attacks that read answers out of scores: without the wall they work, with it they do no better than chance.

Each test runs the attack against the bare score first; would the wall be taken away, the second half of it fails.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from dure.engines.scoring.ladder import Best, Candidate, Ladder, candidate_from_influence, ladder_of
from tests.engines.scoring.boards import ACCURACY, metric_of

ROWS = 4000
CHANCE = 0.5 + 3.04 * 0.5 / ROWS**0.5  # the best of 500 blind guesses: 0.524
Bits = NDArray[np.bool_]
Score = Callable[[NDArray[np.float64]], float | None]  # what the board answers to a file; None: nothing shown


# Boosting (Blum and Hardt 2015, section 4): keep random files that score above chance and let them vote.


def boosted(labels: Bits, board: Score, draw: np.random.Generator, submissions: int = 500) -> float:
    """Accuracy on the public rows of the vote of the files that the board made look better than chance."""
    votes = np.zeros(len(labels))
    last = 0.5
    for _ in range(submissions):
        guess = draw.random(len(labels)) < 0.5
        shown = board(guess.astype(np.float64))
        if shown is not None and shown > max(last, 0.5):
            votes += np.where(guess, 1.0, -1.0)
        last = shown if board.__name__ == "on_ladder" and shown is not None else 0.5
    tie = draw.random(len(labels)) < 0.5
    return float((np.where(votes == 0, tie, votes > 0) == labels).mean())


def right_rows(labels: Bits, guess: NDArray[np.float64]) -> Candidate:
    right = ((guess > 0.5) == labels).astype(np.float64)
    return candidate_from_influence(float(right.mean()), right - right.mean())


def bare(candidate: Callable[[NDArray[np.float64]], Candidate]) -> Score:
    def score(guess: NDArray[np.float64]) -> float:
        return candidate(guess).score

    return score


def rounded(candidate: Callable[[NDArray[np.float64]], Candidate], ladder: Ladder) -> Score:
    def score(guess: NDArray[np.float64]) -> float:
        return ladder.rounded(candidate(guess))

    return score


def climbing(candidate: Callable[[NDArray[np.float64]], Candidate], ladder: Ladder) -> Score:
    best: Best | None = None

    def on_ladder(guess: NDArray[np.float64]) -> float | None:
        nonlocal best
        released = ladder.release(best, candidate(guess))
        best = released.best
        return released.shown

    return on_ladder


def test_boosting_random_files_gains_nothing_on_the_ladder() -> None:
    ladder = ladder_of(ACCURACY, n_units=ROWS, baseline_errors=[])
    reached: dict[str, list[float]] = {"bare": [], "rounded": [], "ladder": []}
    for repeat in range(4):
        draw = np.random.default_rng(repeat)
        labels = draw.random(ROWS) < 0.5

        def score(guess: NDArray[np.float64], labels: Bits = labels) -> Candidate:
            return right_rows(labels, guess)

        reached["bare"].append(boosted(labels, bare(score), np.random.default_rng(repeat + 100)))
        reached["rounded"].append(
            boosted(labels, rounded(score, ladder), np.random.default_rng(repeat + 100))
        )
        reached["ladder"].append(
            boosted(labels, climbing(score, ladder), np.random.default_rng(repeat + 100))
        )
    assert np.mean(reached["bare"]) > 0.57
    assert np.mean(reached["rounded"]) > 0.57  # rounding alone is no wall
    assert np.mean(reached["ladder"]) < CHANCE


def climbed(labels: Bits, board: Score, draw: np.random.Generator, submissions: int = 500) -> float:
    """Accuracy after guessing 400 rows anew in each file and keeping what the board shows to be better."""
    best = draw.random(len(labels)) < 0.5
    last = board(best.astype(np.float64)) or 0.0
    for _ in range(submissions):
        new = best.copy()
        new[draw.choice(len(labels), 400, replace=False)] = draw.random(400) < 0.5
        shown = board(new.astype(np.float64)) or 0.0
        if shown > last:
            best, last = new, shown
    return float((best == labels).mean())


def test_climbing_step_by_step_is_slowed_but_not_ended() -> None:
    """A known limit: who keeps each lucky step gets about 0.55 in 500 files. Limits per day and the private rows do the rest."""
    labels = np.random.default_rng(0).random(ROWS) < 0.5
    ladder = ladder_of(ACCURACY, n_units=ROWS, baseline_errors=[])

    def score(guess: NDArray[np.float64]) -> Candidate:
        return right_rows(labels, guess)

    def reached(board: Score, submissions: int) -> float:
        return climbed(labels, board, np.random.default_rng(1), submissions)

    assert reached(bare(score), 500) > 0.56
    assert reached(climbing(score, ladder), 500) < reached(bare(score), 500)
    assert reached(climbing(score, ladder), 50) < CHANCE < reached(bare(score), 50)


# Decoding log loss (Whitehill 2017, arXiv 1707.01825; Aggarwal et al. 2021, arXiv 2105.08266): one file asks about many labels.

LOG_LOSS = metric_of(lambda means: means[..., 0], key="log_loss", direction="lower", lowest=0.0)
DIGITS = 24  # labels asked for by one file


def log_losses(labels: Bits, chance: NDArray[np.float64], *, clip: float = 0.0) -> Candidate:
    held = np.clip(chance, clip, 1.0 - clip)
    with np.errstate(divide="ignore"):
        losses = -np.log(np.where(labels, held, 1.0 - held))
    return candidate_from_influence(float(losses.mean()), losses - losses.mean())


def probe(asked: NDArray[np.intp], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """A file of 0.5 whose asked rows have log odds in powers of two: the score is a number whose digits are the labels."""
    chance = np.full(ROWS, 0.5)
    chance[asked] = 1.0 / (1.0 + np.exp(-weights))
    return chance


def read_digits(shown: float, chance: NDArray[np.float64], digits: int, smallest: float) -> Bits:
    """The labels that explain the score best: a positive row spares its log odds, smallest · 2^place."""
    if_all_negative = -np.log(1.0 - chance).sum()
    number = round((if_all_negative - shown * ROWS) / smallest)
    number = min(max(number, 0), 2**digits - 1)
    return np.array([number >> place & 1 == 1 for place in range(digits)])


def decoded(labels: Bits, board: Score, *, digits: int, smallest: float) -> float:
    """Share of labels known after asking for all of them, `digits` a file; what the board does not show stays a guess."""
    draw = np.random.default_rng(9)
    known = draw.random(ROWS) < 0.5
    weights = smallest * np.exp2(np.arange(digits, dtype=np.float64))
    before = None
    for start in range(0, ROWS - digits + 1, digits):
        asked = np.arange(start, start + digits)
        chance = probe(asked, weights)
        shown = board(chance)
        if shown is not None and shown != before:
            known[asked] = read_digits(shown, chance, digits, smallest)
        before = shown if board.__name__ == "on_ladder" else None
    return float((known == labels).mean())


def test_log_loss_in_full_precision_gives_the_answers_away_and_the_wall_does_not() -> None:
    labels = np.random.default_rng(5).random(ROWS) < 0.5
    honest = log_losses(
        labels, np.where(labels, 0.7, 0.3) + np.random.default_rng(6).normal(0, 0.1, ROWS), clip=1e-15
    )
    ladder = ladder_of(LOG_LOSS, n_units=ROWS, baseline_errors=[honest.standard_error])

    def exact(chance: NDArray[np.float64]) -> Candidate:
        return log_losses(labels, chance)

    def clipped(chance: NDArray[np.float64]) -> Candidate:
        return log_losses(labels, chance, clip=1e-15)

    assert decoded(labels, bare(exact), digits=DIGITS, smallest=1e-9) > 0.99
    assert decoded(labels, bare(clipped), digits=DIGITS, smallest=1e-9) > 0.99  # clipping alone is no wall
    assert decoded(labels, rounded(clipped, ladder), digits=DIGITS, smallest=1e-9) < CHANCE
    assert decoded(labels, climbing(clipped, ladder), digits=DIGITS, smallest=1e-9) < CHANCE


def test_the_rounding_of_a_crafted_file_is_the_problem_s_and_not_its_own() -> None:
    """Without the floor from the baselines a file of next to no spread would be shown with next to all its digits."""
    labels = np.random.default_rng(5).random(ROWS) < 0.5

    def clipped(chance: NDArray[np.float64]) -> Candidate:
        return log_losses(labels, chance, clip=1e-15)

    floorless = Ladder(direction="lower", lowest=0.0, highest=np.inf, least_error=0.0)
    assert decoded(labels, rounded(clipped, floorless), digits=2, smallest=1e-3) > 0.9


def test_loud_questions_outlast_rounding_but_not_the_ladder() -> None:
    """Log odds of 10 and more move the rounded score; a file that asks so loses more than it can win, and is not shown."""
    labels = np.random.default_rng(5).random(ROWS) < 0.5

    def clipped(chance: NDArray[np.float64]) -> Candidate:
        return log_losses(labels, chance, clip=1e-15)

    ladder = ladder_of(LOG_LOSS, n_units=ROWS, baseline_errors=[0.008])
    assert decoded(labels, rounded(clipped, ladder), digits=2, smallest=10.0) > 0.9
    assert decoded(labels, climbing(clipped, ladder), digits=2, smallest=10.0) < CHANCE
