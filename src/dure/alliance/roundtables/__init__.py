"""Roundtables: gurus meet over an agenda of topics; minutes and tasks come of it."""
