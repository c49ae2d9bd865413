"""What waits for a person about membership: deciding on an application, answering a question."""

from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.alliance.models import Joining
from dure.foundation.access import Role, has_role
from dure.foundation.waiting import Waiting, declare
from dure.people import api as people

NAMES: Final[dict[str, Any]] = {
    "url": "/joinings/%(ref)s",
    "ref": F("uid"),
    "title_ko": F("organisation__name_ko"),
    "title_en": F("organisation__name_en"),
}


def register() -> None:
    """Called once when the app is ready."""
    declare(
        Waiting(
            kind="joining_decide",
            rows=_to_decide,
            title=_("Decide on an application for membership: “%(name)s”"),
            why=_("It waits for the secretariat."),
            **NAMES,
        )
    )
    declare(
        Waiting(
            kind="joining_answer",
            rows=_to_answer,
            title=_("Answer the secretariat about the application: “%(name)s”"),
            why=_("The secretariat asks back."),
            **NAMES,
        )
    )


def _to_decide(person: Any) -> "QuerySet[Any, Any]":
    mine = Q(pk__isnull=False) if has_role(person, Role.SECRETARIAT) else Q(pk__in=())
    return Joining.objects.filter(mine, state="submitted")


def _to_answer(person: Any) -> "QuerySet[Any, Any]":
    represented = people.Membership.objects.current().filter(
        person_id=person.pk, role=people.Membership.Role.REPRESENTATIVE
    )
    return Joining.objects.filter(state="asked", organisation_id__in=represented.values("organisation_id"))
