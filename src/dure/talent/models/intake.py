"""Intakes with their hosts and sponsors, and the stays of people: from getting ready to a year after the return."""

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.learn import api as learn
from dure.people import api as people
from dure.talent.intakes import visibility, workflows
from dure.talent.models.opening import Opening


class IntakeQuerySet(models.QuerySet["Intake"]):
    def visible_to(self, person: Any) -> "IntakeQuerySet":
        return self.filter(visibility.intake_q(person)).distinct()


class Intake(Stateful):
    """One run of a programme. States: `workflows.INTAKE`. `organisation` runs it; `term` is what people call the run (2027-1)."""

    workflow = workflows.INTAKE

    class Kind(models.TextChoices):
        EXCHANGE = "exchange", _("Exchange")
        INTERNSHIP = "internship", _("Internship")
        SCHOLARSHIP = "scholarship", _("Scholarship")
        SECONDMENT = "secondment", _("Secondment")
        TEAM = "team", _("Placement into project teams")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.INTAKE.choices, default="preparing")
    organisation = models.ForeignKey(people.Organisation, on_delete=models.PROTECT, related_name="intakes")
    programme = models.ForeignKey(
        learn.Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="intakes"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    term = models.CharField(max_length=40)
    title_ko = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    about_ko = models.TextField(max_length=4000)
    about_en = models.TextField(max_length=4000)
    eligibility_ko = models.TextField(blank=True, max_length=2000)
    eligibility_en = models.TextField(blank=True, max_length=2000)
    documents_ko = models.TextField(blank=True, max_length=2000)
    documents_en = models.TextField(blank=True, max_length=2000)
    is_abroad = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField()
    made_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "-id"], name="intake_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="intake_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return i18n.localized(self, "title")


class IntakeHost(models.Model):
    """Where people go: an opening with its seats, under the name of a group where one host has several."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="hosts")
    opening = models.OneToOneField(Opening, on_delete=models.PROTECT, related_name="intake_host")
    group_ko = models.CharField(max_length=120, blank=True)
    group_en = models.CharField(max_length=120, blank=True)
    supervisor = models.ForeignKey(
        people.Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.group or self.opening.title

    @property
    def group(self) -> str:
        """The group's name in the reader's language."""
        return i18n.localized(self, "group")


class IntakeSponsor(models.Model):
    """Who pays for how many seats, and what for."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="sponsors")
    organisation = models.ForeignKey(people.Organisation, on_delete=models.PROTECT, related_name="+")
    seats = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    pays_ko = models.CharField(max_length=300, blank=True)
    pays_en = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["intake", "organisation"], name="one_sponsorship_per_intake")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"


class StayQuerySet(models.QuerySet["Stay"]):
    def visible_to(self, person: Any) -> "StayQuerySet":
        return self.filter(visibility.stay_q(person))


class Stay(Stateful):
    """A person's stay with a host. States: `workflows.STAY`.

    `source` is the uid of the application or of the placement round that gave the place. `return_report` is written after the
    return. `reports_asked_for` is the last month whose reports were asked for. A year later its person is asked where they are:
    `asked_later_at` is when that is due, `told_later_at` when it was asked, `later` the answer.
    """

    workflow = workflows.STAY

    class Later(models.TextChoices):
        HOST = "host", _("With the host")
        MEMBER = "member", _("With another member of the alliance")
        ELSEWHERE = "elsewhere", _("Employed elsewhere")
        STUDYING = "studying", _("Studying")
        FOUNDING = "founding", _("Founding a company")
        LOOKING = "looking", _("Looking for work")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.STAY.choices, default="preparing")
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="stays")
    host = models.ForeignKey(IntakeHost, on_delete=models.PROTECT, related_name="stays")
    sponsor = models.ForeignKey(
        IntakeSponsor, null=True, blank=True, on_delete=models.PROTECT, related_name="stays"
    )
    person = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="stays")
    supervisor = models.ForeignKey(
        people.Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="supervised_stays"
    )
    source = models.CharField(max_length=60, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    return_report = models.TextField(blank=True, max_length=8000)
    reported_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, max_length=2000)
    reports_asked_for = models.DateField(null=True)
    asked_later_at = models.DateTimeField(null=True)
    told_later_at = models.DateTimeField(null=True)
    later = models.CharField(max_length=10, blank=True, choices=Later.choices)
    created_at = models.DateTimeField(default=clock.now)

    objects = StayQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["state", "ends_on"], name="stay_by_end"),
            models.Index(fields=["asked_later_at"], name="stay_by_question"),
        ]
        constraints = [models.UniqueConstraint(fields=["intake", "person"], name="one_stay_per_intake")]

    def __str__(self) -> str:
        return f"{self.person}"


class Duty(models.Model):
    """Something to be done for a stay. `is_needed`: before it begins, unless waived with a reason."""

    class Kind(models.TextChoices):
        VISA = "visa", _("Visa")
        INSURANCE = "insurance", _("Insurance")
        HOUSING = "housing", _("Housing")
        CONFIDENTIALITY = "confidentiality", _("Confidentiality agreement")
        SAFETY = "safety", _("Safety training")
        OTHER = "other", _("Other")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    stay = models.ForeignKey(Stay, on_delete=models.CASCADE, related_name="duties")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    what_ko = models.CharField(max_length=200)
    what_en = models.CharField(max_length=200)
    due_on = models.DateField()
    is_needed = models.BooleanField(default=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    waived_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return i18n.localized(self, "what")


class Stipend(models.Model):
    """One payment of a stay's schedule, in whole units of the currency."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    stay = models.ForeignKey(Stay, on_delete=models.CASCADE, related_name="stipends")
    due_on = models.DateField()
    amount = models.PositiveBigIntegerField(validators=[MinValueValidator(1)])
    currency = models.CharField(max_length=3, default="KRW")
    paid_on = models.DateField(null=True, blank=True)
    noted_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class MonthlyReport(models.Model):
    """What one side says of one month: the participant or the host. `trouble` asks for help, and `answer` says what was done."""

    class Side(models.TextChoices):
        PARTICIPANT = "participant", _("Participant")
        HOST = "host", pgettext_lazy("stay", "Host")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    stay = models.ForeignKey(Stay, on_delete=models.CASCADE, related_name="reports")
    side = models.CharField(max_length=12, choices=Side.choices)
    month = models.DateField()
    did = models.TextField(max_length=4000)
    next_steps = models.TextField(blank=True, max_length=2000)
    trouble = models.TextField(blank=True, max_length=2000)
    answer = models.TextField(blank=True, max_length=2000)
    answered_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True)
    written_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-month", "side"]
        constraints = [
            models.UniqueConstraint(fields=["stay", "side", "month"], name="one_report_per_side_and_month")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.side}"


class AcademicCredit(models.Model):
    """Credit that an institution gives for a stay, in its own points."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    stay = models.ForeignKey(Stay, on_delete=models.CASCADE, related_name="credits")
    institution = models.ForeignKey(people.Organisation, on_delete=models.PROTECT, related_name="+")
    course = models.CharField(max_length=200)
    points = models.DecimalField(max_digits=5, decimal_places=1, validators=[MinValueValidator(0)])
    given_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.course} {self.points}"
