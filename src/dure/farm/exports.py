"""What the farm keeps about a person, for that person's own export."""

from typing import Any, Final

from dure.farm.models import Job
from dure.people import api as people

OF_JOB: Final = (
    "uid",
    "name",
    "job_class",
    "state",
    "spec",
    "array",
    "array_index",
    "shared",
    "created_at",
    "finished_at",
)
OF_RUN: Final = (
    "attempt",
    "started_at",
    "ended_at",
    "exit_code",
    "signal",
    "limit",
    "peak_memory",
    "cpu_seconds",
    "wall_seconds",
    "stdout",
    "stderr",
)


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("jobs", _jobs)


def _jobs(person: Any) -> Any:
    """The person's own jobs with their logs; files by name and hash, as they are downloaded from the job's page."""
    rows = Job.objects.of(person).select_related("organisation").prefetch_related("runs__files")
    return [_job(row) for row in rows.order_by("id")]


def _job(job: Job) -> dict[str, Any]:
    told = {name: getattr(job, name) for name in OF_JOB}
    organisation = job.organisation and job.organisation.slug
    return {**told, "organisation": organisation, "runs": [_run(run) for run in job.runs.all()]}


def _run(run: Any) -> dict[str, Any]:
    files = [{"name": file.name, "sha256": file.blob_id} for file in run.files.all()]
    return {**{name: getattr(run, name) for name in OF_RUN}, "files": files}
