"""Reading traces: what is right is understood, what is wrong is refused with every fault, its line and no traceback."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dure.engines.faults import Fault, Faulty
from dure.engines.scheduling import JobClass
from dure.engines.scheduling.simulation import read_shares_of, read_trace, reading
from dure.engines.scheduling.simulation.faults import CODES, MOST

LINE = "{number} {submit} {wait} {run} {used} -1 -1 {asked} {time} -1 1 {user} {group} -1 -1 -1 -1 -1"


def swf(**fields: object) -> str:
    usual = {
        "number": 1,
        "submit": 0,
        "wait": 5,
        "run": 60,
        "used": 4,
        "asked": 4,
        "time": 90,
        "user": 7,
        "group": 1,
    }
    return LINE.format(**(usual | fields))


def file_of(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "trace"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def faults_of(path: Path) -> list[Fault]:
    with pytest.raises(Faulty) as refused:
        read_trace(path)
    return refused.value.faults


def codes_of(path: Path) -> list[tuple[str, int | None, str | None]]:
    return [(fault.code, fault.row, fault.column) for fault in faults_of(path)]


def test_a_log_is_read_by_the_standard_workload_format(tmp_path: Path) -> None:
    trace = read_trace(
        file_of(
            tmp_path,
            "; Version: 2.2",
            "; MaxProcs: 128",
            swf(number=2, submit=10, user=8, group=2, used=-1),
            "",
            swf(number=1, submit=0) + " {n1,n2} q_1d 1:ppn=4",
            swf(number=3, submit=20, run=-1),
            swf(number=4, submit=30, time=-1, wait=-1),
        )
    )
    assert [(each.job.account, each.job.submitted, each.job.needs) for each in trace.jobs] == [
        (("1", "7"), 0.0, (4,)),
        (("2", "8"), 10.0, (4,)),
        (("1", "7"), 30.0, (4,)),
    ]
    assert (trace.kinds, trace.amounts, trace.never_ran, trace.without_limit) == (("cores",), (128,), 1, 1)
    assert [each.job.limit for each in trace.jobs] == [90.0, 90.0, 60.0]
    assert trace.most_at_once() is None


def test_users_are_members_where_the_log_knows_one_group(tmp_path: Path) -> None:
    trace = read_trace(file_of(tmp_path, swf(), swf(number=2, user=8)))
    assert trace.members == ["7", "8"]


def test_the_most_at_once_comes_from_the_recorded_waits(tmp_path: Path) -> None:
    lines = [
        swf(number=1, submit=0, wait=0),
        swf(number=2, submit=0, wait=59),
        swf(number=3, submit=0, wait=60),
    ]
    assert read_trace(file_of(tmp_path, *lines)).most_at_once() == (8,)


def test_a_table_is_read_by_the_names_of_its_columns(tmp_path: Path) -> None:
    trace = read_trace(
        file_of(
            tmp_path,
            "member,user,submit,run,gpu:h100,cores,limit,class,colour",
            "kt,김철수,2026-01-01T00:01:00+00:00,30,2,8,60,evaluation,red",
            "kaist,lee,2026-01-01T09:00:00+09:00,40,,4,,,blue",
            "kaist,lee,2026-01-01T00:02:00,0,1,4,,,blue",
        )
    )
    first, second = trace.jobs
    assert trace.kinds == ("cores", "gpu:h100")
    assert (first.job.account, first.job.needs, first.job.limit) == (("kaist", "lee"), (4, 0), 40.0)
    assert (second.job.account, second.job.job_class) == (("kt", "김철수"), JobClass.EVALUATION)
    assert second.job.submitted - first.job.submitted == 60.0
    assert (trace.never_ran, trace.ignored_columns) == (1, ("colour",))


def test_a_gzipped_file_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "trace.gz"
    path.write_bytes(gzip.compress(swf().encode(), mtime=0))
    assert len(read_trace(path).jobs) == 1


def test_every_fault_of_a_log_has_its_line(tmp_path: Path) -> None:
    path = file_of(
        tmp_path,
        "; a remark",
        swf(number=1),
        "1 2 3",
        swf(number=2, submit="soon", run="nan"),
        swf(number=3, used="9" * 5_000),
        swf(number=4, submit=-5),
        swf(number=5, run="1e300"),
        swf(number=1),
    )
    assert codes_of(path) == [
        ("swf_fields", 3, None),
        ("number_bad", 4, "submit time"),
        ("number_bad", 4, "run time"),
        ("number_bad", 5, "processors used"),
        ("number_range", 6, "submit time"),
        ("number_range", 7, "run time"),
        ("job_twice", 8, "job number"),
    ]


def test_every_fault_of_a_table_has_its_line(tmp_path: Path) -> None:
    path = file_of(
        tmp_path,
        "submit,run,cores,class,job,user",
        "0,10,1.5,normal,a,u",
        "0,10,1",
        "yesterday,-1,1,urgent,b,u",
        "2026-13-01,10,99999999999,normal,a,u",
        f"0,10,1,normal,c,{'x' * 99}",
    )
    assert codes_of(path) == [
        ("number_bad", 2, "cores"),
        ("ragged_row", 3, None),
        ("number_bad", 4, "submit"),
        ("number_range", 4, "run"),
        ("class_unknown", 4, "class"),
        ("job_twice", 5, "job"),
        ("time_bad", 5, "submit"),
        ("number_range", 5, "cores"),
        ("name_bad", 6, "user"),
    ]


@pytest.mark.parametrize(
    ("heading", "wrong"),
    [
        ("run,cores", [("column_missing", 1, "submit")]),
        ("submit,run", [("column_missing", 1, "cores")]),
        ("submit,run,cores,run", [("column_twice", 1, "run")]),
    ],
)
def test_columns_have_to_be_there_once(tmp_path: Path, heading: str, wrong: list[object]) -> None:
    assert codes_of(file_of(tmp_path, heading)) == wrong


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "trace_empty"),
        (b"; only remarks\n", "trace_empty"),
        (swf(run=0).encode(), "trace_empty"),
        (b"\x00\x01\x02" * 50, "trace_not_text"),
        (b"\xff\xfe\xfd\xfc\xfb", "trace_not_text"),
        (gzip.compress(b"1 2 3", mtime=0)[:-9], "trace_damaged"),
        (b"\x1f\x8bnot gzip", "trace_damaged"),
        (b'submit,run,cores\n1,2,"3', "quotes_broken"),
    ],
)
def test_what_is_no_trace_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "trace"
    path.write_bytes(data)
    assert code in {fault.code for fault in faults_of(path)}


def test_what_is_too_large_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"\n" * (2 * 1024 * 1024), mtime=0))
    monkeypatch.setattr(reading, "MOST_MIB", 1)
    assert codes_of(path) == [("trace_too_large", None, None)]
    monkeypatch.setattr(reading, "MOST_JOBS", 1)
    assert codes_of(file_of(tmp_path, swf(), swf(number=2))) == [("trace_too_many_jobs", 2, None)]


def test_thousands_of_faults_are_counted_not_listed(tmp_path: Path) -> None:
    faults = faults_of(file_of(tmp_path, swf(), *["1 2"] * (MOST + 7)))
    assert (len(faults), faults[-1]) == (MOST + 1, Fault("more_faults", {"count": 7}))


def test_shares_name_members_of_the_trace_once(tmp_path: Path) -> None:
    path = file_of(tmp_path, "member,share,cores", "kt,3,64", "kaist,1,")
    shares = read_shares_of(path, {"kt", "kaist"})
    assert (shares["kt"].share, dict(shares["kt"].guaranteed)) == (3.0, {"cores": 64})
    path = file_of(tmp_path, "member,share", "kt,0", "kt,1", "lg,1")
    with pytest.raises(Faulty) as refused:
        read_shares_of(path, {"kt", "kaist"})
    assert [fault.code for fault in refused.value.faults] == [
        "number_range",
        "member_twice",
        "member_unknown",
    ]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_whatever_bytes_come_they_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(data)
    with pytest.raises(Faulty) as refused:
        read_trace(path)
    assert {fault.code for fault in refused.value.faults} <= set(CODES)


cell = st.sampled_from(["", "0", "-1", "5", "1e9", "nan", "x", '"', "2026-01-01", "lab", "가"])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(cell, min_size=1, max_size=7), max_size=6), st.booleans())
def test_whatever_cells_come_they_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], table: bool
) -> None:
    lines = [",".join(row) for row in rows] if table else [" ".join(row * 18) for row in rows]
    path = file_of(
        tmp_path_factory.getbasetemp(), *(["submit,run,cores,limit,class"] if table else []), *lines
    )
    try:
        assert read_trace(path).jobs
    except Faulty as refused:
        assert {fault.code for fault in refused.faults} <= set(CODES)  # noqa: PT017 - both ways are right
