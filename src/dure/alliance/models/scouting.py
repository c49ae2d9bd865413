"""Scouting: startups at home and abroad that somebody of the alliance looks at, and who met whom there when."""

from typing import Any

from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from dure.alliance.models.guru import Field
from dure.alliance.scouting import visibility, workflows
from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people


class Stage(models.TextChoices):
    """How far a startup is."""

    IDEA = "idea", _("Idea")
    PROTOTYPE = "prototype", _("Prototype")
    FIRST_USERS = "first_users", _("First customers")
    GROWING = "growing", _("Growing")
    MATURE = "mature", _("Established")


class Reach(models.TextChoices):
    """Who reads what somebody wrote down while scouting."""

    OWN = "own", _("Only those who scout for the same organisation")
    SHARED = "shared", _("Everybody who scouts, and the secretariat")


class ScoutedStartupQuerySet(models.QuerySet["ScoutedStartup"]):
    def visible_to(self, person: Any) -> "ScoutedStartupQuerySet":
        return self.filter(visibility.scouted_q(person))


class ScoutedStartup(Stateful):
    """A startup that `organisation` looks at, or the secretariat where that is empty. States: `workflows.SCOUTED_STARTUP`."""

    workflow = workflows.SCOUTED_STARTUP

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.SCOUTED_STARTUP.choices, default="watching")
    organisation = models.ForeignKey(
        people.Organisation, null=True, on_delete=models.PROTECT, related_name="scouted"
    )
    reach = models.CharField(max_length=8, choices=Reach.choices, default=Reach.OWN)
    name_ko = models.CharField(max_length=160, blank=True)
    name_en = models.CharField(max_length=160, blank=True)
    country = models.CharField(max_length=2, default="KR")
    region = models.CharField(max_length=80, blank=True)
    fields = models.JSONField(default=list)
    site = models.CharField(max_length=300, blank=True)
    founded = models.PositiveSmallIntegerField(null=True)
    stage = models.CharField(max_length=12, choices=Stage.choices)
    about_ko = models.TextField(max_length=2000, blank=True)
    about_en = models.TextField(max_length=2000, blank=True)
    reason = models.TextField(max_length=2000, blank=True)
    entered_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = ScoutedStartupQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["country", "-id"], name="scouted_by_country"),
            models.Index(fields=["state", "-id"], name="scouted_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "country",
                Lower("name_ko"),
                Lower("name_en"),
                name="scouted_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def keepers(self) -> dict[Any, bool]:
        """What `rules.keeps` has found for a person; a fresh row starts anew."""
        return {}

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return i18n.localized(self, "name")

    @property
    def field_labels(self) -> list[str]:
        """Its fields in the reader's language."""
        return [str(Field(one).label) for one in self.fields if one in Field.values]


class ScoutingMeetingQuerySet(models.QuerySet["ScoutingMeeting"]):
    def visible_to(self, person: Any) -> "ScoutingMeetingQuerySet":
        return self.filter(visibility.written_q(person))


class ScoutingMeeting(models.Model):
    """Who of the alliance met whom of a startup when, and what was said; it belongs to the `organisation` of who wrote it.

    `contacts` names people who have no account here: nobody else reads it, and the clock empties it.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    startup = models.ForeignKey(ScoutedStartup, on_delete=models.CASCADE, related_name="meetings")
    organisation = models.ForeignKey(
        people.Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reach = models.CharField(max_length=8, choices=Reach.choices, default=Reach.OWN)
    met_on = models.DateField()
    attended = models.ManyToManyField(people.Person, related_name="+")
    contacts = models.CharField(max_length=300, blank=True)
    said = models.TextField(max_length=4000)
    by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = ScoutingMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-met_on", "-id"]
        indexes = [models.Index(fields=["met_on"], name="scouting_meeting_by_day")]

    def __str__(self) -> str:
        return f"{self.startup_id}: {self.met_on}"
