"""What else happens when an application or an appeal moves. Whoever performs the move has locked its opening (`seats.lock`)."""

from datetime import datetime
from typing import Any

from django.db.models import Max

from dure.foundation import clock, events, workflow
from dure.foundation.access import SYSTEM
from dure.foundation.workflow import Change
from dure.talent.applications import periods, telling
from dure.talent.applications.words import said
from dure.talent.events import ApplicationDecided, OfferAccepted, OfferMade, SeatGivenBack


def invite(change: Change) -> None:
    telling.tell_applicant(telling.INVITED, change.obj)


def offer(change: Change) -> None:
    """A person offers a seat."""
    _decide(change, str(change.data["code"]))
    _offer(change.obj, answer_by=change.data.get("answer_by"), made_by=change.by.pk)


def promote(change: Change) -> None:
    """The waiting list offers a seat that came free."""
    application: Any = change.obj
    application.position, application.reason_code, application.reason = None, "next_on_list", ""
    _offer(application, answer_by=None, made_by=None)
    telling.tell_managers(telling.PROMOTED, application)


def _offer(application: Any, *, answer_by: datetime | None, made_by: int | None) -> None:
    until = answer_by or clock.now() + periods.ANSWER
    application.offers.create(answer_by=until, made_by_id=made_by, made_at=clock.now())
    events.record(OfferMade(**_names(application)))
    telling.tell_applicant(telling.OFFERED, application)


def waitlist(change: Change) -> None:
    """Behind everybody who waits already."""
    _decide(change, str(change.data["code"]))
    last = change.obj.opening.applications.aggregate(last=Max("position"))["last"]
    change.obj.position = (last or 0) + 1
    telling.tell_applicant(telling.WAITLISTED, change.obj)


def reject(change: Change) -> None:
    _decide(change, str(change.data["code"]))
    _free_slot(change.obj)
    change.obj.position = None
    telling.tell_applicant(telling.REJECTED, change.obj)


def end(change: Change) -> None:
    """The opening was withdrawn, or began without a seat for who still waits: nobody stays without an answer."""
    application: Any = change.obj
    _close_offer(application, "withdraw")
    application.reason_code = (
        "opening_withdrawn" if application.opening.state == "withdrawn" else "no_seat_left"
    )
    application.reason, application.position = "", None
    application.decided_by, application.decided_at = None, clock.now()
    _free_slot(application)
    _decided(application)
    telling.tell_applicant(telling.REJECTED, application)


def take_back(change: Change) -> None:
    """The offer is withdrawn with a reason; the application is in review again, with a new date for the answer."""
    _close_offer(change.obj, "withdraw")
    _decide(change, str(change.data["code"]))
    _promise_again(change.obj)
    telling.tell_applicant(telling.TAKEN_BACK, change.obj)


def accept(change: Change) -> None:
    """From now on the organisation reads the name."""
    _close_offer(change.obj, "accept")
    change.obj.named_at = change.obj.named_at or clock.now()
    events.record(OfferAccepted(**_names(change.obj)))
    telling.tell_managers(telling.ACCEPTED, change.obj)


def decline(change: Change) -> None:
    _close_offer(change.obj, "decline")
    _free_slot(change.obj)
    telling.tell_managers(telling.DECLINED, change.obj)


def expire(change: Change) -> None:
    _close_offer(change.obj, "expire")
    _free_slot(change.obj)
    telling.tell_managers(telling.EXPIRED, change.obj)
    telling.tell_applicant(telling.RAN_OUT, change.obj)


def withdraw(change: Change) -> None:
    """Also a seat that was accepted already is given back."""
    application: Any = change.obj
    if application.state == "offered":
        _close_offer(application, "decline")
    if application.state == "accepted":
        events.record(SeatGivenBack(**_names(application)))
    _free_slot(application)
    application.position = None
    telling.tell_managers(telling.WITHDRAWN, application)


def reconsider(change: Change) -> None:
    """After an appeal: as if it had just been taken into review."""
    application: Any = change.obj
    application.reason_code, application.reason = "appeal_upheld", ""
    application.decided_by, application.decided_at = None, None
    _promise_again(application)


def _decide(change: Change, code: str) -> None:
    """Write down who decided, when and why; the words stay out of the trail."""
    application: Any = change.obj
    application.reason_code, application.reason = code, said(change.data)
    application.decided_by_id, application.decided_at = change.by.pk, clock.now()
    _decided(application)


def _decided(application: Any) -> None:
    events.record(ApplicationDecided(code=application.reason_code, **_names(application)))


def _promise_again(application: Any) -> None:
    application.decide_by, application.late_told_at = clock.now() + periods.DECIDE, None


def _close_offer(application: Any, action: str) -> None:
    """The offer follows its application."""
    for held in application.offers.filter(state="made"):
        held.answered_at = clock.now()
        held.save(update_fields=["answered_at"])
        workflow.perform(held, action, by=SYSTEM)


def _free_slot(application: Any) -> None:
    """A time for an interview that is still ahead is for others again."""
    ahead = application.opening.slots.filter(taken_by=application, starts_at__gt=clock.now())
    for slot in ahead:
        slot.taken_by, slot.revision, slot.changed_at = None, slot.revision + 1, clock.now()
        slot.save(update_fields=["taken_by", "revision", "changed_at"])


def _names(application: Any) -> dict[str, str]:
    return {
        "application": str(application.uid),
        "opening": str(application.opening.uid),
        "organisation": str(application.opening.organisation.uid),
        "person": str(application.person.uid),
    }


def take_appeal(change: Change) -> None:
    change.obj.reviewer_id = change.by.pk
    telling.tell_applicant(telling.APPEAL_TAKEN, change.obj.application)


def uphold(change: Change) -> None:
    """The application goes back into review, in the same transaction."""
    _answer(change)
    workflow.perform(change.obj.application, "reconsider", by=SYSTEM)
    telling.tell_applicant(telling.UPHELD, change.obj.application)
    telling.tell_managers(telling.TO_RECONSIDER, change.obj.application)


def dismiss(change: Change) -> None:
    _answer(change)
    telling.tell_applicant(telling.DISMISSED, change.obj.application)


def _answer(change: Change) -> None:
    change.obj.answer, change.obj.decided_at = said(change.data), clock.now()
