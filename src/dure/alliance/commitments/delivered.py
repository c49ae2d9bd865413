"""What was delivered of commitments: what their donors gave in the transactions of the ledger that name them."""

from collections.abc import Iterable
from decimal import Decimal

from django.apps import apps
from django.db.models import F, Sum

from dure.alliance.commitments.units import unit_of


def delivered(commitment_ids: Iterable[int]) -> dict[int, Decimal]:
    """How much of each commitment was delivered, in its own unit, less what was taken back. One query."""
    wanted = list(commitment_ids)
    found = dict.fromkeys(wanted, Decimal(0))
    entries = apps.get_model("alliance", "LedgerEntry").objects.filter(
        transaction__commitment__in=wanted,
        side="gave",
        organisation_id=F("transaction__commitment__donor_id"),
    )
    of = "transaction__commitment"
    named = entries.order_by().values_list(f"{of}_id", "unit", f"{of}__unit", f"{of}__accelerator")
    for pk, unit, promised, accelerator, quantity in named.annotate(sum=Sum("quantity")):
        if unit == unit_of(promised, accelerator):
            found[pk] += quantity
    return found
