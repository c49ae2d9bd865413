"""After the result: the owner and the winners meet."""

from typing import Any

from dure.problems.actions import handover, workrooms
from tests.browser.cases import Case
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


CASES = [
    Case("handover-next-step", lambda: _next_step("")),
    Case("handover-winners", lambda: _next_step("/manage/winners")),
    Case("handover-at-work", _at_work),
    Case("handover-first-version", _first_version),
]
