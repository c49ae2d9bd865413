"""What the figures of a year rest on: how large organisations are and where they sit, and the figures as they were published."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.people import api as people


class OrganisationFacts(models.Model):
    """How large an organisation is and where its seat is, as the secretariat noted it. `region` is a code of `engines.openings`."""

    class Size(models.TextChoices):
        SMALL = "small", _("Small or medium firm")
        MIDDLE = "middle", _("Middle-sized firm")
        LARGE = "large", _("Large firm")
        INSTITUTION = "institution", _("University, institute or public body")

    organisation = models.OneToOneField(
        people.Organisation, on_delete=models.CASCADE, related_name="alliance_facts"
    )
    size = models.CharField(max_length=12, choices=Size.choices, blank=True)
    region = models.CharField(max_length=8, blank=True)
    noted_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    noted_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["organisation_id"]

    def __str__(self) -> str:
        return f"{self.size} {self.region}"


class FiguresPublication(models.Model):
    """The figures of a year as they stood when they were published; never changed. `sha256` is that of `content`'s canonical form.

    A correction is another publication of the same year, whose `note` says what changed.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    year = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    note = models.TextField(max_length=2000, blank=True)
    published_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-year", "-id"]

    def __str__(self) -> str:
        return f"{self.year}: {self.sha256[:12]}"
