"""Commitments: a promise of a party under an agreement, and what was delivered of it."""

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.alliance.commitments import visibility, workflows
from dure.alliance.models.agreement import Agreement
from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def visible_to(self, person: Any) -> "CommitmentQuerySet":
        return self.filter(visibility.commitment_q(person)).distinct()


class Commitment(Stateful):
    """What `donor` gives to `beneficiary`, or to all parties where that is empty. States: `workflows.COMMITMENT`.

    `unit` follows from the kind; accelerator hours are counted by the type of `accelerator`, money in a currency.
    """

    workflow = workflows.COMMITMENT

    class Kind(models.TextChoices):
        HOURS = "hours", _("Accelerator hours")
        PEOPLE = "people", _("People")
        MONEY = "money", _("Money")
        DATASET = "dataset", _("Datasets")
        SEATS = "seats", _("Seats")
        SPACE = "space", _("Space")
        EQUIPMENT = "equipment", _("Equipment")

    class Unit(models.TextChoices):
        HOUR = "hour", _("hours")
        PERSON_DAY = "person_day", _("person-days")
        KRW = "KRW", "KRW"
        CAD = "CAD", "CAD"
        USD = "USD", "USD"
        EUR = "EUR", "EUR"
        DATASET = "dataset", _("datasets")
        SEAT = "seat", _("seats")
        SQUARE_METRE = "m2", "m²"
        PIECE = "piece", _("pieces")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.COMMITMENT.choices, default="pledged")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="commitments")
    donor = models.ForeignKey(people.Organisation, on_delete=models.PROTECT, related_name="pledges")
    beneficiary = models.ForeignKey(
        people.Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    unit = models.CharField(max_length=12, choices=Unit.choices)
    accelerator = models.CharField(max_length=40, blank=True)
    quantity = models.DecimalField(max_digits=20, decimal_places=4, validators=[MinValueValidator(0)])
    starts_on = models.DateField()
    ends_on = models.DateField()
    what_ko = models.CharField(max_length=300, blank=True)
    what_en = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True, max_length=2000)
    made_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["ends_on", "id"]
        indexes = [models.Index(fields=["state", "ends_on"], name="commitment_by_state")]
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="commitment_of_something"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="commitment_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.unit}"

    @property
    def what(self) -> str:
        """What it is, in the reader's language."""
        return i18n.localized(self, "what")


class Delivery(models.Model):
    """Something delivered of a commitment, written down by the secretariat with its evidence; never changed."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="deliveries")
    quantity = models.DecimalField(max_digits=20, decimal_places=4)
    delivered_on = models.DateField()
    evidence = models.CharField(max_length=500)
    noted_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    noted_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-delivered_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(quantity=0), name="delivery_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity}"
