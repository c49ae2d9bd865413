"""What waits for a person in commitments: confirming what one's organisation gives, deciding on what fell short."""

from typing import Any, Final

from django.db.models import DateTimeField, F, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.visibility import IN_FORCE
from dure.alliance.models import Commitment
from dure.foundation.access import Role, has_role
from dure.foundation.waiting import Waiting, declare
from dure.people import api as people

NAMES: Final[dict[str, Any]] = {
    "url": "/commitments/%(ref)s",
    "ref": F("uid"),
    "title_ko": F("agreement__title_ko"),
    "title_en": F("agreement__title_en"),
}


def register() -> None:
    """Called once when the app is ready."""
    declare(
        Waiting(
            kind="commitment_confirm",
            rows=_to_confirm,
            title=_("Confirm or cancel what your organisation pledged: “%(name)s”"),
            why=_("The agreement is in force."),
            due=Cast(F("starts_on"), DateTimeField()),
            **NAMES,
        )
    )
    declare(
        Waiting(
            kind="commitment_short",
            rows=_short,
            title=_("Carry a commitment over or settle it: “%(name)s”"),
            why=_("Its period is over, and less than pledged was delivered."),
            **NAMES,
        )
    )


def _to_confirm(person: Any) -> "QuerySet[Any, Any]":
    represented = people.Membership.objects.current().filter(
        person_id=person.pk, role=people.Membership.Role.REPRESENTATIVE
    )
    return Commitment.objects.filter(
        state="pledged", agreement__state__in=IN_FORCE, donor_id__in=represented.values("organisation_id")
    )


def _short(person: Any) -> "QuerySet[Any, Any]":
    mine = Q(pk__isnull=False) if has_role(person, Role.SECRETARIAT) else Q(pk__in=())
    return Commitment.objects.filter(mine, state="short")
