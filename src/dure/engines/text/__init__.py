"""Korean and English search tokens."""
