"""Asking for boards: light, so that every process may."""

from dure.foundation import leases
from dure.problems.models import Challenge
from dure.problems.scoring import BOARD


def ask_for_board(challenge: Challenge) -> None:
    """Have the boards of a challenge computed again; asking twice before it is done is one computation."""
    leases.ask(kind=BOARD, subject=challenge.uid)
