"""What time does to agreements: they begin, their parties are reminded, they end. Running it twice changes nothing."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from dure.alliance.agreements import rules
from dure.alliance.agreements.visibility import IN_FORCE
from dure.alliance.models import Agreement
from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM
from dure.foundation.clock import on_clock

BATCH: Final = 200


@on_clock("alliance.agreements_begin")
def begin(now: datetime) -> int:  # noqa: ARG001 - the clock stands at that moment
    """Agreements that all parties have signed and whose first day has come; returns how many began."""
    due = Agreement.objects.filter(state="signing", effective_from__lte=clock.today()).order_by("pk")
    return sum(begin_one(pk) for pk in list(due.values_list("pk", flat=True)[:BATCH]))


@transaction.atomic
def begin_one(pk: int) -> bool:
    """Bring one into force if it is time, with what it changes or renews."""
    agreement = _locked(pk)
    if agreement is None or not workflow.decide(agreement, "activate", by=SYSTEM, data={}):
        return False
    begun = workflow.perform(agreement, "activate", by=SYSTEM)
    if begun.amends is not None:
        _apply(begun, begun.amends)
    if begun.renews is not None and begun.renews.state in IN_FORCE:
        workflow.perform(begun.renews, "renew", by=SYSTEM)
    return True


def _apply(amendment: Agreement, agreement: Agreement) -> None:
    data = {"amendment": amendment}
    longer = workflow.decide(agreement, "extend", by=SYSTEM, data=data)
    workflow.perform(agreement, "extend" if longer else "amend", by=SYSTEM, data=data)


@on_clock("alliance.agreements_remind")
def remind(now: datetime) -> int:  # noqa: ARG001 - same
    """Parties are told 90, 30 and 7 days before the end, each once; returns of how many agreements."""
    last = clock.today() + timedelta(days=rules.REMINDERS[0])
    soon = Agreement.objects.filter(
        state__in=IN_FORCE, amends=None, effective_to__lte=last, effective_to__gte=clock.today()
    )
    left = soon.filter(Q(reminded_days=None) | Q(reminded_days__gt=rules.REMINDERS[-1]))
    return sum(_reminded(pk) for pk in list(left.order_by("pk").values_list("pk", flat=True)[:BATCH]))


@transaction.atomic
def _reminded(pk: int) -> bool:
    agreement = _locked(pk)
    if agreement is None:
        return False
    action = "notice" if agreement.state == "active" else "remind"
    if not workflow.decide(agreement, action, by=SYSTEM, data={}):
        return False
    workflow.perform(agreement, action, by=SYSTEM)
    return True


@on_clock("alliance.agreements_expire")
def expire(now: datetime) -> int:  # noqa: ARG001 - same
    """Agreements whose last day has passed; returns how many ran out."""
    past = Agreement.objects.filter(state__in=IN_FORCE, amends=None, effective_to__lt=clock.today())
    return sum(_expired(pk) for pk in list(past.order_by("pk").values_list("pk", flat=True)[:BATCH]))


@transaction.atomic
def _expired(pk: int) -> bool:
    agreement = _locked(pk)
    if agreement is None or not workflow.decide(agreement, "expire", by=SYSTEM, data={}):
        return False
    workflow.perform(agreement, "expire", by=SYSTEM)
    return True


def _locked(pk: int) -> Agreement | None:
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("amends", "renews")
    return rows.filter(pk=pk).first()
