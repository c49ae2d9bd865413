"""What runs inside the sandboxes, as files to mount. They need nothing but Python's standard library."""

from pathlib import Path
from typing import Final

WORKER: Final = Path(__file__).with_name("worker.py")
"""Runs a submission's source and answers calls: `python worker.py SOURCE`."""
PREDICTING: Final = Path(__file__).with_name("predicting.py")
"""Calls a code submission's `predict`: `python predicting.py PROGRAM INPUTS OUTPUT`."""
CELLS: Final = Path(__file__).with_name("cells.py")
"""Runs the cells of a lesson page: `python cells.py FILE`."""
JUDGE: Final = (Path(__file__).with_name("judge.py"), Path(__file__).with_name("comparing.py"))
"""Modules for the judge's program: `judge` asks and reports, `comparing` compares."""
GRADING: Final = (Path(__file__).with_name("grading.py"), *JUDGE)
"""The judge's program for tests that are functions: `python grading.py FOLDER`."""
