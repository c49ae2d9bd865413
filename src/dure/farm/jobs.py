"""Jobs as the farm accounts for them: on whose account, and in which class. What runs is a `JobSpec` of engines.jobs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from dure.engines.jobs import Input, JobSpec, Judge, Limits
from dure.engines.scheduling import JobClass

__all__ = ["CLASSES", "JOB", "Account", "Input", "JobSpec", "Judge", "Limits"]

JOB: Final = "job"
"""The kind of its lease."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who is charged: a member organisation, one of its projects, a person. Empty parts are the platform's own."""

    organisation: UUID | None = None
    project: str = ""
    person: UUID | None = None

    @property
    def levels(self) -> tuple[str, ...]:
        """As `engines.scheduling` wants it, from the member down."""
        return (str(self.organisation or ""), self.project, str(self.person or ""))


CLASSES: Final[Mapping[str, JobClass]] = {one.name.lower(): one for one in JobClass}
