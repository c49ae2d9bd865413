"""Audits of who was selected, ranked and predicted, by group: exact in small groups, silent where there is nothing to say."""

from dure.engines.fairness.expected import expected
from dure.engines.fairness.fault_codes import FAULTS
from dure.engines.fairness.needing import people_needed
from dure.engines.fairness.record import hash_of, read_record, recorded
from dure.engines.fairness.report import audit
from dure.engines.fairness.scoring import above_median
from dure.engines.fairness.values import (
    ALPHA,
    GRAVE,
    MINIMUM,
    MINOR,
    POWER,
    Bin,
    Calibration,
    Cell,
    Estimate,
    Exposure,
    Finding,
    GroupExposure,
    Report,
    Row,
    Table,
    Verdict,
)

__all__ = [
    "ALPHA",
    "FAULTS",
    "GRAVE",
    "MINIMUM",
    "MINOR",
    "POWER",
    "Bin",
    "Calibration",
    "Cell",
    "Estimate",
    "Exposure",
    "Finding",
    "GroupExposure",
    "Report",
    "Row",
    "Table",
    "Verdict",
    "above_median",
    "audit",
    "expected",
    "hash_of",
    "people_needed",
    "read_record",
    "recorded",
]
