"""Random series, always the same, and eight engines that learners do not have."""

import csv
import random
import statistics
from functools import cache
from pathlib import Path

from comparing import is_list, is_number
from judge import call

SEED = 4004
Table = dict[str, list[float]]


def z_with_odd_values() -> bool:
    for number in range(6):
        chance = random.Random(SEED + number)
        healthy = chance.choice([7, 20, 33, 50])
        values = [chance.gauss(500, 3) for _ in range(healthy + 60)]
        values[chance.randrange(healthy)] = 5e5
        if not is_list(call("robust_z", values, healthy), _z(values, healthy), 1e-6):
            return False
    still = [5.0] * 30 + [6.0, 7.0]
    return is_list(call("robust_z", still, 30), [0] * 32)


def _z(values: list[float], healthy: int) -> list[float]:
    middle = statistics.median(values[:healthy])
    spread = statistics.median(abs(value - middle) for value in values[:healthy]) * 1.4826
    return [(value - middle) / spread for value in values]


def sensors_with_signs() -> bool:
    for number in range(5):
        chance = random.Random(SEED + 50 + number)
        names = [f"sensor_{at:02d}" for at in chance.sample(range(1, 22), 6)]
        table: Table = {name: [chance.gauss(40, 2) for _ in range(90)] for name in names}
        table["run"] = [float(run) for run in range(1, 91)]
        rising, falling = names[:2], names[2:5]
        signed = [(1, _z(table[name], 40)) for name in rising] + [
            (-1, _z(table[name], 40)) for name in falling
        ]
        means = [sum(sign * z[row] for sign, z in signed) / 5 for row in range(90)]
        share = chance.uniform(0.05, 0.9)
        if not is_list(call("combined", table, rising, falling, 40), means, 1e-6):
            return False
        if not is_list(call("ewma", means, share), _smoothed(means, share), 1e-6):
            return False
    return True


def _smoothed(values: list[float], share: float) -> list[float]:
    """Each smoothed value as the weighted sum that the recursion amounts to."""
    weights = [share * (1 - share) ** back for back in range(len(values))]
    return [
        (1 - share) ** at * values[0] + sum(weights[at - past] * values[past] for past in range(1, at + 1))
        for at in range(len(values))
    ]


def alarm_at_the_right_run() -> bool:
    for number in range(30):
        chance = random.Random(SEED + 100 + number)
        scores = [chance.choice([0.0, 1.0, 1.5, 2.0, 2.5]) for _ in range(60)]
        in_a_row, start = chance.choice([1, 2, 3, 4]), chance.choice([0, 10, 25])
        ends = range(start + in_a_row - 1, 60)
        right = next((end for end in ends if min(scores[end - in_a_row + 1 : end + 1]) > 1.5), None)
        got = call("first_alarm", scores, 1.5, in_a_row, start)
        if not (got is None if right is None else is_number(got, right)):
            return False
    return is_number(call("first_alarm", [0, 9], 1, 1, 0), 1) and call("first_alarm", [9, 0], 1, 1, 1) is None


def no_look_ahead() -> bool:
    rung = 0
    for table in _engines():
        place = call("watch", table)
        if type(place) is not int or not 50 <= place < len(table["run"]):
            continue
        rung += 1
        if (
            not is_number(call("watch", _until(table, place + 1)), place)
            or call("watch", _until(table, place)) is not None
        ):
            return False
    return rung >= 4 and all(call("watch", _until(table, 50)) is None for table in _engines()[:2])


def useful_warning() -> bool:
    leads = [_lead(table) for table in _engines()]
    alarms = sum(
        call("watch", _healthy(table, number)) is not None for number, table in enumerate(_engines()[:6])
    )
    return sum(25 <= lead <= 125 for lead in leads) >= 7 and alarms <= 1


def _lead(table: Table) -> int:
    """Runs between alarm and failure; -1 where there was no alarm, or one during the reference period."""
    place = call("watch", table)
    return len(table["run"]) - 1 - place if type(place) is int and place >= 50 else -1


def _healthy(table: Table, number: int) -> Table:
    """An engine that stays for 300 runs as it was in its first 50, whose rows are drawn again and again."""
    chance = random.Random(SEED + 200 + number)
    rows = [*range(50), *(chance.randrange(50) for _ in range(250))]
    drawn = {name: [values[row] for row in rows] for name, values in table.items()}
    return drawn | {"run": [float(run) for run in range(1, 301)]}


def _until(table: Table, rows: int) -> Table:
    return {name: values[:rows] for name, values in table.items()}


@cache
def _engines() -> list[Table]:
    with Path("/hidden/engines.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    tables = []
    for engine in sorted({row["engine"] for row in rows}):
        own = [row for row in rows if row["engine"] == engine]
        tables.append({name: [float(row[name]) for row in own] for name in own[0] if name != "engine"})
    return tables
