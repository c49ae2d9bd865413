"""The one queue for long runs: claim, beat, finish, sweep. PostgreSQL rows, no broker.

Rules: claimed with SKIP LOCKED; a heartbeat extends the lease; when it runs out the sweeper puts the run back, at most
`MAX_ATTEMPTS` times, then it is a platform fault. A result names the attempt it belongs to; a late attempt changes nothing.
A run asked for again while it is running runs once more after its end, so that no asking is lost.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from dure.foundation import clock, lease_sql
from dure.foundation.models import Lease

MAX_ATTEMPTS = 3
LEASE_SECONDS = 20
State = Lease.State
OPEN = (State.QUEUED, State.RUNNING)


@dataclass(frozen=True, slots=True)
class Claim:
    """A run this worker now holds. Every later word about it carries `attempt`."""

    id: int
    kind: str
    subject: UUID
    attempt: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run stands: how many run or wait before it, and the expected wait in seconds (None: no history yet)."""

    ahead: int
    wait_seconds: float | None


@dataclass(frozen=True, slots=True)
class Stand:
    """A run's state, and its place where it waits."""

    state: str
    place: Place | None


def enqueue(*, kind: str, subject: UUID, fair_key: str = "", priority: int = 0) -> Lease:
    """Put a run in the queue; a second call for the same subject gives back the first row unchanged."""
    lease = Lease(kind=kind, subject=subject, fair_key=fair_key, priority=priority, created_at=clock.now())
    values = {
        name: getattr(lease, name) for name in ("kind", "subject", "fair_key", "priority", "created_at")
    }
    with connection.cursor() as cursor:
        cursor.execute(lease_sql.ENQUEUE, values)
        made = cursor.fetchone()
    if made is None:
        return Lease.objects.get(kind=kind, subject=subject)
    (lease.pk,) = made
    return lease


def enqueue_all(*, kind: str, subjects: Sequence[UUID]) -> None:
    """Put many new runs in the queue, in their order, in one statement."""
    now = clock.now()
    Lease.objects.bulk_create(
        (Lease(kind=kind, subject=subject, created_at=now) for subject in subjects), ignore_conflicts=True
    )


def requeue(*, kind: str, subject: UUID) -> None:
    """Start a finished run again with all its tries; one that is running now runs once more when it ends."""
    if Lease.objects.filter(kind=kind, subject=subject).exists():
        ask(kind=kind, subject=subject)


def ask(*, kind: str, subject: UUID) -> None:
    """Have a run made from now on, whether it never was, waits, runs or is over; asking twice before it begins is one run.

    One that waits is locked until the caller's transaction ends, so that it cannot begin without seeing what that writes.
    """
    with connection.cursor() as cursor:
        cursor.execute(lease_sql.ASK, {"kind": kind, "subject": subject, "now": clock.now()})


def claim(
    *, kind: str, worker: str, limit: int = 1, turns: int = 1, seconds: int = LEASE_SECONDS
) -> list[Claim]:
    """Take up to `limit` runs for `worker`, oldest first; nobody else gets them until the lease runs out.

    Of one fair key at most `turns` runs, for a worker that does them one after the other; none while another worker has one.
    """
    return _claimed(lease_sql.CLAIM, kind, worker, seconds, limit=limit, turns=turns)


def claim_these(
    *, kind: str, subjects: Sequence[UUID], worker: str, seconds: int = LEASE_SECONDS
) -> list[Claim]:
    """Take those of these runs that still wait, for a worker that has its own order."""
    if not subjects:
        return []
    return _claimed(lease_sql.CLAIM_THESE, kind, worker, seconds, subjects=list(subjects))


def _claimed(statement: str, kind: str, worker: str, seconds: int, **more: Any) -> list[Claim]:
    now = clock.now()
    values = {"kind": kind, "worker": worker, "now": now, "until": now + timedelta(seconds=seconds), **more}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return sorted((Claim(*row) for row in cursor.fetchall()), key=lambda taken: taken.id)


