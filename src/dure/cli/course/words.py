"""Faults of course folders in words."""

from collections.abc import Iterable, Mapping
from typing import Final

from dure.cli.sentences import said
from dure.engines import bounded_yaml, courses
from dure.engines.courses import notebook
from dure.engines.faults import Fault

SENTENCES: Final[Mapping[str, str]] = {
    **courses.FAULTS,
    **bounded_yaml.SENTENCES,
    **notebook.FAULTS,
    **notebook.REMARKS,
}


def fault_lines(faults: Iterable[Fault]) -> list[str]:
    """One line for each."""
    return [said(fault, SENTENCES) for fault in faults]
