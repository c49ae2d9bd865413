"""Who may see which chosen team and which seat: query conditions for list, page, export and API alike."""

from typing import Any

from django.db.models import Q

from dure.foundation.access import Role, has_role
from dure.people import api as people
from dure.problems import api as problems


def proposal_q(person: Any) -> Q:
    """The owner's side and the secretariat; its members from the moment on in which the team is formed.

    And nobody who may not see the need itself.
    """
    if not person.is_authenticated:
        return Q(pk__in=())
    seen = Q(problem__in=problems.Problem.objects.visible_to(person))
    return seen & (seeking_q(person) | Q(state="formed", seats__person_id=person.pk, seats__state="accepted"))


def seeking_q(person: Any) -> Q:
    """Proposals for needs whose owner this person is or speaks for; all for the secretariat."""
    if has_role(person, Role.SECRETARIAT):
        return Q(pk__isnull=False)
    mine = people.represented_organisations(person)
    return Q(problem__owner_id=person.pk) | Q(problem__organisation_id__in=mine)


def seat_q(person: Any) -> Q:
    """One's own, while one may see the need. What the owner reads of a seat stands on the page of the proposal."""
    if not person.is_authenticated:
        return Q(pk__in=())
    return Q(person_id=person.pk, proposal__problem__in=problems.Problem.objects.visible_to(person))
