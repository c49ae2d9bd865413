"""Who may see which event, and which of its materials: conditions that list, page, file and REST share.

Who comes is known to its organisers alone; a registration shows an event to its own person, whatever became of their circle.
"""

from typing import Any, Final

from django.db.models import Q

from dure.foundation.access import Role, has_role
from dure.people import api as people

WITH_SEAT: Final = ("registered", "attended")


def meeting_q(person: Any) -> Q:
    """Events that this person may know of; a draft only who prepares it."""
    if not person.is_authenticated:
        return people.audience_q(person) & ~Q(state="draft")
    if has_role(person, Role.SECRETARIAT):
        return Q(pk__isnull=False)
    own = Q(pk__in=_registered(person)) | Q(pk__in=_run(person))
    return people.audience_q(person) & ~Q(state="draft") | own


def material_q(own: Any, *, runs: bool) -> Q:
    """What of an event that is seen somebody may open: whose registration is `own` (None without one), and who runs it."""
    if runs:
        return Q(pk__isnull=False)
    return Q(reach="audience") | Q(reach="registered") if has_seat(own) else Q(reach="audience")


def has_seat(own: Any) -> bool:
    """Who has one reads the link and what was handed out."""
    return own is not None and own.state in WITH_SEAT


def _registered(person: Any) -> Any:
    from dure.alliance.models import MeetingRegistration  # noqa: PLC0415 - the models name this module

    mine = MeetingRegistration.objects.filter(person_id=person.pk).exclude(state="cancelled")
    return mine.values("meeting_id")


def _run(person: Any) -> Any:
    from dure.alliance.models import Meeting  # noqa: PLC0415 - same

    return Meeting.organisers.through.objects.filter(person_id=person.pk).values("meeting_id")
