"""What is asked about jobs."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Max

from dure.engines.jobs import JUDGE_CODES
from dure.farm.jobs import Limits
from dure.farm.models import Job, Node, Run


def job_for(uid: UUID | str) -> Job | None:
    """The job of this uid."""
    return Job.objects.filter(uid=uid).first()


def last_run(job: Job) -> Run | None:
    """The try that counts: the last one; None before the first."""
    return job.runs.prefetch_related("files__blob").order_by("-attempt").first()


def judge_fault(run: Run) -> str:
    """Why the judge of a run gave no report, as the code of a fault; "" where it gave one, or where there was none."""
    return next((one["code"] for one in run.faults if one["code"] in JUDGE_CODES), "")


def has_accelerators(wanted: Mapping[str, int]) -> bool:
    """Whether one machine of the farm has all of these, in use or not."""
    if not wanted:
        return True
    offered = Node.objects.exclude(accelerators={}).values_list("accelerators", flat=True)
    return any(all(one.get(key, 0) >= count for key, count in wanted.items()) for one in offered)


def largest() -> Limits | None:
    """The most cores and memory that any one machine offers; None before the first runner has started."""
    found = Node.objects.aggregate(cores=Max("cores"), memory=Max("memory_mib"))
    return Limits(cores=found["cores"], memory_mib=found["memory"]) if found["cores"] else None
