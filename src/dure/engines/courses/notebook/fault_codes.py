"""What can be wrong with a notebook that is to become a course, and what remains to be done by hand; the cell stands beside it."""

from collections.abc import Mapping
from typing import Final

from dure.engines.faults import gettext_noop

FAULTS: Final[Mapping[str, str]] = {
    "nbgrader_too_large": gettext_noop("The notebook is larger than %(limit)s. Clear its outputs first."),
    "nbgrader_broken": gettext_noop(
        "This is no notebook that can be read; save it anew as .ipynb (format 4)."
    ),
    "nbgrader_too_many_cells": gettext_noop("There are %(found)s cells; at most %(limit)s are read."),
    "nbgrader_cell_broken": gettext_noop("This cell cannot be read."),
    "nbgrader_cell_long": gettext_noop("This cell is longer than %(limit)s characters."),
    "nbgrader_not_python": gettext_noop(
        "The notebook is written in %(language)s; labs are written in Python."
    ),
    "nbgrader_no_metadata": gettext_noop(
        "No cell is marked for nbgrader. Mark solutions and tests in nbgrader's “Create Assignment” first."
    ),
    "nbgrader_old": gettext_noop(
        "The cell is marked in nbgrader's form %(version)s. Run “nbgrader update” first; it writes form 3."
    ),
    "nbgrader_no_id": gettext_noop("This cell has no grade_id."),
    "nbgrader_id_twice": gettext_noop("Another cell has the grade_id “%(id)s”."),
    "nbgrader_markers": gettext_noop("BEGIN and END do not stand in pairs from this line on."),
    "nbgrader_syntax": gettext_noop("Python cannot read this cell."),
    "nbgrader_no_solution": gettext_noop(
        "No cell is a solution with a function in it, and the judge asks functions."
    ),
    "nbgrader_no_tests": gettext_noop("No test could be taken over."),
    "nbgrader_one_test": gettext_noop(
        "There is one assertion only. A lab needs a public test and a hidden one: write another."
    ),
}
REMARKS: Final[Mapping[str, str]] = {
    "nbgrader_statement": gettext_noop(
        "This test is left out: what stands here has to be written anew as a test by hand: %(source)s"
    ),
    "nbgrader_variable": gettext_noop(
        "This test is left out: “%(name)s” is the learner's, and the judge asks functions. Let one return it, and test that."
    ),
    "nbgrader_elsewhere": gettext_noop(
        "This test is left out: “%(name)s” is made in another cell. Write what the test needs of it into the test."
    ),
    "nbgrader_argument": gettext_noop(
        "This test is left out: only numbers, texts, lists, dicts, arrays and tables reach the learner's function: %(source)s"
    ),
    "nbgrader_result": gettext_noop(
        "This test is left out: the judge gets plain values back (arrays as lists), and this asks for more: %(source)s"
    ),
    "nbgrader_no_assert": gettext_noop("This test asks no function of the learner, and is left out."),
    "nbgrader_only_errors": gettext_noop(
        "This test is left out: it wants an error alone, and whoever always raises passes it. Assert a value in it as well."
    ),
    "nbgrader_by_hand": gettext_noop(
        "A person graded this cell. Here nothing grades it: make a question or a test of it."
    ),
    "nbgrader_magic": gettext_noop("Lines that only a notebook understands were made comments."),
    "nbgrader_text": gettext_noop(
        "HTML, figures, links to files or formulas that cannot be shown became plain text. Put figures into “figures” of the unit."
    ),
    "nbgrader_outside": gettext_noop(
        "A part of this solution stands outside functions: nobody can ask for it. Put it into a function."
    ),
    "nbgrader_called": gettext_noop(
        "This cell calls what learners have yet to write; until they have, it raises and nothing is graded. Catch that error."
    ),
    "nbgrader_points": gettext_noop("This cell was worth %(was)s points; its tests are worth %(are)s."),
    "nbgrader_hidden_made": gettext_noop(
        "There were no hidden tests, so this one is hidden now. Write others: who has the notebook knows it."
    ),
    "nbgrader_package": gettext_noop("Labs have no package “%(name)s”."),
    "nbgrader_words": gettext_noop(
        "Summary, audience, goals, hints, skills and minutes are general. Write your own into the .yaml files."
    ),
    "course_untranslated": gettext_noop(
        "This is to be translated still: “%(mark)s” stands %(count)s times in this file."
    ),
}
