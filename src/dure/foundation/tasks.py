"""Background entry points of the ground floor, and the task that rescues what a killed worker left behind."""

import logging
from typing import Any

from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status

from dure.foundation import audit, carrying, clock, events, webhooks

log = logging.getLogger(__name__)
RESCUE_LIMIT = 3
SILENCE = 30
"""Seconds without a sign of life after which a worker counts as dead; its heartbeat comes every ten."""


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="rescue", pass_context=True)
async def rescue_stalled_jobs(context: Any, timestamp: int) -> None:  # noqa: ARG001 - procrastinate hands it in
    """Put jobs of dead workers back; a job that killed its worker three times is given up and the operator reads it in the log."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
        try:
            await _rescue(manager, job)
        except ConnectorException as error:
            # Its worker came back and finished it in between; the others still wait for us.
            log.warning("task %s was not rescued: %s", job.task_name, error)


async def _rescue(manager: Any, job: Job) -> None:
    if job.attempts >= RESCUE_LIMIT:
        log.error("task %s gave up after %s attempts", job.task_name, job.attempts)
        await manager.finish_job(job, status=Status.FAILED, delete_job=False)
        return
    try:
        await manager.retry_job(job)
    except UniqueViolation:
        # The same work is already queued again (a queueing lock), as periodic tasks are each minute.
        await manager.finish_job(job, status=Status.ABORTED, delete_job=False)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="clock")
def strike_clock(timestamp: int) -> None:  # noqa: ARG001 - same
    """Run every clock-driven duty; each is idempotent."""
    with audit.origin("clock"):
        clock.strike(clock.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="deliver")
def deliver_events(timestamp: int) -> None:  # noqa: ARG001 - same
    """Deliver events that wait in the outbox: many recorded at once, or left by a crash or an error."""
    while events.deliver_pending():
        pass


@app.periodic(cron="* * * * *")
@app.task(lock=webhooks.LANE, queueing_lock=webhooks.LANE)
def carry_notices(timestamp: int) -> None:  # noqa: ARG001 - same
    """Carry due notices to the addresses people named. One run at a time, so that slow receivers never hold all workers."""
    carrying.carry_due()


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="prune")
async def prune_jobs(timestamp: int) -> None:  # noqa: ARG001 - same
    """Forget finished jobs after a week."""
    await app.job_manager.delete_old_jobs(nb_hours=24 * 7)


@app.periodic(cron="27 3 * * *")
@app.task(queueing_lock="prune_events")
def prune_events(timestamp: int) -> None:  # noqa: ARG001 - same
    """Forget delivered events after a month."""
    events.prune(clock.now())


@app.periodic(cron="37 3 * * *")
@app.task(queueing_lock="prune_webhooks")
def prune_webhooks(timestamp: int) -> None:  # noqa: ARG001 - same
    """Forget what was carried a month ago."""
    carrying.prune(clock.now())
