"""In which unit of the ledger a commitment is counted."""

from typing import Any

from dure.engines import ledger as engine


def unit_of(unit: str, accelerator: str = "") -> str:
    """The ledger's unit; "" for a type of accelerator that is none."""
    if unit != "hour":
        return unit.lower()
    kind = accelerator.strip().lower()
    try:
        found = engine.accelerator_unit(kind) if kind else ""
    except KeyError:
        return ""
    return found if engine.is_unit(found) else ""


def unit_of_commitment(commitment: Any) -> str:
    return unit_of(commitment.unit, commitment.accelerator)
