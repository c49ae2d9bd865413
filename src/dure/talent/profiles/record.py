"""The record of a person in talent: its beginning, its lock, and until when it is kept."""

from datetime import date, timedelta
from typing import Final

from django.db.models import QuerySet

from dure.foundation import clock
from dure.foundation.access import Hidden
from dure.people import api as people
from dure.talent.models import Profile

KEPT_DAYS: Final = 365
"""How long all of it is kept after its person last changed something."""


def begin(person: people.Person) -> Profile:
    """The person's record; nothing was gathered of anybody before it. Raises Hidden for a deleted account."""
    if person.deleted_at:
        raise Hidden(person.uid)
    return Profile.objects.get_or_create(person=person, defaults={"keep_until": kept_until()})[0]


def of(person: people.Person) -> Profile | None:
    """The person's record, or None where they never began one or deleted it."""
    return Profile.objects.filter(person_id=person.pk).first()


def lock(person: int) -> Profile | None:
    """The record, held until the transaction ends: evidence, posteriors and consent of one person change one at a time."""
    return _rows(person).select_for_update().first()


def touch(person: people.Person) -> Profile:
    """The same, begun where there was none, with its clock set anew: the person changed something themselves."""
    begin(person)
    profile = _rows(person.pk).select_for_update().get()
    profile.changed_at = clock.now()
    profile.keep_until, profile.reminded_on = max(profile.keep_until, kept_until()), None
    profile.save(update_fields=["changed_at", "keep_until", "reminded_on"])
    return profile


def kept_until() -> date:
    """The day until which what changes today is kept."""
    return clock.today() + timedelta(days=KEPT_DAYS)


def _rows(person: int) -> "QuerySet[Profile]":
    return Profile.objects.filter(person_id=person)
