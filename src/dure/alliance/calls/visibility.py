"""Who may see which call: one condition for list, page, search, count and REST."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from dure.foundation.access import Role, has_role
from dure.people import api as people


def call_q(person: Any) -> Q:
    """A draft is the secretariat's; what was published is shown as far as it says, and to who takes part."""
    if has_role(person, Role.SECRETARIAT):
        return Q(pk__isnull=False)
    seen = people.audience_q(person, audience="reach", circle=None)
    if person.is_authenticated:
        from dure.alliance.models import CallReviewer, Proposal  # noqa: PLC0415 - the models name this module

        pool = CallReviewer.objects.filter(call_id=OuterRef("pk"), person_id=person.pk)
        seen |= Q(Exists(pool))
        seen |= Q(Exists(Proposal.objects.inside_for(person).filter(call_id=OuterRef("pk"))))
        seen |= Q(pk__isnull=False) if has_role(person, Role.AUDITOR) else Q(pk__in=())
    return seen & Q(published_at__isnull=False)
