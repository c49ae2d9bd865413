"""What a person takes along of the openings they wrote, and what becomes of it when the account goes."""

from typing import Any, Final

from django.db import transaction

from dure.foundation import events
from dure.people import api as people
from dure.talent.models import Opening, OpeningImport

OF_OPENING: Final = (
    "uid",
    "organisation__slug",
    "kind",
    "state",
    "title_ko",
    "title_en",
    "created_at",
    "opened_at",
)


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("openings", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    """Openings that the person wrote; their words are the organisation's."""
    return list(Opening.objects.filter(made_by=person).order_by("id").values(*OF_OPENING))


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """Openings stay, as the organisation's own, without who wrote them."""
    Opening.objects.filter(made_by_id=event.person).update(made_by=None)
    OpeningImport.objects.filter(uploaded_by_id=event.person).update(uploaded_by=None)
