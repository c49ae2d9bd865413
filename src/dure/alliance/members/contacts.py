"""The contact book: who speaks for which organisation, from when until when. For the secretariat and the auditor."""

from collections.abc import Iterable
from typing import Final

from django.db.models import Q, QuerySet

from dure.engines.sheets import Cell
from dure.foundation import clock
from dure.people import api as people

COLUMNS: Final = (
    "organisation",
    "name_ko",
    "name_en",
    "person_ko",
    "person_en",
    "email",
    "position",
    "since",
    "until",
)


def listed(*, words: str = "", everybody: bool = False) -> QuerySet[people.Membership]:
    """Representatives and deputies of today and of later, by organisation; with `everybody` also who was one."""
    rows = people.Membership.objects.filter(
        role=people.Membership.Role.REPRESENTATIVE, person__deleted_at=None
    )
    if not everybody:
        rows = rows.filter(ended_at=None, person__is_active=True).exclude(ends_on__lt=clock.today())
    if words.strip():
        rows = rows.filter(_named(words.strip()))
    rows = rows.select_related("person", "organisation")
    return rows.order_by(
        "organisation__name_ko", "organisation__name_en", "organisation_id", "starts_on", "pk"
    )


def _named(part: str) -> Q:
    found = Q()
    for field in ("organisation__name_ko", "organisation__name_en", "organisation__slug"):
        found |= Q(**{f"{field}__icontains": part})
    for field in ("person__name_ko", "person__name_en", "person__email", "title"):
        found |= Q(**{f"{field}__icontains": part})
    return found


def cells(rows: Iterable[people.Membership]) -> list[list[Cell]]:
    """The lines of a file."""
    return [
        [
            row.organisation.slug,
            row.organisation.name_ko,
            row.organisation.name_en,
            row.person.name_ko,
            row.person.name_en,
            str(row.person.email),
            row.title,
            row.starts_on.isoformat(),
            row.ends_on.isoformat() if row.ends_on else "",
        ]
        for row in rows
    ]
