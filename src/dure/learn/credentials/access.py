"""Who may see a credential: its holder, who checks the alliance, and whoever has the link where the holder shares it."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q

from dure.foundation.access import Hidden, Role, has_role
from dure.learn import visibility

if TYPE_CHECKING:
    from dure.learn.models import Credential

OVERSEERS = (Role.SECRETARIAT, Role.AUDITOR)


def visible_q(person: Any) -> Q:
    """Those of a deleted account are gone for everybody; a course's authors see those of their course."""
    there = Q(person__deleted_at=None)
    if not person.is_authenticated:
        return there & Q(is_shared=True)
    if has_role(person, *OVERSEERS):
        return there
    return there & (
        Q(is_shared=True) | Q(person_id=person.pk) | visibility.authored_q(person, prefix="course__")
    )


def access_credential(person: Any, uid: UUID) -> "Credential":
    """The credential, or Hidden."""
    from dure.learn.models import Credential  # noqa: PLC0415 - models need this condition for their manager

    rows = Credential.objects.visible_to(person).filter(uid=uid)
    found = rows.select_related("person", "course", "key", "place__listed__key", "revoked_by").first()
    if found is None:
        raise Hidden(uid)
    return found
