"""Two rows each, to be worked out by hand."""

from comparing import is_list, is_number
from judge import call


def mean_of_two() -> bool | str:
    train = {"id": ["A", "B"], "age": [3, 28], "strength": [20.0, 41.0]}
    got = call("mean_prediction", train, {"id": ["C", "D", "E"], "age": [7, 7, 7]})
    return (
        is_list(got, [30.5] * 3)
        or f"the mean of 20 and 41 is 30.5, three times, and mean_prediction gave {got!r}"
    )


def error_of_two() -> bool | str:
    got = call("rmse", [30, 40], [33, 36])
    return is_number(got, 12.5**0.5) or f"the root of (9 + 16) / 2 is 3.54, and rmse gave {got!r}"


def text_of_two() -> bool | str:
    got = call("submission_text", ["C0001", "C0008"], [33.333, 41.0])
    right = "id,strength\nC0001,33.33\nC0008,41.00\n"
    return (type(got) is str and got == right) or f"{right!r} was right, and submission_text gave {got!r}"
