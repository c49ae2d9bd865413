"""The numbers that units 1 to 4 of industry-ai-101 and first-submission quote: `python -m scripts.courses.quoted_101 TRAIN`.

TRAIN is FD001's `train.csv`, plain or gzip. The random forests take a minute; their numbers may move in the last digit with another
version of scikit-learn.
"""

# ruff: noqa: TID251 - recomputes what lessons say of models; nothing that runs in Dure imports it

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, KFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from dure.problems.demo.builders.engine_models import CAP, MOVING, SENSORS
from scripts.demo.shared import PROBLEMS

Floats = NDArray[np.float64]
PLANNED, FAILURE = 20, 120
HORIZON, CUT, SPAN, DAYS_BETWEEN_STARTS = 30, 400, 50, 6
RISING, FALLING = (4, 11, 15), (7, 12, 20, 21)
HEALTHY, SHARE = 50, 0.1
INGREDIENTS = ["cement", "slag", "fly_ash", "water", "superplasticizer"]
MIXED = [*INGREDIENTS, "coarse_aggregate", "fine_aggregate", "age"]


@dataclass(frozen=True, slots=True)
class Runs:
    """One row a run: engine, run, sensors (n, 21), life of its engine, day of the calendar, day of the failure."""

    engine: NDArray[np.int64]
    run: Floats
    sensors: Floats
    life: Floats
    day: Floats
    failed_on: Floats

    def sensor(self, number: int) -> Floats:
        return self.sensors[:, number - 1]


def main(train: str) -> None:
    """Print everything, unit by unit."""
    runs = _read(train)
    for unit in (_framing, _leaks, _calendar, _alarms):
        print(f"\n{unit.__name__}")
        unit(runs)
    print("\nconcrete")
    _concrete()


def _read(train: str) -> Runs:
    numbers = np.loadtxt(train, dtype=np.float64)
    engine = numbers[:, 0].astype(np.int64)
    life = np.array([numbers[engine == one, 1].max() for one in range(1, engine.max() + 1)])[engine - 1]
    start = 1 + DAYS_BETWEEN_STARTS * (engine - 1)
    run, sensors = numbers[:, 1], numbers[:, 5 : 5 + len(SENSORS)]
    return Runs(engine, run, sensors, life, start + run - 1, start + life - 1)


def _framing(runs: Runs) -> None:
    lives = np.array([runs.life[runs.engine == one][0] for one in range(1, 101)])
    print("rows", len(runs.run), "fewer than 30 runs left", int((runs.life - runs.run < HORIZON).sum()))
    costs = {interval: _interval(lives, interval) for interval in range(60, 401)}
    print(
        "cheapest interval",
        min(costs, key=costs.__getitem__),
        {at: round(costs[at], 2) for at in (100, 134, 200, 400)},
    )
    print("perfect foresight", round(100 * PLANNED / (lives.mean() - 1), 2))
    generator = np.random.default_rng(7)
    halves = [_chosen_on_half(generator.permutation(lives)) for _ in range(2000)]
    print("interval chosen on one half, cost there and on the other half", np.mean(halves, axis=0).round(1))
    noise = generator.normal(size=(400, len(lives)))
    for error in (10, 20, 30, 40):
        cost, margin = min((_by_prediction(lives, error * noise - at), at) for at in range(150))
        print("error", error, "best margin", margin, "cost", round(cost, 1))


def _interval(lives: Floats, interval: int) -> float:
    failed = int((lives <= interval).sum())
    paid = PLANNED * (len(lives) - failed) + FAILURE * failed
    return float(100 * paid / np.minimum(lives, interval).sum())


def _chosen_on_half(lives: Floats) -> tuple[float, float]:
    here, there = lives[:50], lives[50:]
    interval = min(range(100, 250), key=lambda tried: _interval(here, tried))
    return _interval(here, interval), _interval(there, interval)


def _by_prediction(lives: Floats, shift: Floats) -> float:
    stop = lives + shift
    paid = np.where(stop >= lives, FAILURE, PLANNED).sum()
    return float(100 * paid / np.minimum(np.maximum(stop, 1), lives).sum())


def _leaks(runs: Runs) -> None:
    remaining = np.minimum(runs.life - runs.run, CAP)
    moving = runs.sensors[:, [at - 1 for at in MOVING]]
    whole = runs.run >= 20
    windows = np.column_stack([_mean_of_last(moving, runs.engine, 20), runs.run])[whole]
    for name, x, y, engine in (
        ("windows of 20", windows, remaining[whole], runs.engine[whole]),
        ("readings of the moment", moving, remaining, runs.engine),
    ):
        print(name, "rows at random, by engine:", _both_ways(x, y, engine, trees=50))


def _mean_of_last(values: Floats, engine: NDArray[np.int64], count: int) -> Floats:
    sums = np.cumsum(values, axis=0)
    means = np.full(values.shape, np.nan)
    means[count - 1 :] = (sums[count - 1 :] - np.vstack([np.zeros(values.shape[1]), sums[:-count]])) / count
    return np.where((engine == np.roll(engine, count - 1))[:, None], means, np.nan)


