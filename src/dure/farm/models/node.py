"""The machines."""

from django.db import models

from dure.foundation import clock


class Node(models.Model):
    """A machine that a runner offers, as the runner found it when it started; `seen_at` moves on as long as the runner is there.

    `level` is the protection its sandbox has (0 to 4); below the level that is asked for nothing is started there.
    """

    name = models.CharField(max_length=80, unique=True)
    cores = models.PositiveIntegerField()
    memory_mib = models.PositiveIntegerField()
    accelerators = models.JSONField(default=dict)
    level = models.PositiveSmallIntegerField()
    seen_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name
