"""What waits for people because of applications: offers to answer, times to choose, decisions and appeals."""

from typing import Any

from django.db.models import F, Min, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.foundation.waiting import Waiting, declare
from dure.talent.applications.visibility import TO_DECIDE, appeals_q, theirs_q
from dure.talent.models import Appeal, Application

OF_OPENING = {"title_ko": F("opening__title_ko"), "title_en": F("opening__title_en")}


def register() -> None:
    """Called once when the app is ready."""
    for waiting in (OFFER, INTERVIEW, DECIDE, APPEAL):
        declare(waiting)


def _offered(person: Any) -> "QuerySet[Application]":
    return Application.objects.filter(person_id=person.pk, state="offered", offers__state="made")


def _to_meet(person: Any) -> "QuerySet[Application]":
    return Application.objects.filter(person_id=person.pk, state="interview", slot=None)


def _to_decide(person: Any) -> "QuerySet[Application]":
    return Application.objects.filter(theirs_q(person), state__in=TO_DECIDE)


def _appeals(person: Any) -> "QuerySet[Appeal]":
    return Appeal.objects.filter(appeals_q(person), state__in=("filed", "in_review"))


OFFER = Waiting(
    kind="application_offer",
    rows=_offered,
    title=_("Answer an offer: “%(name)s”"),
    why=_("It is held for you until then."),
    url="/applications/%(ref)s",
    ref=F("uid"),
    due=F("offers__answer_by"),
    **OF_OPENING,
)
INTERVIEW = Waiting(
    kind="application_interview",
    rows=_to_meet,
    title=_("Choose a time for an interview: “%(name)s”"),
    why=_("The organisation invited you."),
    url="/applications/%(ref)s",
    ref=F("uid"),
    due=F("decide_by"),
    **OF_OPENING,
)
DECIDE = Waiting(
    kind="application_decide",
    rows=_to_decide,
    title=_("Decide on applications: “%(name)s”"),
    why=_("The first answer that you promised is due then."),
    url="/openings/%(ref)s/applications",
    ref=F("opening__uid"),
    due=Min("decide_by"),
    **OF_OPENING,
)
"""One for each opening: the least of the dates groups the rows."""

APPEAL = Waiting(
    kind="application_appeal",
    rows=_appeals,
    title=_("Look at an appeal: “%(name)s”"),
    why=_("Somebody else decided; the applicant asks for another look."),
    url="/applications/%(ref)s",
    ref=F("application__uid"),
    title_ko=F("application__opening__title_ko"),
    title_en=F("application__opening__title_en"),
    due=F("answer_by"),
)