def _both_ways(x: Floats, y: Floats, groups: NDArray[np.int64], *, trees: int) -> list[float]:
    model = RandomForestRegressor(trees, min_samples_leaf=2, random_state=0, n_jobs=2)
    rows = cross_val_predict(model, x, y, cv=KFold(5, shuffle=True, random_state=0))
    whole = cross_val_predict(model, x, y, cv=GroupKFold(5, shuffle=True, random_state=0), groups=groups)
    return [round(_rmse(guess, y), 2) for guess in (rows, whole)]


def _rmse(guess: Floats, y: Floats) -> float:
    return float(np.sqrt(np.mean((guess - y) ** 2)))


def _calendar(runs: Runs) -> None:
    soon = (runs.failed_on - runs.day <= HORIZON).astype(float)
    past, ripe, later = runs.day <= CUT, runs.day + HORIZON <= CUT, runs.day > CUT
    last = past & ~ripe
    known = last & (runs.failed_on <= CUT)
    print("share before and after", soon[ripe].mean().round(3), soon[later].mean().round(3))
    print(
        "last 30 days",
        last.sum(),
        "rows, known",
        known.sum(),
        "of them ones",
        soon[known].mean(),
        "truly",
        soon[last].mean(),
    )
    failed = {int(one) for one in runs.engine[runs.failed_on <= CUT]}
    running = {int(one) for one in runs.engine[past]} - failed
    lives = [
        np.mean([runs.life[runs.engine == one][0] for one in some]).round(1) for some in (failed, running)
    ]
    print("failed", len(failed), "running", len(running), "lives", lives)
    at_random = np.random.default_rng(0).random(len(soon)) < 0.35
    print("at random ", _short(_scores(runs, soon, ~at_random, at_random)))
    print("cut at 400", _short(_scores(runs, soon, ripe, later)))
    _known_and_new(runs)
    for cut in range(250, 551, 50):
        asked = (runs.day > cut) & (runs.day <= cut + SPAN)
        scores = _scores(runs, soon, runs.day + HORIZON <= cut, asked)
        share, skill = soon[asked].mean().round(2), round(1 - scores["14"] / scores["age"], 2)
        print(cut, "share", share, _short(scores), "skill", skill)


def _known_and_new(runs: Runs) -> None:
    """The runs left, learned from engines that have failed: for later runs of engines known by then, and of new ones."""
    moving = runs.sensors[:, [at - 1 for at in MOVING]]
    x = np.column_stack([_mean_of_last(moving, runs.engine, 20), runs.run])
    y, whole = np.minimum(runs.life - runs.run, CAP), runs.run >= 20
    learned, asked = whole & (runs.failed_on <= CUT), whole & (runs.day > CUT)
    model = RandomForestRegressor(100, min_samples_leaf=2, random_state=0, n_jobs=2).fit(
        x[learned], y[learned]
    )
    errors = model.predict(x[asked]) - y[asked]
    known = np.isin(runs.engine[asked], runs.engine[whole & (runs.day <= CUT)])
    print(
        "runs left, RMSE for engines known and new:",
        *(round(_rmse(errors[some], np.zeros(1)), 1) for some in (known, ~known)),
    )


def _scores(runs: Runs, soon: Floats, train: NDArray[np.bool_], test: NDArray[np.bool_]) -> dict[str, float]:
    """The Brier scores of the four ways."""
    moving = runs.sensors[:, [at - 1 for at in MOVING]]
    chances = {
        "same": np.full(int(test.sum()), soon[train].mean()),
        "age": _by_age(runs.run[train] // 25, soon[train], runs.run[test] // 25),
        "one": _logistic(runs.sensors[:, [10]], soon, train, test),
        "14": _logistic(moving, soon, train, test),
    }
    return {name: float(np.mean((chance - soon[test]) ** 2)) for name, chance in chances.items()}


def _short(scores: dict[str, float]) -> dict[str, float]:
    return {name: round(score, 3) for name, score in scores.items()}


def _by_age(learned: Floats, labels: Floats, asked: Floats) -> Floats:
    shares = {age: labels[learned == age].mean() for age in np.unique(learned)}
    return np.array([shares.get(age, labels.mean()) for age in asked])


def _logistic(x: Floats, y: Floats, train: NDArray[np.bool_], test: NDArray[np.bool_]) -> Floats:
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500)).fit(x[train], y[train])
    return np.asarray(model.predict_proba(x[test])[:, 1])


