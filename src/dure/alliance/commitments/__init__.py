"""Commitments under agreements: who gives how much of what, for whom, until when, and what came of it."""
