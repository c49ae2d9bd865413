"""Shares of the farm that the secretariat has set for a time."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.people import api as people


class ShareSetQuerySet(models.QuerySet["ShareSet"]):
    def in_force(self, day: date) -> "ShareSetQuerySet":
        """Those that hold on a day; of several the latest one counts."""
        return self.filter(starts_on__lte=day, ends_on__gte=day).order_by("-id")


class ShareSet(models.Model):
    """Members' shares from one day to another, in hundredths of a percent by the organisation's uid; never changed, only followed.

    As long as a set is in force it stands in place of the shares that follow from machines and granted hours. `rule` says in words
    where it comes from. Rejected: a share on each organisation, because nobody could tell later which shares held together.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    starts_on = models.DateField()
    ends_on = models.DateField()
    shares = models.JSONField()
    rule = models.JSONField(default=dict)
    set_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    set_at = models.DateTimeField(default=clock.now)

    objects = ShareSetQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="share_set_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"
