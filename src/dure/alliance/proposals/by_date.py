"""What time does to proposals: questions that nobody answers lapse, and the waiting list ends."""

from datetime import datetime

from dure.alliance.models import Proposal
from dure.alliance.projects.by_date import moved_each
from dure.alliance.proposals.rules import WAITS
from dure.foundation import clock
from dure.foundation.clock import on_clock


@on_clock("alliance.proposals_lapse")
def lapse(now: datetime) -> int:  # noqa: ARG001 - the clock stands at that moment
    """Proposals whose question was not answered in time; returns how many."""
    return moved_each(
        Proposal.objects.filter(state="revision_requested", answer_by__lt=clock.today()), "lapse"
    )


@on_clock("alliance.proposals_wait")
def release(now: datetime) -> int:
    """Proposals that have waited sixty days for money; returns how many."""
    waiting = Proposal.objects.filter(state="waitlisted", call__announced_at__lte=now - WAITS)
    return moved_each(waiting, "decline")
