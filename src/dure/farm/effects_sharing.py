"""What else changes when capacity is given, granted, changed or ends. Each effect gets the locked object, in its transaction."""

from typing import Any

from dure.farm import notices_sharing as telling
from dure.farm import rules_sharing as rules
from dure.foundation import clock
from dure.foundation.access import demand
from dure.foundation.workflow import Change


def tell_offered(change: Change) -> None:
    telling.secretariat(telling.OFFERED, change.obj)


def accept_contribution(change: Change) -> None:
    change.obj.accepted_at, change.obj.reason = clock.now(), ""
    telling.givers(telling.ACCEPTED, change.obj, by=change.by)


def return_contribution(change: Change) -> None:
    _keep_reason(change)
    telling.givers(telling.RETURNED, change.obj, by=change.by)


def end_contribution(change: Change) -> None:
    """Its machine stays with its giver until the end of today: usage of today's hours was delivered by it."""
    _keep_reason(change)
    change.obj.ends_on = max(clock.today(), change.obj.starts_on)
    telling.givers(telling.ENDED, change.obj, by=change.by)


def tell_run_out(change: Change) -> None:
    telling.givers(telling.ENDED, change.obj, by=change.by)


def approve_allocation(change: Change) -> None:
    """With the hours that are granted, where they are not those asked for."""
    change.obj.hours = change.data.get("hours") or change.obj.hours
    telling.askers(telling.APPROVED, change.obj, by=change.by)


def refuse_allocation(change: Change) -> None:
    _keep_reason(change)
    telling.askers(telling.REFUSED, change.obj, by=change.by)


def revoke_allocation(change: Change) -> None:
    _keep_reason(change)
    telling.askers(telling.REVOKED, change.obj, by=change.by)


def tell_expired(change: Change) -> None:
    telling.askers(telling.EXPIRED, change.obj, by=change.by)


def approve_change(change: Change) -> None:
    """The allocation becomes what was asked; whether it ends soon is asked anew."""
    wanted, allocation = change.obj, _locked_allocation(change.obj)
    allocation.hours, allocation.ends_on, allocation.warned_days = wanted.hours, wanted.ends_on, None
    allocation.save(update_fields=["hours", "ends_on", "warned_days"])
    telling.askers(telling.CHANGED, allocation, by=change.by)


def _locked_allocation(wanted: Any) -> Any:
    """As it is now: the clock may have ended it since the change was looked at."""
    rows = type(wanted.allocation).objects.select_for_update(of=("self",))
    found = rows.select_related("organisation", "accelerator", "requested_by").get(pk=wanted.allocation_id)
    demand(rules.is_granted(found))
    return found


def refuse_change(change: Change) -> None:
    _keep_reason(change)
    telling.askers(telling.NOT_CHANGED, change.obj.allocation, by=change.by)


def _keep_reason(change: Change) -> None:
    change.obj.reason = str(change.data["reason"]).strip()
