"""What a person takes along of events, and what becomes of it when the account goes."""

from typing import Any, Final

from django.db import transaction

from dure.alliance.meetings import seating
from dure.alliance.models import Meeting, MeetingMaterial, MeetingRegistration, MeetingSpeaker
from dure.foundation import events
from dure.people import api as people

OF_MEETING: Final = ("uid", "title_ko", "title_en", "starts_at")
OF_REGISTRATION: Final = (
    "meeting__uid",
    "meeting__title_ko",
    "meeting__title_en",
    "state",
    "at",
    "attended_at",
    "reason",
    "code",
)


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("meetings", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    """What one registered for, ran and spoke at, and the materials one added."""
    registered = MeetingRegistration.objects.filter(person=person).order_by("id")
    spoke = MeetingSpeaker.objects.filter(person=person).order_by("id")
    added = MeetingMaterial.objects.filter(added_by=person).order_by("id")
    return {
        "registered": list(registered.values(*OF_REGISTRATION)),
        "organised": list(Meeting.objects.filter(organisers=person).order_by("id").values(*OF_MEETING)),
        "spoke": list(
            spoke.values("session__meeting__uid", "session__title_ko", "session__title_en", "belongs_to")
        ),
        "materials": list(added.values("uid", "title", "added_at")),
    }


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """A seat ahead goes to the next one; of what is over only the count stays, and no programme names them."""
    for registration in MeetingRegistration.objects.filter(person_id=event.person).order_by("meeting_id"):
        seating.forget(registration)
    MeetingSpeaker.objects.filter(person_id=event.person).delete()
    MeetingSpeaker.objects.filter(added_by_id=event.person).update(added_by=None)
    MeetingMaterial.objects.filter(added_by_id=event.person).update(added_by=None)
    Meeting.organisers.through.objects.filter(person_id=event.person).delete()
