"""Needs and challenges."""
