"""The ledger's rows: periods, transactions and their legs, and values by date."""

from typing import Any, Final

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from dure.alliance.ledger import visibility, workflows
from dure.engines import ledger as engine
from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.foundation.models import Blob
from dure.foundation.workflow import Stateful
from dure.people import api as people

THIS_TRANSACTION: Final = RawSQL("pg_current_xact_id()::text::bigint", [])
"""The number of the database's own transaction: legs join a transaction of the ledger only within it."""


class LedgerPeriod(Stateful):
    """A quarter. States: `workflows.PERIOD`. A trigger refuses transactions in one that is closed.

    `told_at` is when those concerned were told that it is over.
    """

    workflow = workflows.PERIOD

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(
        max_length=32, choices=workflows.PERIOD.choices, default=workflows.PERIOD.first.name
    )
    starts_on = models.DateField(unique=True)
    closed_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-starts_on"]

    def __str__(self) -> str:
        return self.name

    @property
    def quarter(self) -> engine.Quarter:
        return engine.quarter_of(self.starts_on)

    @property
    def name(self) -> str:
        return self.quarter.name


class LedgerTransactionQuerySet(models.QuerySet["LedgerTransaction"]):
    def visible_to(self, person: Any) -> "LedgerTransactionQuerySet":
        return self.filter(visibility.transaction_q(person))


class LedgerTransaction(models.Model):
    """A fact that is posted once: `source` and `source_id` name it for ever. Append-only: triggers refuse any change.

    `occurred_at` is when it happened; a fact that is told after its quarter was closed counts in a later `period`. `commitment` is
    the promise that it keeps. A correction is another transaction that `reverses` it. At commit the database refuses one whose
    legs do not add up to nothing in each unit. Rejected: a balance kept beside the legs, because two figures can disagree.
    """

    class Source(models.TextChoices):
        FARM = "farm", _("Farm")
        COHORT = "cohort", _("Cohort")
        PARTNER = "partner", _("Partner’s course")
        STAY = "stay", _("Stay")
        OFFER = "offer", _("Accepted offer")
        HAND = "hand", _("Entered by hand")
        FILE = "file", _("File")
        REVERSAL = "reversal", _("Reversal")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    source = models.CharField(max_length=12, choices=Source.choices)
    source_id = models.CharField(max_length=240)
    what = models.CharField(max_length=300, blank=True)
    occurred_at = models.DateTimeField()
    period = models.ForeignKey(LedgerPeriod, on_delete=models.PROTECT, related_name="transactions")
    recorded_by = models.ForeignKey(people.Person, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    commitment = models.ForeignKey(
        "alliance.Commitment", null=True, on_delete=models.PROTECT, related_name="transactions"
    )
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversal")
    posted_in = models.BigIntegerField(db_default=THIS_TRANSACTION, editable=False)

    objects = LedgerTransactionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="ledger_fact_posted_once")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.source_id}"


class LedgerEntry(models.Model):
    """One leg. No `organisation` is the pool.

    `quantity` is positive for what was given and negative for what was used; a correction has the other sign on the same `side`.
    `period` is its transaction's, which a trigger holds, so that sums need no join.
    """

    class Side(models.TextChoices):
        GAVE = "gave", _("Gave")
        USED = "used", _("Used")

    transaction = models.ForeignKey(LedgerTransaction, on_delete=models.PROTECT, related_name="entries")
    period = models.ForeignKey(
        LedgerPeriod, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    organisation = models.ForeignKey(
        people.Organisation, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    side = models.CharField(max_length=4, choices=Side.choices)
    unit = models.CharField(max_length=48)
    quantity = models.DecimalField(max_digits=20, decimal_places=4)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["organisation", "period", "unit"],
                include=["side", "quantity", "transaction"],
                name="ledger_by_account",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(quantity=0), name="ledger_entry_not_zero"),
            models.CheckConstraint(condition=Q(side__in=engine.SIDES), name="ledger_entry_side"),
            models.CheckConstraint(condition=Q(unit__regex=f"^{engine.PATTERN}$"), name="ledger_entry_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.unit}"


class LedgerImport(models.Model):
    """A file of facts that somebody looked at and, once `applied_at` is set, took over; `made` counts what was new in it."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=200)
    uploaded_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)
    applied_at = models.DateTimeField(null=True)
    made = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.filename


class LedgerValue(models.Model):
    """What one of a unit is worth in points from a quarter on; of two lines for one day the later counts. Used in reports only."""

    unit = models.CharField(max_length=48)
    valid_from = models.DateField()
    points = models.DecimalField(max_digits=20, decimal_places=4)
    set_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    set_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["unit", "-valid_from", "-id"]

    def __str__(self) -> str:
        return f"{self.unit} {self.points}"
