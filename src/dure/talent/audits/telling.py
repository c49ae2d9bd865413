"""What people are told about reports."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import notices
from dure.foundation.access import Role
from dure.people import api as people
from dure.talent.audits.subjects import Subject
from dure.talent.models import AuditReport

AUDITS: Final = notices.Group(44, _("Audits of who was selected"))
_kind = notices.kinds_under("talent", AUDITS)

MADE: Final = _kind(
    "audit_made",
    _("A report of an audit is there"),
    _("The report of an audit is there: “%(name)s”."),
)
UNCHANGED: Final = _kind(
    "audit_unchanged",
    _("An audit found too little to add"),
    _("No report was made, since nobody or only few people changed or took part: “%(name)s”."),
)


def tell_made(made: AuditReport, *, to: Any) -> None:
    """Whoever asked for it; of one that came by itself the auditors."""
    readers = [to] if to is not None else _auditors()
    notices.notify(readers, MADE, url=f"/audits/{made.uid}", params=_names(made))


def tell_unchanged(subject: Subject, *, to: Any) -> None:
    notices.notify([to], UNCHANGED, url="/audits", params=_names(subject))


def _auditors() -> list[people.Person]:
    rows = people.Person.objects.filter(is_active=True, roles__contains=[Role.AUDITOR])
    return list(rows)


def _names(found: Any) -> dict[str, str]:
    return {"name_ko": found.title_ko, "name_en": found.title_en}
