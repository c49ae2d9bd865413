"""Runs as an engine has kept them, without running anything."""

import itertools
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dure.farm import api as farm
from dure.farm.models import Job, Node, Run
from dure.people.models import Organisation

_numbers = itertools.count(1)


def node(name: str = "", **fields: Any) -> Node:
    """A machine that a runner has presented."""
    given = {"cores": 16, "memory_mib": 64_000, "level": 4, **fields}
    return Node.objects.create(name=name or f"node{next(_numbers)}", **given)


def kept_run(
    *,
    started: datetime,
    ended: datetime | None,
    on: Node,
    cores: int = 1,
    accelerators: Mapping[str, int] | None = None,
    organisation: Organisation | None = None,
    project: str = "",
    excused: bool = False,
) -> Run:
    """A run of a job of its own."""
    spec = farm.JobSpec(
        command=("/usr/bin/true",), limits=farm.Limits(cores=cores), accelerators=dict(accelerators or {})
    )
    job = Job.objects.create(
        name=f"job {next(_numbers)}", spec=spec.as_json(), organisation=organisation, project=project
    )
    return Run.objects.create(
        job=job, attempt=1, node=on, worker="w", rate=1.0, started_at=started, ended_at=ended, excused=excused
    )
