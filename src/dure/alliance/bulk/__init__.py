"""Bulk actions of the desk: several things at once, looked at before, and done only when nobody took it back in ten minutes."""
