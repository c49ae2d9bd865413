"""Sessions of a cohort: when and where it meets, who was there, and the calendar that says so."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.learn.models.cohort import Cohort, Place
from dure.people import api as people


class Room(models.Model):
    """Where an organisation can have people meet. `access_ko` and `access_en` say how to come in, also with a wheelchair."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    organisation = models.ForeignKey(people.Organisation, on_delete=models.PROTECT, related_name="rooms")
    name_ko = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    address_ko = models.CharField(max_length=300)
    address_en = models.CharField(max_length=300)
    access_ko = models.CharField(max_length=300, blank=True)
    access_en = models.CharField(max_length=300, blank=True)
    seats = models.PositiveSmallIntegerField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["organisation_id", "name_ko"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return i18n.localized(self, "name")

    @property
    def address(self) -> str:
        return i18n.localized(self, "address")


class ClassSession(models.Model):
    """A meeting of a cohort, online, on site or both. `break_minutes` are no hours of teaching.

    `revision` counts changes: calendars take a change by it. `prestart_minutes` before the start, labs are started for those who
    have a place (0: none); `prestarted_at` says that it was done.
    """

    class Kind(models.TextChoices):
        ONLINE = "online", _("Online")
        ON_SITE = "onsite", _("On site")
        HYBRID = "hybrid", _("On site and online")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="sessions")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title_ko = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    unit = models.CharField(max_length=60, blank=True)
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions")
    link = models.URLField(blank=True, max_length=500)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    break_minutes = models.PositiveSmallIntegerField(default=0)
    prestart_minutes = models.PositiveSmallIntegerField(default=0)
    prestarted_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["cohort", "starts_at"], name="session_of_cohort"),
            models.Index(fields=["room", "starts_at"], name="session_in_room"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="session_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return i18n.localized(self, "title")

    @property
    def minutes(self) -> int:
        """Minutes of teaching: from start to end without the break."""
        whole: timedelta = self.ends_at - self.starts_at
        return max(0, int(whole.total_seconds()) // 60 - self.break_minutes)


class Attendance(models.Model):
    """What was found of one person's attendance of one session, append-only in the database: the last row is what holds.

    `minutes` of teaching that count; `way` says how it was found, `by` who wrote it where a person did. A row that takes the
    place of another has a reason.
    """

    class Status(models.TextChoices):
        PRESENT = "present", _("Present")
        LATE = "late", _("Late")
        LEFT = "left", _("Left early")
        EXCUSED = "excused", _("Excused")
        ABSENT = "absent", _("Absent")

    class Way(models.TextChoices):
        CODE = "code", _("Code in the room")
        STAFF = "staff", _("Written by a coach")
        LOG = "log", _("Work on the platform")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    session = models.ForeignKey(ClassSession, on_delete=models.PROTECT, related_name="attendance")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="attendance")
    status = models.CharField(max_length=8, choices=Status.choices)
    minutes = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=8, choices=Way.choices)
    entered_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(people.Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["session", "place", "-id"], name="attendance_of_place")]

    def __str__(self) -> str:
        return f"{self.place}: {self.status}"


class CalendarFeed(models.Model):
    """The secret address of a person's calendar: made from `nonce` and the installation's key, void once the nonce is a new one."""

    person = models.OneToOneField(people.Person, on_delete=models.CASCADE, related_name="calendar_feed")
    nonce = models.CharField(max_length=32)
    made_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.person}"
