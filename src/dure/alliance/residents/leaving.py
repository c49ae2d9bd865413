"""What a person takes along of joint labs, and what becomes of it when the account goes."""

from typing import Any, Final

from django.db import transaction

from dure.alliance.models import JointLab, Resident, ResidentAccess, SpaceBooking
from dure.alliance.residents.booking import give_back
from dure.foundation import events, workflow
from dure.foundation.access import SYSTEM
from dure.people import api as people

OF_STAY: Final = (
    "uid",
    "lab__name_ko",
    "lab__name_en",
    "employer__slug",
    "project__uid",
    "desk__name",
    "since",
    "until",
    "state",
)
OF_BOOKING: Final = ("space__name", "starts_at", "ends_at", "what", "people_count", "cancelled_at")


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("joint_labs", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    """Where one worked with one's checklist, and what one booked and looked after."""
    stays = Resident.objects.filter(person=person).order_by("id")
    access = ResidentAccess.objects.filter(resident__person=person).order_by("id")
    booked = SpaceBooking.objects.filter(person=person).order_by("id")
    return {
        "stays": list(stays.values(*OF_STAY)),
        "checklist": list(access.values("resident__uid", "kind", "given_at", "closed_at")),
        "booked": list(booked.values(*OF_BOOKING)),
        "looks_after": list(
            JointLab.objects.filter(keepers=person).order_by("id").values("uid", "name_ko", "name_en")
        ),
    }


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """Somebody who works there leaves; stays and bookings stay without a name or a word, for how full the lab was is counted."""
    for stay in Resident.objects.filter(person_id=event.person, state__in=("expected", "working")):
        workflow.perform(stay, "leave" if stay.state == "working" else "cancel", by=SYSTEM)
    for lab in Resident.objects.filter(person_id=event.person).values_list("lab_id", flat=True).distinct():
        give_back(lab, event.person)
    Resident.objects.filter(person_id=event.person).update(person=None)
    SpaceBooking.objects.filter(person_id=event.person).update(person=None, what="")
    ResidentAccess.objects.filter(given_by_id=event.person).update(given_by=None)
    ResidentAccess.objects.filter(closed_by_id=event.person).update(closed_by=None)
    JointLab.keepers.through.objects.filter(person_id=event.person).delete()
