"""The farm: what is in use, asking for a job, a job that waits, one that is over, an array."""

from typing import Any

from dure.farm.models import Job, Run, RunFile
from dure.foundation import clock, files
from dure.people.models import Person
from tests.browser.cases import Case
from tests.factories.farm import asked, begun, machine
from tests.factories.people import organisation
from tests.farm.asked import asked_by, member_of


def _busy() -> tuple[Person, Job]:
    """A machine on which a job of somebody else runs, so that one's own waits."""
    firm, node = organisation(), machine(cores=2, accelerators={"gpu:h100": 2})
    begun(asked(member_of(firm), firm, cores=2), node)
    someone = member_of()
    made = asked_by(someone, name="강판 온도 예측 모델 학습", cores=2)
    return someone, Job.objects.get(uid=made["uid"])


def _now() -> tuple[str, Any]:
    return "/farm", _busy()[0]


def _empty() -> tuple[str, Any]:
    return "/farm", member_of()


def _ask() -> tuple[str, Any]:
    return "/farm/jobs/new", _busy()[0]


def _waits() -> tuple[str, Any]:
    someone, job = _busy()
    return f"/farm/jobs/{job.uid}", someone


def _over() -> tuple[str, Any]:
    someone = member_of()
    job = Job.objects.get(uid=asked_by(someone, name="강판 온도 예측 모델 학습")["uid"])
    run = begun(job, machine())
    log = "\n".join(f"epoch {at}: loss {1 / at:.4f}" for at in range(1, 40))
    ended = {"exit_code": 1, "wall_seconds": 12.5, "peak_memory": 2**28, "ended_at": clock.now()}
    Run.objects.filter(pk=run.pk).update(stdout=log, stderr="ValueError: no", **ended)
    blob = files.put_bytes(b"made")
    RunFile.objects.create(run=run, name="models/steel.bin", blob=blob)
    Job.objects.filter(pk=job.pk).update(state="failed_user", finished_at=clock.now())
    return f"/farm/jobs/{job.uid}", someone


def _array() -> tuple[str, Any]:
    someone = member_of()
    made = asked_by(someone, name="매개변수 훑기", count=60)
    Job.objects.filter(array_index__lt=20).update(state="done", finished_at=clock.now())
    return f"/farm/arrays/{made['array']['uid']}", someone


def _list() -> tuple[str, Any]:
    _address, someone = _array()
    asked_by(someone, name="강판 온도 예측 모델 학습")
    return "/farm/jobs", someone


CASES = [
    Case("farm-now", _now),
    Case("farm-empty", _empty),
    Case("farm-ask", _ask),
    Case("farm-job-waits", _waits),
    Case("farm-job-over", _over),
    Case("farm-array", _array),
    Case("farm-jobs", _list),
]
