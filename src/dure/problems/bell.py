"""Waking the scorer."""

from typing import Final

from dure.foundation.bell import Bell

SCORER: Final = Bell("dure_scorer")
ring = SCORER.ring
