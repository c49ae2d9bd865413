"""Pages cost a bounded number of queries, the same with few and with many rows."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dure.foundation import clock
from dure.problems.models import Challenge, Evaluation, Submission, Team
from dure.problems.scoring import boards, process
from tests.factories.people import client_of
from tests.factories.problems import entered, open_challenge, submitted

pytestmark = pytest.mark.django_db
MOST = 12
PAGES: dict[str, Callable[[Challenge], str]] = {
    "list": lambda _challenge: "/problems",
    "overview": lambda challenge: f"/challenges/{challenge.slug}",
    "data": lambda challenge: f"/challenges/{challenge.slug}/data",
    "board": lambda challenge: f"/challenges/{challenge.slug}/leaderboard",
    "submit": lambda challenge: f"/challenges/{challenge.slug}/submit",
    "submissions": lambda challenge: f"/challenges/{challenge.slug}/submissions",
}


@pytest.fixture
def team() -> Team:
    team = entered(open_challenge(rows=30))
    submitted(team)
    process.Scorer(name="test").run(until_empty=True)
    return team


def crowd_of(team: Team, count: int) -> None:
    """More submissions of this team, scored as its first one, and more teams, all on the board."""
    first = team.submissions.get()
    teams = [team, *(entered(team.challenge, name=f"crowd {at}") for at in range(5))]
    made = Submission.objects.bulk_create(
        Submission(
            number=number,
            challenge=team.challenge,
            phase=first.phase,
            team=teams[number % len(teams)],
            by=first.by,
            blob=first.blob,
            table=first.table,
            filename="p.csv",
            rows=first.rows,
        )
        for number in range(2, count + 2)
    )
    evaluation = first.evaluations.latest("pk")
    Evaluation.objects.bulk_create(
        Evaluation(
            submission=row,
            answers=evaluation.answers,
            scorer=evaluation.scorer,
            state="done",
            public_score=evaluation.public_score,
            private_score=evaluation.private_score,
            public_released=evaluation.public_released,
            improved=True,
            finished_at=clock.now(),
        )
        for row in made
    )
    boards.compute(team.challenge)


def queries_of(client: Client, path: str) -> list[dict[str, Any]]:
    part = {"HX-Request": "true"} if path.endswith("/submissions") else {}
    client.get(path, headers=part)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(path, headers=part)
    assert answer.status_code == 200
    return list(seen.captured_queries)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_little_and_no_more_with_more_rows(team: Team, page: str) -> None:
    client, path = client_of(team.members.get().person), PAGES[page](team.challenge)
    few = queries_of(client, path)
    crowd_of(team, 200)
    many = queries_of(client, path)
    told = "\n".join(query["sql"][:120] for query in many)
    assert len(few) == len(many), told
    assert len(many) <= MOST, told
