"""What becomes of a lab when its person leaves: the account, or the organisation whose account the lab runs on.

A lab ends at once where that is told, and within a minute where it is not; homes of deleted accounts go as soon as nothing
is in the way.
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from dure.farm.actions import asking
from dure.farm.labs import homes
from dure.farm.models import Job, Lab
from dure.foundation import events
from dure.people import api as people

log = logging.getLogger(__name__)
BATCH: Final = 200


def register() -> None:
    """Called once when the app is ready."""
    events.subscribe(people.AccountDeleted, forget)
    events.subscribe(people.MembershipEnded, leave)


def forget(event: people.AccountDeleted) -> None:
    """A deleted account's lab ends, and its home goes; the clock goes on with what cannot go yet. Harmless when told twice."""
    _end(Lab.objects.filter(person_id=event.person))
    for uid in people.Person.objects.filter(pk=event.person).values_list("uid", flat=True):
        try:
            homes.remove_home(uid)
        except OSError as error:
            log.warning("a home whose account is gone is removed later: %s", error)


def leave(event: people.MembershipEnded) -> None:
    """Who belongs to no organisation any more works in no lab."""
    end_left(event.person)


def end_left(*only: int) -> int:
    """End the labs of closed accounts and of people without an organisation; returns how many."""
    belongs = people.Membership.objects.current().filter(person=OuterRef("person"))
    left = Lab.objects.filter(Q(person__is_active=False) | ~Exists(belongs))
    return _end(left.filter(person__in=only) if only else left)


def _end(labs: "QuerySet[Lab]") -> int:
    on = labs.filter(job__finished_at=None).exclude(job=None).select_related("job")
    return sum(asking.cancel(lab.job) for lab in on.order_by("pk")[:BATCH] if lab.job is not None)


def remove_left() -> int:
    """Remove the homes of deleted accounts, and relays whose lab is over; returns how many.

    Raises the last failure, after all the others have been tried: the clock says so, and tries again.
    """
    removed, failed = 0, None
    for remove in (*_homes_left(), *_relays_left()):
        try:
            removed += remove()
        except homes.InUseError:
            continue  # its lab is just ending
        except OSError as error:
            failed = error
    if failed is not None:
        raise failed
    return removed


def _homes_left() -> list[Callable[[], bool]]:
    gone = people.Person.objects.filter(uid__in=homes.homes_here()).exclude(deleted_at=None)
    return [partial(homes.remove_home, uid) for uid in gone.values_list("uid", flat=True)[:BATCH]]


def _relays_left() -> list[Callable[[], bool]]:
    """A runner that was killed left them."""
    here = homes.relays_here()
    jobs = Job.objects.filter(uid__in=here).exclude(finished_at=None).select_related("person")
    return [
        partial(homes.remove_relay, job.uid, person.uid)
        for job in jobs.order_by("pk")[:BATCH]
        if (person := job.person) is not None
    ]
