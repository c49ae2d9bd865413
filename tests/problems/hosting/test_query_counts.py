"""The host's pages and the operators' queue cost a bounded number of queries, the same with few and with many rows."""

from typing import Any

import pytest

from dure.foundation.access import Role
from dure.problems.actions import rescores, winners
from dure.problems.models import Challenge
from tests.factories.people import client_of, person
from tests.factories.problems import entered, open_challenge, submitted
from tests.problems.hosting import making
from tests.problems.test_query_counts import MOST, crowd_of, queries_of

pytestmark = pytest.mark.django_db
STEPS = (
    "",
    "/data",
    "/takes",
    "/answers",
    "/columns",
    "/metric",
    "/split",
    "/phases",
    "/rules",
    "/story",
    "/baselines",
    "/checks",
)
RUNNING = ("", "/submissions", "/versions", "/baselines", "/winners")

LISTED = ("manage/submissions", "manage/teams", "manage/versions", "submissions", "leaderboard", "story")


def bounded(few: list[dict[str, Any]], many: list[dict[str, Any]]) -> None:
    told = "\n".join(query["sql"][:160] for query in many)
    assert len(many) == len(few), told
    assert len(many) <= MOST, told


@pytest.mark.parametrize("page", STEPS)
def test_a_step_of_preparing(page: str) -> None:
    challenge, host = making.prepared()
    making.baseline(challenge)
    making.score_all()
    browser, path = client_of(host), f"/challenges/{challenge.slug}/manage{page}"
    few = queries_of(browser, path)
    for at in range(8):
        making.baseline(challenge, name=f"baseline {at}")
    making.score_all()
    bounded(few, queries_of(browser, path))


@pytest.mark.parametrize(
    "page",
    [
        *(f"/challenges/{{}}/manage{page}" for page in RUNNING),
        *(f"/api/v1/challenges/{{}}/{page}" for page in LISTED),
    ],
)
def test_a_page_of_a_running_challenge(page: str) -> None:
    challenge = making.with_teams(1, rows=30)
    correct(challenge, shift=1.0)
    browser, path = client_of(making.host_of(challenge)), page.format(challenge.slug)
    few = queries_of(browser, path)
    crowd_of(challenge.teams.get(), 60)
    for shift in (2.0, 3.0, 4.0):
        correct(challenge, shift=shift)
    bounded(few, queries_of(browser, path))


def correct(challenge: Challenge, *, shift: float) -> None:
    host, truth = making.host_of(challenge), making.corrected(challenge, shift=shift)
    rescores.change_answers(
        by=host, challenge=making.fresh(challenge), truth=truth, note_en="Measured again."
    )
    making.score_all()


@pytest.mark.parametrize(
    "page", ["/challenges/{}/manage/winners", "/challenges/{}/story", "/api/v1/challenges/{}/manage/awards"]
)
def test_more_winners_cost_no_more(page: str) -> None:
    few, many = (queries_of_closed(teams, page) for teams in (2, 9))
    bounded(few, many)


def queries_of_closed(teams: int, page: str) -> list[dict[str, Any]]:
    challenge = making.closed(teams, places=teams, rows=30)
    winners.ask(by=making.host_of(challenge), challenge=challenge)
    return queries_of(client_of(making.host_of(challenge)), page.format(challenge.slug))


def test_the_operators_queue() -> None:
    browser, challenge = client_of(person(roles=[Role.OPERATOR])), open_challenge(rows=30)
    submitted(entered(challenge))
    few = queries_of(browser, "/problems/queue")
    for at in range(20):
        submitted(entered(challenge, name=f"team {at}"))
    bounded(few, queries_of(browser, "/problems/queue"))
