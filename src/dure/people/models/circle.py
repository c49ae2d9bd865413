"""Circles: who shares something."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.people.models.organisation import Organisation
from dure.people.models.person import Person


class Circle(models.Model):
    """A named set of organisations and people that shares something. `closed_at` set: nothing is shared through it any more.

    Rejected: sharing with "all members" by default; rivals are members side by side.
    """

    class Kind(models.TextChoices):
        TEAM = "team", _("Team")
        WORKROOM = "workroom", _("Workroom")
        AGREEMENT = "agreement", _("Agreement")
        PROJECT = "project", _("Project")
        COHORT = "cohort", _("Cohort")
        SHARED = "shared", _("Shared by name")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name_ko = models.CharField(max_length=160, blank=True)
    name_en = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return i18n.localized(self, "name")


class CircleMember(models.Model):
    """One person, or everybody currently in one organisation, in a circle. `until` set: was in it until then."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person=None, organisation__isnull=False)
                | models.Q(person__isnull=False, organisation=None),
                name="circle_member_is_one_of_two",
            ),
            models.UniqueConstraint(
                fields=["circle", "person"], condition=models.Q(until=None), name="once_in_circle"
            ),
            models.UniqueConstraint(
                fields=["circle", "organisation"],
                condition=models.Q(until=None),
                name="organisation_once_in_circle",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.circle_id}: {self.person_id or self.organisation_id}"
