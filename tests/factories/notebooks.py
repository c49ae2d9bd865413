"""Notebooks as teachers wrote them for nbgrader: one in English after its own documentation, one in Korean with arrays."""

import json
from typing import Any


def cell(text: str, kind: str = "code", **nbgrader: Any) -> dict[str, Any]:
    """A cell; what nbgrader says of it, if anything."""
    marked = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    return {
        "cell_type": kind,
        "metadata": {"nbgrader": {**marked, **nbgrader}} if nbgrader else {},
        "source": text.strip("\n").splitlines(keepends=True),
        **({"outputs": [], "execution_count": None} if kind == "code" else {}),
    }


def notebook(*cells: dict[str, Any], language: str = "python", **changed: Any) -> bytes:
    """The file."""
    kernel = {"display_name": "Kernel", "language": language, "name": "kernel"}
    whole = {"cells": list(cells), "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps({**whole, **changed}).encode()


def solution(text: str, grade_id: str) -> dict[str, Any]:
    return cell(text, solution=True, grade_id=grade_id)


def graded(text: str, grade_id: str, points: float = 2) -> dict[str, Any]:
    return cell(text, grade=True, locked=True, grade_id=grade_id, points=points)


SQUARES = [
    cell(
        "# Squares\n\nWrite `squares(n)`. See <b>Python</b>'s [list](lists.ipynb) and ![a box](box.png).",
        "markdown",
    ),
    cell("%matplotlib inline\nimport math"),
    cell("## Part one", "markdown", locked=True, grade_id="part-one"),
    solution(
        '''
def squares(n):
    """The squares of 1 to n."""
    ### BEGIN SOLUTION
    if n < 1:
        raise ValueError("n must be at least 1")
    return [i ** 2 for i in range(1, n + 1)]
    ### END SOLUTION
''',
        "squares",
    ),
    cell("squares(10)"),
    graded(
        '''
"""Check that squares returns the correct output for several inputs"""
from nose.tools import assert_equal
assert_equal(squares(1), [1])
assert squares(2) == [1, 4]
### BEGIN HIDDEN TESTS
assert squares(10) == [1, 4, 9, 16, 25, 36, 49, 64, 81, 100]
for n in range(3, 6):
    assert len(squares(n)) == n, "there are n of them"
### END HIDDEN TESTS
''',
        "correct_squares",
        3,
    ),
    graded(
        '''
"""Check that squares raises an error for invalid inputs"""
try:
    squares(0)
except ValueError:
    pass
else:
    raise AssertionError("did not raise")
''',
        "squares_invalid_input",
        1,
    ),
    solution(
        """
def sum_of_squares(n):
    total = 0
    for one in squares(n):
        total += one
    return total
""",
        "sum_of_squares",
    ),
    graded(
        """
assert sum_of_squares(n=3) == 14
assert abs(sum_of_squares(2) - 5) < 1e-6
assert isinstance(sum_of_squares(2), int)
assert not sum_of_squares(1) == 2
assert math.isclose(sum_of_squares(4), 30)
""",
        "correct_sum",
    ),
]
MEANS = [
    cell("# 이동평균\n\n`moving(values, k)`는 연속한 $k$개의 평균입니다.", "markdown"),
    cell("import numpy as np\n\nDATA = [1.0, 2.0, 4.0, 8.0]"),
    solution(
        "def moving(values, k):\n    return np.convolve(values, np.ones(k) / k, mode='valid')\n", "moving"
    ),
    cell("왜 창의 길이가 중요한지 쓰세요.", "markdown", grade=True, solution=True, grade_id="why", points=5),
    graded(
        """
assert (moving(DATA, 2) == np.array([1.5, 3.0, 6.0])).all()
came = moving(np.array(DATA), 4)
assert len(came) == 1
np.testing.assert_allclose(moving([3, 3, 3], 1), [3, 3, 3])
""",
        "test_moving",
        4,
    ),
    graded("assert LIMIT > 0\nassert moving(DATA, 1).shape == (4,)", "shape"),
]
