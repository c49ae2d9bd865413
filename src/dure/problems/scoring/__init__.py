"""From an accepted file to a board: answers, one evaluation, the scorer process, and the boards."""

EVALUATION = "evaluation"
"""The kind of lease that scores one submission."""
BOARD = "board"
"""The kind of lease that computes the boards of one challenge."""
LEAKS = "leaks"
"""The kind of lease that runs the leak checks of one challenge."""
