"""Fetching: whole, checked, resumed, from a mirror; and a fault that says what is wrong."""

import gzip
import hashlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import polars as pl
import pytest

from dure.engines.faults import Faulty
from dure.problems.demo import flu_parts
from dure.problems.demo.sources import SOURCES, Source, SourceFile, fetch

CONTENT = bytes(range(256)) * 2000
SHA256 = hashlib.sha256(CONTENT).hexdigest()
HUB_FORECAST = """reference_date,horizon,target,target_end_date,location,output_type,output_type_id,value
2024-11-23,-1,wk inc flu hosp,2024-11-16,01,quantile,0.5,44
2024-11-23,0,wk inc flu hosp,2024-11-23,1,quantile,0.5,47
2024-11-23,0,wk inc flu hosp,2024-11-23,01,sample,oh_s1,50
2024-11-23,0,wk flu hosp rate change,2024-11-23,01,pmf,stable,0.7
"""
HUB_VINTAGE = """"date","location","location_name","value","weekly_rate"
"2024-11-09","01","Alabama",40,0.7
"2024-11-16","01","Alabama",NA,NA
"""


class Handler(BaseHTTPRequestHandler):
    """Serves `files` of the server, honours Range, and remembers what was asked for."""

    server: "Server"

    def do_GET(self) -> None:
        body = self.server.files.get(self.path)
        asked = self.headers.get("Range", "")
        self.server.ranges.append(asked)
        if body is None:
            self.send_error(404)
            return
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked else 0
        self.send_response(206 if asked else 200)
        self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        self.wfile.write(body[start:])

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Tests are quiet."""


class Server(ThreadingHTTPServer):
    files: dict[str, bytes]
    ranges: list[str]


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as running:
        running.files, running.ranges = {"/data.csv": CONTENT}, []
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def _address(server: Server, path: str) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}{path}"


def _source(**changes: object) -> Source:
    file = SourceFile(name="data.csv", sha256=SHA256, mirror="set/data.csv.gz", mirror_sha256="", zipped=True)
    return Source(slug="set", files=(replace(file, **changes),), licence="MIT", attribution="us")  # type: ignore[arg-type] # each test names real fields


def _codes(error: pytest.ExceptionInfo[Faulty]) -> list[str]:
    return [fault.code for fault in error.value.faults]


def test_downloads_checks_and_tells_progress(server: Server, tmp_path: Path) -> None:
    seen: list[tuple[str, int]] = []

    (path,) = fetch(
        _source(url=_address(server, "/data.csv")),
        tmp_path,
        progress=lambda name, size: seen.append((name, size)),
    )

    assert path.read_bytes() == CONTENT
    assert seen[-1] == ("data.csv", len(CONTENT))


def test_goes_on_where_an_earlier_try_stopped(server: Server, tmp_path: Path) -> None:
    (tmp_path / "data.csv.part").write_bytes(CONTENT[:1000])

    (path,) = fetch(_source(url=_address(server, "/data.csv")), tmp_path)

    assert path.read_bytes() == CONTENT
    assert server.ranges == ["bytes=1000-"]


def test_keeps_what_is_there(server: Server, tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_bytes(CONTENT)

    fetch(_source(url=_address(server, "/data.csv")), tmp_path)

    assert server.ranges == []


def test_refuses_what_has_changed_and_can_try_again(server: Server, tmp_path: Path) -> None:
    server.files["/data.csv"] = b"something else"

    with pytest.raises(Faulty) as error:
        fetch(_source(url=_address(server, "/data.csv")), tmp_path)

    assert _codes(error) == ["source_changed"]
    assert list(tmp_path.iterdir()) == []
    server.files["/data.csv"] = CONTENT
    assert fetch(_source(url=_address(server, "/data.csv")), tmp_path)[0].read_bytes() == CONTENT


def test_says_what_cannot_be_reached(server: Server, tmp_path: Path) -> None:
    with pytest.raises(Faulty) as error:
        fetch(_source(url=_address(server, "/gone.csv")), tmp_path)

    assert _codes(error) == ["source_unreachable"]
    assert "/gone.csv" in str(error.value.faults[0].params["url"])


def test_mirror_serves_the_same_bytes_unzipped(tmp_path: Path) -> None:
    zipped = gzip.compress(CONTENT)
    (tmp_path / "mirror/set").mkdir(parents=True)
    (tmp_path / "mirror/set/data.csv.gz").write_bytes(zipped)
    source = _source(mirror_sha256=hashlib.sha256(zipped).hexdigest())

    (path,) = fetch(source, tmp_path / "out", mirror=tmp_path / "mirror")

    assert path.read_bytes() == CONTENT


def test_mirror_faults_are_named(tmp_path: Path) -> None:
    with pytest.raises(Faulty) as error:
        fetch(_source(), tmp_path / "out", mirror=tmp_path)
    assert _codes(error) == ["source_mirror_missing"]

    (tmp_path / "set").mkdir()
    (tmp_path / "set/data.csv.gz").write_bytes(b"other")
    with pytest.raises(Faulty) as error:
        fetch(_source(mirror_sha256=SHA256), tmp_path / "out", mirror=tmp_path)
    assert _codes(error) == ["source_mirror_changed"]


def _joined(server: Server, tmp_path: Path, *, sha256: str) -> Source:
    name = "2024-11-23-FluSight-baseline.csv"
    server.files[f"/{name}"] = HUB_FORECAST.encode()
    file = SourceFile(
        name="all.parquet",
        sha256=sha256,
        mirror="",
        mirror_sha256="",
        joined="forecasts",
        parts=(_address(server, f"/{name}"),),
    )
    return replace(_source(), files=(file,))


def test_parts_are_joined_and_their_rows_checked(server: Server, tmp_path: Path) -> None:
    source_path = tmp_path / "2024-11-23-FluSight-baseline.csv"
    source_path.write_text(HUB_FORECAST)
    flu_parts.join("forecasts", [source_path], tmp_path / "known.parquet")
    known = flu_parts.rows_sha256(tmp_path / "known.parquet")

    (path,) = fetch(_joined(server, tmp_path, sha256=known), tmp_path / "out")

    assert pl.read_parquet(path).drop("quantile").rows() == [
        ("FluSight-baseline", "2024-11-23", "01", 0, "2024-11-23", 47.0)
    ]
    with pytest.raises(Faulty) as error:
        fetch(_joined(server, tmp_path, sha256="0" * 64), tmp_path / "again")
    assert _codes(error) == ["source_changed"]


def test_a_vintage_is_dated_by_its_last_week(tmp_path: Path) -> None:
    (tmp_path / "v.csv").write_text(HUB_VINTAGE)

    flu_parts.join("vintages", [tmp_path / "v.csv"], tmp_path / "v.parquet")

    assert pl.read_parquet(tmp_path / "v.parquet").rows() == [
        ("2024-11-16", "2024-11-09", "01", 40.0),
        ("2024-11-16", "2024-11-16", "01", None),
    ]


def test_every_source_declares_its_terms() -> None:
    for source in SOURCES.values():
        assert source.licence
        assert source.attribution
        for file in source.files:
            assert is_hash(file.sha256)
            assert is_hash(file.mirror_sha256)
            addresses = file.parts or (file.url,)
            assert all("/main/" not in url and url.startswith("https://") for url in addresses)


def is_hash(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")
