"""Asking people of a cohort, some months after its end, where they are now."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction

from dure.engines.faults import Fault, Faulty
from dure.foundation import clock
from dure.foundation.access import Hidden, demand
from dure.learn.cohorts import rules, telling_coached
from dure.learn.cohorts.small_cells import Shown, shown
from dure.learn.models import Cohort, FollowUp, Place

MONTHS: Final = (3, 6, 12)
WITHIN: Final = timedelta(days=60)
"""So long after its day a question is still asked, and stands in the list of what waits."""


def asked_on(ended_on: date, months: int) -> date:
    """So many months later: the same day of the month, or its last."""
    number = ended_on.month - 1 + months
    year, month = ended_on.year + number // 12, number % 12 + 1
    return date(year, month, min(ended_on.day, monthrange(year, month)[1]))


def months_due(ended_on: date, today: date) -> list[int]:
    """Which question is due now; one whose time has gone by is not asked any more."""
    return [months for months in MONTHS if timedelta() <= today - asked_on(ended_on, months) < WITHIN]


@clock.on_clock("learn.follow_up")
def follow_up(_now: datetime) -> int:
    """Ask everybody who took part to the end, once for each time; returns how many questions were asked."""
    today = clock.today()
    earliest = asked_on(today, -max(MONTHS)) - WITHIN
    cohorts = Cohort.objects.filter(state="over", ends_on__gt=earliest, ends_on__lt=today)
    return sum(_ask(cohort, months) for cohort in cohorts for months in months_due(cohort.ends_on, today))


@transaction.atomic
def _ask(cohort: Cohort, months: int) -> int:
    """The cohort's row is locked: two clocks at once ask once."""
    Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    places = cohort.places.filter(state="finished", person__is_active=True)
    fresh = [
        FollowUp(place=place, months=months, asked_at=clock.now())
        for place in places.exclude(follow_ups__months=months).select_related("person")
    ]
    FollowUp.objects.bulk_create(fresh)
    telling_coached.tell_follow_up(cohort, months, [one.place.person for one in fresh])
    return len(fresh)


def asked(person: Any, cohort: Cohort, months: int) -> FollowUp:
    """The question that this person was asked. Raises Hidden."""
    rows = FollowUp.objects.filter(place__cohort=cohort, place__person_id=person.pk, months=months)
    found = rows.select_related("place").first()
    if found is None:
        raise Hidden(str(months))
    return found


@transaction.atomic
def answer(*, by: Any, question: FollowUp, given: str) -> FollowUp:
    """Say where one is now, once: counts that were shown do not change by one person. Raises Denied, Faulty."""
    demand(rules.is_own(by, question.place))
    locked = FollowUp.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if locked.answer:
        raise Faulty([Fault("answered_before", place="answer")])
    if given not in FollowUp.Answer.values:
        raise Faulty([Fault("no_answer", place="answer")])
    locked.answer, locked.answered_at = given, clock.now()
    locked.save(update_fields=["answer", "answered_at"])
    return locked


def counts(cohort: Cohort) -> dict[int, Shown | None]:
    """What may be shown of a whole cohort, by months; one query. Never by organisation: differences would tell of few."""
    rows = FollowUp.objects.filter(place__cohort=cohort).exclude(answer="").order_by("answered_at", "pk")
    found: dict[int, list[str]] = {months: [] for months in MONTHS}
    for months, given in rows.values_list("months", "answer"):
        found.setdefault(months, []).append(given)
    return {months: shown(answers) for months, answers in found.items()}


def own(place: Place) -> list[FollowUp]:
    """What this person was asked and answered."""
    return list(FollowUp.objects.filter(place=place).order_by("months"))
