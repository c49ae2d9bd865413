"""Reads of openings for pages and REST, each a fixed number of queries."""

from typing import Any, Final

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from dure.foundation.access import Role, has_role
from dure.people import api as people
from dure.talent.models import Opening, VerifiedOrganisation
from dure.talent.openings import visibility

MOST_TO_CHOOSE: Final = 200


def offering(person: Any) -> QuerySet[people.Organisation]:
    """Organisations with something that this person sees, by name: to choose from in the list."""
    seen = Opening.objects.visible_to(person).values("organisation_id")
    return people.Organisation.objects.filter(pk__in=seen).order_by("name_en")[:MOST_TO_CHOOSE]


def may_offer_for(person: Any) -> QuerySet[people.Organisation]:
    """In the name of which organisations this person may offer seats; as `rules.may_offer` decides."""
    if has_role(person, Role.SECRETARIAT):
        return people.visible_organisations(person).order_by("name_en")
    ids = visibility.managed_organisations(person)
    return people.Organisation.objects.filter(pk__in=ids).order_by("name_en")


def verification(organisation: people.Organisation) -> VerifiedOrganisation | None:
    """Who looked at which papers when, or None; one query."""
    rows = VerifiedOrganisation.objects.select_related("by")
    return rows.filter(organisation=organisation).first()


def to_verify() -> QuerySet[people.Organisation]:
    """All organisations with their verification: first those whose openings wait for it, then the rest by name."""
    drafts = Opening.objects.filter(organisation=OuterRef("pk"), state="draft")
    rows = people.Organisation.objects.select_related("verified_for_openings")
    waits = Exists(drafts) & Q(verified_for_openings=None)
    return rows.annotate(waits=ExpressionWrapper(waits, BooleanField())).order_by("-waits", "name_en", "pk")
