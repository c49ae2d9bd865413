"""How many hand-ins of a lab count: what ended through our fault or that of the tests does not."""

from typing import Final

from dure.learn.models import Enrolment, Grading, LabAttempt

FREE: Final = (Grading.State.FAILED_PLATFORM, Grading.State.BROKEN, Grading.State.CANCELLED)
"""Ends of a grading that cost nothing."""


def hand_ins(enrolment: Enrolment, unit: str) -> int:
    """Those of this learner that count; one query."""
    mine = Grading.objects.filter(
        attempt__enrolment=enrolment, attempt__unit=unit, attempt__kind=LabAttempt.Kind.HAND_IN
    )
    return mine.exclude(state__in=FREE).values("attempt").distinct().count()
