"""Scores that tell the truth: reading predictions, metrics, intervals, ranks, tie groups, the Ladder."""
