"""Our names for what Slurm runs, and the words that may reach its commands."""

import re
from dataclasses import dataclass
from typing import Final, Self
from uuid import UUID

PLAIN: Final = re.compile(r"[A-Za-z0-9:._-]{1,120}")
"""Slurm's own output escapes nothing, and a line break in a value is an option more: nothing else gets through."""
_NAME: Final = re.compile(
    r"dure\.([0-9a-f]{8})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([1-9][0-9]{0,17})"
)


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """One try of one job: what it is called everywhere, whatever number Slurm gives it."""

    job: UUID
    attempt: int

    def __str__(self) -> str:
        return f"{self.job}.{self.attempt}"

    def name(self, key: str) -> str:
        """Its name in Slurm; `key` tells our jobs from those of another installation on the same cluster."""
        return f"dure.{key}.{self}"

    @classmethod
    def of(cls, name: str, key: str) -> Self | None:
        """The try that a name in Slurm belongs to; None for a job that is not ours."""
        found = _NAME.fullmatch(name)
        return cls(UUID(found[2]), int(found[3])) if found and found[1] == key else None


def plain(word: str) -> str:
    """The word, if it may reach Slurm. Raises ValueError."""
    if not PLAIN.fullmatch(word) or word.startswith("-"):
        raise ValueError(f"not a plain word for Slurm: {word!r}")
    return word
