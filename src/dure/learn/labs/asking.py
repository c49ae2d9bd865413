"""Asking the farm: to run cells, to check them against the public tests, to grade what is handed in."""

import json
from collections.abc import Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from dure.engines import courses
from dure.engines.courses import lab_jobs
from dure.engines.faults import Fault, Faulty
from dure.farm import api as farm
from dure.foundation import files
from dure.foundation.access import Denied, Hidden, Refused, demand
from dure.foundation.ids import uuid7
from dure.learn.actions.enrolments import demand_learning
from dure.learn.labs.counting import hand_ins
from dure.learn.labs.kit import kit
from dure.learn.models import CellRun, Enrolment, Grading, Lab, LabAttempt, LabDraft

MOST_CELLS, MOST_BYTES = 100, 256 * 1024
STILL_GRADED: Final = Refused(
    "still_graded", _("What you handed in last is still being graded. It takes a moment.")
)
NO_ACCELERATOR: Final = Refused(
    "no_accelerator",
    _(
        "No machine of the farm has the accelerators of this lab now. What you write is kept; try again later."
    ),
)
NO_ATTEMPTS: Final = Refused("no_attempts", _("You have used all attempts of this lab."))


def save(*, by: Any, enrolment: Enrolment, unit: str, cells: Sequence[str]) -> LabDraft:
    """Keep the cells as they stand. Raises Hidden, Denied, Faulty where there are too many."""
    _demand_lab(by, enrolment, unit, cells)
    draft, _made = LabDraft.objects.update_or_create(
        enrolment=enrolment, unit=unit, defaults={"cells": list(cells)}
    )
    return draft


def run(*, by: Any, enrolment: Enrolment, unit: str, cells: Sequence[str], upto: int) -> CellRun:
    """Run the cells from the first to number `upto` (from 0). Raises as `save` does."""
    demand(farm.may_run())
    save(by=by, enrolment=enrolment, unit=unit, cells=cells)
    lab = _lab_of(enrolment, unit)
    _demand_accelerators(lab)
    source = files.put_bytes(json.dumps(list(cells[: upto + 1])).encode()).sha256
    spec = lab_jobs.cells(lab.taught, source=source, data=lab.data_id or "", kit=kit())
    with transaction.atomic():
        job = farm.submit(
            spec, name=f"{lab.version.course.slug}/{unit}", job_class=farm.Job.Class.LAB, **_account(by, lab)
        )
        return CellRun.objects.create(job=job.uid, enrolment=enrolment, unit=unit, cell=upto)


def ask(
    *, by: Any, enrolment: Enrolment, unit: str, cells: Sequence[str], kind: LabAttempt.Kind
) -> LabAttempt:
    """Check or hand in. Raises as `save` does, and Denied where no attempt is left or the last one is still graded."""
    demand(farm.may_run())
    save(by=by, enrolment=enrolment, unit=unit, cells=cells)
    lab = _lab_of(enrolment, unit)
    _demand_accelerators(lab)
    source = files.put_bytes(courses.program_of(cells).encode())
    with transaction.atomic():
        Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
        _demand_attempt(enrolment, lab, kind)
        attempt = LabAttempt.objects.create(enrolment=enrolment, unit=unit, kind=kind, source=source)
        grade(attempt, lab)
    return attempt


def grade(attempt: LabAttempt, lab: Lab) -> Grading:
    """Have an attempt graded by these tests. A hand-in is sealed: what it printed beside hidden inputs is for nobody."""
    is_check = attempt.kind == LabAttempt.Kind.CHECK
    taught = lab.taught
    spec = lab_jobs.graded(taught, source=attempt.source_id, files=_files(lab, check=is_check), kit=kit())
    job = farm.submit(
        spec,
        name=f"{lab.version.course.slug}/{lab.unit}",
        job_class=farm.Job.Class.LAB,
        sealed=not is_check,
        is_followed=True,
        uid=uuid7(),
        **_account(attempt.enrolment.person, lab),
    )
    return Grading.objects.create(attempt=attempt, lab=lab, job=job.uid)


def graded_by_others(lab: Lab) -> "QuerySet[LabAttempt]":
    """What learners of this course handed in for the lab, where other tests than these graded it last."""
    newest = Grading.objects.filter(attempt=OuterRef("pk")).order_by("-pk")
    rows = LabAttempt.objects.filter(
        enrolment__course=lab.version.course_id, unit=lab.unit, kind=LabAttempt.Kind.HAND_IN
    )
    return rows.annotate(by=Subquery(newest.values("lab__digest")[:1])).exclude(by=lab.digest)


def grade_again(lab: Lab) -> int:
    """Grade all of these anew, the oldest first; returns how many. Run twice, also at once, it grades each once."""
    found = 0
    for attempt in graded_by_others(lab).order_by("pk").values_list("pk", flat=True).iterator(chunk_size=500):
        found += _graded_again(attempt, lab)
    return found


@transaction.atomic
def _graded_again(pk: int, lab: Lab) -> bool:
    locked = LabAttempt.objects.select_for_update(of=("self",)).select_related("enrolment__person").get(pk=pk)
    if not graded_by_others(lab).filter(pk=pk).exists():
        return False
    grade(locked, lab)
    return True


def _demand_lab(by: Any, enrolment: Enrolment, unit: str, cells: Sequence[str]) -> None:
    demand_learning(by, enrolment)
    found = enrolment.version.taught.unit(unit)
    if found is None or found.lab is None:
        raise Hidden(unit)
    if len(cells) > MOST_CELLS or sum(len(cell.encode()) for cell in cells) > MOST_BYTES:
        raise Faulty([Fault("cells_too_large", {"cells": MOST_CELLS, "limit": MOST_BYTES})])


def _lab_of(enrolment: Enrolment, unit: str) -> Lab:
    rows = Lab.objects.select_related("version__course__organisation")
    return rows.get(version_id=enrolment.version_id, unit=unit)


def _demand_accelerators(lab: Lab) -> None:
    """Raise Denied rather than let a learner wait for a machine that is not there."""
    if not farm.has_accelerators(lab.taught.accelerators):
        raise Denied(NO_ACCELERATOR)


def _files(lab: Lab, *, check: bool) -> lab_jobs.LabFiles:
    hidden = "" if check else lab.hidden_data_id or ""
    tests = lab.public_tests_id if check else lab.tests_id
    return lab_jobs.LabFiles(tests=tests, data=lab.data_id or "", hidden_data=hidden)


def _account(person: Any, lab: Lab) -> dict[str, Any]:
    """Whoever gives the course pays for its labs; among its learners each has a share of their own."""
    course = lab.version.course
    return {"organisation": course.organisation, "project": course.slug, "person": person}


def _demand_attempt(enrolment: Enrolment, lab: Lab, kind: LabAttempt.Kind) -> None:
    mine = Grading.objects.filter(attempt__enrolment=enrolment, attempt__unit=lab.unit, attempt__kind=kind)
    if mine.filter(state=Grading.State.QUEUED).exists():
        raise Denied(STILL_GRADED, conflict=True)
    if kind == LabAttempt.Kind.HAND_IN and hand_ins(enrolment, lab.unit) >= lab.taught.attempts:
        raise Denied(NO_ATTEMPTS)
