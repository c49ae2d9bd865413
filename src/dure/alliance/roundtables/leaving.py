"""What a person takes along of roundtables, and what becomes of it when the account goes."""

from typing import Any, Final

from django.db import transaction

from dure.alliance.models import RoundtableGuest, RoundtableTask
from dure.foundation import events
from dure.people import api as people

OF_GUEST: Final = (
    "roundtable__uid",
    "roundtable__title_ko",
    "roundtable__title_en",
    "roundtable__starts_at",
    "answer",
    "attended",
)
OF_TASK: Final = ("roundtable__uid", "what_ko", "what_en", "due_on", "done_at", "outcome")


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("roundtables", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    """Where one was invited, what one answered, and what one took on."""
    invited = RoundtableGuest.objects.filter(person=person).order_by("id")
    return {
        "invited": list(invited.values(*OF_GUEST)),
        "tasks": list(RoundtableTask.objects.filter(owner=person).order_by("id").values(*OF_TASK)),
    }


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """Invitations go; a task stays, for others wait for it, but names nobody any more."""
    RoundtableGuest.objects.filter(person_id=event.person).delete()
    RoundtableTask.objects.filter(owner_id=event.person).update(owner=None)
