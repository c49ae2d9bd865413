"""What is asked about jobs."""

from django.db.models import Max

from dure.farm.models import Job, Node, Run


def last_run(job: Job) -> Run | None:
    """The try that counts: the last one; None before the first."""
    return job.runs.prefetch_related("files__blob").order_by("-attempt").first()


def protection_level() -> int:
    """The best protection that a known machine of the farm has, 0 without any: below 3 nobody's program is taken."""
    found = Node.objects.aggregate(best=Max("level"))["best"]
    return int(found or 0)
