"""The courses that come with Dure: without a fault, and their labs solvable, not given away, and graded in part."""

import re
from pathlib import Path

import pytest

from dure.engines.courses import read, without_solutions
from dure.engines.skills import slugs
from tests.courses.labs import COURSES, SLUGS, ShippedLab, points, shipped_labs

LABS = shipped_labs()
DEMO = Path(__file__).parents[2] / "src" / "dure" / "problems" / "demo"
SOLUTION = re.compile(r"^( *)# BEGIN SOLUTION\n.*?^ *# END SOLUTION\n", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_shipped_course_is_read_without_a_fault(slug: str) -> None:
    course = read(COURSES / slug, skills=slugs())
    assert course.id == slug
    assert abs(sum(unit.minutes for unit in course.units) / 60 - course.hours) <= 1


@pytest.mark.parametrize("name", ["train.csv", "test.csv"])
def test_the_first_submission_is_made_from_the_challenges_own_files(name: str) -> None:
    shipped = COURSES / "first-submission" / "units" / "01-make-the-file" / "lab" / "data" / name
    assert shipped.read_bytes() == (DEMO / "concrete-strength" / name).read_bytes()


@pytest.mark.sandbox
@pytest.mark.packages
@pytest.mark.parametrize("shipped", LABS.values(), ids=LABS)
def test_a_labs_solution_earns_every_point_and_its_stub_none(shipped: ShippedLab) -> None:
    full = sum(test.points for test in shipped.lab.tests)
    assert points(shipped, shipped.lab.source) == (full, [])
    assert points(shipped, without_solutions(shipped.lab.source))[0] == 0


@pytest.mark.sandbox
@pytest.mark.packages
@pytest.mark.parametrize("shipped", LABS.values(), ids=LABS)
def test_a_labs_first_function_alone_earns_a_part(shipped: ShippedLab) -> None:
    first = next(SOLUTION.finditer(shipped.lab.source))
    rest = SOLUTION.sub(r"\1raise NotImplementedError\n", shipped.lab.source[first.end() :])
    earned, _failed = points(shipped, shipped.lab.source[: first.end()] + rest)
    assert 0 < earned < sum(test.points for test in shipped.lab.tests)
