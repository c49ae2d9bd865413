"""Recommendations with reasons: openings for a person, and people for an opening."""
