"""A year of the alliance in figures, for ministry and funder: each with its definition and its rows."""
