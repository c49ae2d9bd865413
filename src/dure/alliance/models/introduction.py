"""What comes of a startup: introductions, rounds of investment, and what became of it afterwards."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.alliance.introductions import workflows
from dure.alliance.models.incubation import StartupCase
from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people


class StartupIntroduction(Stateful):
    """A startup is introduced to a member, or to a partner elsewhere by name. States: `workflows.INTRODUCTION`.

    `poc_on` and `contract_on` stay, however it ends, so that years can count them.
    """

    workflow = workflows.INTRODUCTION

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.INTRODUCTION.choices, default="asked")
    case = models.ForeignKey(StartupCase, on_delete=models.CASCADE, related_name="introductions")
    organisation = models.ForeignKey(
        people.Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    partner = models.CharField(max_length=160, blank=True)
    country = models.CharField(max_length=2, default="KR")
    what = models.CharField(max_length=500)
    asked_on = models.DateField(default=clock.today)
    poc_on = models.DateField(null=True)
    contract_on = models.DateField(null=True)
    reason = models.TextField(max_length=2000, blank=True)
    by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-asked_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False) ^ ~models.Q(partner=""),
                name="introduced_to_one",
            )
        ]

    def __str__(self) -> str:
        return self.to

    @property
    def to(self) -> str:
        """To whom, in the reader's language."""
        return i18n.localized(self.organisation, "name") if self.organisation else self.partner


class StartupRound(models.Model):
    """An investment, as far as it is disclosed: no `amount` and no `investors` where that is not."""

    class Kind(models.TextChoices):
        SEED = "seed", _("Seed")
        EARLY = "early", _("Early round (A, B)")
        LATE = "late", _("Later round")
        LOAN = "loan", _("Loan or convertible")
        GRANT = "grant", _("Public grant")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    case = models.ForeignKey(StartupCase, on_delete=models.CASCADE, related_name="rounds")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    closed_on = models.DateField()
    investors = models.CharField(max_length=500, blank=True)
    amount = models.DecimalField(
        max_digits=15, decimal_places=2, null=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(max_length=3, default="KRW")
    by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-closed_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount=None) | models.Q(amount__gt=0), name="startup_round_of_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.closed_on}"


class StartupOutcome(models.Model):
    """What became of a startup on a day; the newest counts."""

    class Kind(models.TextChoices):
        GOES_ON = "goes_on", _("It goes on")
        BOUGHT = "bought", _("It was bought")
        LISTED = "listed", _("It is listed on an exchange")
        CLOSED = "closed", _("It has closed")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    case = models.ForeignKey(StartupCase, on_delete=models.CASCADE, related_name="outcomes")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    on = models.DateField()
    words = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.kind}"
