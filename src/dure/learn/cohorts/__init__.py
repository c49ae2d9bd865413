"""Cohorts: a course in a term, with seats, sessions, attendance, coaches and team projects (decision 26)."""
