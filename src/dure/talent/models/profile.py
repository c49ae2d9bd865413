"""What a person looks for, to whom what of it is shown, who looked, and what was deleted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.people import api as people


class Profile(models.Model):
    """What a person looks for. Nobody sees it without a `ConsentGrant`.

    `kinds` are kinds of openings, `regions` codes as `engines.openings` has them, `languages` maps codes to levels 1 to 6.
    `keep_until` is the day on which all of a person's talent data are deleted unless they keep them longer; `reminded_on` the
    day on which they were told. `gathered_at` is None when facts may have changed since evidence was last gathered.

    Nothing is gathered about people without this row: it begins when they first open their evidence, or use or show it.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.OneToOneField(people.Person, on_delete=models.CASCADE, related_name="talent_profile")
    about_ko = models.TextField(blank=True, max_length=2000)
    about_en = models.TextField(blank=True, max_length=2000)
    kinds = models.JSONField(default=list)
    regions = models.JSONField(default=list)
    remote = models.BooleanField(default=False)
    languages = models.JSONField(default=dict)
    available_from = models.DateField(null=True, blank=True)
    available_until = models.DateField(null=True, blank=True)
    weekly_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    keep_until = models.DateField()
    reminded_on = models.DateField(null=True)
    gathered_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["keep_until"], name="profile_by_keep_until"),
            models.Index(fields=["gathered_at"], name="profile_by_gathered_at"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"


class ConsentGrantQuerySet(models.QuerySet["ConsentGrant"]):
    def in_force(self) -> "ConsentGrantQuerySet":
        """Given, not taken back and not run out: each look asks this anew, so that taking back works at once."""
        return self.filter(withdrawn_at=None, expires_on__gte=clock.today())


class ConsentGrant(models.Model):
    """A person's yes to one purpose for one audience: all members, or one organisation. `fields` says what is shown."""

    class Purpose(models.TextChoices):
        BE_FOUND = "be_found", _("Be suggested for openings, without my name")
        TEAMS = "teams", _("Be proposed for teams, without my name")
        MEASURE = "measure", _("Count in figures about suggestions")
        AUDITS = "audits", _("Keep for audits what my evidence said when I applied")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="consent_grants")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    organisation = models.ForeignKey(
        people.Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    fields = models.JSONField(default=list)
    given_at = models.DateTimeField(default=clock.now)
    expires_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = ConsentGrantQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["purpose", "withdrawn_at", "expires_on"], name="consent_by_purpose")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "organisation"],
                condition=models.Q(withdrawn_at=None),
                nulls_distinct=False,
                name="one_grant_per_audience",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose}"


class AccessEntry(models.Model):
    """Somebody looked at what a person shows: who, for which organisation, why and what. Its person reads it."""

    person = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="talent_access")
    by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    organisation = models.ForeignKey(
        people.Organisation, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    purpose = models.CharField(max_length=40)
    what = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["person", "-id"], name="talent_access_of_person")]

    def __str__(self) -> str:
        return self.what


class DeletionReceipt(models.Model):
    """Says what was deleted and when, by hash and count alone: nothing of it can be read from the receipt."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    why = models.CharField(max_length=40)
    counts = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.uid}"