def waiting(*, kind: str) -> "QuerySet[Lease, UUID]":
    """The subjects of all runs of a kind that wait."""
    return Lease.objects.filter(kind=kind, state=State.QUEUED).values_list("subject", flat=True)


def held(*, worker: str) -> dict[UUID, Claim]:
    """What the rows say that `worker` holds, by subject."""
    rows = Lease.objects.filter(state=State.RUNNING, claimed_by=worker)
    return {
        subject: Claim(pk, kind, subject, attempt)
        for pk, kind, subject, attempt in rows.values_list("id", "kind", "subject", "attempt")
    }


@transaction.atomic
def take_back(
    *, kind: str, subjects: Sequence[UUID], worker: str, seconds: int = LEASE_SECONDS
) -> list[Claim]:
    """Take runs that wait again although they go on: swept while the worker was away that knows of them. This is no new try."""
    claims = claim_these(kind=kind, subjects=subjects, worker=worker, seconds=seconds)
    Lease.objects.filter(id__in=[claimed.id for claimed in claims]).update(tries=F("tries") - 1)
    return claims


def beat(*, worker: str, seconds: int = LEASE_SECONDS) -> int:
    """Extend everything `worker` holds; returns how many that is."""
    until = clock.now() + timedelta(seconds=seconds)
    return Lease.objects.filter(state=State.RUNNING, claimed_by=worker).update(lease_until=until)


def hold(claimed: Claim) -> bool:
    """Lock a claimed run inside the caller's transaction: False when the attempt is no longer the current one."""
    return (
        Lease.objects.select_for_update()
        .filter(id=claimed.id, state=State.RUNNING, attempt=claimed.attempt)
        .values_list("id", flat=True)
        .first()
    ) is not None


def finish(claimed: Claim, *, state: State = State.DONE, message: str = "") -> bool:
    """Close a run if the attempt is still the current one; False means a later attempt owns it and this result is void."""
    return finish_many([claimed], state=state, message=message) == {claimed.id}


def finish_many(claims: Iterable[Claim], *, state: State = State.DONE, message: str = "") -> set[int]:
    """Close several runs in one statement; returns the ids that were still ours. Those asked for again wait anew."""
    held = [(claimed.id, claimed.attempt) for claimed in claims]
    return _close(held, state=state, message=message) if held else set()


def _close(held: Sequence[tuple[int, int]], *, state: State, message: str) -> set[int]:
    values: dict[str, Any] = {"state": state, "message": message[:500], "now": clock.now()}
    values |= {"ids": [pk for pk, _ in held], "attempts": [attempt for _, attempt in held]}
    with connection.cursor() as cursor:
        cursor.execute(lease_sql.CLOSE, values)
        return {pk for (pk,) in cursor.fetchall()}


def release(claimed: Claim) -> None:
    """Give a run back unharmed (a worker that shuts down): it does not count as a try."""
    _give_back(Lease.objects.filter(id=claimed.id, attempt=claimed.attempt))


def release_all(*, worker: str) -> int:
    """Give back unharmed whatever the rows say `worker` holds: for a worker that lost sight of the database or the store."""
    return _give_back(Lease.objects.filter(claimed_by=worker))


def _give_back(rows: "QuerySet[Lease]") -> int:
    return rows.filter(state=State.RUNNING).update(
        state=State.QUEUED, tries=F("tries") - 1, claimed_by="", lease_until=None
    )


def cancel(*, kind: str, subject: UUID) -> bool:
    """Take a run out of the queue, or make its running attempt void."""
    return bool(cancel_all(kind=kind, subjects=[subject]))


def cancel_all(*, kind: str, subjects: Sequence[UUID]) -> set[UUID]:
    """The same for many at once; returns those that were waiting or running."""
    values: dict[str, Any] = {"kind": kind, "subjects": list(subjects), "now": clock.now()}
    with connection.cursor() as cursor:
        cursor.execute(lease_sql.CANCEL_THESE, values)
        return {subject for (subject,) in cursor.fetchall()}


@transaction.atomic
def sweep(now: datetime) -> list[Lease]:
    """Put runs whose lease ran out back in the queue; returns those that failed for good."""
    late = Lease.objects.select_for_update(skip_locked=True).filter(state=State.RUNNING, lease_until__lt=now)
    return _lost(list(late), message="lease_expired")


