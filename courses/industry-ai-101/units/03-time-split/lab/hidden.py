"""Random fleets, always the same. Labels are found here by living through the days one by one."""

import random

from comparing import is_list, is_number, is_table
from judge import call

SEED = 3003


def labels_of_a_fleet() -> bool:
    for number in range(6):
        chance = random.Random(SEED + number)
        today, horizon = chance.randint(60, 120), chance.choice([5, 14, 30])
        rows = [_row(chance) for _ in range(250)]
        rows += [
            (today - horizon, None),
            (today - horizon, today),
            (today, today),
            (today - horizon + 1, None),
        ]
        rows += [(today - horizon, today + 1), (today - 3, today + 1), (today + 1, today + 1)]
        right = [_lived(day, failed, today, horizon) for day, failed in rows]
        got = call("labels_on", [row[0] for row in rows], [row[1] for row in rows], today, horizon)
        if not is_list(got, right):
            return False
    return True


def _row(chance: random.Random) -> tuple[int, int | None]:
    day = chance.randint(1, 150)
    return day, chance.choice([None, day + chance.randint(0, 60)])


def _lived(day: int, failed: int | None, today: int, horizon: int) -> int | None:
    """Day after day, with nothing seen beyond today."""
    for now in range(day, day + horizon + 1):
        if now > today:
            return None
        if now == failed:
            return 1
    return 0


def seam_of_a_split() -> bool:
    for number in range(6):
        chance = random.Random(SEED + 50 + number)
        days = [chance.randint(1, 90) for _ in range(120)] + list(range(30, 71))
        chance.shuffle(days)
        cut, horizon = chance.randint(40, 60), chance.choice([0, 1, 10, 30])
        if not is_table(call("time_split", days, cut, horizon), _split(days, cut, horizon, 10**6)):
            return False
    return True


def _split(days: list[int], cut: int, horizon: int, until: int) -> dict[str, list[int]]:
    learned, asked = set(range(cut - horizon + 1)), set(range(cut + 1, min(until, max(days)) + 1))
    return {
        "train": [row for row, day in enumerate(days) if day in learned],
        "test": [row for row, day in enumerate(days) if day in asked],
    }


def folds_in_a_row() -> bool:
    for number in range(6):
        chance = random.Random(SEED + 100 + number)
        days = [chance.randint(1, 200) for _ in range(150)]
        cuts = [chance.randint(50, 80), chance.randint(90, 120), chance.randint(130, 180), 5, 400]
        horizon = chance.choice([7, 20])
        ordered = sorted(cuts)
        pairs = zip(ordered, [*ordered[1:], 10**6], strict=True)
        folds = [_split(days, cut, horizon, until) for cut, until in pairs]
        chance.shuffle(cuts)
        whole = [one for one in folds if one["train"] and one["test"]]
        if not is_list(call("walk_forward", days, cuts, horizon), whole):
            return False
    return True


def ages_never_seen() -> bool:
    for number in range(6):
        chance = random.Random(SEED + 150 + number)
        width = chance.choice([10, 25, 40])
        learned = [(chance.randint(1, 160), int(chance.random() < 0.2)) for _ in range(200)]
        asked = [chance.randint(1, 360) for _ in range(80)]
        right = [_share(learned, run, width) for run in asked]
        got = call("age_baseline", [run for run, _ in learned], [label for _, label in learned], asked, width)
        if not is_list(got, right):
            return False
    return True


def _share(learned: list[tuple[int, int]], run: int, width: int) -> float:
    low = run - run % width
    alike = [label for other, label in learned if low <= other < low + width] or [
        label for _, label in learned
    ]
    return sum(alike) / len(alike)


def skill_against_a_baseline() -> bool:
    chance = random.Random(SEED + 200)
    for _ in range(8):
        labels = [int(chance.random() < 0.3) for _ in range(50)]
        model, base = ([chance.random() for _ in labels] for _ in range(2))
        errors = [sum((p - y) ** 2 for p, y in zip(one, labels, strict=True)) for one in (model, base)]
        if not is_number(call("skill", labels, model, base), 1 - errors[0] / errors[1], 1e-8):
            return False
    worse = call("skill", [1, 0], [0.0, 1.0], [0.5, 0.5])
    return is_number(worse, -3) and call("skill", [1, 0], [0.5, 0.5], [1, 0]) is None
