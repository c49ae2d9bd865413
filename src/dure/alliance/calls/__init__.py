"""Calls for joint research: what is called for, by which rules, until when, and what becomes of it."""
