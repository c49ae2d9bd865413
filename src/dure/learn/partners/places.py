"""Asking for a seat in a partner's course, and every later move of that place. Each locks the course first."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from dure.foundation import audit, workflow
from dure.foundation.access import Actor, Hidden, demand
from dure.learn.models import PartnerCourse, PartnerPlace
from dure.learn.partners import rules, telling
from dure.learn.partners.courses import lock
from dure.people import api as people


@transaction.atomic
def ask(
    *,
    by: people.Person,
    course: PartnerCourse,
    organisation: people.Organisation | None = None,
    motive: str = "",
) -> PartnerPlace:
    """Ask for a seat; whoever asked already gets that place back, and asks again where they withdrew or were declined.

    `organisation` is one's own, whose reserved seats one may take. Raises Denied, Hidden for an organisation of others.
    """
    locked = lock(course)
    demand(rules.may_ask(by, locked))
    if organisation is not None and not people.own_organisations(by).filter(pk=organisation.pk).exists():
        raise Hidden(organisation.uid)
    made: dict[str, Any] = {"organisation": organisation, "motive": motive.strip()}
    place, fresh = PartnerPlace.objects.get_or_create(course=locked, person=by, defaults=made)
    if fresh:
        audit.write(by=by, action="partner_place.asked", obj=place)
        telling.tell_managers(telling.ASKED, place)
    elif place.state in ("withdrawn", "declined"):
        PartnerPlace.objects.filter(pk=place.pk).update(**made)
        place = workflow.perform(place, "ask_again", by=by)
    return place


@transaction.atomic
def act(
    place: PartnerPlace, action: str, *, by: Actor, data: Mapping[str, Any] | None = None
) -> PartnerPlace:
    """Move a place; the last seat is given once. Raises Denied, Hidden."""
    lock(place.course)
    return workflow.perform(place, action, by=by, data=data)
