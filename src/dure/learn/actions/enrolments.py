"""Beginning a course, reading it, answering its quizzes, and moving to another version."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dure.engines import courses
from dure.engines.faults import Fault, Faulty
from dure.foundation.access import Denied, Hidden, Refused, demand
from dure.learn import rules
from dure.learn.actions.events import Verb, record
from dure.learn.models import Course, Enrolment
from dure.people import api as people

NO_TRIES = Refused("no_tries", _("No try is left for this question."))
LEFT = Refused("left", _("You have left this course; take it up again first."))


@transaction.atomic
def start(*, by: Any, course: Course, organisation: people.Organisation | None = None) -> Enrolment:
    """Begin a course with its current version; whoever has begun already gets that enrolment back. Raises Denied."""
    demand(rules.may_start(by, course))
    made = {"version": course.current, "organisation": organisation}
    enrolment, fresh = Enrolment.objects.get_or_create(person=by, course=course, defaults=made)
    if fresh:
        record(enrolment, Verb.STARTED, number=enrolment.version.number, digest=enrolment.version.digest)
    return enrolment


@transaction.atomic
def move(*, by: Any, enrolment: Enrolment) -> Enrolment:
    """Go over to the version that new learners get. What was earned stays where the new version has the same item."""
    demand(rules.is_learner(by, enrolment))
    locked = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("course__current")
        .get(pk=enrolment.pk)
    )
    current = locked.course.current
    if current is None or locked.version_id == current.pk:
        return locked
    locked.version = current
    locked.save(update_fields=["version"])
    record(locked, Verb.MOVED, number=current.number, digest=current.digest)
    return locked


def read(*, by: Any, enrolment: Enrolment, unit: str) -> None:
    """Mark a lesson as read; a second time changes nothing. Raises Hidden, Denied."""
    demand_learning(by, enrolment)
    if enrolment.version.taught.unit(unit) is None:
        raise Hidden(unit)
    if unit not in enrolment.standing.read:
        record(enrolment, Verb.READ, f"unit/{unit}")


@transaction.atomic
def answer(*, by: Any, enrolment: Enrolment, item: str, given: Sequence[str]) -> courses.Judged:
    """Answer a question. Raises Hidden, Denied (also where no try is left), Faulty for what is no answer; then nothing counts."""
    demand_learning(by, enrolment)
    locked = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("version", "standing")
        .get(pk=enrolment.pk)
    )
    asked = locked.version.taught.item(item)
    if asked is None:
        raise Hidden(item)
    stands = locked.standing.items.get(f"quiz/{item}")
    if stands is not None and stands["settled"]:
        raise Denied(NO_TRIES)
    if not courses.is_whole(asked, given):
        raise Faulty([Fault("no_answer")])
    judged = courses.judged(asked, given)
    record(
        locked,
        Verb.ANSWERED,
        f"quiz/{item}",
        given=[one[:400] for one in given],
        right=judged.right,
        points=judged.points,
        skill=asked.skill,
    )
    return judged


def demand_learning(by: Any, enrolment: Enrolment) -> None:
    """Raise Denied unless it is the learner's own, and not left."""
    demand(rules.is_learner(by, enrolment))
    if enrolment.state == "left":
        raise Denied(LEFT)
