"""What is asked about jobs."""

from uuid import UUID

from django.db.models import Max

from dure.farm.jobs import Limits
from dure.farm.models import Job, Node, Run


def job_for(uid: UUID | str) -> Job | None:
    """The job of this uid."""
    return Job.objects.filter(uid=uid).first()


def last_run(job: Job) -> Run | None:
    """The try that counts: the last one; None before the first."""
    return job.runs.prefetch_related("files__blob").order_by("-attempt").first()


def largest() -> Limits | None:
    """The most cores and memory that any one machine offers; None before the first runner has started."""
    found = Node.objects.aggregate(cores=Max("cores"), memory=Max("memory_mib"))
    return Limits(cores=found["cores"], memory_mib=found["memory"]) if found["cores"] else None
