"""Reading a trace or a table of shares from a file that somebody hands us: bounded, and refused with every fault at once."""

import gzip
import re
import zlib
from collections.abc import Collection
from pathlib import Path

from dure.engines.faults import Fault, Faulty
from dure.engines.scheduling.simulation.faults import Faults
from dure.engines.scheduling.simulation.numbers import shown
from dure.engines.scheduling.simulation.swf import read_swf
from dure.engines.scheduling.simulation.tables import Share, read_csv, read_shares
from dure.engines.scheduling.simulation.trace import Trace
from dure.engines.scoring.reading.encodings import to_utf8

MOST_MIB = 256
MOST_JOBS = 500_000
_SWF = re.compile(r"\s*(?:;|-?\d+(?:\.\d*)?[ \t])")
"""A log begins with a remark or a number, a table with the names of its columns."""


def read_trace(path: Path) -> Trace:
    """Read a trace in Standard Workload Format or as CSV, gzipped or not.

    Raises Faulty with every fault found, each with its line (see `faults.CODES`), and OSError where the file cannot be read.
    """
    text, faults = _text(path), Faults()
    if not text.strip():
        raise Faulty([Fault("trace_empty", {"never_ran": 0})])
    trace = (read_swf if _SWF.match(text) else read_csv)(text, faults, MOST_JOBS)
    faults.refuse()
    if not trace.jobs:
        raise Faulty([Fault("trace_empty", {"never_ran": trace.never_ran})])
    return trace


def read_shares_of(path: Path, members: Collection[str]) -> dict[str, Share]:
    """Read a table of shares for these members. Raises as `read_trace` does."""
    faults = Faults()
    shares = read_shares(_text(path), faults)
    for row, member in enumerate(shares, 2):
        if member not in members:
            faults.add("member_unknown", row, "member", value=shown(member))
    faults.refuse()
    return shares


def _text(path: Path) -> str:
    try:
        return to_utf8(_bytes(path)).decode()
    except Faulty as error:
        if error.faults[0].code in {"encoding_unknown", "nul_bytes"}:
            raise Faulty([Fault("trace_not_text")]) from error
        raise


def _bytes(path: Path) -> bytes:
    most = MOST_MIB * 1024 * 1024
    with path.open("rb") as file:
        zipped = file.read(2) == b"\x1f\x8b"
    try:
        with gzip.open(path) if zipped else path.open("rb") as file:
            data = file.read(most + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Faulty([Fault("trace_damaged")]) from error
    if len(data) > most:
        raise Faulty([Fault("trace_too_large", {"limit": MOST_MIB})])
    return data
