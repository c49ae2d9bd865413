"""How much a handed-in table may hold, counted after decoding."""

from dataclasses import dataclass

MEBI = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds for one table. All are checked before memory is spent on what they bound.

    `file_bytes` bounds the file as handed in, `decoded_bytes` what is left after unpacking and decoding, `rows` the data
    rows (without the header), `columns` the columns, `cells` rows × columns, `cell_bytes` one cell or column name in UTF-8.
    """

    file_bytes: int = 256 * MEBI
    decoded_bytes: int = 512 * MEBI
    rows: int = 5_000_000
    columns: int = 2_000
    cells: int = 60_000_000
    cell_bytes: int = MEBI


DEFAULT_LIMITS = Limits()
