"""What a person takes along of votes, and what becomes of it when the account goes. No ballot is among it."""

from typing import Any

from django.db import transaction

from dure.alliance.models import VoteElector
from dure.foundation import events
from dure.people import api as people


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("votes", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    """Where one could vote, and whether one has."""
    rows = VoteElector.objects.filter(person=person).order_by("id")
    return list(rows.values("vote__uid", "vote__title_ko", "vote__title_en", "has_cast"))


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """The place in the electorate stays, for it is frozen, but names nobody; a ballot in the box is counted."""
    VoteElector.objects.filter(person_id=event.person).update(person=None)
