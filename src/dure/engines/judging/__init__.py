"""A judge asks a submission, line by line, and neither can reach into the other.

Two processes, each in a sandbox of its own: the submission's has the code of a team or a learner, the judge's has answers and
tests. They share no mount, no environment and no descriptor; `conversation.hold` stands between them and carries bounded lines of
JSON; `grade` starts both and holds it. `kit` holds what runs inside: `worker.py` beside the submission, `judge.py` for whoever
writes tests, `grading.py` to run tests that are functions. `cheats` holds the ways in which such tests were cheated.
"""

from dure.engines.judging.conversation import Limits, Pipes, Verdict, hold
from dure.engines.judging.ends import in_steps, predictions_among
from dure.engines.judging.grading import Graded, Grading, Side, begin, grade
from dure.engines.judging.hostile import exception_in
from dure.engines.judging.keeping import MOST_BYTES as MOST_REPORT_BYTES
from dure.engines.judging.kit import CELLS, GRADING, JUDGE, PREDICTING, WORKER
from dure.engines.judging.lines import Ending
from dure.engines.judging.packing import pack, pack_paths
from dure.engines.judging.results import NoResultsError, Place, Result, results_in
from dure.engines.judging.scores import NoScoresError, scores_in

__all__ = [
    "CELLS",
    "GRADING",
    "JUDGE",
    "MOST_REPORT_BYTES",
    "PREDICTING",
    "WORKER",
    "Ending",
    "Graded",
    "Grading",
    "Limits",
    "NoResultsError",
    "NoScoresError",
    "Pipes",
    "Place",
    "Result",
    "Side",
    "Verdict",
    "begin",
    "exception_in",
    "grade",
    "hold",
    "in_steps",
    "pack",
    "pack_paths",
    "predictions_among",
    "results_in",
    "scores_in",
]
