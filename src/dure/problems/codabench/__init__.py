"""Codabench bundles: read any version into values, write version 2. Pure: no Django, no database, no network."""

from dure.problems.codabench.command import command_words
from dure.problems.codabench.export import export_bundle, write_bundle
from dure.problems.codabench.limits import DEFAULT_LIMITS, Limits
from dure.problems.codabench.model import (
    Bundle,
    BundleReport,
    Column,
    Entry,
    Files,
    Leaderboard,
    Options,
    Page,
    Phase,
    Planned,
    Program,
    Question,
    Solution,
    Task,
)
from dure.problems.codabench.reader import read_bundle

__all__ = [
    "DEFAULT_LIMITS",
    "Bundle",
    "BundleReport",
    "Column",
    "Entry",
    "Files",
    "Leaderboard",
    "Limits",
    "Options",
    "Page",
    "Phase",
    "Planned",
    "Program",
    "Question",
    "Solution",
    "Task",
    "command_words",
    "export_bundle",
    "read_bundle",
    "write_bundle",
]
