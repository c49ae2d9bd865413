"""Before a session begins, the labs of those who have a place are started, where the session says so."""

from datetime import datetime, timedelta

from dure.farm import api as farm
from dure.foundation import clock
from dure.learn.cohorts.plans import MOST_PRESTART
from dure.learn.models import ClassSession
from dure.people import api as people


@clock.on_clock("prestart_labs")
def prestart(now: datetime) -> int:
    """Every minute some more, until all are on or the session begins; returns how many sessions are done with.

    What a crash interrupts goes on with the next minute: labs that are on are left alone, and `prestarted_at` is set last.
    """
    return sum(_prestarted(session, now) for session in _due(now))


def _due(now: datetime) -> list[ClassSession]:
    ahead = ClassSession.objects.filter(
        prestarted_at=None,
        called_off_at=None,
        prestart_minutes__gt=0,
        starts_at__lte=now + timedelta(minutes=MOST_PRESTART),
        ends_at__gt=now,
        cohort__state__in=("open", "running"),
    )
    return [one for one in ahead if one.starts_at - timedelta(minutes=one.prestart_minutes) <= now]


def _prestarted(session: ClassSession, now: datetime) -> bool:
    expected = people.Person.objects.filter(places__cohort=session.cohort_id, places__state="in")
    left = farm.prestart_labs(expected)
    if left is None or (left and now < session.starts_at):
        return False
    return bool(
        ClassSession.objects.filter(pk=session.pk, prestarted_at=None).update(prestarted_at=clock.now())
    )
