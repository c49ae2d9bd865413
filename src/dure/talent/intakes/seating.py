"""Giving a place in an intake: to who accepted an offer of a host's opening, or to who was placed by a round."""

from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Q

from dure.foundation import audit
from dure.foundation.access import Actor, Denied
from dure.people import api as people
from dure.talent.intakes import rules, telling
from dure.talent.intakes.making import lock
from dure.talent.models import Duty, Intake, IntakeHost, IntakeSponsor, Stay

STANDS: Final = ~Q(state="broken_off")
DUTIES: Final = (
    (Duty.Kind.CONFIDENTIALITY, "비밀유지 서약서에 서명하기", "Sign the confidentiality agreement", 14, True),
    (Duty.Kind.INSURANCE, "보험 가입 확인하기", "Have insurance confirmed", 14, True),
    (Duty.Kind.SAFETY, "안전 교육 마치기", "Take the safety training", -7, False),
)
ABROAD: Final = (
    (Duty.Kind.VISA, "비자 받기", "Get a visa", 45, True),
    (Duty.Kind.HOUSING, "숙소 정하기", "Find housing", 30, True),
)
"""What everybody does, and what one does abroad: kind, words, days before the first day, needed before one leaves."""


@transaction.atomic
def seat(host: IntakeHost, person: people.Person, *, by: Actor, source: str = "") -> Stay:
    """Give a place, once for each person and intake; said again it changes nothing. Raises Denied without a free seat."""
    intake = lock(host.intake)
    before = Stay.objects.filter(intake=intake, person=person).first()
    if before is not None:
        return before
    if intake.state not in ("calling", "selecting", "running"):
        raise Denied(rules.NOT_SELECTING)
    if host.stays.filter(STANDS).count() >= host.opening.seats:
        raise Denied(rules.FULL)
    made = Stay.objects.create(
        intake=intake,
        host=host,
        sponsor=_sponsor(intake, person),
        person=person,
        supervisor=host.supervisor,
        source=source,
        starts_on=host.opening.starts_on or intake.starts_on,
        ends_on=host.opening.ends_on or intake.ends_on,
    )
    _give_duties(made)
    audit.write(by=by, action="stay.given", obj=made)
    telling.tell_stay(telling.SEATED, made)
    return made


def _give_duties(stay: Stay) -> None:
    Duty.objects.bulk_create(
        Duty(
            stay=stay,
            kind=kind,
            what_ko=ko,
            what_en=en,
            due_on=stay.starts_on - timedelta(days=days),
            is_needed=needed,
        )
        for kind, ko, en, days, needed in (*(ABROAD if stay.intake.is_abroad else ()), *DUTIES)
    )


def _sponsor(intake: Intake, person: people.Person) -> IntakeSponsor | None:
    """The person's own organisation first where it pays for a free seat, else whoever has most free ones; None without any."""
    own = set(people.own_organisations(person).values_list("pk", flat=True))
    free = [(one, one.seats - one.used) for one in with_used(intake)]
    able = [(one.organisation_id in own, seats, -one.pk, one) for one, seats in free if seats > 0]
    return max(able, key=lambda row: row[:3])[3] if able else None


def with_used(intake: Intake) -> Any:
    """Sponsors with how many of their seats are in use; one query."""
    standing = ~Q(stays__state="broken_off")
    rows = intake.sponsors.select_related("organisation")
    return rows.annotate(used=Count("stays", filter=standing)).order_by("pk")
