"""Slurm as an executor: submit, cancel, snapshot, logs, usage, capacity. Knows no rows of ours."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from dure.farm.jobs import JobSpec
from dure.farm.slurm import commands, reading
from dure.farm.slurm.commands import Refused, Unclear
from dure.farm.slurm.folders import Shared
from dure.farm.slurm.naming import Ref, plain
from dure.farm.slurm.reading import Machine, Seen, Used
from dure.farm.slurm.states import Waits, waits_of

OVERHEAD_MIB: Final = 128
"""What our program on the node needs beside the sandbox."""
SLACK_S: Final = 120
"""Beyond the job's own wall time, which the sandbox keeps: to unpack its inputs and to collect what came out."""
STOPPED_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a try asks Slurm for."""

    account: str
    job_class: str
    cores: int
    memory_mib: int
    wall_seconds: int
    accelerators: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, spec: JobSpec, *, account: str, job_class: str) -> "Request":
        return cls(
            account=account,
            job_class=job_class,
            cores=spec.limits.cores,
            memory_mib=spec.memory_mib,
            wall_seconds=spec.limits.wall_seconds,
            accelerators=spec.accelerators,
        )

    @property
    def options(self) -> list[str]:
        """As sbatch takes them. Raises ValueError for a name that must not reach it."""
        gres = ",".join(
            f"{plain(kind)}:{count:d}" for kind, count in sorted(self.accelerators.items()) if count
        )
        return [
            f"--account={plain(self.account)}",
            f"--qos={plain(self.job_class)}",
            "--nodes=1",
            "--ntasks=1",
            f"--cpus-per-task={self.cores:d}",
            f"--mem={self.memory_mib + OVERHEAD_MIB:d}M",
            f"--time={ceil((self.wall_seconds + SLACK_S) / 60):d}",
            *([f"--gres={gres}"] if gres else []),
        ]


@dataclass(frozen=True, slots=True)
class Slurm:
    """A cluster, and the folder shared with its nodes. Its calls raise SlurmAway, and Refused where Slurm says no."""

    shared: Shared

    def submit(self, ref: Ref, request: Request) -> int:
        """Hand a try over; Slurm's number for it. Slurm never starts it again by itself: a new start is a new try of ours.

        Raises Unclear where Slurm may have taken it all the same.
        """
        name = ref.name(self.shared.key)
        words = [
            "sbatch",
            "--parsable",
            "--no-requeue",
            "--export=NIL",
            "--chdir=/",
            f"--job-name={name}",
            f"--comment={name}",
        ]
        words += [f"--output={self.shared.log(ref)}", "--open-mode=append", *request.options]
        return _submitted(*words, *self.shared.command(ref))

    def cancel(self, numbers: Iterable[int]) -> None:
        """Stop jobs. That one has ended shows in the next snapshot, and nowhere else."""
        chosen = [str(number) for number in numbers]
        for start in range(0, len(chosen), STOPPED_AT_ONCE):
            commands.run("scancel", *chosen[start : start + STOPPED_AT_ONCE])

    def queue(self) -> list[Seen]:
        """Our jobs that wait and run, and those that ended of late: all in one call."""
        words = [
            "squeue",
            "--noheader",
            "--all",
            "--states=all",
            f"--user={os.geteuid()}",
            f"--format={reading.QUEUE_FORMAT}",
        ]
        return list(reading.queue_of(commands.run(*words), self.shared.key))

    def accounted(self, since: datetime) -> list[Seen]:
        """Our jobs in the accounting since then, every start of each: all in one call."""
        words = [
            *reading.SACCT,
            f"--user={os.geteuid()}",
            f"--starttime={reading.said(since - timedelta(minutes=2))}",
        ]
        return list(reading.accounted_of(commands.run(*words), self.shared.key))

    def used(self, since: datetime, until: datetime) -> list[Used]:
        """The rows of all our jobs that ran in this window, every start of each, with their whole times."""
        window = (f"--starttime={reading.said(since)}", f"--endtime={reading.said(until)}")
        words = [*reading.SACCT, f"--user={os.geteuid()}", *window]
        return list(reading.used_of(commands.run(*words), self.shared.key))

    def logs(self, ref: Ref) -> str:
        """What Slurm and our program on the node said of a try, for the operator."""
        return self.shared.last_words(ref)

    def capacity(self) -> list[Machine]:
        """The nodes of the cluster."""
        words = ["sinfo", "--noheader", "--Node", f"--format={reading.NODES_FORMAT}"]
        return list(reading.machines_of(commands.run(*words)))


def _submitted(*words: str) -> int:
    try:
        printed = commands.run(*words)
    except Refused as refused:
        said = str(refused)
        if refused.by_controller or (said and waits_of(said) is not Waits.OTHER):
            raise
        raise Unclear(f"{words[0]}: {refused}") from refused
    number = printed.partition(";")[0].strip()
    if not number.isdigit():
        raise Unclear(f"{words[0]}: {printed[:200]!r} is no number")
    return int(number)


def cluster() -> str:
    """The name of the cluster that Slurm's commands speak to. Raises SlurmAway or Refused."""
    lines = commands.run("scontrol", "show", "config").splitlines()
    return plain(next(line.split("=", 1)[1].strip() for line in lines if line.startswith("ClusterName")))
