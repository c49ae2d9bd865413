"""The first rows of a table in its own bytes."""

from pathlib import Path

import polars as pl
import pytest

from dure.engines.scoring.cutting import cut

CASES = {
    "a.csv": (b"id,x\nr1,1\nr2,2\nr3,3\n", b"id,x\nr1,1\nr2,2\n"),
    "quoted.csv": (b'id,x\r\nr1,"one\r\nline"\r\nr2,2\r\nr3,3\r\n', b'id,x\r\nr1,"one\r\nline"\r\nr2,2\r\n'),
    "korean.csv": ("id,x\nr1,가\nr2,나\nr3,다\n".encode("cp949"), "id,x\nr1,가\nr2,나\n".encode("cp949")),
    "a.tsv": (b'id\tx\nr1\t1\nr2\t"2\n3"\nr3\t3\n', b'id\tx\nr1\t1\nr2\t"2\n3"\n'),
    "short.csv": (b"id,x\nr1,1", b"id,x\nr1,1"),
    "a.jsonl": (b'{"id":1}\n{"id":2}\n{"id":3}\n', b'{"id":1}\n{"id":2}\n'),
}


@pytest.mark.parametrize("name", CASES)
def test_two_rows_and_their_header_as_they_were(name: str, tmp_path: Path) -> None:
    source, out = tmp_path / name, tmp_path / "out"
    source.write_bytes(CASES[name][0])
    assert cut(path=str(source), out=str(out), filename=name, rows=2)
    assert out.read_bytes() == CASES[name][1]


def test_parquet_stays_parquet(tmp_path: Path) -> None:
    source, out = tmp_path / "a.parquet", tmp_path / "out"
    pl.DataFrame({"id": [1, 2, 3], "x": ["a", "b", "c"]}).write_parquet(source)
    assert cut(path=str(source), out=str(out), filename="A.Parquet", rows=2)
    assert pl.read_parquet(out).rows() == [(1, "a"), (2, "b")]


def test_what_is_no_table_is_left_whole(tmp_path: Path) -> None:
    source = tmp_path / "images.zip"
    source.write_bytes(b"PK")
    assert not cut(path=str(source), out=str(tmp_path / "out"), filename="images.zip", rows=2)
