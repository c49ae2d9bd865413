"""Who may see which project: query conditions for list, board, month, page, count and REST alike.

Rivals are members side by side: a project is shown as far as its audience says, and before it starts to its own people alone.
What it says of itself (title, track, partners, outputs) goes as far; its reports, milestones, money, risks and changes stay inside.
"""

from typing import Any

from django.db.models import Q

from dure.foundation.access import Role, has_role
from dure.people import api as people


def project_q(person: Any) -> Q:
    """Those whose existence this person may know."""
    if person.is_authenticated and has_role(person, Role.SECRETARIAT):
        return Q(pk__isnull=False)
    return people.audience_q(person) & ~Q(state="setup") | inside_q(person)


def inside_q(person: Any) -> Q:
    """Those of which this person may read all."""
    if not person.is_authenticated:
        return Q(pk__in=())
    if has_role(person, Role.SECRETARIAT):
        return Q(pk__isnull=False)
    mine = Q(lead_id=person.pk) | Q(members__person_id=person.pk, members__until=None)
    mine |= Q(partners__organisation_id__in=people.represented_organisations(person))
    return mine | ~Q(state="setup") if has_role(person, Role.AUDITOR) else mine
