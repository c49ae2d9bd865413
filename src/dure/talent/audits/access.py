"""The only way from an address to a report."""

from typing import Any
from uuid import UUID

from dure.foundation.access import Hidden
from dure.talent.models import AuditReport


def access_report(person: Any, uid: UUID) -> AuditReport:
    """The report with its file. Raises Hidden unless the person may see it."""
    rows = AuditReport.objects.visible_to(person).select_related("organisation")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found
