import csv
import math
import random
from pathlib import Path

from comparing import is_number, is_table
from judge import call


def gaps_of_many_rows() -> bool:
    drawn = random.Random(601)
    for _ in range(40):
        row = {
            f"{number:02d}": drawn.choice((0, 0, 1, 4, 9, 15, 60))
            for number in range(1, drawn.randrange(3, 9))
        }
        shown = {place: None if count < 10 else count for place, count in row.items()}
        gaps = {place: count for place, count in row.items() if count < 10}
        known = gaps if len(gaps) == 1 or not any(gaps.values()) else {}
        if not is_table(call("recovered", shown, sum(row.values())), known):
            return False
    return is_table(call("recovered", {"01": 12, "02": None, "03": None}, 12), {"02": 0, "03": 0})


def real_rows_protected() -> bool:
    rows = list(_table().values())
    rows += [
        {"01": 0, "02": 0, "03": 11, "04": 30},
        {"01": 3, "02": 2},
        {"05": 20, "04": 20, "06": 1},
        {"01": 50},
        {"01": 4},
    ]
    for k in (5, 10, 20):
        for row in rows:
            if not is_table(call("protected", row, k), _protected(row, k)):
                return False
    return True


def _protected(row: dict[str, int], k: int) -> dict[str, int | None]:
    """The first so many cells in the order of size are hidden: the fewest that are safe."""
    order = sorted(row, key=lambda place: (row[place], place))
    least = sum(count < k for count in row.values())
    for many in range(least, len(order) + 1):
        together = sum(row[place] for place in order[:many])
        if many == 0 or (many > 1 and together >= k) or many == len(order):
            return {place: None if order.index(place) < many else row[place] for place in row}
    return dict(row)


def noise_follows_laplace() -> bool:
    drawn = random.Random(603)
    for _ in range(60):
        u = drawn.uniform(0.001, 0.999)
        count, sensitivity, epsilon = (
            drawn.randrange(2000),
            drawn.choice((1, 2, 4)),
            drawn.choice((0.1, 0.3, 1, 3)),
        )
        got = call("noisy", count, sensitivity, epsilon, u)
        if not is_number(got, count, 1e4):
            return False
        # Put back into the distribution function, the noise must give u.
        reach = abs(got - count) * epsilon / sensitivity
        tail = math.exp(-min(reach, 700)) / 2
        if not is_number(tail if got < count else 1 - tail, u, 1e-6):
            return False
    return True


def loss_on_real_flows() -> bool:
    table = _table()
    table["99"] = {"28": 0, "08": 0}
    for k in (5, 10, 50):
        expected = {}
        for origin, row in table.items():
            kept = sum(count for count in row.values() if count >= k)
            everyone = sum(row.values())
            expected[origin] = 1 - kept / everyone if everyone else 0
        if not is_table(call("lost_share", table, k), expected, 1e-9):
            return False
    return True


def _table() -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    with Path("/data/flows.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            table.setdefault(line["origin"], {})[line["destination"]] = int(line["count"])
    return table
