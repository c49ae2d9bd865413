"""Dure: one platform for an AI alliance."""

__version__ = "0.1.0"
