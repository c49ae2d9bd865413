"""What time does to challenges: they close by themselves, and their hosts hear of it before. Each duty may run twice."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from dure.foundation import clock, notices, workflow
from dure.foundation.access import SYSTEM, Denied
from dure.problems import notices_hosting
from dure.problems.models import Challenge, Phase, Rescore
from dure.problems.recipients import title_words

SOON = timedelta(days=3)


@clock.on_clock("close_challenges")
def close_challenges(now: datetime) -> int:
    """Close every open challenge whose last phase has ended; returns how many."""
    return sum(_close(challenge) for challenge in _ended_by(now))


def _close(challenge: Challenge) -> bool:
    try:
        workflow.perform(challenge, "close", by=SYSTEM)
    except Denied:
        return False
    return True


def _ended_by(moment: datetime) -> "QuerySet[Challenge]":
    """Open challenges of which every phase has ended by then."""
    mine = Phase.objects.filter(challenge=OuterRef("pk"))
    running = mine.filter(Q(ends_at=None) | Q(ends_at__gt=moment))
    return Challenge.objects.filter(Exists(mine), ~Exists(running), state="open").select_related("problem")


@clock.on_clock("remind_of_close")
def remind_of_close(now: datetime) -> int:
    """Tell the hosts once when less than three days are left; returns of how many challenges."""
    return sum(_remind(challenge, now) for challenge in _ended_by(now + SOON).filter(close_told_at=None))


def _remind(challenge: Challenge, now: datetime) -> bool:
    """The mark is set first and only once, so two clocks tell nobody twice."""
    if not Challenge.objects.filter(pk=challenge.pk, close_told_at=None).update(close_told_at=now):
        return False
    url = f"/challenges/{challenge.slug}/manage"
    params = title_words(challenge.problem)
    notices.notify(challenge.hosts.all(), notices_hosting.CLOSES_SOON, url=url, params=params)
    return True


@clock.on_clock("settle_rescores")
def settle_rescores(_now: datetime) -> int:
    """Finish rescores that a killed scorer left at their last step."""
    if not Rescore.objects.filter(finished_at=None).exists():
        return 0
    from dure.problems.actions import rescores  # noqa: PLC0415 - reads tables; a clock without work need not load that

    return rescores.settle_all()
