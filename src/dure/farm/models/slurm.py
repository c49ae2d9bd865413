"""What we believe of a try that was handed to a Slurm cluster."""

from django.db import models

from dure.farm.models.run import Run
from dure.foundation import clock


class SlurmJob(models.Model):
    """A run's place in Slurm, written before Slurm is asked, and believed as long as the run has not ended.

    It is in one of these states: submitting (Slurm was asked, or is about to be), refused (Slurm said no for now; it is asked again
    later), waiting, running. `number` is Slurm's and only a help: the run's job and attempt are what it is
    called. `reason` is why it waits, in Slurm's words; `node` is where it runs.
    """

    class State(models.TextChoices):
        SUBMITTING = "submitting"
        REFUSED = "refused"
        WAITING = "waiting"
        RUNNING = "running"

    run = models.OneToOneField(Run, on_delete=models.CASCADE, primary_key=True, related_name="slurm")
    state = models.CharField(max_length=12, choices=State.choices, default=State.SUBMITTING)
    asked_at = models.DateTimeField(default=clock.now)
    number = models.PositiveBigIntegerField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    node = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return f"{self.run_id} {self.state}"
