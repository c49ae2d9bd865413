"""Openings for a person and people for an opening: constraints first, then an exact score that is its own reason."""

from dure.engines.recommending.board import NONE, Best, Board
from dure.engines.recommending.changing import (
    OFFERED,
    Change,
    change_of_openings,
    change_of_seekers,
)
from dure.engines.recommending.constraints import Refusal, refusals
from dure.engines.recommending.crowd import Crowd
from dure.engines.recommending.interest import LEAST, Bin, Calibration, calibrated
from dure.engines.recommending.pool import Pool
from dure.engines.recommending.ranking import Suggestion, openings_for, seekers_for
from dure.engines.recommending.score import Reason, able, missing, reasons, score, score_of
from dure.engines.recommending.values import EVERYONE, Opening, Requirement, Seeker

__all__ = [
    "EVERYONE",
    "LEAST",
    "NONE",
    "OFFERED",
    "Best",
    "Bin",
    "Board",
    "Calibration",
    "Change",
    "Crowd",
    "Opening",
    "Pool",
    "Reason",
    "Refusal",
    "Requirement",
    "Seeker",
    "Suggestion",
    "able",
    "calibrated",
    "change_of_openings",
    "change_of_seekers",
    "missing",
    "openings_for",
    "reasons",
    "refusals",
    "score",
    "score_of",
    "seekers_for",
]
