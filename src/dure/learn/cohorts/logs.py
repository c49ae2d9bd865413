"""What people did on the platform while an online session ran: the signs of work from which attendance is proposed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import F, QuerySet

from dure.learn.cohorts import counting, holding
from dure.learn.cohorts.counting import Worked
from dure.learn.models import CellRun, ClassSession, CoachMessage, LabAttempt, LearningEvent, Place

BY_LOG: Final = (ClassSession.Kind.ONLINE, ClassSession.Kind.HYBRID)
DONE_BY_LEARNER: Final = (
    LearningEvent.Verb.STARTED,
    LearningEvent.Verb.READ,
    LearningEvent.Verb.ANSWERED,
)
"""Verbs of what a learner does; grading and completing happen by themselves."""

__all__ = ["BY_LOG", "Worked", "worked"]


def worked(session: ClassSession, places: Iterable[Place]) -> dict[int, Worked]:
    """What the work of these people comes to, by their place; nothing for sessions on site. One query."""
    wanted = {place.enrolment_id: place.pk for place in places if place.enrolment_id is not None}
    if session.kind not in BY_LOG or not wanted:
        return {}
    signs: dict[int, list[datetime]] = defaultdict(list)
    for enrolment, at in _signs(session, list(wanted)):
        signs[wanted[enrolment]].append(at)
    timing = holding.timing_of(session)
    found = {place: counting.of_signs(timing, times) for place, times in signs.items()}
    return {place: work for place, work in found.items() if work is not None}


def _signs(session: ClassSession, enrolments: Sequence[int]) -> QuerySet[Any, Any]:
    """Whose sign it is (by the enrolment), and when."""
    events = LearningEvent.objects.filter(verb__in=DONE_BY_LEARNER)
    said = CoachMessage.objects.filter(author=F("place__person"))
    first, *more = (
        _within(events, "enrolment_id", "at", session, enrolments),
        _within(CellRun.objects.all(), "enrolment_id", "asked_at", session, enrolments),
        _within(LabAttempt.objects.all(), "enrolment_id", "made_at", session, enrolments),
        _within(said, "place__enrolment_id", "created_at", session, enrolments),
    )
    return first.union(*more, all=True)


def _within(
    rows: QuerySet[Any], whose: str, at: str, session: ClassSession, enrolments: Sequence[int]
) -> QuerySet[Any, Any]:
    within = {f"{at}__gte": session.starts_at, f"{at}__lt": session.ends_at, f"{whose}__in": enrolments}
    return rows.filter(**within).order_by().values_list(whose, at)
