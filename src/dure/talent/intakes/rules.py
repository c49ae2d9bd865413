"""Who may do what with intakes and stays: pure decisions."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused
from dure.people import api as people

NOT_MANAGER = Refused(
    "not_intake_manager",
    _("Only representatives of the organisation that runs the intake, and the secretariat can do this."),
)
NOT_LOOKING_AFTER = Refused(
    "not_looking_after",
    _(
        "Only the supervisor, representatives of the host, whoever runs the intake and the secretariat can do this."
    ),
)
NOT_OWN = Refused("not_own_stay", _("Only the person whose stay it is can do this."))
NO_HOSTS = Refused("no_hosts", _("Name at least one host with seats first."))
NO_PARTICIPANTS = Refused("no_participants", _("Nobody has a place yet. Select participants first."))
STILL_AWAY = Refused("still_away", _("Somebody is still getting ready, away or owes a return report."))
NOT_READY = Refused(
    "stay_not_ready",
    _(
        "Something on the list that must be done first is still open. Tick it, or take it off the list with a reason."
    ),
)
NO_SUPERVISOR = Refused("no_supervisor", _("Name the supervisor at the host first."))
NO_REPORT = Refused("no_return_report", _("The return report is missing. The participant writes it."))
OVER = Refused("stay_is_over", _("This stay is over."))
NOT_IN_MONTH = Refused("month_not_of_stay", _("That month is not one of this stay, or has not begun yet."))
TOO_EARLY = Refused("asked_later", _("The question of where one is now comes a year after the return."))
NOT_SELECTING = Refused("not_selecting", _("People get places while the call or the selection goes on."))
FULL = Refused("host_is_full", _("This host has no free seat."))


def may_run(person: Any, organisation: Any) -> Decision:
    return people.may_speak_for(person, organisation, NOT_MANAGER)


def may_run_any(person: Any) -> Decision:
    """Whether this person could run an intake of any organisation."""
    return people.may_speak_for_any(person, NOT_MANAGER)


def may_manage(person: Any, intake: Any) -> Decision:
    return may_run(person, intake.organisation)


def may_look_after(person: Any, stay: Any) -> Decision:
    """The supervisor, the host's representatives, and whoever runs the intake; never the participant."""
    if not person.is_authenticated:
        return SIGN_IN
    if person.pk == stay.person_id:
        return NOT_LOOKING_AFTER
    if person.pk == stay.supervisor_id or people.represents(person, stay.host.opening.organisation):
        return ALLOWED
    return ALLOWED if may_manage(person, stay.intake) else NOT_LOOKING_AFTER


def may_break_off(person: Any, stay: Any) -> Decision:
    """The participant at any time, and who looks after the stay."""
    return ALLOWED if is_own(person, stay) else may_look_after(person, stay)


def is_own(person: Any, stay: Any) -> Decision:
    return ALLOWED if person.is_authenticated and person.pk == stay.person_id else NOT_OWN


def has_hosts(intake: Any, _data: Mapping[str, Any]) -> Decision:
    return ALLOWED if intake.hosts.exists() else NO_HOSTS


def has_participants(intake: Any, _data: Mapping[str, Any]) -> Decision:
    return ALLOWED if intake.stays.exclude(state="broken_off").exists() else NO_PARTICIPANTS


def nobody_is_away(intake: Any, _data: Mapping[str, Any]) -> Decision:
    open_ones = intake.stays.filter(state__in=("preparing", "away", "returned"))
    return STILL_AWAY if open_ones.exists() else ALLOWED


def is_ready(stay: Any, _data: Mapping[str, Any]) -> Decision:
    """A supervisor is named, and what must be done before one leaves is done."""
    if stay.supervisor_id is None:
        return NO_SUPERVISOR
    waits = stay.duties.filter(is_needed=True, done_at=None, waived_reason="")
    return NOT_READY if waits.exists() else ALLOWED


def has_reported(stay: Any, _data: Mapping[str, Any]) -> Decision:
    return ALLOWED if stay.return_report else NO_REPORT


def takes_reports(stay: Any) -> Decision:
    """Monthly reports are written while one is away and until the stay is closed."""
    return ALLOWED if stay.state in ("away", "returned") else OVER


def may_be_asked(stay: Any) -> Decision:
    """A year after the last day."""
    return ALLOWED if stay.asked_later_at is not None and stay.asked_later_at <= clock.now() else TOO_EARLY
