"""Teams of the demo for an open problem: one is formed and takes part in the challenge, another still waits for an answer."""

from datetime import timedelta
from typing import Final

from dure.foundation import clock
from dure.problems import api as problems
from dure.talent.demo.cast import Cast
from dure.talent.demo.content import on_day
from dure.talent.models import TeamProposal
from dure.talent.teams import answering, choosing, entering, needing

PROBLEM: Final = "concrete-strength"
OWNER: Final = "jeongwoo.park"
SKILLS: Final = (("supervised-learning", 2), ("model-validation", 2), ("data-quality", 2))
SIZES: Final = {"least": 2, "most": 3, "target": 50}
NAME: Final = "강도 함께"


def play(cast: Cast) -> None:
    """What the owner of the problem does, and what those who are asked answer; once, where the problem is there."""
    owner = cast.persons[OWNER]
    found = problems.Challenge.objects.select_related("problem").filter(slug=PROBLEM, state="open").first()
    if found is None or TeamProposal.objects.filter(problem=found.problem).exists():
        return
    problem = problems.access_problem(owner, found.problem.uid)
    with on_day(-7):
        needing.state(problem, SKILLS, by=owner, **SIZES)
        first = _ask_best(problem)
    with on_day(-5):
        _say_yes(first, all_but=0)
    with on_day(-3):
        _enter(TeamProposal.objects.get(pk=first.pk))
    with on_day(-2):
        second = _ask_best(problem)
    with on_day(-1):
        _say_yes(second, all_but=1)


def _ask_best(problem: problems.Problem) -> TeamProposal:
    """The owner looks at the teams that there are and asks the first of them, with ten days to answer."""
    listed = choosing.shown_for(problem, needing.need_of(problem), by=problem.owner)
    assert listed is not None  # noqa: S101 - skills are stated
    until = clock.today() + timedelta(days=10)
    return choosing.choose(problem, listed.rows[0].team, until=until, by=problem.owner)


def _say_yes(proposal: TeamProposal, *, all_but: int) -> None:
    seats = list(proposal.seats.select_related("person", "proposal").order_by("pk"))
    for seat in seats[: len(seats) - all_but]:
        answering.answer(seat, "accept", by=seat.person)


def _enter(proposal: TeamProposal) -> None:
    """One enters and invites the others; the next one joins, and whoever is left has not answered yet."""
    for person in answering.members(proposal)[:2]:
        entering.enter(proposal, by=person, name=NAME)
