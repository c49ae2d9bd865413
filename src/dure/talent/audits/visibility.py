"""Who may see which report: query conditions for list, page, download and API alike."""

from typing import Any, Final

from django.db.models import Q

from dure.foundation.access import Role, has_role

OVERSEERS: Final = (Role.SECRETARIAT, Role.AUDITOR)


def report_q(person: Any) -> Q:
    """All for auditors and the secretariat; nobody else.

    Whoever decided knows whom they selected: where a group was selected as a whole, or not at all, a table would tell them each
    answer of it.
    """
    return Q(pk__isnull=False) if has_role(person, *OVERSEERS) else Q(pk__in=())
