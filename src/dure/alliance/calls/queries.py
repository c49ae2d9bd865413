"""Reads of calls for pages and REST, each a fixed number of queries."""

from typing import Any, Final

from django.db.models import QuerySet

from dure.alliance.models import Proposal, ResearchCall

GROUPS: Final = ("open", "running", "done")


def listed(person: Any, *, group: str = "") -> QuerySet[ResearchCall]:
    """Calls of which this person may know, the newest first."""
    rows = ResearchCall.objects.visible_to(person)
    if group in GROUPS:
        rows = rows.filter(state__in=ResearchCall.workflow.tagged(group))
    return rows.order_by("-pk")


def own_proposals(person: Any, call: ResearchCall) -> list[Proposal]:
    """Those of this call in which the person takes part."""
    return list(Proposal.objects.inside_for(person).filter(call=call).order_by("-pk")[:20])


def proposals_of(person: Any, call: ResearchCall, *, state: str = "") -> QuerySet[Proposal]:
    """Its proposals as far as this person may read them, by their number."""
    rows = Proposal.objects.visible_to(person).filter(call=call).select_related("organisation", "lead")
    if state in Proposal.workflow.by_name:
        rows = rows.filter(state=state)
    return rows.order_by("number", "pk")
