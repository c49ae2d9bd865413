"""The table in an uploaded file, of which nothing is kept."""

import tempfile
from collections.abc import Iterable
from typing import IO, Final

from dure.engines.faults import Fault, Faulty
from dure.engines.sheets.reading import FILE_MIB, Table
from dure.foundation.limited import child

READ_SECONDS: Final = 30


def read(stream: Iterable[bytes]) -> Table:
    """Read by the limited child process. Raises Faulty with every fault."""
    with tempfile.NamedTemporaryFile(suffix=".table") as kept:
        _copy(stream, kept)
        table: Table = child.call("dure.engines.sheets.reading:as_json", seconds=READ_SECONDS, path=kept.name)
    return table


def _copy(stream: Iterable[bytes], kept: IO[bytes]) -> None:
    """At most so much of it. Raises Faulty where it is more."""
    left = FILE_MIB * 1024 * 1024
    for piece in stream:
        left -= len(piece)
        if left < 0:
            raise Faulty([Fault("file_too_large", {"limit": FILE_MIB}, place="file")])
        kept.write(piece)
    kept.flush()
