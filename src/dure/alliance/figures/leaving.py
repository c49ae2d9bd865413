"""What a person takes along of figures: which they published and what they noted. Both stay without their name."""

from typing import Any

from django.db import transaction

from dure.alliance.models import FiguresPublication, OrganisationFacts
from dure.foundation import events
from dure.people import api as people


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("figures", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    published = FiguresPublication.objects.filter(published_by=person).order_by("pk")
    noted = OrganisationFacts.objects.filter(noted_by=person).order_by("pk")
    return {
        "published": list(published.values("uid", "year", "note", "published_at")),
        "noted": list(noted.values("organisation__slug", "size", "region", "noted_at")),
    }


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    FiguresPublication.objects.filter(published_by_id=event.person).update(published_by=None)
    OrganisationFacts.objects.filter(noted_by_id=event.person).update(noted_by=None)
