"""The only way to a call from an address."""

from typing import Any
from uuid import UUID

from dure.alliance.calls import rules
from dure.alliance.models import CallCriterion, ResearchCall
from dure.foundation.access import Hidden, demand


def access_call(person: Any, uid: UUID) -> ResearchCall:
    """The call. Raises Hidden unless the person may know of it."""
    found = ResearchCall.objects.visible_to(person).select_related("agreement").filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_run(person: Any, uid: UUID) -> ResearchCall:
    """The call, for who runs it. Raises Hidden, Denied."""
    call = access_call(person, uid)
    demand(rules.leads(person, call))
    return call


def access_criterion(call: ResearchCall, uid: UUID) -> CallCriterion:
    """One item of its rubric. Raises Hidden."""
    found = call.criteria.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found