def _lost(expired: Sequence[Lease], *, message: str) -> list[Lease]:
    """An attempt of each locked run is lost: queue it again, or end it after the last try. Returns those that ended."""
    failed = [lease for lease in expired if lease.tries >= MAX_ATTEMPTS]
    left = [lease.pk for lease in expired if lease.tries < MAX_ATTEMPTS]
    Lease.objects.filter(pk__in=left).update(state=State.QUEUED, claimed_by="", lease_until=None)
    _close([(lease.pk, lease.attempt) for lease in failed], state=State.FAILED_PLATFORM, message=message)
    return [lease for lease in failed if not lease.again]


def place(*, kind: str, subject: UUID, workers: int = 1) -> Place | None:
    """Place in the queue, or None when the run is not waiting. The wait is the median of recent runs times those ahead."""
    lease = Lease.objects.filter(kind=kind, subject=subject, state=State.QUEUED).first()
    if lease is None:
        return None
    before = (
        Q(state=State.RUNNING)
        | Q(state=State.QUEUED, priority__gt=lease.priority)
        | Q(state=State.QUEUED, priority=lease.priority, id__lt=lease.pk)
    )
    ahead = Lease.objects.filter(before, kind=kind).count()
    return _place(ahead, _typical_seconds(kind), workers)


RECENT = 100


def _typical_seconds(kind: str) -> float | None:
    """Seconds a recent run kept its worker busy. Those claimed together are done one after the other, so they share their time."""
    recent = (
        Lease.objects.filter(kind=kind, state=State.DONE)
        .order_by("-finished_at")
        .values_list("started_at", "finished_at")[:RECENT]
    )
    spans = [(began, done) for began, done in recent if began and done]
    busy = dict(reversed(spans))
    total = sum((done - began).total_seconds() for began, done in busy.items())
    return total / len(spans) if spans else None


def states(*, kind: str, subjects: Sequence[UUID]) -> dict[UUID, str]:
    """The state of many runs in one query."""
    return dict(Lease.objects.filter(kind=kind, subject__in=subjects).values_list("subject", "state"))


Failed = Callable[[list[UUID]], None]
_on_failed: dict[str, Failed] = {}


def on_failed(kind: str, tell: Failed) -> None:
    """Call `tell` with the subjects of runs of this kind that failed for good, inside the transaction that says so."""
    _on_failed[kind] = tell


@clock.on_clock("sweep_queue")
@transaction.atomic
def sweep_and_tell(now: datetime) -> int:
    """Sweep, and tell the owners of what failed for good; returns how many those were."""
    failed = sweep(now)
    _tell(failed)
    return len(failed)


@transaction.atomic
def lose(claimed: Claim) -> None:
    """An attempt broke through our fault: queue the run again, or give it up after the last attempt."""
    lease = (
        Lease.objects.select_for_update()
        .filter(id=claimed.id, state=State.RUNNING, attempt=claimed.attempt)
        .first()
    )
    if lease is not None:
        _tell(_lost([lease], message="broke"))


def _tell(failed: list[Lease]) -> None:
    for kind in {lease.kind for lease in failed}:
        if kind in _on_failed:
            _on_failed[kind]([lease.subject for lease in failed if lease.kind == kind])


def stands(*, kind: str, subjects: Sequence[UUID], workers: int = 1) -> dict[UUID, Stand]:
    """Where many runs stand, in one query however many there are."""
    asked: dict[str, Any] = {"kind": kind, "subjects": list(subjects), "recent": RECENT}
    with connection.cursor() as cursor:
        cursor.execute(lease_sql.STANDS, asked)
        found = cursor.fetchall()
    return {
        subject: Stand(state, None if ahead is None else _place(ahead, typical, workers))
        for subject, state, ahead, typical in found
    }


def _place(ahead: int, typical: float | None, workers: int) -> Place:
    return Place(ahead, None if typical is None else (ahead + 1) * typical / max(workers, 1))
