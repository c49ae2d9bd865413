"""Reads for pages and REST; each is a fixed number of queries however many rows there are."""
