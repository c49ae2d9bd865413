"""The child that reads strangers' files: bounded, without our secrets, first to go, and replaced when it dies."""

import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dure.engines.faults import Faulty
from dure.foundation import limited
from dure.foundation.limited import FILE_BYTES, MEMORY_BYTES, Child, Overstrained

READ = "dure.engines.scoring.intake:take_table"
MEBI = 1024 * 1024


@pytest.fixture
def child() -> Iterator[Child]:
    one = Child()
    yield one
    one.close()


@pytest.fixture
def table(tmp_path: Path) -> dict[str, Any]:
    path = tmp_path / "in.csv"
    path.write_text("id,p\n1,0.5\n")
    return {"path": str(path), "out": str(tmp_path / "out.parquet")}


def running(child: Child) -> int:
    assert child._process is not None
    return child._process.pid


def test_it_is_bounded_knows_no_secret_and_goes_first(
    child: Child, table: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DURE_SECRET_KEY", "DATABASE_URL", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "never-to-be-seen")
    assert child.call(READ, **table)["rows"] == 1
    pid = running(child)
    assert resource.prlimit(pid, resource.RLIMIT_AS) == (MEMORY_BYTES, MEMORY_BYTES)
    assert resource.prlimit(pid, resource.RLIMIT_FSIZE) == (FILE_BYTES, FILE_BYTES)
    assert resource.prlimit(pid, resource.RLIMIT_CORE) == (0, 0)
    assert b"never-to-be-seen" not in Path(f"/proc/{pid}/environ").read_bytes()
    assert Path(f"/proc/{pid}/oom_score_adj").read_text().strip() == "1000"


def test_faults_come_through_and_leave_it_running(child: Child, table: dict[str, Any]) -> None:
    Path(table["path"]).write_text("id,id\n1,2\n")
    with pytest.raises(Faulty) as refused:
        child.call(READ, **table)
    assert [fault.code for fault in refused.value.faults] == ["column_twice"]
    pid = running(child)
    Path(table["path"]).write_text("id,p\n1,2\n")
    assert (child.call(READ, **table)["rows"], running(child)) == (1, pid)


def test_killed_in_between_it_is_replaced(child: Child, table: dict[str, Any]) -> None:
    child.call(READ, **table)
    first = running(child)
    assert child._process is not None
    child._process.kill()
    assert child.call(READ, **table)["rows"] == 1
    assert running(child) != first


def test_too_long_is_said_and_the_next_call_is_answered(child: Child, table: dict[str, Any]) -> None:
    with pytest.raises(Overstrained) as refused:
        child.call(READ, seconds=0.001, **table)
    assert [fault.code for fault in refused.value.faults] == ["upload_too_slow"]
    assert child.call(READ, **table)["rows"] == 1


def test_what_needs_more_memory_than_it_has_is_refused_after_a_second_try(
    child: Child, table: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []

    def start_small() -> "subprocess.Popen[bytes]":
        process = ordinary()
        resource.prlimit(process.pid, resource.RLIMIT_AS, (48 * MEBI, 48 * MEBI))
        started.append(process.pid)
        return process

    ordinary = limited._start
    monkeypatch.setattr(limited, "_start", start_small)
    with pytest.raises(Overstrained) as refused:
        child.call(READ, **table)
    assert [fault.code for fault in refused.value.faults] == ["upload_too_large_to_read"]
    assert len(started) == 2


def test_only_functions_of_the_engines_run_in_it(child: Child) -> None:
    with pytest.raises(Overstrained):
        child.call("os:system", command="true")
