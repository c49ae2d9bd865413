"""Who may see which application: query conditions for list, page, export and API alike."""

from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from dure.foundation.access import Role, has_role
from dure.talent.openings.visibility import managed_q

OPEN: Final = ("submitted", "in_review", "interview", "waitlisted", "offered")
"""Not answered for good yet."""

TO_DECIDE: Final = ("submitted", "in_review", "interview")
SEATED: Final = ("offered", "accepted")
"""States that hold a seat."""


def application_q(person: Any) -> Q:
    """One's own; those of the openings one looks after; for the secretariat those that an appeal brings before it."""
    if not person.is_authenticated:
        return Q(pk__in=())
    seen = Q(person_id=person.pk) | theirs_q(person)
    return seen | appealed_q() if has_role(person, Role.SECRETARIAT) else seen


def theirs_q(person: Any) -> Q:
    """Of openings that this person looks after, and of others."""
    return managed_q(person, prefix="opening__") & ~Q(person_id=person.pk)


def appealed_q() -> Q:
    """Its applicant asked somebody else to look at it."""
    from dure.talent.models import Appeal  # noqa: PLC0415 - the model needs this condition

    return Q(Exists(Appeal.objects.filter(application_id=OuterRef("pk")).exclude(state="withdrawn")))


def appeals_q(person: Any) -> Q:
    """Condition on appeals: as `rules.may_take_appeal` decides."""
    neither = ~Q(decider_id=person.pk) & ~Q(application__person_id=person.pk)
    if has_role(person, Role.SECRETARIAT):
        return neither
    return neither & managed_q(person, prefix="application__opening__")
