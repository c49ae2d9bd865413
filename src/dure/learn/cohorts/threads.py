"""Questions to coaches: writing in a thread, by its learner and by those who lead the cohort."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock
from dure.foundation.access import ALLOWED, Decision, Denied, Hidden, Refused, demand
from dure.learn.cohorts import rules, telling_coached
from dure.learn.models import CoachMessage, LabAttempt, Place
from dure.people import api as people

LONGEST: Final = 8000
AN_HOUR: Final = 20
OF_LEADS: Final = 200
"""Whoever leads answers a whole class."""
TOO_MANY: Final = Refused(
    "too_many_messages", _("You have written many messages within an hour; go on a little later.")
)


def may_write(person: Any, place: Place) -> Decision:
    """Its learner while they have the place, and whoever leads the cohort."""
    if not rules.takes_part(place):
        return rules.NO_PLACE
    return ALLOWED if rules.is_own(person, place) else rules.leads(person, place.cohort)


@transaction.atomic
def write(
    *, by: people.Person, place: Place, body: str, unit: str = "", attempt: UUID | None = None
) -> CoachMessage:
    """Ask or answer, and tell the other side. Only the learner refers to an attempt, one of their own at this unit's lab.

    Raises Denied, Faulty, Hidden for an attempt that is not.
    """
    demand(may_write(by, place))
    _demand_rate(by, place)
    text = body.strip()
    if not text or len(text) > LONGEST:
        raise Faulty([Fault("long_message" if text else "empty_message", {"limit": LONGEST}, place="body")])
    made = CoachMessage.objects.create(
        place=place, unit=unit, author=by, body=text, attempt=_attempt(by, place, unit, attempt)
    )
    audit.write(by=by, action="coaching.write", obj=made)
    telling_coached.tell_message(made)
    return made


def _demand_rate(by: people.Person, place: Place) -> None:
    """The person's row is locked, so that twenty an hour are twenty, however many at once."""
    people.Person.objects.select_for_update().get(pk=by.pk)
    since = clock.now() - timedelta(hours=1)
    written = CoachMessage.objects.filter(author_id=by.pk, created_at__gt=since).count()
    if written >= (AN_HOUR if by.pk == place.person_id else OF_LEADS):
        raise Denied(TOO_MANY)


def _attempt(by: people.Person, place: Place, unit: str, uid: UUID | None) -> LabAttempt | None:
    if uid is None:
        return None
    mine = LabAttempt.objects.filter(enrolment__person_id=by.pk, enrolment=place.enrolment_id, unit=unit)
    found = mine.filter(uid=uid).first() if by.pk == place.person_id else None
    if found is None:
        raise Hidden(uid)
    return found
