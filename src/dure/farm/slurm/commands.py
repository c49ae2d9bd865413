"""Slurm's commands, each with a time limit: lists of words, never a line for a shell, and never inside a web request."""

import logging
import os
import subprocess
from typing import Final

log = logging.getLogger(__name__)
SECONDS: Final = 20.0
"""A client whose controller is away gives up after about eight seconds; this is for those that do not."""
KEPT: Final = ("PATH", "SLURM_CONF")
_AWAY: Final = (
    "Unable to contact slurm controller",
    "Unable to contact slurmdbd",
    "Connection refused",
    "Connection timed out",
    "Socket timed out",
    "Zero Bytes were transmitted",
    "Unexpected message received",
    "Message receive failure",
    "Transport endpoint is not connected",
    "Broken pipe",
    "Connection reset",
    "No route to host",
    "Network is unreachable",
    "controller in standby mode",
    "Problem talking to the database",
    "slurm_persist_conn",
    "authentication error",
    "Munge",
)

_ANSWERED: Final = "Batch job submission failed: "


class SlurmAway(Exception):  # noqa: N818 - a state of the cluster
    """Slurm did not answer; whether it did what was asked is not known."""


class Unclear(Exception):  # noqa: N818 - an answer
    """Slurm's command said something that is neither yes nor a no that we know: it may have done what was asked."""


class Refused(Exception):  # noqa: N818 - an answer
    """Slurm said no, in these words; `by_controller`: it was the controller that decided so, not a client that failed."""

    def __init__(self, words: str, *, by_controller: bool = False) -> None:
        super().__init__(words)
        self.by_controller = by_controller


def run(*words: str) -> str:
    """What the command prints. Raises SlurmAway or Refused."""
    given = {name: os.environ[name] for name in KEPT if name in os.environ}
    fixed = {"TZ": "UTC", "LC_ALL": "C", "SLURM_TIME_FORMAT": "standard"}
    try:
        done = subprocess.run(
            words,
            env=given | fixed,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except FileNotFoundError:
        raise SlurmAway(f"{words[0]} is not installed here: install Slurm's client programs") from None
    except subprocess.TimeoutExpired:
        raise SlurmAway(f"{words[0]} did not answer within {SECONDS:.0f} s") from None
    if done.returncode != 0:
        raise _failure(words[0], done.stderr.decode("utf-8", "replace"))
    return done.stdout.decode("utf-8", "replace")


def _failure(program: str, said: str) -> SlurmAway | Refused:
    if any(sign in said for sign in _AWAY):
        return SlurmAway(f"{program}: {said.strip()[:500]}")
    lines = [line.partition("error: ")[2] or line for line in said.splitlines() if line.strip()]
    text = "\n".join(line.removeprefix(_ANSWERED) for line in lines)[:500]
    return Refused(text, by_controller=_ANSWERED in said)
