"""What a learner probably knows, from answers, and what to practise next. It orders practice; it is no evidence (decision 25)."""

from dure.engines.tracing.knowledge import LEARN, START, Answer, known, updated
from dure.engines.tracing.recommending import FIRM, Reason, Step, held_back, next_step

__all__ = [
    "FIRM",
    "LEARN",
    "START",
    "Answer",
    "Reason",
    "Step",
    "held_back",
    "known",
    "next_step",
    "updated",
]
