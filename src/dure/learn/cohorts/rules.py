"""Who may do what with cohorts: pure decisions."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.access import ALLOWED, SIGN_IN, Decision, Refused, Role, first_refusal, has_role
from dure.learn import rules as courses
from dure.learn.cohorts import seating
from dure.learn.cohorts.visibility import WITH_PLACE, led_q
from dure.people import api as people

NOT_LEAD = Refused(
    "not_lead", _("Only the cohort's coaches, the course's instructors and the secretariat can do this.")
)
NOT_READER = Refused(
    "not_cohort_reader",
    _(
        "Only those who lead the cohort and the auditor read this. Representatives read about their own people."
    ),
)
NOT_OWN = Refused("not_own_place", _("Only the person whose place it is can do this."))
NOT_SPONSOR = Refused(
    "not_sponsor", _("Only those who represent the organisation that gives the seats can do this.")
)
NO_SEATS = Refused("no_seats", _("Give the cohort at least one seat first."))
NO_VERSION = Refused("no_version", _("Publish this version of the course first."))
NOT_TAKING = Refused("not_taking", _("This cohort takes no applications now."))
TOO_LATE = Refused("too_late", _("The date until which one could apply has passed."))
FULL = Refused("cohort_full", _("No seat is free. The person can wait on the list."))
NO_PLACE = Refused("no_place", _("Only those who have a place in the cohort can do this."))
OVER = Refused("cohort_is_over", _("This cohort is over or called off; nothing in it changes any more."))


def leads(person: Any, cohort: Any) -> Decision:
    """Its coaches, whoever writes the course, and the secretariat. At most one query: pages ask it for every button."""
    if not person.is_authenticated:
        return SIGN_IN
    if has_role(person, Role.SECRETARIAT):
        return ALLOWED
    led = type(cohort).objects.filter(led_q(person), pk=cohort.pk)
    return ALLOWED if led.exists() else NOT_LEAD


def may_make(person: Any, course: Any) -> Decision:
    """Whoever writes the course gives it in terms."""
    return courses.may_author(person, course)


def may_change(person: Any, cohort: Any) -> Decision:
    """Whoever leads it, as long as it is not over."""
    return first_refusal(leads(person, cohort), goes_on(cohort))


def goes_on(cohort: Any) -> Decision:
    return ALLOWED if cohort.state in ("draft", "open", "running") else OVER


def may_read_roster(person: Any, cohort: Any) -> Decision:
    """Whoever leads it, and the auditor."""
    if not person.is_authenticated:
        return SIGN_IN
    return ALLOWED if has_role(person, Role.AUDITOR) or leads(person, cohort) else NOT_READER


def may_read_inside(person: Any, cohort: Any) -> Decision:
    """What those inside read, for who has no place: whoever leads it, and the auditor."""
    return ALLOWED if may_read_roster(person, cohort) else NO_PLACE


def leads_place(person: Any, place: Any) -> Decision:
    return leads(person, place.cohort)


def is_own(person: Any, place: Any) -> Decision:
    return ALLOWED if person.is_authenticated and person.pk == place.person_id else NOT_OWN


def may_return_seats(person: Any, block: Any) -> Decision:
    """The sponsor's representatives, and whoever leads the cohort."""
    if not person.is_authenticated:
        return SIGN_IN
    if people.represents(person, block.sponsor) or leads(person, block.cohort):
        return ALLOWED
    return NOT_SPONSOR


def takes_people(cohort: Any) -> Decision:
    """Whether somebody can apply today: it is open or has begun, and the date has not passed."""
    if cohort.state not in ("open", "running"):
        return NOT_TAKING
    return ALLOWED if clock.today() <= cohort.apply_until else TOO_LATE


def may_apply(person: Any, cohort: Any) -> Decision:
    return takes_people(cohort) if person.is_authenticated else SIGN_IN


def may_apply_again(place: Any, _data: Mapping[str, Any]) -> Decision:
    return takes_people(place.cohort)


def may_open(cohort: Any, _data: Mapping[str, Any]) -> Decision:
    if cohort.version.state != "published":
        return NO_VERSION
    return ALLOWED if seating.offered(cohort) else NO_SEATS


def has_seat(place: Any, _data: Mapping[str, Any]) -> Decision:
    return ALLOWED if seating.seat_for(place) else FULL


def takes_part(place: Any | None) -> bool:
    """Whether this is a place that one has, now or till the end."""
    return place is not None and place.state in WITH_PLACE
