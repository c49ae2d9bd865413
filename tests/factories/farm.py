"""Jobs for tests."""

import io
import zipfile
from typing import Any

from dure.farm import api as farm
from dure.farm.jobs import JOB
from dure.farm.models import Node
from dure.foundation import clock, files, leases
from dure.people.models import Organisation, Person
from tests.farm import engines

PYTHON = "/usr/bin/python3"
SHORT = farm.Limits(memory_mib=256, wall_seconds=20, cpu_seconds=10)


def program(source: str, **spec: Any) -> farm.JobSpec:
    """A job that runs this Python source from a file of its own."""
    blob = files.put_bytes(source.encode())
    inputs = (farm.Input(sha256=blob.sha256, target="/sub/main.py"), *spec.pop("inputs", ()))
    return farm.JobSpec(command=(PYTHON, "/sub/main.py"), inputs=inputs, **{"limits": SHORT, **spec})


def run_all(*, within_s: float = 120) -> None:
    """Have this machine's runner carry out all there is; fails instead of going on for ever."""
    engines.run_all(engines.LocalEngine(), within_s=within_s)


def zipped(**contents: str) -> farm.Input:
    """An archive with these files, unpacked at /data."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, words in contents.items():
            archive.writestr(name.replace("_", "."), words)
    return farm.Input(sha256=files.put_bytes(packed.getvalue()).sha256, target="/data", unpack=True)


def machine(**fields: Any) -> Node:
    """A machine that is on and whose walls hold."""
    given = {"name": "machine-1", "cores": 8, "memory_mib": 16_384, "level": 4, "seen_at": clock.now()}
    return Node.objects.create(**{**given, **fields})


def asked(by: Person, organisation: Organisation, **more: Any) -> farm.Job:
    """A job that waits, asked for by a person on their organisation's account."""
    given: dict[str, Any] = {"name": "a job", "cores": 1, **more}
    spec = farm.JobSpec(command=("true",), limits=farm.Limits(cores=given.pop("cores"), wall_seconds=600))
    return farm.submit(spec, person=by, organisation=organisation, **given)


def begun(job: farm.Job, on: Node) -> farm.Run:
    """The job as it looks while a runner carries it out on this machine."""
    (claim,) = leases.claim_these(kind=JOB, subjects=[job.uid], worker="test")
    farm.Job.objects.filter(pk=job.pk).update(state="running")
    return farm.Run.objects.create(job=job, attempt=claim.attempt, node=on, worker="test", rate=1.0)
