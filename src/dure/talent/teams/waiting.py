"""What waits for a person because of teams: seats to answer for, and free places in a team that they put together."""

from typing import Any, Final

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.waiting import Waiting
from dure.problems import api as problems
from dure.talent.models import TeamProposal, TeamSeat
from dure.talent.teams.pool import standing


def _asked(person: Any) -> "QuerySet[TeamSeat]":
    """While one may still see the need."""
    rows = TeamSeat.objects.visible_to(person)
    return rows.filter(state="proposed", proposal__state="proposed", due_at__gt=clock.now())


def _free(person: Any) -> "QuerySet[TeamProposal]":
    counted = standing(TeamSeat.objects.filter(proposal_id=OuterRef("pk")))
    stands = counted.order_by().values("proposal_id").annotate(n=Count("pk")).values("n")
    mine = TeamProposal.objects.filter(made_by_id=person.pk, state="proposed")
    return mine.filter(size__gt=Coalesce(Subquery(stands), 0))


def _formed(person: Any) -> "QuerySet[TeamSeat]":
    """Teams of theirs whose challenge is open, and in which they are in no team yet."""
    rows = TeamSeat.objects.visible_to(person).filter(state="accepted", proposal__state="formed")
    rows = rows.filter(proposal__problem__route="challenge", proposal__problem__challenge__state="open")
    return rows.exclude(proposal__problem__challenge__in=problems.challenges_entered(person))


ASKED: Final = Waiting(
    kind="team.asked",
    rows=_asked,
    title=_("Say whether you join a team: “%(name)s”"),
    why=_("You are proposed. Nobody there knows who you are until all say yes."),
    url="/team-seats/%(ref)s",
    ref=F("uid"),
    title_ko=F("proposal__problem__title_ko"),
    title_en=F("proposal__problem__title_en"),
    due=F("due_at"),
)
FREE: Final = Waiting(
    kind="team.free",
    rows=_free,
    title=_("Fill a free place in a team: “%(name)s”"),
    why=_("Somebody said no, did not answer, or is not open to teams any more."),
    url="/team-proposals/%(ref)s",
    ref=F("uid"),
    title_ko=F("problem__title_ko"),
    title_en=F("problem__title_en"),
)
ENTER: Final = Waiting(
    kind="team.enter",
    rows=_formed,
    title=_("Take part in the challenge with your team: “%(name)s”"),
    why=_("The team is formed. One of you enters, and the others are invited."),
    url="/team-proposals/%(ref)s",
    ref=F("proposal__uid"),
    title_ko=F("proposal__problem__title_ko"),
    title_en=F("proposal__problem__title_en"),
)
