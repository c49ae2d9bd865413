"""What a person takes along of teams that they put together, and what becomes of it when the account goes.

Seats of one's own go with everything else that talent knows of a person (`profiles.leaving`).
"""

from typing import Any, Final

from django.db import transaction

from dure.foundation import events
from dure.people import api as people
from dure.talent.models import TeamNeed, TeamProposal

OF_PROPOSAL: Final = (
    "uid",
    "state",
    "problem__title_ko",
    "problem__title_en",
    "skills",
    "least",
    "most",
    "target",
    "size",
    "reason",
    "created_at",
)


def register() -> None:
    """Called once when the app is ready; the name becomes a file of the export."""
    people.register_export("proposed_teams", exported)
    events.subscribe(people.AccountDeleted, forget)


def exported(person: Any) -> Any:
    """Teams that one put together, without the people in them."""
    return list(TeamProposal.objects.filter(made_by=person).order_by("pk").values(*OF_PROPOSAL))


@transaction.atomic
def forget(event: people.AccountDeleted) -> None:
    """They stay, as the need's own, without who put them together."""
    TeamProposal.objects.filter(made_by_id=event.person).update(made_by=None, reason="")
    TeamNeed.objects.filter(made_by_id=event.person).update(made_by=None)
