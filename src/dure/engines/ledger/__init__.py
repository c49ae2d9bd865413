"""두레 장부, the ledger of what members gave and used: balanced per unit, corrected by reversals, compared only in reports."""

from dure.engines.ledger.fault_codes import FAULTS
from dure.engines.ledger.keeping import Promise, kept_by
from dure.engines.ledger.periods import Quarter, quarter_of
from dure.engines.ledger.posting import (
    balance,
    hours,
    moved,
    of_account,
    posting_faults,
    reversal,
    rounded,
    served,
)
from dure.engines.ledger.reading import COLUMNS, Reading, read_facts
from dure.engines.ledger.reporting import Account, Flow, Matrix, Row, Sums, matrix, report
from dure.engines.ledger.sharing import WHOLE, Rule, Share, propose, rule_faults
from dure.engines.ledger.units import (
    AREA,
    DATASET,
    PATTERN,
    PERSON_DAY,
    PIECE,
    PLAIN,
    SEAT,
    Unit,
    accelerator_unit,
    is_accelerator,
    is_unit,
    order,
    unit_faults,
    unit_of,
)
from dure.engines.ledger.values import POOL, SIDES, Leg, Posting, Side
from dure.engines.ledger.valuing import Value, Values, value_faults

__all__ = [
    "AREA",
    "COLUMNS",
    "DATASET",
    "FAULTS",
    "PATTERN",
    "PERSON_DAY",
    "PIECE",
    "PLAIN",
    "POOL",
    "SEAT",
    "SIDES",
    "WHOLE",
    "Account",
    "Flow",
    "Leg",
    "Matrix",
    "Posting",
    "Promise",
    "Quarter",
    "Reading",
    "Row",
    "Rule",
    "Share",
    "Side",
    "Sums",
    "Unit",
    "Value",
    "Values",
    "accelerator_unit",
    "balance",
    "hours",
    "is_accelerator",
    "is_unit",
    "kept_by",
    "matrix",
    "moved",
    "of_account",
    "order",
    "posting_faults",
    "propose",
    "quarter_of",
    "read_facts",
    "report",
    "reversal",
    "rounded",
    "rule_faults",
    "served",
    "unit_faults",
    "unit_of",
    "value_faults",
]
