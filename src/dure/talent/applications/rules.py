"""Who may do what with applications: pure decisions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, has_role
from dure.talent.applications import periods
from dure.talent.applications.reasons import AGAINST, FOR
from dure.talent.applications.visibility import OPEN
from dure.talent.applications.words import said
from dure.talent.openings.visibility import managed_organisations

NOT_OPEN: Final = Refused("opening_not_open", _("This opening takes no applications now."))
TOO_LATE: Final = Refused("application_too_late", _("The deadline for applications has passed."))
APPLIED: Final = Refused(
    "applied_already", _("You have applied here already. It stands under your applications.")
)
OWN_OPENING: Final = Refused("own_opening", _("You look after this opening, so you cannot apply for it."))
NOT_DECIDER: Final = Refused(
    "not_decider", _("Only those who speak for the organisation that offers the seat decide on applications.")
)
OWN_APPLICATION: Final = Refused(
    "own_application", _("Nobody decides on their own application. A colleague of yours does.")
)
CONFLICT: Final = Refused(
    "conflict_declared", _("You declared a conflict of interest. A colleague of yours decides.")
)
NOT_OWN: Final = Refused("not_own_application", _("Only the person who applied can do this."))
NO_SEAT: Final = Refused(
    "no_free_seat", _("All seats are taken or offered. Put the application on the waiting list instead.")
)
SEAT_FREE: Final = Refused(
    "seat_is_free", _("A seat is free: whoever waits would be offered it at once. Offer the seats first.")
)
NO_SLOT: Final = Refused("no_free_slot", _("Enter times for interviews first; one must still be free."))
NO_CODE: Final = Refused("no_reason_code", _("Choose one of the reasons; audits count them."))
NO_WORDS: Final = Refused("no_reason_words", _("Say why in words; the applicant reads them."))
BAD_DATE: Final = Refused("bad_answer_by", _("Give the applicant between 2 and 60 days to answer the offer."))
RAN_OUT: Final = Refused("offer_ran_out", _("The time to answer this offer has passed."))
NOT_FIRST: Final = Refused("not_first_on_list", _("Others on the waiting list come first."))
NOT_WAITING: Final = Refused("not_on_list", _("This application is not on the waiting list now."))
NO_APPEAL: Final = Refused(
    "nothing_to_appeal", _("Only a decision of a person not to take you can be appealed against.")
)
APPEAL_LATE: Final = Refused("appeal_too_late", _("The 30 days in which one can appeal have passed."))
APPEALED: Final = Refused("appealed_already", _("You have appealed against this decision already."))
NOT_REVIEWER: Final = Refused(
    "not_appeal_reviewer",
    _("The secretariat, or somebody of the organisation who did not decide, looks at an appeal."),
)
DECIDED_IT: Final = Refused(
    "appeal_against_own_decision", _("This was your decision. Somebody else looks at the appeal.")
)
NOT_TAKEN: Final = Refused("appeal_of_another", _("Somebody else has taken this appeal."))
OVER: Final = Refused("application_is_over", _("This application is over; nothing can be added to it."))


def may_apply(person: Any, opening: Any) -> Decision:
    """Whether this person can hand in an application now. Two queries."""
    if not person.is_authenticated:
        return SIGN_IN
    if opening.state != "open":
        return NOT_OPEN
    if clock.now() > opening.deadline:
        return TOO_LATE
    if speaks_for(person, opening):
        return OWN_OPENING
    standing = opening.applications.filter(person_id=person.pk).exclude(state="withdrawn")
    return APPLIED if standing.exists() else ALLOWED


def speaks_for(person: Any, opening: Any) -> bool:
    """Whether this person offers seats in the name of the opening's organisation. Asked once per person and opening in memory."""
    if not person.is_authenticated:
        return False
    known = opening.__dict__.setdefault("_spoken_for", {})
    if person.pk not in known:
        theirs = managed_organisations(person).filter(organisation_id=opening.organisation_id)
        known[person.pk] = theirs.exists()
    return bool(known[person.pk])


def may_manage(person: Any, opening: Any) -> Decision:
    """Whether this person reads and decides on what is handed in for an opening."""
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if speaks_for(person, opening) else NOT_DECIDER


def may_decide(person: Any, application: Any) -> Decision:
    """Who speaks for the organisation; never the applicant, nor whoever declared a conflict."""
    if not person.is_authenticated:
        return SIGN_IN
    if not speaks_for(person, application.opening):
        return NOT_DECIDER
    if person.pk == application.person_id:
        return OWN_APPLICATION
    conflict = application.reviews.filter(reviewer_id=person.pk, has_conflict=True)
    return CONFLICT if conflict.exists() else ALLOWED


def may_review(person: Any, application: Any) -> Decision:
    """As with decisions; who declared a conflict may still take that back."""
    decision = may_decide(person, application)
    if decision or decision is CONFLICT:
        return ALLOWED if application.state in OPEN else OVER
    return decision


