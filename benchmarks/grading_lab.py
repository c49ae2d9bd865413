"""The fixed lab of the grading benchmark: what a learner hands in, its tests, its data, and the same calls for bare Python."""

from typing import Any, Final

from tests.engines.judging.labs import Lab

from dure.engines.environment import INSIDE

PYTHON: Final = f"{INSIDE}/bin/python"
SOURCE: Final = """
import numpy as np
import polars as pl

READINGS = pl.read_csv("{data}/readings.csv")


def engines():
    return READINGS["engine"].n_unique()


def life():
    lives = READINGS.group_by("engine").agg(life=pl.col("cycle").max()).sort("engine")
    return lives["life"].to_list()


def means(limit):
    late = READINGS.filter(pl.col("cycle") > limit)
    return [late["heat"].mean(), late["speed"].mean()]


def zscore(values):
    values = np.asarray(values)
    return (values - values.mean()) / values.std()


def smooth(values, window):
    return np.convolve(values, np.ones(window) / window, mode="valid")


def cost(waits, late):
    return sum(late if wait < 0 else wait for wait in waits)
"""
STUB: Final = "def life():\n    raise NotImplementedError\n"
PUBLIC: Final = """
from comparing import is_list, is_number
from judge import call


def counts_engines() -> bool | str:
    got = call("engines")
    return is_number(got, 100) or f"there are 100 engines, and you count {got!r}"


def scales_two() -> bool | str:
    got = call("zscore", [1.0, 3.0])
    return is_list(got, [-1.0, 1.0]) or f"two values lie one deviation apart from their mean: {got!r}"


def adds_costs() -> bool | str:
    got = call("cost", [1, 2, -1], 10)
    return is_number(got, 13) or f"1, 2 and a late one cost 13, and yours is {got!r}"
"""
HIDDEN: Final = """
from comparing import is_list, is_number
from judge import call

VALUES = [(at * 37 % 101) / 7 for at in range(2000)]


def knows_lives() -> bool:
    return is_list(call("life"), [100 + engine * 7 % 101 for engine in range(100)])


def means_of_the_late() -> bool:
    got = call("means", 150)
    return type(got) is list and len(got) == 2 and all(is_number(one, 50, 50) for one in got)


def scales_many() -> bool:
    mean = sum(VALUES) / len(VALUES)
    deviation = (sum((one - mean) ** 2 for one in VALUES) / len(VALUES)) ** 0.5
    return is_list(call("zscore", VALUES), [(one - mean) / deviation for one in VALUES], 1e-6)


def smooths() -> bool:
    got = call("smooth", VALUES, 20)
    return is_list(got, [sum(VALUES[at : at + 20]) / 20 for at in range(1981)], 1e-6)


def all_late() -> bool:
    return is_number(call("cost", [-1, -2, -3], 7), 21)
"""
BARE: Final = """
import sys
VALUES = [(at * 37 % 101) / 7 for at in range(2000)]
CALLS = [
    (engines, ()), (zscore, ([1.0, 3.0],)), (cost, ([1, 2, -1], 10)), (life, ()), (means, (150,)),
    (zscore, (VALUES,)), (smooth, (VALUES, 20)), (cost, ([-1, -2, -3], 7)),
]
for function, given in CALLS:
    function(*given)
"""
TESTS: Final[dict[str, Any]] = {
    **dict.fromkeys(("counts_engines", "scales_two", "adds_costs"), "public"),
    **dict.fromkeys(("knows_lives", "means_of_the_late", "scales_many", "smooths", "all_late"), "hidden"),
}
LAB: Final = Lab(
    public=PUBLIC,
    hidden=HIDDEN,
    stub=STUB,
    solution=SOURCE.format(data="/data"),
    tests=TESTS,
    packages=True,
)


def readings() -> str:
    """A hundred engines, each until its end, as CSV: about 15,000 rows."""
    rows = (
        f"{engine},{cycle},{(engine * 13 + cycle * 7) % 101},{(engine * 5 + cycle * 11) % 97}"
        for engine in range(100)
        for cycle in range(1, 101 + engine * 7 % 101)
    )
    return "\n".join(("engine,cycle,heat,speed", *rows)) + "\n"
