"""Sites: machines of a member at which programs meet data that does not travel."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.farm import visibility_sites
from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.people import api as people


class SiteQuerySet(models.QuerySet["Site"]):
    def visible_to(self, person: Any) -> "SiteQuerySet":
        return self.filter(visibility_sites.site_q(person))


class Site(models.Model):
    """A machine of a member's. It joins once, with the code it was given, and is known by its key from then on.

    `code` and `key` are hashes (SHA-256) of secrets that are kept nowhere here. `seen_at` is when it last asked for work,
    and `silent_told_at` when its owner was told that it no longer does.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    organisation = models.ForeignKey(people.Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    code = models.CharField(max_length=64, unique=True)
    code_until = models.DateTimeField()
    key = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - null does not clash, "" would
    created_by = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    joined_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    silent_told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class SiteDataset(models.Model):
    """A folder of data at a site, known here by its hash and by what may be told of its tables; never by a row.

    `tables` maps `answers`, and each file of `inputs/` and `training/`, to its rows and columns (`engines.scoring.apart`). When the
    files change the site registers anew, and the former row is withdrawn.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="datasets")
    name = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    tables = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "name"],
                condition=models.Q(withdrawn_at=None),
                name="one_site_dataset_per_name",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rows(self) -> int:
        """Rows that answers are known of."""
        return int(self.tables.get("answers", {}).get("rows", 0))


class SiteUse(models.Model):
    """What a data set is asked for, and what its owner said at the site.

    `purpose` is the uid of what asks (a challenge), `title` its name in words, `wants` what a run would get and give. `looks`,
    `looks_each` and `least_rows` are the owner's limits: runs in all, runs of one team, and the fewest rows that a score stands on.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Asked for")
        APPROVED = "approved", _("Allowed")
        REFUSED = "refused", _("Refused")
        ENDED = "ended", _("Ended")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    dataset = models.ForeignKey(SiteDataset, on_delete=models.PROTECT, related_name="uses")
    purpose = models.UUIDField(db_index=True)
    title = models.CharField(max_length=300)
    wants = models.JSONField(default=dict)
    asked_by = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    looks = models.PositiveIntegerField(default=0)
    looks_each = models.PositiveIntegerField(default=0)
    least_rows = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "purpose"],
                condition=models.Q(state__in=["asked", "approved"]),
                name="one_site_use_per_purpose",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dataset_id} {self.state}"


class SiteTask(models.Model):
    """One program to run at one site. `order` says what runs and how it is scored; `result` is what came back, written once.

    States: queued until the site answered, then done, failed_user (the program), failed_platform (the site), refused (a limit of
    the owner's), or cancelled.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waits for the site")
        DONE = "done", _("Done")
        FAILED_USER = "failed_user", _("The program failed")
        FAILED_PLATFORM = "failed_platform", _("The site failed")
        REFUSED = "refused", _("Refused by the site")
        CANCELLED = "cancelled", _("Cancelled")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    use = models.ForeignKey(SiteUse, on_delete=models.PROTECT, related_name="tasks")
    name = models.CharField(max_length=200)
    order = models.JSONField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.QUEUED)
    result = models.JSONField(default=dict)
    log = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["use"], condition=models.Q(state="queued"), name="site_task_open")]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"
