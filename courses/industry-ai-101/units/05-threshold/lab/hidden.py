import csv
import random
from fractions import Fraction
from pathlib import Path

from comparing import is_list, is_number
from judge import call


def cost_on_many() -> bool:
    drawn = random.Random(501)
    chances = [drawn.randrange(0, 21) / 20 for _ in range(200)]
    failed = [int(drawn.random() < one) for one in chances]
    for threshold in (0.0, 0.05, 0.25, 0.5, 0.95, 1.0, 1.5):
        silent = [(p, y) for p, y in zip(chances, failed, strict=True) if p < threshold]
        missed = sum(y for _, y in silent)
        alarms_in_vain = (len(chances) - len(silent)) - (sum(failed) - missed)
        if not is_number(
            call("alarm_cost", chances, failed, threshold, 70, 900), 70 * alarms_in_vain + 900 * missed
        ):
            return False
    return True


def correction_at_the_ends() -> bool:
    drawn = random.Random(502)
    for probability in (0, 1):
        if not is_number(call("prior_corrected", probability, 0.5, 0.03), probability):
            return False
    for _ in range(30):
        p, trained, real = (drawn.randrange(1, 100) for _ in range(3))
        odds = Fraction(p, 100 - p) * Fraction(real, 100 - real) / Fraction(trained, 100 - trained)
        got = call("prior_corrected", p / 100, trained / 100, real / 100)
        if not is_number(got, float(odds / (1 + odds)), 1e-9):
            return False
    return True


def reliability_on_many() -> bool:
    drawn = random.Random(503)
    # Quarters lie exactly on borders of 4 and 8 bins, and are exact in binary.
    for bins, steps in ((4, 16), (8, 32), (10, 0), (5, 0)):
        chances = [drawn.randrange(steps + 1) / steps if steps else drawn.random() ** 3 for _ in range(60)]
        chances += [0.0, 1.0]
        failed = [int(drawn.random() < one) for one in chances]
        if not is_list(call("reliability", chances, failed, bins), _table(chances, failed, bins), 1e-9):
            return False
    sparse = call("reliability", [0.05, 0.95, 1.0], [0, 1, 1], 10)
    return is_list(sparse, [[1, 0.05, 0], [2, 0.975, 1]])


def _table(chances: list[float], failed: list[int], bins: int) -> list[list[float]]:
    lines = []
    for number in range(bins):
        low, high = number / bins, (number + 1) / bins
        last = number == bins - 1
        here = [at for at, p in enumerate(chances) if low <= p and (p < high or last)]
        if here:
            share = [sum(values[at] for at in here) / len(here) for values in (chances, failed)]
            lines.append([len(here), *share])
    return lines


def fleet_first_alarm() -> bool:
    checks = [[7, 90, 0.3], [7, 60, 0.6], [7, 30, 0.2], [7, 12, 0.9], [8, 25, 0.1], [8, 5, 0.4], [9, 10, 0.6]]
    if not is_number(call("fleet_cost", checks, 0.6, 10, 300, 2, 3000), (420 + 3000 + 320) / 3):
        return False
    late_then_never = [[1, 9, 0.9], [2, 80, 0.0]]
    return is_number(call("fleet_cost", late_then_never, 0.5, 10, 300, 2, 2000), 2000)


def fleet_on_new_engines() -> bool:
    checks = _checks(Path("/hidden/alarms.csv"))
    order = list(range(len(checks)))
    random.Random(505).shuffle(order)
    mixed = sorted(
        order, key=lambda at: (-checks[at][1], order[at])
    )  # by runs left: engines mixed, each in its order
    for threshold, lead in ((0.3, 10), (0.85, 10), (0.97, 10), (0.97, 20), (0.999, 1)):
        for given in (checks, [checks[at] for at in mixed]):
            got = call("fleet_cost", given, threshold, lead, 300, 2, 3000)
            if not is_number(got, _fleet(checks, threshold, lead), 1e-6):
                return False
    return True


def _checks(path: Path) -> list[list[float]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            [int(r["engine"]), int(r["remaining"]), float(r["probability"])] for r in csv.DictReader(file)
        ]


def _fleet(checks: list[list[float]], threshold: float, lead: int) -> float:
    """Independent of order: the first alarm of an engine is the one with most runs left."""
    costs = []
    for engine in {one[0] for one in checks}:
        ringing = [left for number, left, p in checks if number == engine and p >= threshold]
        in_time = bool(ringing) and max(ringing) >= lead
        costs.append(300 + 2 * max(ringing) if in_time else 3000)
    return sum(costs) / len(costs)
