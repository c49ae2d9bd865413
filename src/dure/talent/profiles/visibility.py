"""Who may see which evidence and endorsement: query conditions for list, page, export and API alike."""

from typing import Any

from django.db.models import Q

from dure.foundation.access import Role, has_role


def own_q(person: Any) -> Q:
    """What is about this person; nobody else sees evidence. Consent shows a card, which holds none."""
    return Q(person_id=person.pk) if person.is_authenticated else Q(pk__in=())


def contested_q(person: Any) -> Q:
    """What waits for this person's decision: contested evidence for the secretariat, but not about themselves."""
    if not has_role(person, Role.SECRETARIAT):
        return Q(pk__in=())
    return Q(state="contested") & ~Q(person_id=person.pk)


def endorsement_q(person: Any) -> Q:
    """For the two of them alone."""
    if not person.is_authenticated:
        return Q(pk__in=())
    return Q(person_id=person.pk) | Q(verifier_id=person.pk)
