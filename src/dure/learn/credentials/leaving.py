"""What a person takes along of their credentials, and what becomes of them when the account goes."""

from typing import Any

from django.db import transaction

from dure.foundation import events
from dure.learn.models import Credential
from dure.people import api as people

EMPTY: dict[str, Any] = {
    "badge": "",
    "page": "",
    "name": ["", ""],
    "description": ["", ""],
    "criteria": ["", ""],
    "creator": None,
    "skills": [],
    "results": [],
    "evidence": [],
}


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("credentials", _credentials)
    events.subscribe(people.AccountDeleted, forget)


def _credentials(person: Any) -> Any:
    """All of them, revoked ones too, each with its signed text."""
    names = (
        "uid",
        "badge",
        "state",
        "content",
        "token",
        "is_shared",
        "awarded_at",
        "expires_at",
        "revoked_at",
        "reason",
    )
    return list(Credential.objects.filter(person=person).order_by("id").values(*names))


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """What names the person goes. Bit and dates stay, so that what they took along keeps verifying, and could still be revoked."""
    for credential in Credential.objects.select_for_update().filter(person_id=event.person):
        credential.content = EMPTY | {"badge": credential.badge}
        credential.token = credential.reason = ""
        credential.is_shared = False
        credential.save(update_fields=["content", "token", "reason", "is_shared"])
