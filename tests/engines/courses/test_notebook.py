"""A notebook for nbgrader becomes a course folder; what cannot be taken over is named by its cell, and nothing hostile comes in."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest

import dure.engines.courses.notebook
from dure.engines import courses, skills
from dure.engines.courses import notebook
from dure.engines.courses.trying import trials
from dure.engines.faults import Fault, Faulty
from tests.factories.notebooks import MEANS, SQUARES, cell, graded, solution
from tests.factories.notebooks import notebook as file_of

LAB = "units/01-notebook/lab"
FUNCTION = solution("def f(n):\n    return n + 1", "f")


def made_of(*cells: dict[str, Any]) -> notebook.Made:
    return notebook.course_of(file_of(*cells), name="My notebook", licence="CC-BY-4.0", skill="python-basics")


def faults_of(content: bytes) -> list[Fault]:
    with pytest.raises(Faulty) as found:
        notebook.course_of(content, name="x", licence="CC-BY-4.0", skill="python-basics")
    return found.value.faults


def said_of(*cells: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(one.code, one.place) for one in made_of(*cells).remarks if one.code != "nbgrader_words"]


@pytest.mark.parametrize(("cells", "original"), [(SQUARES, "en"), (MEANS, "ko")], ids=["squares", "means"])
def test_the_folder_is_in_order(cells: list[dict[str, Any]], original: str, tmp_path: Path) -> None:
    notebook.write(made_of(*cells), tmp_path / "course")
    course = courses.read(tmp_path / "course", skills=skills.slugs())
    assert (course.id, course.original) == ("my-notebook", original)
    marked = {fault.place for fault in notebook.untranslated(tmp_path / "course")}
    lesson = "lesson.ko.md" if original == "en" else "lesson.en.md"
    assert {"course.yaml", f"units/01-notebook/{lesson}"} <= marked


@pytest.mark.sandbox
@pytest.mark.slow
def test_the_reference_passes_every_test_and_no_cheat_does(tmp_path: Path) -> None:
    notebook.write(made_of(*SQUARES), tmp_path / "course")
    tried = list(trials(tmp_path / "course"))
    assert [fault for trial in tried for fault in trial.faults] == []
    assert (tried[0].points, max(trial.points for trial in tried[1:])) == (tried[0].out_of, 0)


@pytest.mark.sandbox
@pytest.mark.slow
@pytest.mark.packages
def test_arrays_are_compared_as_lists(tmp_path: Path) -> None:
    notebook.write(made_of(*MEANS), tmp_path / "course")
    assert [fault for trial in trials(tmp_path / "course") for fault in trial.faults] == []


def test_learners_get_neither_solution_nor_tests() -> None:
    source = made_of(*SQUARES).files[f"{LAB}/lab.py"]
    stub = courses.without_solutions(source)
    for secret in ("i ** 2", "total += one", "assert", "HIDDEN"):
        assert secret not in stub
    assert "HIDDEN" not in source
    ast.parse(stub)


def test_public_and_hidden_parts_are_kept_apart() -> None:
    files = made_of(*SQUARES).files
    assert "81, 100" in files[f"{LAB}/hidden.py"]
    assert "81, 100" not in files[f"{LAB}/public.py"]


def test_what_is_left_is_named_by_its_cell() -> None:
    assert said_of(*SQUARES) == [("nbgrader_text", "cells[1]"), ("nbgrader_magic", "cells[2]")]
    assert said_of(*MEANS) == [
        ("nbgrader_by_hand", "cells[4] (why)"),
        ("nbgrader_hidden_made", "cells[5] (test_moving)"),
        ("nbgrader_elsewhere", "cells[6] (shape)"),
    ]


TWO = graded("assert f(1) == 2\nassert f(2) == 3", "two")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("assert x == 1", "nbgrader_elsewhere"),
        ("assert made == 3", "nbgrader_variable"),
        ("assert callable(f)", "nbgrader_elsewhere"),
        ("assert list(map(f, [1])) == [2]", "nbgrader_elsewhere"),
        ("assert f({1, 2}) == 1", "nbgrader_argument"),
        ("assert f(lambda x: x) == 1", "nbgrader_argument"),
        ("assert f(b'1') == 1", "nbgrader_argument"),
        ("assert f(*[1]) == 2", "nbgrader_argument"),
        ("assert f(m=1) == 2", "nbgrader_argument"),
        ("assert f(1).shape == (2,)", "nbgrader_result"),
        ("assert f(1).__class__ is int", "nbgrader_result"),
        ("assert isinstance(f(1), tuple)", "nbgrader_result"),
        ("import os\nassert os.__dict__ and f(1)", "nbgrader_result"),
        ("f(1)", "nbgrader_statement"),
        ("while f(1) > 3:\n    pass", "nbgrader_statement"),
        ("def g():\n    assert f(1) == 2\ng()", "nbgrader_statement"),
        ("exec('1')\nassert f(1) == 2", "nbgrader_elsewhere"),
        ("from os import *\nassert f(1) == 2", "nbgrader_statement"),
        (
            "try:\n    f(0)\nexcept Exception:\n    pass\nelse:\n    raise AssertionError",
            "nbgrader_statement",
        ),
        ("assert 1 == 1", "nbgrader_no_assert"),
        ("x = 1", "nbgrader_no_assert"),
        ("assert_raises(ValueError, g)", "nbgrader_only_errors"),
    ],
)
def test_a_test_that_the_judge_cannot_ask_is_left_out(text: str, code: str) -> None:
    more = solution("made = 3\ndef g():\n    return 1", "more")
    assert (code, "cells[3] (odd)") in said_of(FUNCTION, more, graded(text, "odd"), TWO)
    assert "odd" not in made_of(FUNCTION, more, graded(text, "odd"), TWO).files[f"{LAB}/lab.yaml"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("assert_raises(TypeError, f, 'a')", "_came = call('f', 1)\n    if not is_same(_came, 2)"),
        ("assert f(n=1) == 2", "is_same(_came, 2)"),
        ("assert 2 == f(1)", "is_same(_came, 2)"),
        ("assert f(f(1)) == 3", "call('f', call('f', 1))"),
        ("assert f(1) != 3", "not is_same(call('f', 1), 3)"),
        ("for n, m in [(1, 2)]:\n    assert f(n) == m", "for n, m in [(1, 2)]:"),
        (
            "from nose.tools import assert_almost_equal\nassert_almost_equal(f(1), 2)",
            "is_same(_came, 2, 1e-06)",
        ),
        ("import unittest\nt = 1\nassert f(t) == 2", "t = 1"),
        ("import math\nassert math.isclose(f(1), 2)", "import math"),
        ("with pytest.raises(TypeError):\n    f('a')", "!= 'TypeError'"),
        ("assert_raises(TypeError, f, 'a')", "!= 'TypeError'"),
        ("assert f(1) == 2, 'one more'", "one more"),
        ("print(f(1))\nassert f(1) in (2, 3)", "_holds(lambda: call('f', 1) in (2, 3))"),
    ],
)
def test_a_test_is_written_for_the_judges_side(text: str, written: str) -> None:
    made = made_of(FUNCTION, graded(text, "one"), TWO)
    assert written in made.files[f"{LAB}/public.py"]
    assert "cells[2] (one)" not in {one.place for one in made.remarks}


BROKEN = [
    (b"", "nbgrader_broken"),
    (b"no JSON", "nbgrader_broken"),
    (b"[" * 100_000, "nbgrader_broken"),
    (b"[]", "nbgrader_broken"),
    (file_of(FUNCTION, TWO, nbformat=3), "nbgrader_broken"),
    (file_of(FUNCTION, TWO, cells={}), "nbgrader_broken"),
    (file_of(FUNCTION, TWO, language="R"), "nbgrader_not_python"),
    (file_of(cell("x = 1")), "nbgrader_no_metadata"),
    (file_of(*[cell("x = 1")] * 301), "nbgrader_too_many_cells"),
    (file_of(cell("x" * 70_000)), "nbgrader_cell_long"),
    (b" " * (8 * 1024**2 + 1), "nbgrader_too_large"),
    (file_of(FUNCTION, FUNCTION, TWO), "nbgrader_id_twice"),
    (file_of(cell("x = 1", solution=True, grade_id="")), "nbgrader_no_id"),
    (file_of(cell("x = 1", solution=True, grade_id="x", schema_version=1)), "nbgrader_old"),
    (file_of({"cell_type": "code", "source": 7}), "nbgrader_cell_broken"),
    (file_of(7), "nbgrader_cell_broken"),  # type: ignore[arg-type]  # as a stranger writes it
    (file_of(solution("def f(", "f"), TWO), "nbgrader_syntax"),
    (file_of(solution("def f():\n    ### BEGIN SOLUTION\n    pass", "f"), TWO), "nbgrader_markers"),
    (file_of(FUNCTION, graded("### END HIDDEN TESTS\nassert f(1) == 2", "two")), "nbgrader_markers"),
    (file_of(cell("x = 1", locked=True, grade_id="x"), TWO), "nbgrader_no_solution"),
    (file_of(FUNCTION), "nbgrader_no_tests"),
    (file_of(FUNCTION, graded("assert f(1) == 2", "two")), "nbgrader_one_test"),
    (file_of(solution("x = " + "(" * 900 + ")" * 900, "x"), TWO), "nbgrader_syntax"),
]


@pytest.mark.parametrize(
    ("content", "code"), BROKEN, ids=[f"{at} {code}" for at, (_c, code) in enumerate(BROKEN)]
)
def test_what_is_no_such_notebook_is_refused_in_words(content: bytes, code: str) -> None:
    assert code in {fault.code for fault in faults_of(content)}


def test_every_fault_is_told_at_once() -> None:
    codes = [
        fault.code for fault in faults_of(file_of(solution("def f(", "f"), solution("def g(", "g"), TWO))
    ]
    assert codes == ["nbgrader_syntax", "nbgrader_syntax"]


def test_odd_signs_and_directives_of_ours_do_no_harm(tmp_path: Path) -> None:
    text = cell(
        "# T\ud800 \0\n\n::: lab\n:::\n\n<script>x</script> $\\nothing{$ [a](javascript:x)", "markdown"
    )
    odd = solution("# %% [markdown]\ndef f(n):\n    return n + 1", "f")
    notebook.write(made_of(text, odd, TWO), tmp_path / "course")
    courses.read(tmp_path / "course", skills=skills.slugs())


def test_calls_of_what_is_not_written_yet_are_caught() -> None:
    caught = made_of(FUNCTION, cell("f(1)"), TWO)
    assert "try:\n    f(1)\nexcept NotImplementedError:" in caught.files[f"{LAB}/lab.py"]
    assert ("nbgrader_called", "cells[2]") in said_of(FUNCTION, cell("x = f(1)"), TWO)


def test_a_solution_outside_functions_is_told() -> None:
    assert ("nbgrader_outside", "cells[2] (x)") in said_of(FUNCTION, solution("x = 5", "x"), TWO)


def test_a_package_that_labs_lack_is_told() -> None:
    assert ("nbgrader_package", "cells[1]") in said_of(cell("import torch"), FUNCTION, TWO)


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    root = Path(dure.engines.courses.notebook.__file__).parent
    trees = [ast.parse(path.read_text()) for path in root.glob("*.py") if path.name != "fault_codes.py"]
    named = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert {*notebook.FAULTS, *notebook.REMARKS} - named == set()
    used = {one for one in named if isinstance(one, str) and one.startswith("nbgrader_")}
    assert used - {*notebook.FAULTS, *notebook.REMARKS} == set()


def test_sources_written_as_one_text_are_read_as_well() -> None:
    found = json.loads(file_of(FUNCTION, TWO))
    for one in found["cells"]:
        one["source"] = "".join(one["source"])
    made = notebook.course_of(
        json.dumps(found).encode(), name="Café 한글", licence="MIT", skill="python-basics"
    )
    assert "id: caf" in made.files["course.yaml"]
