"""A version's labs checked on the farm before it may be published: the reference passes, the stub and known cheats do not."""

import zipfile
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from dure.engines import courses
from dure.engines.courses import lab_jobs, trying
from dure.farm import api as farm
from dure.foundation import clock, faults, files, workflow
from dure.foundation.access import SYSTEM
from dure.learn.labs import telling
from dure.learn.labs.kit import kit
from dure.learn.models import CourseVersion, Lab, LabCheck

CHEATS: Final = ("always true", "reads tests", "forges a report")
"""A few of the known ones: `dure course check` tries them all on the author's machine."""


@transaction.atomic
def ask(version: CourseVersion) -> None:
    """Have the farm try every lab; a version without labs is ready at once."""
    for lab in version.labs.select_related("version__course__organisation"):
        taught = lab.taught
        for name, source in trying.programs(taught, _tests(lab), only=CHEATS):
            _ask(lab, taught, name, source)
    _settle(version)


def _ask(lab: Lab, taught: courses.Lab, name: str, source: str) -> None:
    key = files.put_bytes(source.encode()).sha256
    parts = lab_jobs.LabFiles(lab.tests_id, lab.data_id or "", lab.hidden_data_id or "")
    job = farm.submit(
        lab_jobs.graded(lab_jobs.without_accelerators(taught), source=key, files=parts, kit=kit()),
        name=f"{lab.version.course.slug}/{lab.unit}",
        job_class=farm.Job.Class.EVALUATION,
        organisation=lab.version.course.organisation,
        project=lab.version.course.slug,
        sealed=True,
        is_followed=True,
    )
    LabCheck.objects.create(version=lab.version, unit=lab.unit, program=name, job=job.uid)


def _tests(lab: Lab) -> list[str]:
    with zipfile.ZipFile(files.local_path(lab.tests_id)) as archive:
        return [archive.read(name).decode() for name in ("public.py", "hidden.py")]


def follow(event: farm.JobDone) -> None:
    """A job is over; where it was a check, take over what came of it."""
    take_over(event.job)


@clock.on_clock("learn.follow_checks")
def follow_all(_now: datetime) -> int:
    """Take over every end that nobody heard of; returns how many."""
    waiting = LabCheck.objects.filter(finished_at=None).order_by("pk").values_list("job", flat=True)
    return sum(take_over(job) for job in list(waiting))


def take_over(uid: UUID | str) -> bool:
    """Write what a check found; the last one of a version settles it. False while it goes on, or where it was done before."""
    check = LabCheck.objects.filter(job=uid, finished_at=None).first()
    job = farm.job_for(uid) if check is not None else None
    if check is None or job is None or job.finished_at is None:
        return False
    with transaction.atomic():
        version = CourseVersion.objects.select_for_update(of=("self",)).get(pk=check.version_id)
        check = LabCheck.objects.filter(pk=check.pk, finished_at=None).first()
        if check is None:
            return False
        check.faults, check.finished_at = _found(version, check, job), clock.now()
        check.save()
        _settle(version)
    return True


def _found(version: CourseVersion, check: LabCheck, job: farm.Job) -> list[dict[str, Any]]:
    run = farm.last_run(job)
    lab = version.labs.select_related("version").get(unit=check.unit).taught
    report, log = (run.report, run.judge_log) if run else (None, "")
    trial = trying.judged(check.unit, lab, check.program, report=report, log=log)
    return faults.as_json(trial.faults)


def _settle(version: CourseVersion) -> None:
    """Ready or failed, when nothing is open any more."""
    if version.state != "checking" or version.checks.filter(finished_at=None).exists():
        return
    version.findings = [one for found in version.checks.values_list("faults", flat=True) for one in found]
    version.save(update_fields=["findings"])
    workflow.perform(version, "fail" if version.findings else "pass", by=SYSTEM)
    if version.checks.exists():
        telling.tell_checked(version)
