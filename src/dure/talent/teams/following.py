"""What other parts of talent say: whoever takes a consent back disappears from every team that is not formed."""

from django.db import transaction

from dure.talent.events import ConsentTakenBack
from dure.talent.models import TeamProposal
from dure.talent.teams.answering import let_go
from dure.talent.teams.choosing import lock
from dure.talent.teams.pool import STANDING, TEAMS


def follow(event: ConsentTakenBack) -> None:
    """Their open seats fall free. Pages ask for consent at each look, so that nothing is shown in between."""
    if event.purpose != TEAMS:
        return
    rows = TeamProposal.objects.filter(
        state="proposed", seats__person__uid=event.person, seats__state__in=STANDING
    )
    for proposal in rows.distinct():
        with transaction.atomic():
            let_go(lock(proposal))
