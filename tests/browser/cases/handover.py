"""After the result: the owner and the winners meet, and the result stands where it is looked for."""

from typing import Any

from dure.problems.actions import handover, workrooms
from tests.browser.cases import Case
from tests.factories.problems import draft_need
from tests.problems.hosting import making
from tests.problems.workrooms.test_handover import finished


def _next_step(page: str) -> tuple[str, Any]:
    cast = finished(places=2, teams=3)
    return f"{cast.page}{page}", cast.owner


def _at_work() -> tuple[str, Any]:
    cast = finished(places=2, teams=3)
    handover.open_rooms(by=cast.owner, challenge=cast.challenge)
    return cast.page, cast.owner


def _first_version() -> tuple[str, Any]:
    cast = finished()
    (room,) = handover.open_rooms(by=cast.owner, challenge=cast.challenge)
    type(room).objects.update(state="working")
    solver = cast.winners[0]
    return f"/deliverables/{workrooms.start_version(by=solver, room=room).uid}", solver


def _persons_results() -> tuple[str, Any]:
    winner = finished(places=2, teams=3).winners[0]
    return f"/people/{winner.uid}", winner


def _organisations_problems() -> tuple[str, Any]:
    problem = finished().problem
    assert problem.organisation is not None
    draft_need(owner=problem.owner, organisation=problem.organisation, title_ko="아직 쓰고 있는 문제")
    return f"/organisations/{problem.organisation.slug}", problem.owner


def _board_with_second_metric() -> tuple[str, Any]:
    challenge = making.closed(4, second_metric="mae")
    return f"/challenges/{challenge.slug}/leaderboard", challenge.teams.all()[1].members.get().person


CASES = [
    Case("handover-next-step", lambda: _next_step("")),
    Case("handover-winners", lambda: _next_step("/manage/winners")),
    Case("handover-at-work", _at_work),
    Case("handover-first-version", _first_version),
    Case("results-of-a-person", _persons_results),
    Case("problems-of-an-organisation", _organisations_problems),
    Case("board-second-metric", _board_with_second_metric),
]
