"""What time does to chosen teams: answers come too late, consent runs out, and a place that stays free ends it."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Max, Q
from django.db.models.functions import Coalesce

from dure.foundation import workflow
from dure.foundation.access import SYSTEM
from dure.foundation.clock import on_clock
from dure.talent.models import TeamProposal, TeamSeat
from dure.talent.teams.answering import fall_free, let_go
from dure.talent.teams.choosing import lock
from dure.talent.teams.pool import STANDING, standing

BATCH: Final = 200
WAITS: Final = timedelta(days=14)
"""So long after the last day for answers a place may stay free."""
AT_WORK: Final = ("accepted", "open", "delivered")


@on_clock("talent.team_seats")
def seats_due(now: datetime) -> int:
    """Seats without an answer in time expire, and those of people who no longer agree fall free; returns how many."""
    open_ones = TeamSeat.objects.filter(proposal__state="proposed", state__in=STANDING)
    late = Q(state="proposed", due_at__lte=now)
    waiting = open_ones.filter(late | ~Q(pk__in=standing(open_ones).values("pk")))
    ids = waiting.order_by("proposal_id").values_list("proposal_id", flat=True).distinct()
    return sum(_moved(pk, now) for pk in list(ids[:BATCH]))


@transaction.atomic
def _moved(pk: int, now: datetime) -> int:
    proposal = lock(TeamProposal(pk=pk))
    if proposal.state != "proposed":
        return 0
    late = list(proposal.seats.filter(state="proposed", due_at__lte=now))
    return fall_free(proposal, late, "expire") + let_go(proposal)


@on_clock("talent.teams_fall_through")
def fall_through(now: datetime) -> int:
    """Teams whose free place nobody filled for two weeks, and those whose need is no longer worked on; returns how many."""
    last = Coalesce(Max("seats__due_at"), "created_at")
    rows = TeamProposal.objects.filter(state="proposed").annotate(last=last)
    due = rows.filter(Q(last__lte=now - WAITS) | ~Q(problem__state__in=AT_WORK)).order_by("pk")
    return sum(_fallen(pk) for pk in list(due.values_list("pk", flat=True)[:BATCH]))


@transaction.atomic
def _fallen(pk: int) -> bool:
    proposal = lock(TeamProposal(pk=pk))
    if proposal.state != "proposed":
        return False
    workflow.perform(proposal, "fall_through", by=SYSTEM)
    return True
