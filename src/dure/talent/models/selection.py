"""How an organisation chooses: structured reviews, and the times at which it meets applicants."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.people import api as people
from dure.talent.models.application import Application
from dure.talent.models.opening import Opening


class Review(models.Model):
    """One reviewer on one application.

    `scores` maps the skills that the opening asks for to {"score": 1 to 4, "words": why}. With a conflict declared nothing else is
    read, and its writer decides nothing about this application.
    """

    class Recommendation(models.TextChoices):
        OFFER = "offer", _("Offer a seat")
        INTERVIEW = "interview", _("Meet first")
        WAITLIST = "waitlist", _("Put on the waiting list")
        REJECT = "reject", _("Do not take")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="+")
    scores = models.JSONField(default=dict)
    recommendation = models.CharField(max_length=12, choices=Recommendation.choices, blank=True)
    words = models.TextField(max_length=4000, blank=True)
    has_conflict = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "reviewer"], name="one_review_per_reviewer")
        ]

    def __str__(self) -> str:
        return f"{self.uid}"


class InterviewSlot(models.Model):
    """A time at which the organisation meets one applicant, at a place or behind a link. `taken_by` is who chose it."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=500, blank=True)
    taken_by = models.OneToOneField(Application, null=True, on_delete=models.SET_NULL, related_name="slot")
    made_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["starts_at", "id"]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"
