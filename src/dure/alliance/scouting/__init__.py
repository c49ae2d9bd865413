"""Scouting: which startups at home and abroad somebody of the alliance looks at, and who met whom there."""
