"""What waits for a person in intakes: getting ready, the return report, calls for help, the question a year later."""

from typing import Any, Final

from django.db.models import DateTimeField, F, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.access import Role, has_role
from dure.foundation.waiting import Waiting, declare
from dure.people import api as people
from dure.talent.models import MonthlyReport, Stay

NAMES: Final[dict[str, Any]] = {
    "url": "/stays/%(ref)s",
    "ref": F("uid"),
    "title_ko": F("intake__title_ko"),
    "title_en": F("intake__title_en"),
}


def register() -> None:
    """Called once when the app is ready."""
    declare(
        Waiting(
            kind="stay_ready",
            rows=_getting_ready,
            title=_("Get ready: “%(name)s”"),
            why=_("Something on your list is not done yet."),
            due=Cast(F("starts_on"), DateTimeField()),
            **NAMES,
        )
    )
    declare(
        Waiting(
            kind="stay_return",
            rows=_returned,
            title=_("Write your return report: “%(name)s”"),
            why=_("Your stay has ended."),
            **NAMES,
        )
    )
    declare(
        Waiting(
            kind="stay_later",
            rows=_later,
            title=_("Say where you are now: “%(name)s”"),
            why=_("Your stay ended a year ago."),
            **NAMES,
        )
    )
    declare(
        Waiting(
            kind="stay_trouble",
            rows=_trouble,
            title=_("Somebody asks for help: “%(name)s”"),
            why=_("Say there what was done."),
            url="/stays/%(ref)s",
            ref=F("stay__uid"),
            title_ko=F("stay__intake__title_ko"),
            title_en=F("stay__intake__title_en"),
        )
    )


def _getting_ready(person: Any) -> "QuerySet[Any, Any]":
    waits = Q(duties__is_needed=True, duties__done_at=None, duties__waived_reason="")
    return Stay.objects.filter(waits, person_id=person.pk, state="preparing").distinct()


def _returned(person: Any) -> "QuerySet[Any, Any]":
    return Stay.objects.filter(person_id=person.pk, state="returned", return_report="")


def _later(person: Any) -> "QuerySet[Any, Any]":
    return Stay.objects.filter(
        person_id=person.pk, state="completed", later="", asked_later_at__lte=clock.now()
    )


def _trouble(person: Any) -> "QuerySet[Any, Any]":
    calls = MonthlyReport.objects.filter(~Q(trouble=""), answer="")
    if has_role(person, Role.SECRETARIAT):
        return calls
    represented = people.Membership.objects.current().filter(
        person_id=person.pk, role=people.Membership.Role.REPRESENTATIVE
    )
    return calls.filter(stay__intake__organisation_id__in=represented.values("organisation_id"))
