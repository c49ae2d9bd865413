"""What a person takes along of topics, and what becomes of it when the account goes."""

from typing import Any, Final

from django.db import transaction

from dure.alliance.models import Topic, TopicFollower, TopicMessage
from dure.foundation import events
from dure.people import api as people

OF_TOPIC: Final = (
    "uid",
    "state",
    "title_ko",
    "title_en",
    "text_ko",
    "text_en",
    "why_ko",
    "why_en",
    "field",
    "created_at",
)


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("topics", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    """What one proposed, wrote and follows."""
    written = TopicMessage.objects.filter(by=person).order_by("id")
    followed = TopicFollower.objects.filter(person=person).order_by("id")
    return {
        "proposed": list(Topic.objects.filter(proposed_by=person).order_by("id").values(*OF_TOPIC)),
        "written": list(written.values("topic__uid", "body", "at")),
        "followed": list(followed.values("topic__uid", "since")),
    }


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """Words in discussions go; a topic stays, for others discuss it, but no longer names who proposed it."""
    TopicMessage.objects.filter(by_id=event.person).update(body="–", by=None)
    TopicFollower.objects.filter(person_id=event.person).delete()
    Topic.objects.filter(proposed_by_id=event.person).update(proposed_by=None)
