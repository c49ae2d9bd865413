# ruff: noqa: TID251 - recomputes what lessons say of models; nothing that runs in Dure imports it
"""The numbers that units 05, 06 and 08 of industry-ai-101 quote, from the data they ship: `python -m scripts.courses.quoted`.

Those of unit 07 need the packages of the labs: `scripts/courses/mistakes.py`.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from sklearn.ensemble import ExtraTreesRegressor, GradientBoostingRegressor
from sklearn.model_selection import GroupKFold, KFold, cross_val_predict

from scripts.demo.shared import PROBLEMS

Floats = NDArray[np.float64]
UNITS = Path(__file__).parents[2] / "courses" / "industry-ai-101" / "units"
FALSE_ALARM, MISSED = 500, 9500
"""10,000 won: an inspection; a failure on site less what a right alarm costs."""
SERVICE, PER_RUN, FAILURE, LEAD = 2000, 10, 12000, 10
SMALL = 10
TEAMS = (
    "boosting-3",
    "forest-2",
    "network-1",
    "vectors-1",
    "process-1",
    "ridge-1",
    "baseline-linear",
    "abrams-1",
    "baseline-mean",
)
"""The best submission of each team and baseline of concrete-strength, best first."""
DRAWS = 2000
INGREDIENTS = [
    "cement",
    "slag",
    "fly_ash",
    "water",
    "superplasticizer",
    "coarse_aggregate",
    "fine_aggregate",
    "age",
]


def alarms(part: str) -> pl.DataFrame:
    """Checks of unit 05: `data` are the engines for choosing, `hidden_data` the new ones."""
    return pl.read_csv(UNITS / "05-threshold" / "lab" / part / "alarms.csv")


def corrected(chance: Floats) -> Floats:
    """Balancing taken back, with the share of failures among the engines for choosing."""
    real = float(np.mean(alarms("data")["fails"].to_numpy()))
    return np.asarray(chance * real / (chance * real + (1 - chance) * (1 - real)))


def reliability(chance: Floats, failed: Floats, bins: int = 5) -> list[tuple[int, float, float]]:
    """Cases, mean probability and share that failed, of each bin."""
    inside = np.minimum((chance * bins).astype(int), bins - 1)
    return [
        (int((inside == one).sum()), float(chance[inside == one].mean()), float(failed[inside == one].mean()))
        for one in range(bins)
        if (inside == one).any()
    ]


def fleet(checks: pl.DataFrame, threshold: float) -> Floats:
    """What each engine costs if its first alarm books the replacement, in 10,000 won."""
    first = (
        checks.filter(pl.col("probability") >= threshold)
        .group_by("engine")
        .agg(left=pl.col("remaining").max())
    )
    left = checks.select("engine").unique().join(first, on="engine", how="left").sort("engine")["left"]
    in_time = left.fill_null(-1).to_numpy() >= LEAD
    return np.where(in_time, SERVICE + PER_RUN * left.fill_null(0).to_numpy(), float(FAILURE))


def fixed(checks: pl.DataFrame, interval: int) -> Floats:
    """The same if each engine is replaced after `interval` runs."""
    lives = (checks["cycle"] + checks["remaining"]).to_numpy()[
        np.unique(checks["engine"].to_numpy(), return_index=True)[1]
    ]
    return np.where(lives <= interval, float(FAILURE), SERVICE + PER_RUN * (lives - interval))


def flows() -> pl.DataFrame:
    """Movements of unit 06, with the residents of the origin."""
    data = UNITS / "06-mobility-privacy" / "lab" / "data"
    text = {"origin": pl.String, "destination": pl.String, "province": pl.String}
    people = pl.read_csv(data / "people.csv", schema_overrides=text)
    return pl.read_csv(data / "flows.csv", schema_overrides=text).join(
        people, left_on="origin", right_on="province"
    )


def lost(small: int = SMALL) -> pl.DataFrame:
    """What is gone from each origin's movements when counts below `small` are hidden."""
    hidden = pl.when(pl.col("count") < small).then(pl.col("count")).otherwise(0)
    return (
        flows()
        .group_by("origin")
        .agg(pl.col("people").first(), share=hidden.sum() / pl.col("count").sum())
        .sort("share")
    )


