"""Teams for a need as they stand now, one of them chosen, and a free place given to somebody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dure.engines import teams as engine
from dure.foundation import audit, clock
from dure.foundation.access import Denied, Refused, demand
from dure.people import api as people
from dure.problems import api as problems
from dure.talent.models import TeamNeed, TeamProposal, TeamSeat
from dure.talent.teams import rules, showing, telling
from dure.talent.teams.pool import Pool, key_of, of_people, pool_of, standing

ANSWER_DAYS: Final = 7
MOST_DAYS: Final = 60
CHANGED: Final = Refused(
    "team_changed", _("This team can no longer be proposed as it was: look at the teams that there are now.")
)
WRONG_DAY: Final = Refused("team_wrong_day", _("Choose a day from tomorrow on, at most sixty days ahead."))
NOTHING_FREE: Final = Refused("team_nothing_free", _("No place of this team is free."))
NOBODY: Final = Refused(
    "team_nobody", _("Nobody else can be proposed now. Ask later, or withdraw the proposal.")
)


@dataclass(frozen=True, slots=True)
class Found:
    """What the engine proposes for a need now, and from how many people."""

    need: engine.Need
    pool: Pool
    proposals: Sequence[engine.Proposal]


def found_for(problem: problems.Problem, need: TeamNeed | None, *, by: people.Person) -> Found | None:
    """The best teams that there are now; None where no skill is looked for. A fixed number of queries."""
    skills = list(need.skills.values_list("skill", "level")) if need else []
    if need is None or not skills:
        return None
    most = largest(problem, need.most)
    asked = engine_need(skills, min(need.least, most), most, need.target)
    pool = pool_of(problem, skills, by=by)
    return Found(asked, pool, engine.propose(asked, pool.candidates, seed=str(problem.uid)))


@dataclass(frozen=True, slots=True)
class Listed:
    """The same for a page; `count` is how many people can be proposed at all."""

    rows: Sequence[showing.Shown]
    count: int


def shown_for(problem: problems.Problem, need: TeamNeed | None, *, by: people.Person) -> Listed | None:
    """The teams that there are now, without names; None where no skill is looked for."""
    found = found_for(problem, need, by=by)
    if found is None:
        return None
    rows = showing.shown(problem, found.need, found.proposals, found.pool, reader=by)
    return Listed(rows, len(found.pool.persons))


@transaction.atomic
def choose(problem: problems.Problem, team: str, *, until: date, by: people.Person) -> TeamProposal:
    """Ask the people of one of the teams that there are now. Raises Denied."""
    demand(rules.may_seek(by, problem))
    due = _due(until)
    need = TeamNeed.objects.select_for_update(of=("self",)).filter(problem=problem).first()
    found = found_for(problem, need, by=by)
    if need is None or found is None:
        raise Denied(rules.NO_SKILLS)
    keys = frozenset(team.split(","))
    chosen = next((one for one in found.proposals if one.team.keys == keys), None)
    if chosen is None:
        raise Denied(CHANGED, conflict=True)
    made = TeamProposal.objects.create(
        problem=problem,
        skills=[[one.skill, one.level] for one in found.need.requirements],
        least=found.need.least,
        most=found.need.most,
        target=need.target,
        size=len(chosen.team),
        is_exact=chosen.is_exact,
        made_by=by,
    )
    audit.write(
        by=by, action="team_proposal.chosen", obj=made, detail={"problem": problem, "size": made.size}
    )
    _ask(made, chosen.team.members, found.pool, due, by=by)
    return made


@transaction.atomic
def refill(proposal: TeamProposal, *, until: date, by: people.Person) -> TeamProposal:
    """Have somebody else asked for what a free place leaves uncovered. Raises Denied."""
    locked = lock(proposal)
    demand(rules.seeks_proposal(by, locked))
    demand(rules.may_seek(by, locked.problem))
    due = _due(until)
    seats = list(standing(locked.seats.all()).select_related("person"))
    if locked.state != "proposed" or len(seats) >= locked.size:
        raise Denied(NOTHING_FREE)
    pool = pool_of(locked.problem, locked.skills, by=by)
    asked_before = set(locked.seats.values_list("key", flat=True))
    free = [one for one in pool.candidates if one.key not in asked_before]
    standing_by = {key_of(locked.problem, seat.person): seat.person for seat in seats}
    within = of_people(standing_by, locked.skills).candidates
    least = min(max(locked.least, len(seats) + 1), locked.most)
    asked = engine_need(locked.skills, least, locked.most, locked.target)
    found = engine.propose(asked, free, seed=str(locked.problem.uid), within=within, count=1)
    if not found:
        raise Denied(NOBODY)
    (best,) = found
    kept = {one.key for one in within}
    locked.size, locked.is_exact = len(best.team), best.is_exact
    locked.save(update_fields=["size", "is_exact"])
    audit.write(by=by, action="team_proposal.refilled", obj=locked, detail={"size": locked.size})
    _ask(locked, [one for one in best.team.members if one.key not in kept], pool, due, by=by)
    return locked


def lock(proposal: TeamProposal) -> TeamProposal:
    """The row, held until the transaction ends: answers and refills of one team come one at a time."""
    rows = TeamProposal.objects.select_for_update(of=("self",))
    around = ("problem__organisation", "problem__owner", "problem__challenge", "made_by")
    return rows.select_related(*around).get(pk=proposal.pk)


def largest(problem: problems.Problem, most: int) -> int:
    """So many people at most: a challenge takes no larger team than its host allows."""
    challenge = getattr(problem, "challenge", None) if problem.route == "challenge" else None
    return min(most, challenge.team_size) if challenge else most


def engine_need(skills: Sequence[Sequence[Any]], least: int, most: int, target: int) -> engine.Need:
    """As the engine takes it; `skills` are pairs of slug and level."""
    requirements = tuple(engine.Requirement(slug, level) for slug, level in skills)
    return engine.Need(requirements, least, most, target)


def _ask(
    proposal: TeamProposal,
    members: Sequence[engine.Candidate],
    pool: Pool,
    due: datetime,
    *,
    by: people.Person,
) -> None:
    """A seat for each, and a word to each."""
    for one in members:
        seat = TeamSeat.objects.create(
            proposal=proposal,
            person=pool.persons[one.key],
            key=one.key,
            percents=list(one.percents),
            due_at=due,
        )
        audit.write(by=by, action="team_seat.asked", obj=seat)
        telling.tell_asked(seat)


def _due(until: date) -> datetime:
    """The end of that day where the platform is."""
    if not clock.today() < until <= clock.today() + timedelta(days=MOST_DAYS):
        raise Denied(WRONG_DAY)
    return timezone.make_aware(datetime.combine(until, time(23, 59, 59)), timezone.get_default_timezone())
