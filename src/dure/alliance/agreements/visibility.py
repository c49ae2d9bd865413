"""Who may see which agreement: query conditions for list, page, export and API alike.

Rivals are members side by side: a draft is known to the representatives of its parties and to the secretariat alone, also that it
exists. What is or was in force is seen by the people of its parties; of a public one everybody may know the title.
"""

from typing import Any, Final

from django.db.models import Q

from dure.foundation.access import Role, has_role
from dure.people import api as people

IN_FORCE: Final = ("active", "expiring")
ENDED: Final = ("superseded", "expired", "terminated")
AGREED: Final = (*IN_FORCE, *ENDED)
"""States that an agreement reaches only after every party has signed."""

PUBLIC_TITLE: Final = Q(is_public=True, amends=None, state__in=AGREED)


def agreement_q(person: Any) -> Q:
    """Those that this person may read whole."""
    if not person.is_authenticated:
        return Q(pk__in=())
    if has_role(person, Role.SECRETARIAT):
        return Q(pk__isnull=False)
    represented, belongs = people.represented_organisations(person), people.organisations_of(person)
    seen = Q(parties__organisation_id__in=represented, parties__left_at=None)
    seen |= Q(parties__organisation_id__in=belongs, parties__left_at=None, state__in=AGREED)
    return seen | Q(state__in=AGREED) if has_role(person, Role.AUDITOR) else seen
