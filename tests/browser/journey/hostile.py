"""Files that nobody hands in by mistake: each would hurt a careless reader."""

import io
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq

HUGE = 560 * 2**20


def files() -> dict[str, tuple[bytes, str]]:
    """Name → content and what is said of it; none of them is larger than a few megabytes."""
    return {
        "bomb.zip": (bomb(), "Unpacked, the file is larger than 512"),
        "huge.parquet": (huge_parquet(), "at most 5,000,000 are read"),
        "path.zip": (traversal(), "a file outside its own folder"),
        "formulas.csv": (formulas(), "=HYPERLINK"),
    }


def bomb() -> bytes:
    """A table of half a gigabyte in a few megabytes."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("a.csv", "w") as member,
    ):
        member.write(b"id,strength\n")
        for _ in range(HUGE // 2**24):
            member.write(bytes(2**24))
    return packed.getvalue()


def huge_parquet() -> bytes:
    """Two hundred million rows that all hold the same value, in a few kilobytes."""
    written = io.BytesIO()
    part = pa.table(
        {"id": pa.array(["C0001"] * 10**6).dictionary_encode(), "strength": pa.array([0.0] * 10**6)}
    )
    with pq.ParquetWriter(written, part.schema) as writer:
        for _ in range(200):
            writer.write_table(part)
    return written.getvalue()


def traversal() -> bytes:
    """An archive whose only file wants to lie somewhere else."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../../../etc/cron.d/strength.csv", "id,strength\nC0001,1\n")
    return packed.getvalue()


def formulas() -> bytes:
    """Cells that a spreadsheet would run."""
    cells = ("=HYPERLINK(1)", "+1+1", "@SUM(A1)", "-2+3|cmd")
    return "\n".join(["id,strength", *(f"C000{at},{cell}" for at, cell in enumerate(cells))]).encode()
