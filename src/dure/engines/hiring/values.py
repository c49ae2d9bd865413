"""Warnings as values."""

from dataclasses import dataclass
from typing import Literal

Side = Literal["opening", "applicant"]
"""Who wrote the text: an organisation about a seat, or a person about themselves."""


@dataclass(frozen=True, slots=True)
class HiringWarning:
    """One stretch of a text that should not be there: `kind` is a key of WARNINGS, `law` one of LAWS.

    `is_doubtful`: the words may mean something else (a lawyer's 이혼 소송), which only a person can say. What is not doubtful is
    forbidden: somebody asks for it, wants or turns away such people, or it is a number that no text may hold.
    """

    kind: str
    span: tuple[int, int]
    law: str
    is_doubtful: bool
