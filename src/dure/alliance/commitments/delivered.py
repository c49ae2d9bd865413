"""What was delivered of commitments: the one place that knows where it is counted."""

from collections.abc import Iterable
from decimal import Decimal

from django.apps import apps
from django.db.models import Sum


def delivered(commitment_ids: Iterable[int]) -> dict[int, Decimal]:
    """How much of each commitment was delivered, in its own unit; zero for those of which nothing was. One query."""
    wanted = list(commitment_ids)
    rows = apps.get_model("alliance", "Delivery").objects.filter(commitment_id__in=wanted)
    sums = dict(rows.order_by().values_list("commitment_id").annotate(sum=Sum("quantity")))
    return {pk: sums.get(pk, Decimal(0)) for pk in wanted}
