"""Teams for needs in the small alliance of the access walk."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from dure.foundation import clock
from dure.problems.models import Problem
from dure.talent.models import TeamNeed, TeamProposal, TeamSeat

Values = dict[tuple[str, str], Any]
MAY_READ = {
    "teamreason": {"owner", "secretariat"},
    "noreason": {"team", "owner", "secretariat"},  # who said no finds it among their own
}


def shown(world: Any) -> Values:
    """A team of one for the need that everybody sees: the team's member was asked."""
    return _proposal(Problem.objects.get(title_en="Open to all"), world.people["team"], lambda _name: "")


def hide(world: Any, text: Callable[[str], str]) -> Values:
    """The same for a need of one circle, where the member said no and the owner withdrew it, with words of both."""
    circle = Problem.objects.filter(audience="circle").latest("pk")
    return _proposal(circle, world.people["team"], text)


def _proposal(problem: Problem, person: Any, text: Callable[[str], str]) -> Values:
    """Whoever is asked agrees to be proposed already, or their seat stands nowhere."""
    need = TeamNeed.objects.create(problem=problem, least=1, most=1, made_by=problem.owner)
    need.skills.create(skill="data-leakage", level=1)
    made = TeamProposal.objects.create(
        problem=problem, skills=[["data-leakage", 1]], least=1, most=1, target=80, size=1, made_by=problem.owner,
        reason=text("teamreason"), state="withdrawn" if text("teamreason") else "proposed",
    )  # fmt: skip
    seat = TeamSeat.objects.create(
        proposal=made, person=person, key="k", percents=[50], due_at=clock.now() + timedelta(days=9),
        reason=text("noreason"), state="declined" if text("noreason") else "proposed",
    )  # fmt: skip
    return {("team-proposals", "uid"): made.uid, ("team-seats", "uid"): seat.uid}
