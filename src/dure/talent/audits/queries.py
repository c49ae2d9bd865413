"""Reads of reports, each a fixed number of queries."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from dure.talent.audits import asking, subjects
from dure.talent.models import AuditReport

MOST: Final = 20


def listed(person: Any) -> "QuerySet[AuditReport]":
    """Reports this person may read, without their files."""
    return AuditReport.objects.visible_to(person).select_related("organisation").defer("record")


def reports_of(person: Any, about: Any) -> "QuerySet[AuditReport]":
    """The same of one opening or round."""
    return listed(person).filter(about=about)


@dataclass(frozen=True, slots=True)
class Unaudited:
    """Something decided of which there is no report."""

    kind: str
    about: Any


def unaudited(person: Any) -> list[Unaudited]:
    """What was decided without a report, for who makes reports; one query for each kind."""
    if not asking.may_ask(person):
        return []
    there = Exists(AuditReport.objects.filter(about=OuterRef("uid")))
    rows = [(kind.name, kind.decided().exclude(there).order_by("-pk")[:MOST]) for kind in subjects.kinds()]
    return [Unaudited(name, found) for name, of_kind in rows for found in of_kind]


def address_of(found: AuditReport) -> str:
    """The page of what was audited; empty for a kind that is gone."""
    kind = subjects.kind_named(found.kind)
    return reverse(kind.url_name, args=[found.about]) if kind else ""
