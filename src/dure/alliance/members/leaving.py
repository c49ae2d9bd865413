"""What a person takes along of applications for membership, and what becomes of it when the account goes."""

from typing import Any

from django.db import transaction

from dure.alliance.models import Joining, JoiningNote
from dure.foundation import events
from dure.people import api as people

OF_JOINING = ("uid", "organisation__slug", "level__slug", "state", "why", "brings", "created_at")
OF_NOTE = ("joining__uid", "kind", "body", "at")


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("joinings", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    """What one handed in and wrote, and where one is the contact."""
    made = Joining.objects.filter(made_by=person).order_by("id")
    contact = Joining.objects.filter(contact=person).order_by("id")
    return {
        "applications": list(made.values(*OF_JOINING)),
        "contact_of": list(contact.values("uid", "organisation__slug", "created_at")),
        "notes": list(JoiningNote.objects.filter(by=person).order_by("id").values(*OF_NOTE)),
    }


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """The organisation's words stay its own; who handed them in, wrote them or is the contact is named no more."""
    Joining.objects.filter(contact_id=event.person).update(contact=None)
    Joining.objects.filter(made_by_id=event.person).update(made_by=None)
    JoiningNote.objects.filter(by_id=event.person).update(by=None)
