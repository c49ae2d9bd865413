"""What a check before opening found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["ok", "warn", "stop"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of one check.

    `code` is a key of `fault_codes.FINDINGS`, whose sentence takes `params`; `severity`: `ok` nothing found, `warn` the
    host should look,    `stop` the challenge would be decided by this. `column` names the column concerned.
    """

    code: str
    severity: Severity
    params: Mapping[str, str | int | float] = field(default_factory=dict)
    column: str | None = None
