"""A person's yes to one purpose for one audience: given, taken back, and the one condition that asks for it.

By default there is none, and nobody sees anything.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from dure.foundation import audit, clock, events
from dure.foundation.access import Denied, Hidden, Refused
from dure.people import api as people
from dure.talent.events import ConsentTakenBack
from dure.talent.models import ConsentGrant
from dure.talent.profiles import record
from dure.talent.profiles.cards import FIELDS

Purpose = ConsentGrant.Purpose
SHOWS: Final = frozenset({Purpose.BE_FOUND, Purpose.TEAMS})
"""Purposes for which somebody sees a card. The others only count."""
MOST_DAYS: Final = 365
NO_FIELDS = Refused("consent_no_fields", _("Choose at least one thing that is shown."))
WRONG_DAY = Refused("consent_wrong_day", _("Choose a day from today on, at most a year ahead."))


@transaction.atomic
def give(
    *,
    by: people.Person,
    purpose: str,
    organisation: people.Organisation | None = None,
    fields: Sequence[str] = (),
    expires_on: date,
) -> ConsentGrant:
    """Say yes; an earlier yes to the same audience is taken back by it. `organisation` None means all members. Raises Denied."""
    shown = [name for name in FIELDS if name in fields] if purpose in SHOWS else []
    if purpose in SHOWS and not shown:
        raise Denied(NO_FIELDS)
    if not clock.today() <= expires_on <= clock.today() + timedelta(days=MOST_DAYS):
        raise Denied(WRONG_DAY)
    record.touch(by)
    earlier = ConsentGrant.objects.filter(
        person=by, purpose=purpose, organisation=organisation, withdrawn_at=None
    )
    earlier.update(withdrawn_at=clock.now())
    made = ConsentGrant.objects.create(
        person=by, purpose=purpose, organisation=organisation, fields=shown, expires_on=expires_on
    )
    audit.write(by=by, action="consent_grant.given", obj=made, detail={"purpose": purpose, "fields": shown})
    return made


@transaction.atomic
def take_back(grant: ConsentGrant, *, by: people.Person) -> None:
    """From now on it counts nowhere. Raises Hidden unless it is this person's own and in force."""
    record.touch(by)
    own = ConsentGrant.objects.filter(pk=grant.pk, person=by, withdrawn_at=None)
    if not own.update(withdrawn_at=clock.now()):
        raise Hidden(grant.uid)
    audit.write(by=by, action="consent_grant.taken_back", obj=grant)
    events.record(ConsentTakenBack(person=str(by.uid), purpose=grant.purpose))


def consenting_q(purpose: str, organisation: Any, *, person: str = "pk") -> Q:
    """Those who said yes to this purpose, for this organisation or for all members; `person` names the person's id in the rows.

    `organisation` is one, its id, or None for what only counts. Lists, searches and single looks ask this anew each time.
    """
    return Q(Exists(grants_for(purpose, organisation).filter(person_id=OuterRef(person))))


def grants_for(purpose: str, organisation: Any) -> Any:
    """The grants in force for this purpose that this organisation may rely on."""
    audience = Q(organisation=None)
    if organisation is not None:
        audience |= Q(organisation=organisation)
    return ConsentGrant.objects.in_force().filter(audience, purpose=purpose, person__is_active=True)


def is_in_force(grant: ConsentGrant) -> bool:
    """The same of one row, for its person."""
    return grant.withdrawn_at is None and grant.expires_on >= clock.today()
