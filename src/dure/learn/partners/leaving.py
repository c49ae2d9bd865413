"""What a person takes along of partners' courses, and what becomes of it when the account goes."""

from typing import Any

from django.db import transaction

from dure.foundation import events
from dure.learn.models import PartnerPlace, Recognition
from dure.people import api as people

OF_RECOGNITION = (
    "uid",
    "course__title_ko",
    "course__title_en",
    "state",
    "token",
    "filename",
    "blob_id",
    "link",
    "note",
    "said",
    "skills",
    "handed_in_at",
    "decided_at",
    "reason",
)
OF_PLACE = (
    "uid",
    "course__title_ko",
    "course__title_en",
    "state",
    "motive",
    "reason",
    "asked_at",
    "decided_at",
)


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("partner-courses", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    """Places and certificates; a PDF by the hash of its content."""
    return {
        "places": list(PartnerPlace.objects.filter(person=person).order_by("id").values(*OF_PLACE)),
        "certificates": list(
            Recognition.objects.filter(person=person).order_by("id").values(*OF_RECOGNITION)
        ),
    }


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """Certificates go. Places stay without words: seats used are counted from them."""
    Recognition.objects.filter(person_id=event.person).delete()
    PartnerPlace.objects.filter(person_id=event.person).update(motive="", reason="")
