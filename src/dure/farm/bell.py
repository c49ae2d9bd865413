"""Waking the runner."""

from typing import Final

from dure.foundation.bell import Bell

RUNNER: Final = Bell("dure_runner")
