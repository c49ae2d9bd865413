"""Who may see which intake and which stay: query conditions for list, page, export and API alike."""

from typing import Any

from django.db.models import Q

from dure.foundation.access import Role, has_role
from dure.people import api as people

SHOWN = ("calling", "selecting", "running", "finished")
OVERSEERS = (Role.SECRETARIAT, Role.AUDITOR)


def intake_q(person: Any) -> Q:
    """What was called is for everybody; what is in preparation for who runs, hosts or sponsors it, and for overseers."""
    if has_role(person, *OVERSEERS):
        return Q(pk__isnull=False)
    shown = Q(state__in=SHOWN)
    return shown | taking_part_q(person) if person.is_authenticated else shown


def taking_part_q(person: Any) -> Q:
    """Intakes that an organisation which this person represents runs, hosts or sponsors."""
    mine = people.represented_organisations(person)
    return (
        Q(organisation_id__in=mine)
        | Q(hosts__opening__organisation_id__in=mine)
        | Q(sponsors__organisation_id__in=mine)
    )


def stay_q(person: Any) -> Q:
    """One's own, those that one supervises, those of the intakes, hosts and sponsors that one represents, and overseers all."""
    if not person.is_authenticated:
        return Q(pk__in=())
    if has_role(person, *OVERSEERS):
        return Q(pk__isnull=False)
    mine = people.represented_organisations(person)
    return (
        Q(person_id=person.pk)
        | Q(supervisor_id=person.pk)
        | Q(intake__organisation_id__in=mine)
        | Q(host__opening__organisation_id__in=mine)
        | Q(sponsor__organisation_id__in=mine)
    )
