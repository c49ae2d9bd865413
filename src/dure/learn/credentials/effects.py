"""What else happens when a credential is revoked or comes back."""

from typing import Any

from dure.foundation import clock, events
from dure.foundation.workflow import Change
from dure.learn.credentials import telling
from dure.learn.events import SkillsChanged


def revoke(change: Change) -> None:
    """Its bit is set, so that every verifier sees it; the holder reads the reason."""
    from dure.learn.credentials import places  # noqa: PLC0415 - models need the table that names this function

    credential: Any = change.obj
    places.revoke(credential.place)
    credential.revoked_at = clock.now()
    credential.revoked_by_id = change.by.pk
    credential.reason = str(change.data["reason"]).strip()
    events.record(SkillsChanged(str(credential.person.uid)))
    telling.tell(telling.REVOKED, credential)


def reinstate(change: Change) -> None:
    """Under the same address with a new token: a bit that is set stays set."""
    from dure.learn.credentials import issuing  # noqa: PLC0415 - same

    credential: Any = change.obj
    issuing.sign_into(credential)
    credential.revoked_at = credential.revoked_by_id = None
    credential.reason = ""
    events.record(SkillsChanged(str(credential.person.uid)))
    telling.tell(telling.REINSTATED, credential)
