"""What waits for a person in the ledger: confirming what one's organisation received, closing a quarter that is over."""

from typing import Any, Final

from django.db.models import CharField, DateField, DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, TruncQuarter
from django.utils.translation import gettext_lazy as _

from dure.alliance.models import LedgerPeriod, LedgerReceipt
from dure.foundation import clock
from dure.foundation.access import Role, has_role
from dure.foundation.waiting import Waiting, declare
from dure.people import api as people

DAY: Final = Cast(F("starts_on"), CharField())


def register() -> None:
    """Called once when the app is ready."""
    declare(
        Waiting(
            kind="ledger_receipt",
            rows=_to_confirm,
            title=_("Confirm or decline what your organisation received: “%(name)s”"),
            why=_("Once its quarter is closed, it can no longer be confirmed."),
            url="/ledger/receipts/%(ref)s",
            ref=F("uid"),
            title_ko=F("reference"),
            title_en=F("reference"),
            due=Cast(F("happened_on"), DateTimeField()),
        )
    )
    declare(
        Waiting(
            kind="ledger_quarter",
            rows=_to_close,
            title=_("Close the quarter of the ledger that began on %(name)s"),
            why=_("Its last day has passed."),
            url="/ledger/quarters/%(ref)s",
            ref=F("uid"),
            title_ko=DAY,
            title_en=DAY,
        )
    )


def _to_confirm(person: Any) -> "QuerySet[Any, Any]":
    mine = Q(receiver_id__in=people.represented_organisations(person))
    if has_role(person, Role.SECRETARIAT):
        mine |= Q(receiver=None)
    return LedgerReceipt.objects.filter(mine, state="proposed")


def _to_close(person: Any) -> "QuerySet[Any, Any]":
    mine = Q(pk__isnull=False) if has_role(person, Role.SECRETARIAT) else Q(pk__in=())
    today = Cast(Value(clock.today()), DateField())
    return LedgerPeriod.objects.filter(mine, state="open", starts_on__lt=TruncQuarter(today))
