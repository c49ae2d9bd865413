"""A few values by hand, and the first engine that learners have."""

import csv
from pathlib import Path

from comparing import is_list, is_number
from judge import call


def z_of_a_reference() -> bool | str:
    got = call("robust_z", [10, 11, 12, 13, 200, 15], 5)
    right = [(value - 12) / 1.4826 for value in (10, 11, 12, 13, 200, 15)]
    return (
        is_list(got, right, 1e-6)
        or f"median 12 and MAD 1 give {[round(z, 2) for z in right]}, and robust_z gave {got!r}"
    )


def smooth_one_jump() -> bool | str:
    got = call("ewma", [0, 0, 4, 0, 0], 0.5)
    return is_list(got, [0, 0, 2, 1, 0.5]) or f"[0, 0, 2, 1, 0.5] was right, and ewma gave {got!r}"


def third_in_a_row() -> bool | str:
    got = call("first_alarm", [0, 2, 2, 0, 2, 2, 2, 2], 1, 3, 0)
    return (
        is_number(got, 6) or f"places 4, 5 and 6 are the first three in a row, and first_alarm gave {got!r}"
    )


def watch_engine_one() -> bool | str:
    with Path("/data/engines.csv").open(encoding="utf-8", newline="") as source:
        rows = [row for row in csv.DictReader(source) if row["engine"] == "1"]
    table = {name: [float(row[name]) for row in rows] for name in rows[0] if name != "engine"}
    place = call("watch", table)
    if type(place) is not int:
        return f"engine 1 fails after {len(rows)} runs, and watch gave {place!r}: no alarm"
    lead = len(rows) - 1 - place
    return (
        25 <= lead <= 125 or f"the alarm came {lead} runs before the failure; between 25 and 125 was wanted"
    )
