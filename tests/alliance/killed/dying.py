"""A piece of work killed with SIGKILL at each of its writes in turn: `python -m tests.alliance.killed.dying WHAT ID…`.

It works on the database that DATABASE_URL names, in the folder that DURE_DATA names. For every write one child is forked, does the
work and dies just before; then at its commit; then just after. It ends when a death has left something behind, and prints as JSON
what stood before, how many died and left no trace, and what the last one left.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402 - Django comes first

from dure.alliance.models import ResearchCall, Review, Topic, Vote  # noqa: E402 - same
from dure.alliance.reviews import assigning  # noqa: E402 - same
from dure.alliance.votes import by_date  # noqa: E402 - same
from dure.foundation import clock  # noqa: E402 - same
from dure.foundation.models import AuditEntry, Delivery, Notice  # noqa: E402 - same
from dure.people.models import Person  # noqa: E402 - same

MOST = 200
"""Deaths after which something is wrong with the work, or with this file."""


def tally() -> None:
    """The duty of the clock that counts votes whose time has come."""
    by_date.close(clock.now())


def assign(call: str, by: str) -> None:
    """The secretariat applies exactly what it has looked at."""
    found = ResearchCall.objects.get(pk=call)
    seen = assigning.preview(found)
    assigning.apply(found, by=Person.objects.get(pk=by), token=seen.token)


WORK: dict[str, Callable[..., None]] = {"tally": tally, "assign": assign}


def state() -> dict[str, Any]:
    """All that a vote or an assignment changes."""
    reviews = Review.objects.order_by("proposal_id", "reviewer_id")
    return {
        "votes": [[one.state, one.box, one.listed, one.digest] for one in Vote.objects.order_by("pk")],
        "topics": list(Topic.objects.order_by("pk").values_list("state", flat=True)),
        "reviews": [list(one) for one in reviews.values_list("proposal_id", "reviewer_id", "state")],
        "trail": AuditEntry.objects.count(),
        "notices": Notice.objects.count(),
        "deliveries": Delivery.objects.count(),
    }


class Death:
    """Comes at the moment with this number; a write is one, and so are the moments before and after a commit."""

    def __init__(self, number: int) -> None:
        self.left = number

    def moment(self) -> None:
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)

    def send(self, execute: Any, sql: str, *given: Any) -> Any:
        """Reading is no moment: to die there is to die at the write before."""
        if sql.lstrip().startswith(("INSERT", "UPDATE", "DELETE")):
            self.moment()
        return execute(sql, *given)

    def commit(self, really: Callable[[], None]) -> None:
        self.moment()
        really()
        self.moment()


def dies(work: Callable[[], None], *, at: int) -> bool:
    """Whether a child that does the work was killed at that moment, or had finished before."""
    connection.close()  # a child makes its own
    if pid := os.fork():
        _pid, status = os.waitpid(pid, 0)
        return os.WIFSIGNALED(status)
    death = Death(at)
    setattr(connection, "commit", partial(death.commit, connection.commit))  # noqa: B010 - a plain assignment is refused by the type checker
    with connection.execute_wrapper(death.send):
        work()
    os._exit(0)


def main(what: str, *ids: str) -> None:
    """Kill it at moment after moment until something stays."""
    work, before = partial(WORK[what], *ids), state()
    for at in range(1, MOST):
        died, after = dies(work, at=at), state()
        if after != before or not died:
            break
    sys.stdout.write(json.dumps({"before": before, "traceless": at - 1, "died": died, "after": after}))


if __name__ == "__main__":
    main(*sys.argv[1:])