def board() -> tuple[Floats, Floats]:
    """RMSE of each of TEAMS (9,), and of each draw of mixes (9, DRAWS), on all test rows of concrete-strength."""
    folder = PROBLEMS / "concrete-strength"
    answers = pl.read_csv(folder / "answers.csv")
    said = [
        answers.join(pl.read_csv(folder / "predictions" / f"{name}.csv"), on="id", suffix="_said")
        for name in TEAMS
    ]
    squares = np.array([((one["strength_said"] - one["strength"]) ** 2).to_numpy() for one in said])
    mix = np.unique(answers["mixture"].to_numpy(), return_inverse=True)[1]
    sums = np.array([np.bincount(mix, one) for one in squares])
    drawn = np.random.default_rng(8).integers(0, mix.max() + 1, (DRAWS, mix.max() + 1))
    counts = np.bincount(mix)[drawn].sum(axis=1)
    return np.sqrt(squares.mean(axis=1)), np.sqrt(sums[:, drawn].sum(axis=2) / counts)


def groups(drawn: Floats) -> list[int]:
    """For each system, the first of its tie group: the leader that is not better in 95 of 100 draws."""
    leaders: list[int] = []
    for one in range(len(drawn)):
        leader = leaders[-1] if leaders else 0
        leaders.append(one if leaders and (drawn[leader] < drawn[one]).mean() >= 0.95 else leader)
    return leaders


def main() -> None:
    for tell in (tell_threshold, tell_fleet, tell_flows, tell_board, tell_validation):
        print(f"== {tell.__name__}")
        tell()


def tell_threshold() -> None:
    new = alarms("hidden_data")
    failed = new["fails"].to_numpy().astype(float)
    ways: dict[str, Callable[[Floats], Floats]] = {"balanced": lambda chance: chance, "corrected": corrected}
    for name, way in ways.items():
        chance = way(new["probability"].to_numpy())
        print(name, "Brier", round(float(np.mean((chance - failed) ** 2)), 4), reliability(chance, failed))
        for threshold in (0.05, 0.5):
            vain, missed = (
                int(((chance >= threshold) & (failed == 0)).sum()),
                int(((chance < threshold) & (failed == 1)).sum()),
            )
            print(
                " at",
                threshold,
                vain,
                missed,
                round((vain * FALSE_ALARM + missed * MISSED) / len(failed), 1),
            )


def tell_fleet() -> None:
    for part in ("data", "hidden_data"):
        checks = alarms(part)
        for threshold in (0.11, 0.5, 0.7, 0.9, 0.93, 0.98):
            cost = fleet(checks, threshold)
            drawn = np.random.default_rng(1).choice(cost, (4000, len(cost))).mean(axis=1)
            print(
                part,
                threshold,
                round(cost.mean()),
                int((cost == FAILURE).sum()),
                np.percentile(drawn, [2.5, 97.5]).round(),
            )
        print(part, "after 130", round(fixed(checks, 130).mean()))


def tell_flows() -> None:
    table = flows()
    small = table.filter(pl.col("count") < SMALL)
    moved, hidden = table["count"].to_numpy(), small["count"].to_numpy()
    print(len(moved), len(hidden), moved.sum(), hidden.sum() / moved.sum())
    madrid = table.filter(pl.col("origin") == "28")
    print(
        "Madrid", madrid["count"].sum(), madrid.filter(pl.col("count") < SMALL).select("destination", "count")
    )
    print(lost().tail(7), lost(50).tail(2))


def tell_board() -> None:
    scores, drawn = board()
    for name, score, draws, leader in zip(TEAMS, scores, drawn, groups(drawn), strict=True):
        better = (drawn[0] < draws).mean()
        print(name, round(score, 2), np.percentile(draws, [2.5, 97.5]).round(1), TEAMS[leader], better)


def tell_validation() -> None:
    folder = PROBLEMS / "concrete-strength"
    train = pl.read_csv(folder / "train.csv")
    test = pl.read_csv(folder / "test.csv").join(pl.read_csv(folder / "answers.csv"), on="id")
    x, y, mix = train[INGREDIENTS].to_numpy(), train["strength"].to_numpy(), train["mixture"].to_numpy()
    models = (
        GradientBoostingRegressor(n_estimators=400, max_depth=5, learning_rate=0.05, random_state=0),
        ExtraTreesRegressor(300, random_state=0),
    )
    for model in models:
        by_row = cross_val_predict(model, x, y, cv=KFold(5, shuffle=True, random_state=0))
        by_mix = cross_val_predict(model, x, y, groups=mix, cv=GroupKFold(5, shuffle=True, random_state=0))
        there = model.fit(x, y).predict(test[INGREDIENTS].to_numpy())
        errors = (by_row - y, by_mix - y, there - test["strength"].to_numpy())
        print(type(model).__name__, [round(float(np.sqrt((one**2).mean())), 2) for one in errors])


if __name__ == "__main__":
    main()
