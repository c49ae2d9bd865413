"""Who may see which vote.

The secretariat prepares it; once open, gurus and who may vote see it, and all members unless a topic is in confidence.
"""

from typing import Any

from django.db.models import Q

from dure.alliance.gurus.visibility import serves_q
from dure.foundation.access import Role, has_role
from dure.people import api as people


def vote_q(person: Any) -> Q:
    """Votes that this person may read."""
    from dure.alliance.models import VoteElector  # noqa: PLC0415 - the models name this module

    if not person.is_authenticated:
        return Q(pk__in=())
    if has_role(person, Role.SECRETARIAT, Role.AUDITOR):
        return Q(pk__isnull=False)
    votes = VoteElector.objects.filter(person_id=person.pk).values("vote_id")
    seen = serves_q(person) | Q(pk__in=votes) | people.audience_q(person, audience="reach", circle=None)
    return Q(opened_at__isnull=False) & seen
