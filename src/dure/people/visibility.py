"""Who may see what, as query conditions: the one place that knows circles, memberships and audiences."""

from typing import Any

from django.db.models import Q, QuerySet

from dure.foundation.access import Audience
from dure.people.models import Circle, CircleMember, Membership


def organisations_of(person: Any) -> "QuerySet[Membership, Any]":
    """Ids of the organisations a person belongs to today, as a subquery."""
    return Membership.objects.current().filter(person_id=person.pk).values_list("organisation_id", flat=True)


def circles_of(person: Any) -> "QuerySet[Circle, Any]":
    """Ids of the open circles a person is in, by name or through an organisation."""
    mine = Q(person_id=person.pk) | Q(organisation_id__in=organisations_of(person))
    inside = CircleMember.objects.filter(mine, until=None).values("circle_id")
    return Circle.objects.filter(closed_at=None, pk__in=inside).values_list("pk", flat=True)


def audience_q(person: Any, *, audience: str = "audience", circle: str | None = "circle_id") -> Q:
    """Condition on a queryset whose rows have an audience (and a circle): what `person` may see for that reason alone."""
    seen = Q(**{audience: Audience.PUBLIC})
    if not person.is_authenticated:
        return seen
    is_member = Membership.objects.current().filter(
        person_id=person.pk, organisation__joined_on__isnull=False, organisation__left_on=None
    )
    if is_member.exists():
        seen |= Q(**{audience: Audience.MEMBERS})
    if circle:
        seen |= Q(**{audience: Audience.CIRCLE, f"{circle}__in": circles_of(person)})
    return seen
