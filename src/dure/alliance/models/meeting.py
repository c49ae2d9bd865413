"""Events of the alliance: what is held when and where, its programme, who comes, and what stays of it."""

import secrets
from typing import Any, Final

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from dure.alliance.meetings import visibility, workflows
from dure.foundation import clock, i18n
from dure.foundation.access import Audience
from dure.foundation.ids import uuid7
from dure.foundation.models import Blob
from dure.foundation.workflow import Stateful
from dure.people import api as people

LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that are taken for each other when somebody reads a code aloud."""


def ticket() -> str:
    """What somebody says at the desk; nobody guesses it."""
    return "".join(secrets.choice(LETTERS) for _letter in range(8))


def proof() -> str:
    """The secret part of the address at which a certificate is checked."""
    return secrets.token_urlsafe(18)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, person: Any) -> "MeetingQuerySet":
        return self.filter(visibility.meeting_q(person))


class Meeting(Stateful):
    """An event, which pages call by that word; here it stands for something else already. States: `workflows.MEETING`.

    `seats` None is as many as want to come. `circle` is set where `audience` is one.
    """

    workflow = workflows.MEETING

    class Kind(models.TextChoices):
        SEMINAR = "seminar", _("Seminar")
        WORKSHOP = "workshop", _("Workshop")
        TALK = "talk", _("Talk")
        DEMO_DAY = "demo_day", _("Demo day")
        JOB_FAIR = "job_fair", _("Job fair")

    class Reach(models.TextChoices):
        PUBLIC = Audience.PUBLIC.value, _("Everybody")
        MEMBERS = Audience.MEMBERS.value, _("All members")
        CIRCLE = Audience.CIRCLE.value, _("One circle")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.MEETING.choices, default="draft")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title_ko = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    text_ko = models.TextField(max_length=8000, blank=True)
    text_en = models.TextField(max_length=8000, blank=True)
    host = models.ForeignKey(
        people.Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place_ko = models.CharField(max_length=200, blank=True)
    place_en = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=500, blank=True)
    seats = models.PositiveIntegerField(null=True, blank=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    audience = models.CharField(max_length=12, choices=Reach.choices, default=Reach.MEMBERS)
    circle = models.ForeignKey(
        people.Circle, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organisers = models.ManyToManyField(people.Person, related_name="+", blank=True)
    reason = models.TextField(blank=True, max_length=2000)
    reminded_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=clock.now)
    created_at = models.DateTimeField(default=clock.now)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-id"]
        indexes = [models.Index(fields=["state", "-starts_at"], name="meeting_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_has_length"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="meeting_window"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return i18n.localized(self, "title")

    @cached_property
    def run_by(self) -> frozenset[int]:
        """Ids of the people named as its organisers."""
        return frozenset(self.organisers.values_list("pk", flat=True))

    @cached_property
    def taken(self) -> int:
        """How many seats are taken."""
        return self.registrations.filter(state__in=workflows.SEATED).count()

    @property
    def free(self) -> int | None:
        """How many seats are left; None where there is no limit."""
        return None if self.seats is None else max(0, self.seats - self.taken)


class MeetingSession(models.Model):
    """A part of the programme, in the order of its times."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sessions")
    title_ko = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_session_length")
        ]

    def __str__(self) -> str:
        return i18n.localized(self, "title")


class MeetingSpeaker(models.Model):
    """Who speaks in a session: somebody of the platform, or a guest with the line that says how they agreed to be named."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    session = models.ForeignKey(MeetingSession, on_delete=models.CASCADE, related_name="speakers")
    person = models.ForeignKey(people.Person, null=True, on_delete=models.CASCADE, related_name="+")
    guest = models.CharField(max_length=160, blank=True)
    belongs_to = models.CharField(max_length=160, blank=True)
    consent = models.CharField(max_length=300, blank=True)
    added_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, guest="", consent="")
                | (Q(person=None) & ~Q(guest="") & ~Q(consent="")),
                name="meeting_speaker_agreed",
            ),
            models.UniqueConstraint(fields=["session", "person"], name="meeting_speaker_once"),
        ]

    def __str__(self) -> str:
        return self.guest or str(self.person)


class MeetingRegistration(Stateful):
    """Somebody who comes, waits for a seat, was there, or does not come any more. States: `workflows.REGISTRATION`.

    Of a deleted account only the count is left. `code` is said at the desk; `proof` is part of the certificate's address.
    """

    workflow = workflows.REGISTRATION

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.REGISTRATION.choices, default="waiting")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="registrations")
    person = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    code = models.CharField(max_length=8, default=ticket)
    proof = models.CharField(max_length=32, default=proof, unique=True)
    reason = models.TextField(blank=True, max_length=2000)
    at = models.DateTimeField(default=clock.now)
    attended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["meeting", "state", "id"], name="registration_in_line")]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=~Q(state="cancelled"),
                name="meeting_registered_once",
            ),
            models.UniqueConstraint(fields=["meeting", "code"], name="meeting_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.person_id}"


class MeetingMaterial(models.Model):
    """What stays of an event: slides, a recording; a file, or a link elsewhere."""

    class Kind(models.TextChoices):
        MATERIAL = "material", _("Material")
        RECORDING = "recording", _("Recording")

    class Reach(models.TextChoices):
        AUDIENCE = "audience", _("Everybody who sees the event")
        REGISTERED = "registered", _("Who has a seat or was there")
        ORGANISERS = "organisers", _("Organisers alone")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="materials")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.MATERIAL)
    title = models.CharField(max_length=200)
    link = models.CharField(max_length=500, blank=True)
    blob = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=200, blank=True)
    reach = models.CharField(max_length=12, choices=Reach.choices, default=Reach.REGISTERED)
    added_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(blob=None) & ~Q(link="") | Q(blob__isnull=False, link=""),
                name="meeting_material_is_one",
            )
        ]

    def __str__(self) -> str:
        return self.title
