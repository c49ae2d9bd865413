"""The one queue for long runs."""

from django.db import models

from dure.foundation import clock


class Lease(models.Model):
    """A long run that exactly one worker holds at a time.

    A row is in one of these states: `queued` (anyone may claim it), `running` (held until `lease_until`, kept alive by its
    worker's heartbeat), or final: `done`, `failed_user` (the input was at fault), `failed_platform` (we were, three times),
    `cancelled`. `attempt` only ever grows and fences: a result that names an older attempt changes nothing. `tries` counts the
    attempts lost since the run was last asked for; `again` says that it was asked for once more while running.

    Rejected: procrastinate jobs for these runs; they have no fence, no place in the queue to show and no fairness per team.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED_USER = "failed_user"
        FAILED_PLATFORM = "failed_platform"
        CANCELLED = "cancelled"

    kind = models.CharField(max_length=30)
    subject = models.UUIDField()
    fair_key = models.CharField(max_length=64, blank=True)
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=16, choices=State.choices, default=State.QUEUED)
    attempt = models.PositiveBigIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    again = models.BooleanField(default=False)
    claimed_by = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    message = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="one_lease_per_subject")]
        indexes = [
            models.Index(
                fields=["kind", "-priority", "id"], condition=models.Q(state="queued"), name="lease_queued"
            ),
            models.Index(fields=["lease_until"], condition=models.Q(state="running"), name="lease_running"),
            models.Index(
                fields=["kind", "-finished_at"], condition=models.Q(state="done"), name="lease_done"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.state}"
