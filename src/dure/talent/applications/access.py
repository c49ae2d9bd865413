"""The only ways to an application, a time for an interview or an appeal from an address."""

from typing import Any
from uuid import UUID

from dure.foundation.access import Hidden, demand
from dure.talent.applications import rules
from dure.talent.models import Appeal, Application, InterviewSlot, Opening
from dure.talent.openings.access import access_opening

WITH = ("opening__organisation", "person", "decided_by")


def access_managed(person: Any, uid: UUID) -> Opening:
    """An opening whose applications one decides on. Raises Hidden or Denied."""
    opening = access_opening(person, uid)
    demand(rules.may_manage(person, opening))
    return opening


def access_application(person: Any, uid: UUID) -> Application:
    """One's own, or one that one may read. Raises Hidden otherwise."""
    rows = Application.objects.visible_to(person).select_related(*WITH)
    application = rows.filter(uid=uid).first()
    if application is None:
        raise Hidden(uid)
    return application


def access_slot(opening: Opening, uid: UUID) -> InterviewSlot:
    """A time for interviews of this opening. Raises Hidden."""
    slot = opening.slots.select_related("opening").filter(uid=uid).first()
    if slot is None:
        raise Hidden(uid)
    return slot


def access_appeal(person: Any, uid: UUID) -> Appeal:
    """An appeal of one's own, or one about an application that one may read. Raises Hidden."""
    rows = Appeal.objects.select_related(*(f"application__{name}" for name in WITH), "reviewer")
    seen = Application.objects.visible_to(person).values("pk")
    appeal = rows.filter(uid=uid, application__in=seen).first()
    if appeal is None:
        raise Hidden(uid)
    return appeal
