"""Warnings as values."""

from dataclasses import dataclass
from typing import Literal

Side = Literal["opening", "applicant"]
"""Who wrote the text: an organisation about a seat, or a person about themselves."""


@dataclass(frozen=True, slots=True)
class HiringWarning:
    """One stretch of a text that should not be there: `kind` is a key of WARNINGS, `law` one of LAWS."""

    kind: str
    span: tuple[int, int]
    law: str
