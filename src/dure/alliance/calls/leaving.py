"""What a person takes along of calls, and what becomes of it when the account goes."""

from typing import Any

from django.db import transaction

from dure.alliance.models import ResearchCall
from dure.foundation import events
from dure.people import api as people


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("research_calls", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    """The calls that one wrote."""
    rows = ResearchCall.objects.filter(made_by=person).order_by("id")
    return list(rows.values("uid", "state", "title_ko", "title_en", "created_at"))


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """A call is the secretariat's; it no longer names who wrote it."""
    ResearchCall.objects.filter(made_by_id=event.person).update(made_by=None)
