"""Who may know of a member's sites: those who speak for it, and those who run and check the alliance.

No rival, and no operator: what data is used for names needs that may be shared in a circle alone.
"""

from typing import Any

from django.db.models import Q

from dure.foundation.access import Role, has_role
from dure.people import api as people


def site_q(person: Any) -> Q:
    """Sites of organisations that one represents; all for the secretariat and the auditor."""
    if not person.is_authenticated:
        return Q(pk__in=[])
    if has_role(person, Role.SECRETARIAT, Role.AUDITOR):
        return Q(pk__isnull=False)
    return Q(organisation_id__in=people.represented_organisations(person))
