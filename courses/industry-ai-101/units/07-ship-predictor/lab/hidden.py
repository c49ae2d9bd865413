import csv
import random
from pathlib import Path

import numpy as np
from comparing import is_number, is_same, is_table
from judge import call

SENSORS = [f"sensor_{number:02d}" for number in (2, 3, 4, 7, 8, 9, 11, 12, 13, 14, 15, 17, 20, 21)]


def features_with_gaps() -> bool:
    drawn = random.Random(701)
    rows = []
    for name, length in (("W2", 30), ("W1", 30), ("007", 4), ("X", 1)):
        start = drawn.randrange(1, 150)
        for step in range(length):
            row = {"id": name, "cycle": start + step}
            for sensor in SENSORS:
                value = round(drawn.gauss(500, 20), 2)
                row[sensor] = drawn.choices((value, None, "fault"), (8, 1, 1))[0]
            rows.append(row)
    for row in rows:
        if row["id"] == "W1":
            row["sensor_07"] = None
    drawn.shuffle(rows)
    columns = {name: [row[name] for row in rows] for name in rows[0] if name != "sensor_15"}
    return is_table(call("features", columns), _expected(rows, absent={"sensor_15"}), 1e-6)


def _expected(rows: list[dict], *, absent: set[str]) -> dict[str, list]:
    """By another road than the lesson's: slopes as numpy fits them."""
    names = list(dict.fromkeys(row["id"] for row in rows))
    table: dict[str, list] = {"id": names, "age": []}
    for name in names:
        window = sorted((row for row in rows if row["id"] == name), key=lambda row: row["cycle"])
        table["age"].append(window[-1]["cycle"])
        for sensor in SENSORS:
            seen = [(row["cycle"], row[sensor]) for row in window if isinstance(row[sensor], float)]
            seen = [] if sensor in absent else seen
            recent = [value for cycle, value in seen if cycle > window[-1]["cycle"] - 10]
            slope = (
                np.polynomial.Polynomial.fit(*zip(*seen, strict=True), 1).convert().coef
                if len(seen) > 1
                else None
            )
            table.setdefault(f"level_{sensor}", []).append(sum(recent) / len(recent) if recent else None)
            table.setdefault(f"slope_{sensor}", []).append(None if slope is None else float([*slope, 0.0][1]))
    return table


def good_enough_on_new_engines() -> bool:
    columns, right = _hidden()
    if _rmse(call("estimate", columns), right) > 24:
        return False
    # One sensor falls silent: worse, but not as if nothing were known.
    return _rmse(call("estimate", {**columns, "sensor_04": [None] * len(columns["id"])}), right) <= 30


def alone_as_in_company() -> bool:
    columns, right = _hidden()
    together = call("estimate", columns)
    if _rmse(together, right) == float("inf"):
        return False
    known = dict(zip(together["id"], together["remaining"], strict=True))
    for name in ("H001", "H014", "H036"):
        at = [number for number, one in enumerate(columns["id"]) if one == name]
        random.Random(703).shuffle(at)
        alone = call(
            "estimate", {column: [values[number] for number in at] for column, values in columns.items()}
        )
        if not is_table(alone, {"id": [name], "remaining": [known[name]]}, 1e-6):
            return False
    return len(set(known.values())) > 5


def program_meets_odd_files() -> bool:
    drawn = random.Random(704)
    header = ["operator", "cycle", "id", *[one for one in reversed(SENSORS) if one != "sensor_09"]]
    lines = [header]
    for name, length in (("007", 1), ("12", 30), ("1e3", 5), ("NA", 3)):
        for cycle in range(40, 40 + length):
            cells = [f"{drawn.gauss(640, 2):.2f}" if drawn.random() > 0.2 else "" for _ in header[3:]]
            lines.append(["kim", str(cycle), name, *cells])
    got = call("rehearse", "\n".join(",".join(line) for line in lines) + "\n")
    if not isinstance(got, dict) or not is_same(got.get("id"), ["007", "12", "1e3", "NA"]):
        return False
    values = got.get("remaining")
    return isinstance(values, list) and len(values) == 4 and all(map(_is_life, values))


def _is_life(text: object) -> bool:
    try:
        return isinstance(text, str) and is_number(float(text), 62.5, 62.5)
    except ValueError:
        return False


def digest_tells_apart() -> bool:
    variants = [
        {"a": "bc", "d": ""},
        {"ab": "c", "d": ""},
        {"a": "bc"},
        {"a": "b", "c": ""},
        {"a": "", "d": "bc"},
        {"a": "bc\n", "d": ""},
        {"a": 'b","c":"d'},
        {"a": "b", "c": "d"},
        {},
    ]
    found = [call("digest", one) for one in variants]
    if not all(isinstance(one, str) and len(one) == 64 for one in found):
        return False
    return len(set(found)) == len(found) and call("digest", {"d": "", "a": "bc"}) == found[0]


def _hidden() -> tuple[dict[str, list], dict[str, float]]:
    with Path("/hidden/hidden.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with Path("/hidden/hidden_answers.csv").open(encoding="utf-8", newline="") as file:
        right = {row["id"]: float(row["remaining"]) for row in csv.DictReader(file)}
    return {
        name: [row[name] if name == "id" else float(row[name]) for row in rows] for name in rows[0]
    }, right


def _rmse(got: object, right: dict[str, float]) -> float:
    """Infinite unless there is one number for each window."""
    if not isinstance(got, dict) or not is_same(got.get("id"), list(right)):
        return float("inf")
    values = got.get("remaining")
    if not isinstance(values, list) or not all(is_number(one, 62.5, 62.5) for one in values):
        return float("inf")
    return float(
        np.sqrt(np.mean([(one - right[name]) ** 2 for one, name in zip(values, right, strict=True)]))
    )
