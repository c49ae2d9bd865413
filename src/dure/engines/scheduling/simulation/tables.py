"""CSV traces and tables of shares: columns by name, in any order."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dure.engines.scheduling.jobs import Amounts, Job, JobClass
from dure.engines.scheduling.simulation.faults import Faults
from dure.engines.scheduling.simulation.numbers import (
    LATEST,
    LONGEST_CELL,
    MOST_OF_A_KIND,
    moment,
    number,
    shown,
    within,
)
from dure.engines.scheduling.simulation.trace import Trace, TraceJob

REQUIRED = ("submit", "run")
OPTIONAL = ("limit", "wait", "user", "member", "class", "job")
AMOUNT = re.compile(r"cores|memory_mib|(?:gpu|npu)(?::[\w.-]{1,30})?")
CLASSES = {each.name.lower(): each for each in JobClass}
Row = tuple[int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Share:
    """A member's share, and what is guaranteed to it of each kind named in the table."""

    share: float
    guaranteed: Mapping[str, int]


def read_csv(text: str, faults: Faults, most_jobs: int) -> Trace:
    """Read a trace of one job a line: `submit`, `run` and an amount (`cores`, `memory_mib`, `gpu:TYPE`, `npu:TYPE`).

    Optional are `limit`, `wait` (all in seconds), `user`, `member`, `class` and `job`, a name that may occur once.
    """
    headings, rows = _table(text, faults, REQUIRED)
    kinds = tuple(sorted(filter(AMOUNT.fullmatch, headings), key=lambda kind: (kind != "cores", kind)))
    if headings and not kinds:
        faults.add("column_missing", 1, "cores")
    jobs: list[TraceJob] = []
    never_ran = without_limit = 0
    names: dict[str, int] = {}
    for row, cells in rows:
        if len(jobs) >= most_jobs:
            faults.add("trace_too_many_jobs", row, limit=most_jobs)
            break
        _named_once(names, row, cells.get("job", ""), faults)
        job = _job(row, cells, kinds, faults)
        never_ran += job is not None and not (job.run > 0 and any(job.job.needs))
        without_limit += not cells.get("limit")
        if job is not None and job.run > 0 and any(job.job.needs):
            jobs.append(job)
    return Trace(
        kinds=kinds,
        jobs=tuple(sorted(jobs, key=lambda each: each.job.submitted)),
        amounts=(None,) * len(kinds),
        never_ran=never_ran,
        without_limit=without_limit,
        ignored_columns=tuple(shown(name) for name in headings if name not in {*REQUIRED, *OPTIONAL, *kinds}),
    )


def read_shares(text: str, faults: Faults) -> dict[str, Share]:
    """Read a table of `member`, `share` and, where something is guaranteed, its amount in a column of that kind's name."""
    headings, rows = _table(text, faults, ("member", "share"))
    kinds = [name for name in headings if AMOUNT.fullmatch(name)]
    shares: dict[str, Share] = {}
    for row, cells in rows:
        member = _name(cells["member"], faults, row, "member")
        share = within(number(cells["share"], faults, row, "share"), 1e-6, 1e9, (faults, row, "share"))
        amounts = {kind: _amount(cells[kind], faults, row, kind) for kind in kinds}
        if member in shares:
            faults.add("member_twice", row, "member", value=shown(member))
        shares[member] = Share(share or 1.0, amounts)
    return shares


def _table(text: str, faults: Faults, required: tuple[str, ...]) -> tuple[list[str], list[Row]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        headings = [cell.strip() for cell in next(reader, [])]
        for name in required:
            if name not in headings:
                faults.add("column_missing", 1, name)
        for name in sorted({name for name in headings if headings.count(name) > 1 and name}):
            faults.add("column_twice", 1, shown(name))
        rows = list(_rows(reader, headings, faults))
    except csv.Error:
        faults.add("quotes_broken", reader.line_num)
        return [], []
    usable = set(required) <= set(headings)
    return (headings, rows) if usable else (headings, [])


def _rows(reader: Iterator[list[str]], headings: list[str], faults: Faults) -> Iterator[Row]:
    row = 1
    for cells in reader:
        row += 1
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(headings):
            faults.add("ragged_row", row, found=len(cells), expected=len(headings))
            continue
        yield row, {name: cell.strip() for name, cell in zip(headings, cells, strict=True)}


def _named_once(names: dict[str, int], row: int, name: str, faults: Faults) -> None:
    first = names.setdefault(name, row) if name else row
    if first != row:
        faults.add("job_twice", row, "job", id=shown(name), first_row=first)


def _job(row: int, cells: dict[str, str], kinds: tuple[str, ...], faults: Faults) -> TraceJob | None:
    submitted = moment(cells["submit"], faults, row, "submit")
    run = _seconds(cells["run"], faults, row, "run")
    limit = _seconds(cells.get("limit", ""), faults, row, "limit")
    waited = _seconds(cells.get("wait", ""), faults, row, "wait")
    needs: Amounts = tuple(_amount(cells[kind], faults, row, kind) for kind in kinds)
    job_class = _class(cells.get("class", ""), faults, row)
    user = _name(cells.get("user", ""), faults, row, "user")
    member = _name(cells.get("member", ""), faults, row, "member")
    if submitted is None:
        return None
    job = Job(
        uid=f"{row:08}",
        account=(member, user) if member and user and member != user else (member or user or "-",),
        needs=needs,
        limit=limit or run or 1.0,
        submitted=submitted,
        job_class=job_class,
    )
    return TraceJob(job, user or member or "-", run or 0.0, waited)


def _seconds(text: str, faults: Faults, row: int, column: str) -> float | None:
    return within(number(text, faults, row, column), 0, LATEST, (faults, row, column)) if text else None


def _amount(text: str, faults: Faults, row: int, kind: str) -> int:
    value = number(text, faults, row, kind) if text else 0.0
    if value is not None and not value.is_integer():
        faults.add("number_bad", row, kind, value=shown(text))
        return 0
    return int(within(value, 0, MOST_OF_A_KIND, (faults, row, kind)) or 0)


def _class(text: str, faults: Faults, row: int) -> JobClass:
    if text and text not in CLASSES:
        faults.add("class_unknown", row, "class", value=shown(text), known=", ".join(CLASSES))
    return CLASSES.get(text, JobClass.NORMAL)


def _name(text: str, faults: Faults, row: int, column: str) -> str:
    if len(text) > LONGEST_CELL or not text.isprintable():
        faults.add("name_bad", row, column, value=shown(text), limit=LONGEST_CELL)
    return text
