"""The launcher's other half: one command per module."""
