"""Reads of proposals for pages and REST, each a fixed number of queries."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from dure.alliance.models import Proposal
from dure.people import api as people


def mine(person: Any) -> QuerySet[Proposal]:
    """Those in which this person takes part, the newest first."""
    rows = Proposal.objects.inside_for(person).select_related("call", "organisation", "lead")
    return rows.order_by("-pk")


def names_in(said: Mapping[str, Any]) -> dict[str, str]:
    """What the partners are called that a frozen text names by their slugs."""
    slugs = [one["organisation"] for one in said.get("partners", [])]
    return {one.slug: one.name for one in people.Organisation.objects.filter(slug__in=slugs)}


def homes(person: Any) -> QuerySet[people.Organisation]:
    """The member organisations for which this person may propose."""
    return people.own_organisations(person).filter(joined_on__isnull=False).order_by("name_en", "pk")


def candidates(person: Any) -> QuerySet[people.Organisation]:
    """Organisations that can be asked to take part."""
    rows = people.visible_organisations(person).filter(joined_on__isnull=False, suspended_on=None)
    return rows.order_by("name_en", "pk")
