"""Residents and spaces: who works in a joint lab, and who uses which room or desk when."""
