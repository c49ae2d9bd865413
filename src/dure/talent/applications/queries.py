"""Reads of applications for pages, REST, matching and audits, each a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from dure.foundation import clock
from dure.talent.applications.visibility import TO_DECIDE, appeals_q
from dure.talent.models import Appeal, Application, ApplicationMessage, InterviewSlot, Opening


def applied_q(person: Any) -> Q:
    """Condition on openings: this person has an application there that they did not withdraw. Matching shows none of them again."""
    mine = Application.objects.filter(person_id=person.pk).exclude(state="withdrawn")
    return Q(pk__in=mine.values("opening_id"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one application, for audits: no words. `was_offered` counts offers that ran out or were declined too."""

    person: int
    state: str
    was_offered: bool
    was_interviewed: bool
    reason_code: str
    decided_at: datetime | None


def decisions_of(opening: Opening) -> list[Outcome]:
    """All applications of an opening that were not withdrawn before an answer; one query. It stays after the texts are deleted."""
    rows: Any = Application.objects.filter(opening=opening).annotate(
        offered=Count("offers", distinct=True), met=Count("slot", distinct=True)
    )
    answered = rows.exclude(state="withdrawn", offered=0).order_by("pk")
    return [
        Outcome(one.person_id, one.state, one.offered > 0, one.met > 0, one.reason_code, one.decided_at)
        for one in answered
    ]


def mine(person: Any) -> "QuerySet[Application]":
    """All that a person handed in, the newest first."""
    rows = Application.objects.filter(person_id=person.pk).select_related("opening__organisation", "person")
    return rows.order_by("-pk")


def of_opening(
    opening: Opening, person: Any, *, state: str = "", late: bool = False
) -> "QuerySet[Application]":
    """What was handed in for an opening, the soonest promised first; of one state, or only what is late.

    `reviewed` counts reviews without a conflict.
    """
    counted = Count("reviews", filter=Q(reviews__has_conflict=False))
    rows = opening.applications.exclude(person_id=person.pk).select_related("person", "opening__organisation")
    if state:
        rows = rows.filter(state=state)
    if late:
        rows = rows.filter(state__in=TO_DECIDE, decide_by__lte=clock.now())
    found: QuerySet[Application] = rows.annotate(reviewed=counted).order_by("position", "decide_by", "pk")
    return found


def counts_by_state(opening: Opening) -> dict[str, int]:
    """How many stand where; one query."""
    rows = opening.applications.order_by("state").values_list("state").annotate(n=Count("pk"))
    return dict(rows)


def messages_of(application: Application) -> "QuerySet[ApplicationMessage]":
    return application.messages.order_by("pk")


def appeals_of(application: Application) -> "QuerySet[Appeal]":
    return application.appeals.select_related("reviewer", "application__opening__organisation")


def slots_of(opening: Opening) -> "QuerySet[InterviewSlot]":
    """Times ahead and past, for the organisation."""
    return opening.slots.select_related("taken_by__person")


def free_slots(application: Application) -> "QuerySet[InterviewSlot]":
    """Times that the applicant can take."""
    return application.opening.slots.filter(taken_by=None, starts_at__gt=clock.now())


def slot_of(application: Application) -> InterviewSlot | None:
    return InterviewSlot.objects.filter(taken_by=application).first()


def waiting_appeals(person: Any) -> "QuerySet[Appeal]":
    """Appeals that this person may look at now, the longest first."""
    rows = Appeal.objects.filter(appeals_q(person), state__in=("filed", "in_review"))
    return rows.select_related("application__opening__organisation", "reviewer").order_by("answer_by", "pk")
