"""Who may see which assessment and incident: query conditions for list, page and API alike.

A member of the board who belongs to the organisation whose subject it is has an interest and reads nothing of it as a member.
"""

from typing import Any, Final

from django.db.models import Q

from dure.alliance.ethics import subjects
from dure.foundation import clock
from dure.foundation.access import Role, has_role
from dure.people import api as people

BEFORE_THE_BOARD: Final = Q(turn__gte=1)
"""Handed in once. What never was is not the board's affair."""


def sits_q() -> Q:
    """Of seats: held today."""
    today = clock.today()
    return Q(since__lte=today) & (Q(until=None) | Q(until__gt=today))


def sits(person: Any) -> bool:
    """Whether this person sits on the board today; asked once for each person in memory."""
    from dure.alliance.models import EthicsMember  # noqa: PLC0415 - the models name this module

    if not person.is_authenticated:
        return False
    return EthicsMember.objects.filter(sits_q(), person_id=person.pk).exists()


def assessment_q(person: Any) -> Q:
    """The author, representatives of the organisation, the secretariat; what was submitted also board and auditors."""
    if not person.is_authenticated:
        return Q(pk__in=())
    if has_role(person, Role.SECRETARIAT):
        return Q(pk__isnull=False)
    seen = _own_side("author_id", person)
    if has_role(person, Role.AUDITOR):
        seen |= BEFORE_THE_BOARD
    if sits(person):
        seen |= BEFORE_THE_BOARD & without_interest_q(person)
    return seen


def without_interest_q(person: Any) -> Q:
    """Not written by this person, and not of an organisation they belong to."""
    return ~Q(author_id=person.pk) & elsewhere_q(person)


def elsewhere_q(person: Any) -> Q:
    """Not of an organisation to which this person belongs, nor of a thing that they or it share in."""
    free = Q(organisation=None) | ~Q(organisation_id__in=people.organisations_of(person))
    for kind, uids in subjects.shared_by(person):
        free &= ~Q(kind=kind, subject__in=uids)
    return free


def incident_q(person: Any) -> Q:
    """The reporter, the secretariat, auditors, the board without interest; representatives once it is examined."""
    if not person.is_authenticated:
        return Q(pk__in=())
    if has_role(person, Role.SECRETARIAT) or has_role(person, Role.AUDITOR):
        return Q(pk__isnull=False)
    represented = people.represented_organisations(person)
    seen = Q(reporter_id=person.pk) | (Q(organisation__in=represented) & ~Q(state="reported"))
    if sits(person):
        seen |= elsewhere_q(person)
    return seen


def _own_side(author: str, person: Any) -> Q:
    represented = people.represented_organisations(person)
    return Q(**{author: person.pk}) | Q(organisation__in=represented)
