"""Words that must be gone after the retention time: they never stand in the audit trail, of which nothing is deleted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Apart:
    """A text that a move carries to its effect; of it the trail has the length alone."""

    text: str

    def __str__(self) -> str:
        return f"({len(self.text)} characters)"


def apart(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a move with its `reason` set apart."""
    return {name: Apart(str(it).strip()) if name == "reason" else it for name, it in data.items()}


def said(data: Mapping[str, Any]) -> str:
    """The reason in words that came with a move, or empty."""
    reason = data.get("reason", "")
    return reason.text if isinstance(reason, Apart) else str(reason).strip()
