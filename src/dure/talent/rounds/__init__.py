"""Placement rounds: rankings of both sides, frozen, solved, verified, decided."""
