"""What a person takes along of bulk actions: those that they began, which stay without their name."""

from typing import Any

from django.db import transaction

from dure.alliance.models import BulkBatch
from dure.foundation import events, workflow
from dure.foundation.access import SYSTEM
from dure.people import api as people


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("bulk_actions", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    rows = BulkBatch.objects.filter(made_by=person).order_by("pk")
    return list(rows.values("uid", "deed", "given", "state", "made_at"))


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """What is still ahead is taken back: nobody answers for it any more."""
    own = BulkBatch.objects.filter(made_by_id=event.person).order_by("pk")
    for batch in own.filter(state="waiting"):
        workflow.perform(batch, "cancel", by=SYSTEM)
    own.update(made_by=None)
