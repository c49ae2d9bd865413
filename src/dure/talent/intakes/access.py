"""The only ways to an intake, a stay or a part of them from an address."""

from typing import Any
from uuid import UUID

from dure.foundation.access import Hidden, demand
from dure.talent.intakes import rules
from dure.talent.models import Intake, IntakeHost, IntakeSponsor, Stay

WITH = (
    "intake__organisation",
    "host__opening__organisation",
    "sponsor__organisation",
    "person",
    "supervisor",
)


def access_intake(person: Any, uid: UUID) -> Intake:
    """The intake. Raises Hidden unless the person may see it."""
    rows = Intake.objects.visible_to(person).select_related("organisation", "programme")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_managed(person: Any, uid: UUID) -> Intake:
    """The same, for who runs it. Raises Hidden or Denied."""
    intake = access_intake(person, uid)
    demand(rules.may_manage(person, intake))
    return intake


def access_host(intake: Intake, uid: UUID) -> IntakeHost:
    """A host of an intake. Raises Hidden."""
    found = intake.hosts.select_related("opening__organisation", "supervisor").filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_sponsor(intake: Intake, uid: UUID) -> IntakeSponsor:
    """A sponsor of an intake. Raises Hidden."""
    found = intake.sponsors.select_related("organisation").filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_stay(person: Any, uid: UUID) -> Stay:
    """The stay. Raises Hidden unless it is one's own or one has to do with it."""
    found = Stay.objects.visible_to(person).select_related(*WITH).filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_cared(person: Any, uid: UUID) -> Stay:
    """The same, for who looks after it. Raises Hidden or Denied."""
    stay = access_stay(person, uid)
    demand(rules.may_look_after(person, stay))
    return stay


def access_own(person: Any, uid: UUID) -> Stay:
    """One's own. Raises Hidden or Denied."""
    stay = access_stay(person, uid)
    demand(rules.is_own(person, stay))
    return stay


def access_part(stay: Stay, parts: str, uid: UUID) -> Any:
    """A duty, stipend or report (`duties`, `stipends`, `reports`) of a stay. Raises Hidden."""
    found = getattr(stay, parts).filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found
