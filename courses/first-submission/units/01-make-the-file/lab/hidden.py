"""Mixes set apart from the training data, with strengths in another unit and under other names."""

import csv
import math
import random
from pathlib import Path

from comparing import is_number
from judge import call

SEED = 5005
AMOUNTS = (
    "cement",
    "slag",
    "fly_ash",
    "water",
    "superplasticizer",
    "coarse_aggregate",
    "fine_aggregate",
    "age",
)


def error_of_many() -> bool:
    chance = random.Random(SEED)
    for _ in range(5):
        truth = [chance.uniform(5, 80) for _ in range(60)]
        guesses = [one + chance.gauss(0, 6) for one in truth]
        if not is_number(call("rmse", truth, guesses), math.dist(truth, guesses) / math.sqrt(60), 1e-6):
            return False
    return True


def regression_on_new_mixes() -> bool:
    return all(_is_useful(random.Random(SEED + number)) for number in range(3))


def _is_useful(chance: random.Random) -> bool:
    """The error on a quarter of the mixes is at most 0.6 of what their spread around the training mean is."""
    with Path("/data/train.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    mixes = sorted({row["mixture"] for row in rows})
    apart = set(chance.sample(mixes, len(mixes) // 4))
    unit = chance.uniform(0.5, 3)
    chance.shuffle(rows)
    train = _table([row for row in rows if row["mixture"] not in apart], unit)
    asked = _table([row for row in rows if row["mixture"] in apart], unit)
    truth = asked.pop("strength")
    got = call("regression", train, asked)
    if type(got) is not list or len(got) != len(truth) or not all(is_number(one, 0, 1e6) for one in got):
        return False
    mean = sum(train["strength"]) / len(train["strength"])
    return math.dist(truth, got) <= 0.6 * math.dist(truth, [mean] * len(truth))


def _table(rows: list[dict[str, str]], unit: float) -> dict[str, list]:
    table: dict[str, list] = {name: [float(row[name]) for row in rows] for name in AMOUNTS}
    table["id"] = [f"X{at}" for at in range(len(rows))]
    table["strength"] = [unit * float(row["strength"]) for row in rows]
    return table


def file_of_many() -> bool:
    chance = random.Random(SEED + 50)
    for count in (1, 40):
        ids = [f"C{number:04d}" for number in chance.sample(range(1, 2000), count)]
        values = [chance.uniform(-1, 120) for _ in ids]
        got = call("submission_text", ids, values)
        if type(got) is not str or not got.endswith("\n") or "\n\n" in got:
            return False
        lines = [line.split(",") for line in got.split("\n")[:-1]]
        if lines != [
            ["id", "strength"],
            *([name, format(value, ".2f")] for name, value in zip(ids, values, strict=True)),
        ]:
            return False
    return True
