"""What waits for who looks after a joint lab: whose checklist is open, and from whom something is to be taken back."""

from collections.abc import Callable
from typing import Any, Final

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from dure.alliance.models import JointLab, Resident
from dure.foundation.access import Role, has_role
from dure.foundation.waiting import Waiting, declare

SHARED: Final[dict[str, Any]] = {
    "url": "/joint-labs/%(ref)s",
    "ref": Concat(
        Cast(F("lab__uid"), CharField()),
        Value("/residents/"),
        Cast(F("uid"), CharField()),
        output_field=CharField(),
    ),
    "title_ko": F("lab__name_ko"),
    "title_en": F("lab__name_en"),
}


def register() -> None:
    """Called once when the app is ready."""
    declare(
        Waiting(
            kind="resident_arrives",
            rows=_in_state("expected"),
            title=_("See to the checklist of somebody who comes: “%(name)s”"),
            why=_("Somebody is expected in the joint lab."),
            **SHARED,
        )
    )
    declare(
        Waiting(
            kind="resident_leaves",
            rows=_in_state("leaving"),
            title=_("Take back what was given: “%(name)s”"),
            why=_("Somebody leaves the joint lab."),
            **SHARED,
        )
    )


def _in_state(state: str) -> "Callable[[Any], QuerySet[Any, Any]]":
    """Of labs that the person looks after; of the secretariat where nobody does."""

    def rows(person: Any) -> "QuerySet[Any, Any]":
        keepers = JointLab.keepers.through.objects
        mine = Q(lab_id__in=keepers.filter(person_id=person.pk).values("jointlab_id"))
        if has_role(person, Role.SECRETARIAT):
            mine |= ~Q(lab_id__in=keepers.values("jointlab_id"))
        return Resident.objects.filter(mine, state=state)

    return rows
