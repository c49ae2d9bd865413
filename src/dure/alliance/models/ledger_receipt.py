"""Receipts: what somebody gave by hand, before it stands in the ledger."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dure.alliance.ledger import visibility, words, workflows
from dure.engines import ledger as engine
from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people


class LedgerReceiptQuerySet(models.QuerySet["LedgerReceipt"]):
    def visible_to(self, person: Any) -> "LedgerReceiptQuerySet":
        return self.filter(visibility.receipt_q(person))


class LedgerReceipt(Stateful):
    """Money, people's days, space or data that `giver` gave to `receiver`, as its giver says. States: `workflows.RECEIPT`.

    No `giver` is somebody outside the alliance, no `receiver` is all members: the pool. Once confirmed it is posted. `source_id`
    of its transaction names it. Rejected: entries of the ledger that wait for confirmation, because nothing there ever changes.
    """

    workflow = workflows.RECEIPT

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(
        max_length=32, choices=workflows.RECEIPT.choices, default=workflows.RECEIPT.first.name
    )
    giver = models.ForeignKey(
        people.Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    receiver = models.ForeignKey(
        people.Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.CharField(max_length=48)
    quantity = models.DecimalField(max_digits=20, decimal_places=4)
    happened_on = models.DateField()
    reference = models.CharField(max_length=120)
    what = models.CharField(max_length=300, blank=True)
    commitment = models.ForeignKey(
        "alliance.Commitment", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True, max_length=2000)
    entered_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)

    objects = LedgerReceiptQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "happened_on"], name="ledger_receipt_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="ledger_receipt_of_something"),
            models.CheckConstraint(
                condition=Q(unit__regex=f"^{engine.PATTERN}$"), name="ledger_receipt_unit"
            ),
            models.CheckConstraint(
                condition=Q(giver__isnull=False) | Q(receiver__isnull=False),
                name="ledger_receipt_of_a_member",
            ),
            models.UniqueConstraint(
                F("giver"),
                F("reference"),
                condition=~Q(state__in=("declined", "withdrawn")),
                nulls_distinct=False,
                name="ledger_receipt_entered_once",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def giver_name(self) -> str:
        return self.giver.name if self.giver else str(_("somebody outside the alliance"))

    @property
    def receiver_name(self) -> str:
        return self.receiver.name if self.receiver else str(_("all members"))

    @property
    def unit_label(self) -> str:
        return words.unit_words(self.unit)
