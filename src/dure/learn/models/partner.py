"""Courses that others run elsewhere: listed here with seats, and their certificates recognised."""

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.foundation.models import Blob
from dure.foundation.workflow import Stateful
from dure.learn.partners import visibility, workflows
from dure.people import api as people


class PartnerCourseQuerySet(models.QuerySet["PartnerCourse"]):
    def visible_to(self, person: Any) -> "PartnerCourseQuerySet":
        return self.filter(visibility.course_q(person))


class PartnerCourse(Stateful):
    """A course that is run elsewhere. States: `workflows.PARTNER_COURSE`.

    `organisation` lists it and decides on its seats; `run_by` names who runs it where that is somebody else. `skills` maps slugs
    of the catalogue to levels. `achievement` is the address by which its certificate names it: what is signed for another
    achievement of the same issuer is not recognised by signature.
    """

    workflow = workflows.PARTNER_COURSE

    class Kind(models.TextChoices):
        INSTITUTE = "institute", _("Programme of an institute")
        MOOC = "mooc", _("Open online course (MOOC)")

    class Language(models.TextChoices):
        KOREAN = "ko", _("Korean")
        ENGLISH = "en", _("English")
        BOTH = "both", _("Korean and English")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.PARTNER_COURSE.choices, default="draft")
    organisation = models.ForeignKey(
        people.Organisation, on_delete=models.PROTECT, related_name="partner_courses"
    )
    run_by = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title_ko = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    summary_ko = models.TextField(max_length=2000)
    summary_en = models.TextField(max_length=2000)
    terms_ko = models.TextField(blank=True, max_length=2000)
    terms_en = models.TextField(blank=True, max_length=2000)
    url = models.URLField(max_length=500)
    language = models.CharField(max_length=4, choices=Language.choices)
    hours = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    apply_until = models.DateField(null=True, blank=True)
    skills = models.JSONField(default=dict)
    achievement = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = PartnerCourseQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "-id"], name="partner_course_by_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return i18n.localized(self, "title")


class PartnerSeats(models.Model):
    """Seats that the organisation of a partner's course gives: to the people of `reserved_for`, or to anybody.

    `returned` of them were taken back and are no seats any more. What is taken is counted from the places.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    course = models.ForeignKey(PartnerCourse, on_delete=models.CASCADE, related_name="blocks")
    reserved_for = models.ForeignKey(
        people.Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seats = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    returned = models.PositiveSmallIntegerField(default=0)
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(returned__lte=models.F("seats")), name="no_more_partner_seats_returned"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seats - self.returned}"


class PartnerPlace(Stateful):
    """A person's place in a partner's course, from asking on. States: `workflows.PARTNER_PLACE`. With a place there is `block`."""

    workflow = workflows.PARTNER_PLACE

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.PARTNER_PLACE.choices, default="asked")
    course = models.ForeignKey(PartnerCourse, on_delete=models.PROTECT, related_name="places")
    person = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="partner_places")
    organisation = models.ForeignKey(
        people.Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    block = models.ForeignKey(
        PartnerSeats, null=True, blank=True, on_delete=models.PROTECT, related_name="places"
    )
    motive = models.TextField(blank=True, max_length=2000)
    reason = models.TextField(blank=True, max_length=2000)
    asked_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [models.Index(fields=["course", "state", "asked_at"], name="partner_place_in_course")]
        constraints = [
            models.UniqueConstraint(fields=["course", "person"], name="one_partner_place_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class TrustedIssuer(models.Model):
    """Who signs the certificates of a partner's course, with the keys that were read at `keys_url`.

    `issuer` is the address by which credentials name who signed them. `trouble` is why the keys could not be read last time;
    keys that were read before go on counting.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    course = models.ForeignKey(PartnerCourse, on_delete=models.CASCADE, related_name="issuers")
    name = models.CharField(max_length=160)
    issuer = models.CharField(max_length=500)
    keys_url = models.CharField(max_length=500)
    keys = models.JSONField(default=list)
    read_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(default=clock.now)
    trouble = models.CharField(max_length=40, blank=True)
    named_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["course", "issuer"], name="one_trust_per_issuer"),
        ]

    def __str__(self) -> str:
        return self.name


class RecognitionQuerySet(models.QuerySet["Recognition"]):
    def visible_to(self, person: Any) -> "RecognitionQuerySet":
        return self.filter(visibility.recognition_q(person))


class Recognition(Stateful):
    """A certificate of a partner's course as its holder handed it in, and what became of it. States: `workflows.RECOGNITION`.

    One of `token` (a signed credential), `blob` (a PDF) and `link` is there. `findings` are the codes of why a signature did not
    settle it. `skills` are those of the course as they stood when it was recognised: what is listed later changes nothing.
    """

    workflow = workflows.RECOGNITION

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.RECOGNITION.choices, default="handed_in")
    course = models.ForeignKey(PartnerCourse, on_delete=models.PROTECT, related_name="recognitions")
    person = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="recognitions")
    token = models.TextField(blank=True)
    blob = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=500, blank=True)
    note = models.TextField(blank=True, max_length=2000)
    findings = models.JSONField(default=list)
    said = models.JSONField(default=dict)
    issuer = models.ForeignKey(TrustedIssuer, null=True, on_delete=models.SET_NULL, related_name="+")
    issuer_name = models.CharField(max_length=160, blank=True)
    skills = models.JSONField(default=dict)
    handed_in_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(people.Person, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True, max_length=2000)

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "id"], name="recognition_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "person"],
                condition=models.Q(state__in=["handed_in", "verified", "accepted"]),
                name="one_recognition_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.course}"