def is_own(person: Any, application: Any) -> Decision:
    return ALLOWED if person.is_authenticated and person.pk == application.person_id else NOT_OWN


def may_write(person: Any, application: Any) -> Decision:
    """Both sides write to each other until the texts are deleted."""
    if application.texts_deleted_at is not None or application.state == "withdrawn":
        return OVER
    own = is_own(person, application)
    return own or may_decide(person, application)


def may_change_shared(person: Any, application: Any) -> Decision:
    own = is_own(person, application)
    if not own:
        return own
    return ALLOWED if application.state in (*OPEN, "accepted") else OVER


def has_reason(_application: Any, data: Mapping[str, Any]) -> Decision:
    """A reason against: its code and its words."""
    return _reasoned(data, AGAINST)


def _reasoned(data: Mapping[str, Any], table: Mapping[str, Any]) -> Decision:
    if data.get("code") not in table:
        return NO_CODE
    return ALLOWED if said(data) else NO_WORDS


def may_waitlist(application: Any, data: Mapping[str, Any]) -> Decision:
    """With a reason, and only while no seat is free: so whoever waits is the next to whom one is offered."""
    reasoned = has_reason(application, data)
    if not reasoned:
        return reasoned
    return SEAT_FREE if has_free_seat(application, data) else ALLOWED


def has_words(_appeal: Any, data: Mapping[str, Any]) -> Decision:
    return ALLOWED if said(data) else NO_WORDS


def has_free_seat(application: Any, _data: Mapping[str, Any]) -> Decision:
    from dure.talent.applications.seats import free_in  # noqa: PLC0415 - models need the tables that name this rule

    return ALLOWED if free_in(application.opening) > 0 else NO_SEAT


def may_offer_now(application: Any, data: Mapping[str, Any]) -> Decision:
    """A seat is free and nobody waits for it, a reason is given, and there is time to answer."""
    from dure.talent.applications.seats import waiting_in  # noqa: PLC0415 - same

    free = has_free_seat(application, data)
    if not free:
        return free
    if waiting_in(application.opening).exists():
        return NOT_FIRST
    reasoned = _reasoned(data, FOR)
    return _fits(data.get("answer_by")) if reasoned else reasoned


def _fits(answer_by: Any) -> Decision:
    if answer_by is None:
        return ALLOWED
    if not isinstance(answer_by, datetime):
        return BAD_DATE
    until = answer_by - clock.now()
    return ALLOWED if periods.SOONEST_ANSWER <= until <= periods.LATEST_ANSWER else BAD_DATE


def may_move(person: Any, application: Any) -> Decision:
    """Who decides orders the waiting list too."""
    decision = may_decide(person, application)
    if not decision:
        return decision
    return ALLOWED if application.state == "waitlisted" else NOT_WAITING


def has_free_slot(application: Any, _data: Mapping[str, Any]) -> Decision:
    free = application.opening.slots.filter(taken_by=None, starts_at__gt=clock.now())
    return ALLOWED if free.exists() else NO_SLOT


def is_in_time(application: Any, _data: Mapping[str, Any]) -> Decision:
    held = application.offers.filter(state="made", answer_by__gt=clock.now())
    return ALLOWED if held.exists() else RAN_OUT


def may_choose_slot(person: Any, application: Any) -> Decision:
    own = is_own(person, application)
    if not own:
        return own
    return ALLOWED if application.state == "interview" else OVER


def may_appeal(person: Any, application: Any) -> Decision:
    """Against a person's decision, within the time, once for each decision. One query."""
    own = is_own(person, application)
    if not own:
        return own
    if application.state != "rejected" or application.decided_by_id is None:
        return NO_APPEAL
    if clock.now() > application.decided_at + periods.APPEAL:
        return APPEAL_LATE
    made = application.appeals.filter(against=application.decided_at)
    return APPEALED if made.exists() else ALLOWED


def may_take_appeal(person: Any, appeal: Any) -> Decision:
    """The secretariat, or somebody of the organisation; never the applicant or who decided."""
    if not person.is_authenticated:
        return SIGN_IN
    application = appeal.application
    if not (has_role(person, Role.SECRETARIAT) or speaks_for(person, application.opening)):
        return NOT_REVIEWER
    if person.pk == application.person_id:
        return OWN_APPLICATION
    return DECIDED_IT if person.pk == appeal.decider_id else ALLOWED


def may_decide_appeal(person: Any, appeal: Any) -> Decision:
    """Whoever took it, while they still may."""
    decision = may_take_appeal(person, appeal)
    if not decision:
        return decision
    return ALLOWED if person.pk == appeal.reviewer_id else NOT_TAKEN


def is_own_appeal(person: Any, appeal: Any) -> Decision:
    return is_own(person, appeal.application)
