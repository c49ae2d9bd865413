"""Who may see which commitment: whoever may read its agreement."""

from typing import Any

from django.db.models import Exists, OuterRef, Q


def commitment_q(person: Any) -> Q:
    """The condition of the agreement, whole."""
    from dure.alliance.models import Agreement  # noqa: PLC0415 - the models name this module

    return Q(Exists(Agreement.objects.visible_to(person).filter(pk=OuterRef("agreement_id"))))
