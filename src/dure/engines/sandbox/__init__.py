"""Runs programs of people we do not know: no answers, no secrets, no network, no more of the machine than was agreed.

The door: `Profile` says what a program may have, `run` and `start` run it, `Outcome` says what came of it, `collect` and
`unpack` take files out and in, `walk` and `remove` go through what a stranger left,
`protection` says which walls this machine has. Linux only; decision 11 says why it is made so.
"""

from dure.engines.sandbox.collecting import collect
from dure.engines.sandbox.door import begin, run, start
from dure.engines.sandbox.outcome import CollectedFile, LaunchError, Limit, Outcome, UnprotectedError
from dure.engines.sandbox.profile import Mount, Output, Profile
from dure.engines.sandbox.protecting import LEAST_LEVEL, Protection, WallState, protection
from dure.engines.sandbox.running import Batch, Running
from dure.engines.sandbox.strangers import BoundlessError, remove, walk
from dure.engines.sandbox.unpacking import unpack

__all__ = [
    "LEAST_LEVEL",
    "Batch",
    "BoundlessError",
    "CollectedFile",
    "LaunchError",
    "Limit",
    "Mount",
    "Outcome",
    "Output",
    "Profile",
    "Protection",
    "Running",
    "UnprotectedError",
    "WallState",
    "begin",
    "collect",
    "protection",
    "remove",
    "run",
    "start",
    "unpack",
    "walk",
]
