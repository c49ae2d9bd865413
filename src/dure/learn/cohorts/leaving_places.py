"""What a person takes along of the cohorts they were in, and what becomes of their places when the account goes."""

from typing import Any

from django.db import transaction

from dure.foundation import events
from dure.foundation.access import SYSTEM
from dure.learn.cohorts import coaching, places
from dure.learn.models import Announcement, Cohort, Place
from dure.people import api as people


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("cohorts", _cohorts)
    events.subscribe(people.AccountDeleted, forget)


def _cohorts(person: Any) -> Any:
    """Each place that was asked for, and what the person announced as a coach."""
    rows = Place.objects.filter(person=person).select_related("cohort__course", "organisation")
    announced = Announcement.objects.filter(author=person).order_by("id")
    return {
        "places": [_place(row) for row in rows.order_by("id")],
        "announcements": list(announced.values("uid", "title", "body", "created_at")),
    }


def _place(place: Place) -> dict[str, Any]:
    names = ("uid", "state", "motive", "extension_days", "applied_at", "decided_at")
    return {
        **{name: getattr(place, name) for name in names},
        "cohort": {"uid": place.cohort.uid, "name_ko": place.cohort.name_ko, "name_en": place.cohort.name_en},
        "course": place.cohort.course.slug,
        "organisation": place.organisation.slug if place.organisation else "",
    }


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """Motives go; a place that is still open is given up, so that its seat goes to who waits. Harmless when run twice."""
    mine = Place.objects.filter(person_id=event.person)
    mine.exclude(motive="").update(motive="")
    for place in mine.filter(state__in=("applied", "waiting", "in")).select_related("cohort").order_by("pk"):
        places.act(place, "withdraw", by=SYSTEM)
    for cohort in Cohort.objects.filter(coaches=event.person).order_by("pk"):
        coaching.leave(cohort, cohort.coaches.get(pk=event.person), by=SYSTEM)
