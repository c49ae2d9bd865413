"""What is asked about jobs."""

from dure.farm.models import Job, Run


def last_run(job: Job) -> Run | None:
    """The try that counts: the last one; None before the first."""
    return job.runs.prefetch_related("files__blob").order_by("-attempt").first()
