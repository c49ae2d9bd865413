"""What else happens when a roundtable moves."""

from typing import Any

from dure.alliance.roundtables import telling
from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM
from dure.foundation.workflow import Change


def announce(change: Change) -> None:
    """Whoever serves as a guru on this day is invited."""
    from dure.alliance.models import GuruTerm, RoundtableGuest  # noqa: PLC0415 - the models name the table

    roundtable: Any = change.obj
    roundtable.announced_at = clock.now()
    serving = GuruTerm.objects.serving().order_by("person_id").values_list("person_id", flat=True)
    RoundtableGuest.objects.bulk_create(
        [RoundtableGuest(roundtable=roundtable, person_id=person) for person in serving],
        ignore_conflicts=True,
    )
    telling.tell_guests(telling.ANNOUNCED, roundtable)


def publish(change: Change) -> None:
    telling.tell_guests(telling.PUBLISHED, change.obj, but=change.by)


def cancel(change: Change) -> None:
    """Topics that waited for it are proposed again; guests are told why it falls through."""
    roundtable: Any = change.obj
    roundtable.reason = change.data["reason"]
    roundtable.revision += 1
    roundtable.changed_at = clock.now()
    for item in roundtable.items.filter(topic__state="scheduled").select_related("topic").order_by("pk"):
        data = {"reason": change.data["reason"]}
        workflow.perform(item.topic, "unschedule", by=SYSTEM, data=data)
    if roundtable.announced_at is not None:
        telling.tell_guests(telling.CANCELLED, roundtable)
