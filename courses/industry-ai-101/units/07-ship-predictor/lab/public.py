import csv
from pathlib import Path

from comparing import is_list, is_number, is_same
from judge import call

SENSORS = [f"sensor_{number:02d}" for number in (2, 3, 4, 7, 8, 9, 11, 12, 13, 14, 15, 17, 20, 21)]


def features_of_a_clean_window() -> bool | str:
    columns = {"id": ["A"] * 12, "cycle": list(range(50, 62))}
    columns |= {name: [float(at)] * 12 for at, name in enumerate(SENSORS)}
    columns["sensor_11"] = [47 + 0.5 * step for step in range(12)]
    got = call("features", columns)
    if not isinstance(got, dict) or not is_list(got.get("id"), ["A"]):
        return "a table with one row, id 'A', is wanted"
    wanted = {
        "age": 61,
        "level_sensor_11": 50.25,
        "slope_sensor_11": 0.5,
        "level_sensor_02": 0,
        "slope_sensor_02": 0,
    }
    for name, value in wanted.items():
        if not is_list(got.get(name), [value], 1e-9):
            return f"{name} should be [{value}] here; the table has {got.get(name)!r}"
    names = {"id", "age", *(f"{kind}_{name}" for kind in ("level", "slope") for name in SENSORS)}
    return set(got) == names or f"the columns differ from those asked for by {sorted(set(got) ^ names)}"


def one_answer_each() -> bool | str:
    columns = _practice()
    got = call("estimate", columns)
    ids = list(dict.fromkeys(columns["id"]))
    if not isinstance(got, dict) or not is_list(got.get("id"), ids):
        return f"{len(ids)} windows ask for {len(ids)} ids in the order of their first row"
    values = got.get("remaining")
    if not isinstance(values, list) or len(values) != len(ids):
        return "remaining needs one value for each id"
    for value in values:
        if not is_number(value, 62.5, 62.5):
            return f"each value is a number between 0 and 125; one is {value!r}"
    return True


def program_writes_its_table() -> bool | str:
    text = Path("/data/practice.csv").read_text(encoding="utf-8")
    got = call("rehearse", text)
    if not isinstance(got, dict) or list(got) != ["id", "remaining"]:
        return f"predictions.csv should have the columns id and remaining; it has {list(got) if isinstance(got, dict) else got!r}"
    ids = list(dict.fromkeys(_practice()["id"]))
    return is_same(got["id"], ids) or f"the ids should be {ids[:3]} and so on; they begin {got['id'][:3]!r}"


def digest_of_the_same() -> bool | str:
    got = call("digest", {"a.csv": "1,2", "model.json": "{}"})
    if not isinstance(got, str) or len(got) != 64 or set(got) - set("0123456789abcdef"):
        return f"64 lower-case hex digits are wanted; you returned {got!r}"
    again = call("digest", {"model.json": "{}", "a.csv": "1,2"})
    return again == got or "the same files in another order should have the same fingerprint"


def _practice() -> dict[str, list]:
    with Path("/data/practice.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {name: [row[name] if name == "id" else float(row[name]) for row in rows] for name in rows[0]}
