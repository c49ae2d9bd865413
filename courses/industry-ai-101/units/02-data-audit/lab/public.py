"""Tables small enough to check by eye."""

from comparing import is_list, is_table
from judge import call


def pairs_sent_twice() -> bool | str:
    log = {"engine": [1, 1, 1, 2, 2], "run": [1, 2, 2, 1, 2], "sensor_01": [5, 6, 6, 5, 7]}
    got = call("duplicated_runs", log)
    return (
        is_list(got, [[1, 2]])
        or f"run 2 of engine 1 stands twice: [[1, 2]], and duplicated_runs gave {got!r}"
    )


def gap_of_one_engine() -> bool | str:
    log = {"engine": [1, 1, 1, 2, 2], "run": [1, 2, 5, 1, 2], "sensor_01": [5, 6, 6, 5, 7]}
    got = call("missing_runs", log)
    return (
        is_table(got, {1: [3, 4]})
        or f"engine 1 lacks runs 3 and 4: {{1: [3, 4]}}, and missing_runs gave {got!r}"
    )


def sensor_that_stands() -> bool | str:
    log = {
        "engine": [1, 1, 1],
        "run": [1, 2, 3],
        "sensor_01": [5.5, 5.5, 5.5],
        "sensor_02": [1.0, 2.0, 1.0],
        "setting_1": [0, 0, 0],
    }
    got = call("dead_sensors", log)
    return is_list(got, ["sensor_01"]) or f"only sensor_01 never moves, and dead_sensors gave {got!r}"


def whole_engines_apart() -> bool | str:
    groups = [1, 1, 2, 2, 3, 3, 4, 4]
    got = call("split_by", groups, 0.25, 1)
    if type(got) is not list or len(got) != len(groups) or not all(type(one) is bool for one in got):
        return f"a list of 8 times True or False was asked for, and split_by gave {got!r}"
    test = {group for group, is_test in zip(groups, got, strict=True) if is_test}
    train = {group for group, is_test in zip(groups, got, strict=True) if not is_test}
    if test & train:
        return f"engines {sorted(test & train)} have rows on both sides"
    return len(test) == 1 or f"a quarter of four engines is one engine, and {len(test)} are in the test"
