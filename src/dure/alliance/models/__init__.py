"""Rows of the alliance."""
