"""Runs: the tries of a job, and the files that came out."""

from django.db import models

from dure.farm.models.job import Job
from dure.farm.models.node import Node
from dure.foundation import clock
from dure.foundation.models import Blob


class Run(models.Model):
    """One try of a job on one machine: begun when it is claimed, ended once.

    Job and attempt name it everywhere; a number of an engine never does. `rate` is what a second of it weighs in the usage, and
    `excused` says that its time is charged to nobody (preempted, or our fault). Of a sealed job no output is kept,
    only the type of the exception that ended it, where it is one of Python's own. `environment` is the digest of its packages.
    `accounted`: all of its hours stand in the usage, or come into it from its engine's own accounting.

    Where the job has a judge, `report` is the judge's word, bounded by `engines.judging` and never mixed with what the program
    said; `judge_log` is what the judge wrote besides, for the author of its tests and for nobody else.
    """

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="runs")
    attempt = models.PositiveBigIntegerField()
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="runs")
    worker = models.CharField(max_length=80)
    rate = models.FloatField()
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    excused = models.BooleanField(default=False)
    accounted = models.BooleanField(default=False)
    exit_code = models.IntegerField(null=True)
    signal = models.PositiveSmallIntegerField(null=True)
    limit = models.CharField(max_length=12, blank=True)
    faults = models.JSONField(default=list)
    peak_memory = models.BigIntegerField(null=True)
    cpu_seconds = models.FloatField(null=True)
    wall_seconds = models.FloatField(null=True)
    level = models.PositiveSmallIntegerField(null=True)
    exception = models.CharField(max_length=40, blank=True)
    environment = models.CharField(max_length=64, blank=True)
    stdout = models.TextField(blank=True)
    stderr = models.TextField(blank=True)
    report = models.JSONField(null=True)
    judge_log = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "attempt"], name="one_run_per_attempt")]
        indexes = [
            models.Index(fields=["node"], condition=models.Q(ended_at=None), name="run_going_on"),
            models.Index(fields=["ended_at"], condition=models.Q(excused=False), name="run_charged"),
            models.Index(fields=["started_at"], condition=models.Q(accounted=False), name="run_unaccounted"),
        ]

    def __str__(self) -> str:
        return f"{self.job_id}/{self.attempt}"


class RunFile(models.Model):
    """A file that came out of a run."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=500)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "name"], name="one_run_file_per_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def filename(self) -> str:
        """What it is called where it is saved: its name without the folders."""
        return self.name.rpartition("/")[2]
