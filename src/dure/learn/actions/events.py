"""Writing down what a learner did, and where that leads."""

from typing import Any

from django.db import transaction

from dure.foundation import workflow
from dure.foundation.access import SYSTEM
from dure.learn import progress
from dure.learn.credentials import of_course
from dure.learn.models import Enrolment, LearningEvent, Standing

Verb = LearningEvent.Verb


@transaction.atomic
def record(enrolment: Enrolment, verb: Verb, about: str = "", **result: Any) -> LearningEvent:
    """Add an event, and compute the standing anew from all of them. A course that is done now is completed, and its badge given."""
    locked = Enrolment.objects.select_for_update(of=("self",)).select_related("version").get(pk=enrolment.pk)
    event = LearningEvent.objects.create(
        enrolment=locked, version_id=locked.version_id, verb=verb, object=about, result=result
    )
    standing = rebuild(locked)
    if standing.is_complete and locked.state == "active":
        _complete(locked)
    return event


def rebuild(enrolment: Enrolment) -> Standing:
    """Write the standing anew from the enrolment's events alone."""
    found = progress.standing(enrolment.version.taught, enrolment.events.order_by("pk"))
    values = {name: getattr(found, name) for name in found.__dataclass_fields__}
    standing, _made = Standing.objects.update_or_create(enrolment=enrolment, defaults=values)
    return standing


def _complete(enrolment: Enrolment) -> None:
    done = workflow.perform(enrolment, "complete", by=SYSTEM)
    LearningEvent.objects.create(
        enrolment=done,
        version_id=done.version_id,
        verb=Verb.COMPLETED,
        result={"digest": done.version.digest},
    )
    of_course.award_course(done)
