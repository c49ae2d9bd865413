"""Random fleets, always the same. The right answers are counted here in another way than the lab suggests."""

import random
from fractions import Fraction

from comparing import is_number, is_table
from judge import call

SEED = 1001


def outcomes_of_many_days() -> bool:
    chance = random.Random(SEED)
    days = [(chance.random() < 0.3, chance.random() < 0.2) for _ in range(200)]
    quiet = [(False, False)] * 9
    return all(_counted(case) for case in (days, quiet, [(True, True)] * 4))


def _counted(days: list[tuple[bool, bool]]) -> bool:
    names = {(True, True): "tp", (True, False): "fp", (False, True): "fn", (False, False): "tn"}
    right = {name: days.count(pair) for pair, name in names.items()}
    return is_table(call("outcomes", [day[0] for day in days], [day[1] for day in days]), right)


def limit_at_other_prices() -> bool:
    paying = [(1, 10, 60), (3, 0, 4), (0.5, 7.5, 9.5)]
    if not all(
        is_number(call("alarm_limit", c, r, f), float(Fraction(c) / Fraction(f - r))) for c, r, f in paying
    ):
        return False
    return all(
        call("alarm_limit", *prices) is None
        for prices in ((5, 20, 20), (5, 30, 20), (12, 10, 20), (10, 10, 20))
    )


def interval_at_the_edge() -> bool:
    chance = random.Random(SEED + 1)
    for _ in range(12):
        lives = [chance.randint(40, 300) for _ in range(chance.randint(3, 40))]
        interval = chance.choice([*lives, chance.randint(30, 320)])
        planned, failure = chance.randint(1, 30), chance.randint(31, 200)
        got = call("interval_cost", lives, interval, planned, failure)
        if not is_number(got, _per_hundred(lives, interval, (planned, failure)), 1e-6):
            return False
    return True


def _per_hundred(lives: list[int], interval: int, prices: tuple[int, int]) -> float:
    """Run by run, as the fleet would live it."""
    paid = runs = 0
    for life in lives:
        for run in range(1, interval + 1):
            runs += 1
            if run == life:
                paid += prices[1]
                break
        else:
            paid += prices[0]
    return 100 * paid / runs


def cheapest_interval() -> bool:
    chance = random.Random(SEED + 2)
    for _ in range(8):
        lives = [chance.randint(80, 250) for _ in range(25)]
        candidates = chance.sample(range(40, 260), 30)
        costs = {tried: _per_hundred(lives, tried, (20, 120)) for tried in candidates}
        right = min(candidates, key=lambda tried: (round(costs[tried], 9), tried))
        if not is_number(call("best_interval", lives, candidates, 20, 120), right):
            return False
    # With failures as cheap as service and one life, 200 and 150 runs cost the same.
    return is_number(call("best_interval", [150, 150], [200, 150, 50], 30, 30), 150)


def ceiling_of_a_model() -> bool:
    chance = random.Random(SEED + 3)
    for _ in range(6):
        lives = [chance.randint(100, 360) for _ in range(60)]
        candidates = chance.sample(range(60, 340), 40)
        simple = min(_per_hundred(lives, tried, (20, 120)) for tried in candidates)
        perfect = 100 * sum(20 for _ in lives) / (sum(lives) - len(lives))
        if not is_number(call("ceiling", lives, candidates, 20, 120), simple - perfect, 1e-6):
            return False
    return True
