"""Reads of intakes and stays for pages and REST, each a fixed number of queries."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from dure.foundation import clock
from dure.foundation.access import Role, has_role
from dure.talent.intakes import rules
from dure.talent.intakes.seating import with_used
from dure.talent.models import Intake, IntakeHost, MonthlyReport, Stay

STANDS = ~Q(stays__state="broken_off")
UNANSWERED = Q(reports__trouble__gt="", reports__answer="")


@dataclass(frozen=True, slots=True)
class Figures:
    """How an intake goes, in counts; `trouble` are calls for help without an answer, `late` duties past their day."""

    seats: int
    given: int
    by_state: dict[str, int]
    trouble: int
    late: int


def listed(person: Any, *, kind: str = "") -> QuerySet[Intake]:
    """Intakes that this person sees, the newest first."""
    rows = Intake.objects.visible_to(person).select_related("organisation")
    return rows.filter(kind=kind) if kind else rows


def hosts(intake: Intake) -> list[IntakeHost]:
    """Hosts with how many places are given (`given`); one query."""
    rows = intake.hosts.select_related("opening__organisation", "supervisor")
    return list(rows.annotate(given=Count("stays", filter=STANDS)).order_by("pk"))


def sponsors(intake: Intake) -> Any:
    """Sponsors with how many seats are in use (`used`); one query."""
    return with_used(intake)


def stays(person: Any, intake: Intake) -> QuerySet[Stay]:
    """Stays of an intake that this person sees."""
    rows = Stay.objects.visible_to(person).filter(intake=intake)
    return (
        rows.select_related("person", "host__opening__organisation", "sponsor__organisation", "supervisor")
        .annotate(trouble=Count("reports", filter=UNANSWERED))
        .order_by("pk")
    )


def mine(person: Any) -> QuerySet[Stay]:
    """One's own stays and those that one supervises, the latest first."""
    rows = Stay.objects.filter(Q(person_id=person.pk) | Q(supervisor_id=person.pk))
    return rows.select_related("intake", "person", "host__opening__organisation").order_by(
        "-starts_on", "-pk"
    )


def figures(intake: Intake, at: list[IntakeHost]) -> Figures:
    """Two queries; `at` are its hosts."""
    states = dict(intake.stays.order_by("state").values_list("state").annotate(n=Count("pk")))
    late = Q(
        state__in=("preparing", "away"),
        duties__done_at=None,
        duties__waived_reason="",
        duties__due_on__lt=clock.today(),
    )
    waits = intake.stays.aggregate(
        trouble=Count("pk", filter=UNANSWERED, distinct=True), late=Count("pk", filter=late, distinct=True)
    )
    return Figures(
        seats=sum(host.opening.seats for host in at),
        given=sum(n for state, n in states.items() if state != "broken_off"),
        by_state={str(Stay.workflow.by_name[state].label): n for state, n in sorted(states.items())},
        **waits,
    )


def reports(person: Any, stay: Stay) -> list[MonthlyReport]:
    """All reports; of a call for help only its own side and whoever runs the intake read. One query."""
    found = list(stay.reports.select_related("written_by", "answered_by"))
    if rules.may_manage(person, stay.intake) or has_role(person, Role.AUDITOR):
        return found
    own = MonthlyReport.Side.PARTICIPANT if person.pk == stay.person_id else MonthlyReport.Side.HOST
    for report in found:
        if report.side != own or not _reports(person, stay):
            report.trouble = report.answer = ""
    return found


def _reports(person: Any, stay: Stay) -> bool:
    return bool(rules.is_own(person, stay) or rules.may_look_after(person, stay))


def missing_months(stay: Stay, months: list[date], side: str) -> list[date]:
    """Months that a side has not reported, of those that have begun; one query."""
    written = set(stay.reports.filter(side=side).values_list("month", flat=True))
    return [month for month in months if month not in written]
