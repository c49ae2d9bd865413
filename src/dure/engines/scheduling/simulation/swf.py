"""Standard Workload Format 2.2 (Parallel Workloads Archive): one job a line, 18 numbers; a line of remarks begins with `;`.

Fields behind the 18th are left aside, as some archives add node lists and queues there. Memory is left aside too: archives disagree
about its unit. Where the log knows one group only, each user counts as a member.
"""

import re
from dataclasses import dataclass

from dure.engines.scheduling.jobs import Job
from dure.engines.scheduling.simulation.faults import Faults
from dure.engines.scheduling.simulation.numbers import LATEST, MOST_OF_A_KIND, number, within
from dure.engines.scheduling.simulation.trace import Trace, TraceJob

FIELDS = 18
NUMBER, SUBMIT, WAIT, RUN, USED, ASKED, TIME, USER, GROUP = 0, 1, 2, 3, 4, 7, 8, 11, 12
NAMES = {
    NUMBER: "job number",
    SUBMIT: "submit time",
    WAIT: "wait time",
    RUN: "run time",
    USED: "processors used",
    ASKED: "processors asked for",
    TIME: "time asked for",
    USER: "user",
    GROUP: "group",
}
_CAPACITY = re.compile(r";\s*MaxProcs:\s*(\d{1,8})\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    """The fields we use of one line, by their places."""

    row: int
    value: dict[int, float]

    @property
    def processors(self) -> int:
        return int(self.value[USED] if self.value[USED] > 0 else self.value[ASKED])

    @property
    def ran(self) -> bool:
        return self.value[RUN] > 0 and self.processors > 0


def read_swf(text: str, faults: Faults, most_jobs: int) -> Trace:
    """Read a log in this format. What is wrong goes into `faults`, with its line."""
    lines: list[_Line] = []
    capacity: int | None = None
    for row, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if stripped.startswith(";"):
            found = _CAPACITY.match(stripped)
            capacity = int(found[1]) if found else capacity
        elif stripped and len(lines) >= most_jobs:
            faults.add("trace_too_many_jobs", row, limit=most_jobs)
            break
        elif stripped and (read := _line(stripped.split(maxsplit=FIELDS), row, faults)):
            lines.append(read)
    _same_number(lines, faults)
    return _trace(lines, capacity)


def _line(fields: list[str], row: int, faults: Faults) -> _Line | None:
    if len(fields) < FIELDS:
        faults.add("swf_fields", row, found=len(fields), expected=FIELDS)
        return None
    value: dict[int, float] = {}
    for at, name in NAMES.items():
        highest = MOST_OF_A_KIND if at in {USED, ASKED} else LATEST
        lowest = 0 if at == SUBMIT else -LATEST  # less than nothing means unknown
        found = within(number(fields[at], faults, row, name), lowest, highest, (faults, row, name))
        if found is not None:
            value[at] = found
    return _Line(row, value) if len(value) == len(NAMES) else None


def _same_number(lines: list[_Line], faults: Faults) -> None:
    rows: dict[float, int] = {}
    for line in lines:
        first = rows.setdefault(line.value[NUMBER], line.row)
        if first != line.row:
            faults.add("job_twice", line.row, NAMES[NUMBER], id=f"{line.value[NUMBER]:.0f}", first_row=first)


def _trace(lines: list[_Line], capacity: int | None) -> Trace:
    ran = [line for line in lines if line.ran]
    groups = len({line.value[GROUP] for line in ran}) > 1
    jobs = sorted((_job(line, groups=groups) for line in ran), key=lambda each: each.job.submitted)
    return Trace(
        kinds=("cores",),
        jobs=tuple(jobs),
        amounts=(capacity,),
        never_ran=len(lines) - len(ran),
        without_limit=sum(line.value[TIME] <= 0 for line in ran),
    )


def _job(line: _Line, *, groups: bool) -> TraceJob:
    value = line.value
    user = f"{value[USER]:.0f}"
    job = Job(
        uid=f"{line.row:08}",
        account=(f"{value[GROUP]:.0f}", user) if groups else (user,),
        needs=(line.processors,),
        limit=value[TIME] if value[TIME] > 0 else value[RUN],
        submitted=value[SUBMIT],
    )
    return TraceJob(job, user, value[RUN], value[WAIT] if value[WAIT] >= 0 else None)
