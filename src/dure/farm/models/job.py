"""Jobs."""

from typing import Any

from django.db import models

from dure.farm.jobs import Account, JobSpec
from dure.farm.visibility import job_q, own_q
from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.people import api as people


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, person: Any) -> "JobQuerySet":
        """The jobs of which this person may know that they exist; what of them is to be read says `rules.sight`."""
        return self.filter(job_q(person))

    def of(self, person: Any) -> "JobQuerySet":
        """The jobs this person asked for by hand, on a page or from a terminal."""
        return self.filter(own_q(person))


class Job(models.Model):
    """Something to run, asked for once; each try is a `Run`.

    Its states are those of its lease (kind `job`, subject = `uid`): queued, running, done (the program ended well), failed_user
    (it did not: its status, a signal or a limit), failed_platform (our fault, after three tries), cancelled. They change only in
    the transaction that closes the lease. The log of a `sealed` job is kept for nobody: it saw what its author must not see. One
    that is not `repeatable` is never started a second time. Of one that `is_followed` the end is told as an event: another app
    asked for it and goes on from there.

    What a person asks for once are `array_size` jobs, told apart by `array_index`, from 0 on; they share `array`. With `shared`
    the person lets the representatives of the organisation read log and files. `emptied_at` says that those are gone: by age, or
    with the account.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED_USER = "failed_user"
        FAILED_PLATFORM = "failed_platform"
        CANCELLED = "cancelled"

    class Class(models.TextChoices):
        LAB = "lab"
        EVALUATION = "evaluation"
        NORMAL = "normal"
        SCAVENGER = "scavenger"

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=200)
    job_class = models.CharField(max_length=12, choices=Class.choices, default=Class.NORMAL)
    organisation = models.ForeignKey(
        people.Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    project = models.CharField(max_length=80, blank=True)
    person = models.ForeignKey(people.Person, on_delete=models.PROTECT, null=True, related_name="+")
    spec = models.JSONField()
    sealed = models.BooleanField(default=False)
    repeatable = models.BooleanField(default=True)
    is_followed = models.BooleanField(default=False)
    array = models.UUIDField(null=True, editable=False)
    array_index = models.PositiveSmallIntegerField(null=True, editable=False)
    array_size = models.PositiveSmallIntegerField(default=1, editable=False)
    shared = models.BooleanField(default=False)
    state = models.CharField(max_length=16, choices=State.choices, default=State.QUEUED)
    created_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["array", "array_index"], name="one_job_per_array_index"),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="job_of_person"),
            models.Index(fields=["organisation", "-id"], name="job_of_organisation"),
            models.Index(fields=["finished_at"], condition=models.Q(emptied_at=None), name="job_to_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_array(self) -> bool:
        """Whether others were asked for together with it."""
        return self.array_size > 1

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.finished_at is None

    @property
    def wants(self) -> JobSpec:
        return JobSpec.of_json(self.spec)

    @property
    def account(self) -> Account:
        organisation = self.organisation.uid if self.organisation else None
        return Account(
            organisation=organisation,
            project=self.project,
            person=self.person.uid if self.person else None,
        )
