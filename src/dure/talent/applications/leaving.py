"""What a person takes along of applications, and what becomes of them when the account goes."""

from typing import Any, Final

from django.db import transaction

from dure.foundation import events
from dure.foundation.access import SYSTEM
from dure.people import api as people
from dure.talent.applications import deciding, keeping
from dure.talent.models import Appeal, Application, ApplicationMessage, Review

OF_APPLICATION: Final = (
    "uid",
    "opening__title_ko",
    "opening__title_en",
    "state",
    "pseudonym",
    "statement",
    "shared",
    "named_at",
    "applied_at",
    "decide_by",
    "reason_code",
    "reason",
    "decided_at",
    "texts_deleted_at",
)
OF_APPEAL: Final = ("application__uid", "state", "words", "answer", "filed_at", "decided_at")
CAN_WITHDRAW: Final = ("submitted", "in_review", "interview", "waitlisted", "offered", "accepted")


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("applications", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    """Applications with what both sides wrote; of reviews of others only those that one wrote oneself."""
    mine = Application.objects.filter(person=person).order_by("id")
    written = ApplicationMessage.objects.filter(application__person=person).order_by("id")
    return {
        "applications": list(mine.values(*OF_APPLICATION)),
        "messages": list(written.values("application__uid", "is_theirs", "body", "at")),
        "appeals": list(Appeal.objects.filter(application__person=person).order_by("id").values(*OF_APPEAL)),
        "reviews_written": list(
            Review.objects.filter(reviewer=person)
            .order_by("id")
            .values("scores", "recommendation", "words", "has_conflict", "changed_at")
        ),
    }


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """What is open is withdrawn, so that its seat goes to whoever waits; all words go at once. Codes stay for audits."""
    theirs = Application.objects.filter(person_id=event.person)
    for application in theirs.filter(state__in=CAN_WITHDRAW).select_related("opening"):
        deciding.act(application, "withdraw", by=SYSTEM)
    for application in theirs.filter(texts_deleted_at=None).select_for_update():
        keeping.delete_texts(application)
    theirs.update(named_at=None)
