"""Proposals to a call: drafted by member organisations together, submitted as a frozen revision."""
