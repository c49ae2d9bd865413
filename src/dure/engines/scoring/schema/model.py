"""What a prediction file and its answers hold: columns with roles, kinds and ranges."""

from dataclasses import dataclass

from dure.engines.scoring.metric import Kind

PROBABILITY = "probability"
QUANTILE = "quantile"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file.

    `role` is what a metric calls it (`label`, `value`, `probability:cat`, `quantile:0.025`); `lowest` and `highest` bound
    numbers, inclusive, None for no bound; `categories` bounds labels, None for any text; `decimals` is how many places a
    number may have (0: whole numbers), None for any.
    """

    name: str
    role: str
    kind: Kind
    lowest: float | None = None
    highest: float | None = None
    categories: tuple[str, ...] | None = None
    nullable: bool = False
    decimals: int | None = None

    @property
    def part(self) -> str:
        """What stands behind the colon of a role that repeats: the class or the level; else empty."""
        return self.role.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Schema:
    """The shape of an answer file.

    `id_columns` together tell the rows apart; `columns` is what participants hand in, `truth` what the hidden answers hold
    (where empty, the same columns); `group_column` of the answers names rows that belong together (patient, machine).
    """

    id_columns: tuple[str, ...]
    columns: tuple[Column, ...]
    truth: tuple[Column, ...] = ()
    group_column: str | None = None

    @property
    def truths(self) -> tuple[Column, ...]:
        """The columns of the answers."""
        return self.truth or self.columns

    def quantiles(self) -> tuple[Column, ...]:
        """Return the quantile columns by ascending level."""
        found = [column for column in self.columns if column.kind == "quantile" and column.part]
        return tuple(sorted(found, key=lambda column: float(column.part)))

    def probabilities(self) -> tuple[Column, ...]:
        """Return the probability columns that name a class; those of one row sum to 1."""
        return tuple(column for column in self.columns if column.kind == "probability" and column.part)
