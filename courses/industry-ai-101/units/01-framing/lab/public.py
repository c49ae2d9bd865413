"""Small cases whose answers stand in the lesson or can be counted on fingers."""

from comparing import is_number, is_table
from judge import call


def outcomes_of_a_week() -> bool | str:
    alarms = [True, True, False, False, False, True, False]
    failures = [True, False, True, False, False, True, False]
    got = call("outcomes", alarms, failures)
    right = {"tp": 2, "fp": 1, "fn": 1, "tn": 3}
    return (
        is_table(got, right)
        or f"alarms {alarms} and failures {failures} make {right}, and outcomes gave {got!r}"
    )


def limit_of_the_lesson() -> bool | str:
    got = call("alarm_limit", 5, 20, 120)
    return is_number(got, 0.05) or f"5 / (120 - 20) is 0.05, and alarm_limit gave {got!r}"


def interval_of_100_runs() -> bool | str:
    got = call("interval_cost", [150, 180, 220], 100, 20, 120)
    return (
        is_number(got, 20)
        or f"three planned replacements of 20 in 300 runs are 20 per 100, and interval_cost gave {got!r}"
    )
