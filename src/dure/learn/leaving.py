"""What a person takes along of their learning, and what becomes of it when the account goes."""

from typing import Any, Final

from django.db import transaction

from dure.farm import api as farm
from dure.foundation import events, files
from dure.learn import telling
from dure.learn.cohorts import due
from dure.learn.models import CellRun, Enrolment, Grading, LabAttempt, LabDraft, LearningEvent
from dure.people import api as people

OF_EVENT: Final = ("uid", "verb", "object", "at")
OF_GRADING: Final = ("state", "results", "points", "out_of", "limit", "log", "asked_at", "finished_at")


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("learning", _learning)
    events.subscribe(people.AccountDeleted, forget)


def _learning(person: Any) -> Any:
    """Each course with what was done in it: events, the code of labs as it stands, and every attempt with its results."""
    rows = Enrolment.objects.filter(person=person).select_related("course", "version", "standing")
    return [_enrolment(row) for row in rows.order_by("id")]


def _enrolment(enrolment: Enrolment) -> dict[str, Any]:
    deadlines = due.deadlines_of(enrolment)
    attempts = enrolment.attempts.prefetch_related("gradings").order_by("id")
    return {
        "course": enrolment.course.slug,
        "version": enrolment.version.digest,
        "state": enrolment.state,
        "started_at": enrolment.started_at,
        "completed_at": enrolment.completed_at,
        "events": [
            _event(row, deadlines) for row in enrolment.events.select_related("version").order_by("id")
        ],
        "labs": list(enrolment.drafts.order_by("id").values("unit", "cells", "saved_at")),
        "attempts": [_attempt(row) for row in attempts],
    }


def _event(event: LearningEvent, deadlines: due.Deadlines) -> dict[str, Any]:
    told = {name: getattr(event, name) for name in OF_EVENT}
    return told | {"result": telling.result_of(event, deadlines)}


def _attempt(attempt: LabAttempt) -> dict[str, Any]:
    with files.open_blob(attempt.source_id) as source:
        code = source.read().decode("utf-8", "replace")
    gradings = [{name: getattr(one, name) for name in OF_GRADING} for one in attempt.gradings.all()]
    return {
        "uid": attempt.uid,
        "unit": attempt.unit,
        "kind": attempt.kind,
        "made_at": attempt.made_at,
        "code": code,
        "gradings": gradings,
    }


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """Code, logs and drafts go. Events and points stay without a name: figures of the course are computed from them."""
    mine = Enrolment.objects.filter(person_id=event.person)
    LabDraft.objects.filter(enrolment__in=mine).delete()
    graded = Grading.objects.filter(attempt__enrolment__in=mine)
    ran = CellRun.objects.filter(enrolment__in=mine)
    farm.forget_jobs([*graded.values_list("job", flat=True), *ran.values_list("job", flat=True)])
    ran.delete()
    graded.update(log="", judge_log="")
    LabAttempt.objects.filter(enrolment__in=mine).update(source=files.put_bytes(b""))