def _alarms(runs: Runs) -> None:
    engines = [runs.engine == one for one in range(1, 101)]
    one = [_z(runs.sensor(11)[rows]) for rows in engines]
    seven = [_combined(runs, rows) for rows in engines]
    spreads = [
        np.median([np.std(score[50:80]) for score in some]) for some in (one, seven, map(_smoothed, seven))
    ]
    print("noise of one, of seven, of seven smoothed", np.round(spreads, 2))
    for name, scores, limit, row in (
        ("one", one, 3, 1),
        ("one", one, 3, 3),
        ("one smoothed", map(_smoothed, one), 2, 3),
        ("seven", seven, 1.5, 3),
        ("seven smoothed", map(_smoothed, seven), 1, 3),
        ("seven smoothed", map(_smoothed, seven), 1.5, 3),
        ("seven smoothed", map(_smoothed, seven), 2, 3),
        ("one, CUSUM", map(_cusum, one), 8, 1),
        ("seven, mean of 21, centred", map(_centred, seven), 1.5, 3),
        ("seven, mean of the last 21", map(_trailing, seven), 1.5, 3),
    ):
        print(name, limit, row, _told(_leads(scores, limit, row)))


def _z(values: Floats) -> Floats:
    middle = np.median(values[:HEALTHY])
    return np.asarray((values - middle) / (1.4826 * np.median(np.abs(values[:HEALTHY] - middle))))


def _combined(runs: Runs, rows: NDArray[np.bool_]) -> Floats:
    up = [_z(runs.sensor(number)[rows]) for number in RISING]
    return np.asarray(np.mean([*up, *(-_z(runs.sensor(number)[rows]) for number in FALLING)], axis=0))


def _smoothed(score: Floats) -> Floats:
    return _carried(score, lambda last, value: SHARE * value + (1 - SHARE) * last, score[0])


def _cusum(score: Floats) -> Floats:
    return _carried(score, lambda last, value: max(0.0, last + value - 0.5), 0.0)


def _carried(score: Floats, step: Callable[[float, float], float], last: float) -> Floats:
    kept = []
    for value in score:
        last = step(last, float(value))
        kept.append(last)
    return np.array(kept)


def _centred(score: Floats) -> Floats:
    return np.array([score[max(0, at - 10) : at + 11].mean() for at in range(len(score))])


def _trailing(score: Floats) -> Floats:
    return np.array([score[max(0, at - 20) : at + 1].mean() for at in range(len(score))])


def _leads(scores: Iterable[Floats], limit: float, in_a_row: int) -> Floats:
    """Runs between the first alarm and the failure, watched from run 51 on."""
    leads = []
    for score in scores:
        running = 0
        for at in range(len(score)):
            running = running + 1 if score[at] > limit else 0
            if at >= HEALTHY and running >= in_a_row:
                leads.append(len(score) - 1 - at)
                break
    return np.array(leads, dtype=float)


def _told(leads: Floats) -> dict[str, float]:
    early, late = int((leads > CAP).sum()), int((leads < HORIZON).sum())
    return {
        "late": late,
        "in time": len(leads) - early - late,
        "early": early,
        "median": float(np.median(leads)),
    }


def _concrete() -> None:
    folder = PROBLEMS / "concrete-strength"
    train = pl.read_csv(folder / "train.csv")
    test = pl.read_csv(folder / "test.csv").join(pl.read_csv(folder / "answers.csv").drop("mixture"), on="id")
    y, asked = train["strength"].to_numpy(), test["strength"].to_numpy()
    mixes = np.unique(train["mixture"].to_numpy(), return_inverse=True)[1]
    print("rows", train.height, "mixes", train["mixture"].n_unique(), "largest", np.bincount(mixes).max())
    dealt = np.random.default_rng(0).random((200, train.height)) < 0.2
    print(
        "same mix in training", np.mean([np.isin(mixes[out], mixes[~out]).mean() for out in dealt]).round(2)
    )
    forest = RandomForestRegressor(200, random_state=0, n_jobs=2)
    x = train.select(MIXED).to_numpy()
    for name, folds in (
        ("rows", KFold(5, shuffle=True, random_state=0)),
        ("mixes", GroupKFold(5, shuffle=True, random_state=0)),
    ):
        print(
            "forest,",
            name,
            round(
                _rmse(
                    cross_val_predict(
                        forest, x, y, cv=folds.split(x, y, mixes) if name == "mixes" else folds
                    ),
                    y,
                ),
                2,
            ),
        )
    print(
        "forest, new mixes", round(_rmse(forest.fit(x, y).predict(test.select(MIXED).to_numpy()), asked), 2)
    )
    print("mean", round(_rmse(np.full(len(asked), y.mean()), asked), 1))
    for name, age in (("age", pl.col("age")), ("log age", pl.col("age").log())):
        learned, given = (
            table.select(pl.lit(1.0), *INGREDIENTS, age.alias("aged")).to_numpy() for table in (train, test)
        )
        weights = np.linalg.lstsq(learned, y, rcond=None)[0]
        print("linear,", name, round(_rmse(given @ weights, asked), 1))


if __name__ == "__main__":
    main(*sys.argv[1:])
