"""Template words of the challenge pages."""
