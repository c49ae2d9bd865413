"""A notebook that was made for nbgrader as a course folder; what cannot be taken over is named by its cell.

Nothing of the notebook is run. Its tests are rewritten so that they run on the judge's side and ask the learner's functions
through `call` (decision 23).
"""

from dure.engines.courses.notebook.fault_codes import FAULTS, REMARKS
from dure.engines.courses.notebook.making import USUAL_SKILL, Made, course_of, take_notebook, write
from dure.engines.courses.notebook.reading import MOST_BYTES
from dure.engines.courses.notebook.untranslated import untranslated

__all__ = [
    "FAULTS",
    "MOST_BYTES",
    "REMARKS",
    "USUAL_SKILL",
    "Made",
    "course_of",
    "take_notebook",
    "untranslated",
    "write",
]
