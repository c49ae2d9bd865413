"""`dure course`: a course folder checked, looked at, and published."""

from dure.cli.course.commands import add_arguments, run

__all__ = ["add_arguments", "run"]
