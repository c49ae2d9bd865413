"""A handful of rows each, to be worked out by hand."""

from comparing import is_list, is_number, is_table
from judge import call


def labels_of_five_rows() -> bool | str:
    days, failed = [60, 75, 90, 95, 101], [85, 300, 98, None, 110]
    got = call("labels_on", days, failed, 100, 30)
    right = [1, None, 1, None, None]
    return (
        is_list(got, right)
        or f"on day 100, days {days} and failures {failed} give {right}, and labels_on gave {got!r}"
    )


def split_of_a_week() -> bool | str:
    got = call("time_split", list(range(1, 11)), 7, 2)
    right = {"train": [0, 1, 2, 3, 4], "test": [7, 8, 9]}
    return is_table(got, right) or f"days 1 to 10, cut 7, horizon 2: {right}, and time_split gave {got!r}"


def skill_of_three() -> bool | str:
    got = call("skill", [1, 0, 0], [1.0, 0.5, 0.0], [0.5, 0.5, 0.5])
    return (
        is_number(got, 1 - (0.25 / 3) / 0.25)
        or f"the Brier scores are 0.0833 and 0.25, and skill gave {got!r}"
    )
