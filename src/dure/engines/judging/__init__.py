"""A judge asks a submission, line by line, and neither can reach into the other.

Two processes, each in a sandbox of its own: the submission's has the code of a team or a learner, the judge's has answers and
tests. They share no mount, no environment and no descriptor; `conversation.hold` stands between them and carries bounded lines of
JSON. `kit` holds what runs inside: `worker.py` beside the submission, `judge.py` for whoever writes tests.
"""

from dure.engines.judging.conversation import Limits, Pipes, Verdict, hold
from dure.engines.judging.ends import in_steps, predictions_among
from dure.engines.judging.hostile import exception_in
from dure.engines.judging.kit import JUDGE, PREDICTING, WORKER
from dure.engines.judging.packing import pack
from dure.engines.judging.scores import NoScoresError, scores_in

__all__ = [
    "JUDGE",
    "PREDICTING",
    "WORKER",
    "Limits",
    "NoScoresError",
    "Pipes",
    "Verdict",
    "exception_in",
    "hold",
    "in_steps",
    "pack",
    "predictions_among",
    "scores_in",
]
