"""Damaged logs, always the same; what is right is known because the damage was done here."""

import random
from collections import Counter

from comparing import is_list, is_table
from judge import call

SEED = 2002


def duplicates_out_of_order() -> bool:
    return all(is_list(call("duplicated_runs", log), twice) for log, twice, _ in map(_damaged, range(5)))


def gaps_out_of_order() -> bool:
    return all(is_table(call("missing_runs", log), lost) for log, _, lost in map(_damaged, range(5)))


def _damaged(number: int) -> tuple[dict[str, list[float]], list[list[int]], dict[int, list[int]]]:
    """A log, the runs that stand in it more than once, and those that are missing."""
    chance = random.Random(SEED + number)
    rows: list[tuple[int, int]] = []
    lost: dict[int, list[int]] = {}
    for engine in chance.sample(range(1, 90), 6):
        last = chance.randint(20, 60)
        gone = sorted(chance.sample(range(1, last), chance.choice([0, 0, 1, 5])))
        rows += [(engine, run) for run in range(1, last + 1) if run not in gone]
        if gone:
            lost[engine] = gone
    again = chance.sample(rows, 8)
    rows += [*again, *again[:3]]
    chance.shuffle(rows)
    log = {
        "engine": [row[0] for row in rows],
        "run": [row[1] for row in rows],
        "sensor_01": [0.5] * len(rows),
    }
    return log, sorted(list(row) for row, count in Counter(rows).items() if count > 1), lost


def dead_or_silent() -> bool:
    chance = random.Random(SEED + 10)
    log = {
        "engine": [1] * 30,
        "run": list(range(1, 31)),
        "setting_1": [1.0] * 30,
        "sensor_09": [None if at % 7 == 0 else 642.3 for at in range(30)],
        "sensor_02": [chance.gauss(0, 1) for _ in range(30)],
        "sensor_17": [None] * 30,
        "sensor_04": [1.0] * 29 + [1.01],
        "sensor_01": [518.67] * 30,
        "sensor_11": [None if chance.random() < 0.4 else chance.gauss(47, 0.2) for _ in range(30)],
        "my_sensor_1": [3] * 30,
    }
    return is_list(call("dead_sensors", log), ["sensor_01", "sensor_09", "sensor_17"])


def future_in_disguise() -> bool:
    chance = random.Random(SEED + 20)
    for limit in (0.99, 0.9, 0.6):
        left = [float(chance.randint(0, 200)) for _ in range(150)]
        log = {
            "left": left,
            "worn": [-(one**3) + chance.uniform(-0.4, 0.4) for one in left],
            "ticket": [one // 4 for one in left],
            "noisy": [one + chance.gauss(0, 30) for one in left],
            "other": [chance.gauss(0, 1) for _ in left],
            "site": [7.0] * len(left),
        }
        right = sorted(
            name
            for name in log
            if name not in {"left", "site"} and abs(_rank_correlation(log[name], left)) >= limit
        )
        if not is_list(call("too_good", log, "left", limit), right):
            return False
    # A curved relation: its plain correlation is below the limit, its rank correlation is not.
    curved = {
        "y": [float(at) for at in range(60)],
        "x": [1.3**at for at in range(60)],
        "z": [at % 7 for at in range(60)],
    }
    return is_list(call("too_good", curved, "y", 0.95), ["x"])


def _rank_correlation(one: list[float], other: list[float]) -> float:
    first, second = _ranks(one), _ranks(other)
    middle = (len(one) + 1) / 2
    over = sum((a - middle) * (b - middle) for a, b in zip(first, second, strict=True))
    spread = sum((a - middle) ** 2 for a in first) * sum((b - middle) ** 2 for b in second)
    return over / spread**0.5


def _ranks(values: list[float]) -> list[float]:
    """Mean ranks: how many are smaller, and half of those equal."""
    return [sum(o < v for o in values) + (sum(o == v for o in values) + 1) / 2 for v in values]


def same_engines_every_time() -> bool:
    chance = random.Random(SEED + 30)
    choices = set()
    for number in range(12):
        engines = chance.sample(range(1, 500), 23)
        groups = [engine for engine in engines for _ in range(chance.randint(1, 30))]
        chosen = _chosen(groups, 0.3, number)
        chance.shuffle(groups)
        if chosen is None or len(chosen) != 7 or _chosen(groups, 0.3, number) != chosen:
            return False
    groups = [engine for engine in range(20) for _ in range(3)]
    for seed in range(10):
        chosen = _chosen(groups, 0.2, seed)
        choices.add(tuple(sorted(chosen or ())))
    few = _chosen([5, 5, 9], 0.01, 3)
    return len(choices) > 1 and few is not None and len(few) == 1


def _chosen(groups: list[int], share: float, seed: int) -> set[int] | None:
    """The engines of the test part, or None where the answer is no split into whole engines."""
    got = call("split_by", groups, share, seed)
    if type(got) is not list or len(got) != len(groups) or not all(type(one) is bool for one in got):
        return None
    test = {group for group, is_test in zip(groups, got, strict=True) if is_test}
    train = {group for group, is_test in zip(groups, got, strict=True) if not is_test}
    return None if test & train else test
