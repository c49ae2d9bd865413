"""Who may see which placement round: query conditions for list, page, export and API alike."""

from typing import Any

from django.db.models import Q

from dure.foundation.access import Role, has_role
from dure.people import api as people

OVERSEERS = (Role.SECRETARIAT, Role.AUDITOR)


def round_q(person: Any) -> Q:
    """What was opened is for everybody, so that anybody can check it; what is in preparation for who runs it and overseers.

    One that was cancelled before it opened is never shown: nobody had a part in it.
    """
    if has_role(person, *OVERSEERS):
        return Q(pk__isnull=False)
    shown = Q(opened_at__isnull=False)
    return shown | managed_q(person) if person.is_authenticated else shown


def managed_q(person: Any, *, prefix: str = "") -> Q:
    """Rounds of the organisations that this person represents."""
    return Q(**{f"{prefix}organisation_id__in": people.represented_organisations(person)})


def appeal_q(person: Any) -> Q:
    """Appeals of one's own and of organisations that one represents; all of them for who runs the round, and for overseers."""
    if has_role(person, *OVERSEERS):
        return Q(pk__isnull=False)
    if not person.is_authenticated:
        return Q(pk__in=[])
    own = Q(entry__person_id=person.pk) | managed_q(person)
    return own | managed_q(person, prefix="round__")
