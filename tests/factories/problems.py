"""Problems and challenges for tests, made through the product's own actions."""

import io
import itertools
from datetime import timedelta
from typing import Any

import numpy as np
import polars as pl

from dure.foundation import clock, files, workflow
from dure.foundation.access import Audience, Role
from dure.people.models import Person
from dure.problems.actions import challenges, leaks, submissions, teams
from dure.problems.models import Challenge, Problem, Submission, Team
from tests.factories.people import member, organisation, person

_numbers = itertools.count(1)


def draft_need(*, owner: Person | None = None, **fields: Any) -> Problem:
    """A complete need that its owner has not posted yet."""
    owner = owner or person()
    firm = organisation()
    member(owner, firm)
    given = {
        "organisation": firm,
        "owner": owner,
        "title_ko": "콘크리트 강도를 미리 알고 싶습니다",
        "title_en": "Know the strength of concrete early",
        "hurts_ko": "28일을 기다려야 강도를 압니다.",
        "data_ko": "배합과 강도 기록 1,030건",
        "worth_ko": "시험 비용이 줄어듭니다.",
        "contact": "02-000-0000",
        "sensitivity": "public",
        "audience": Audience.PUBLIC,
        **fields,
    }
    return Problem.objects.create(**given)


def accepted_need(*, curator: Person | None = None, **fields: Any) -> Problem:
    """A need that was posted and accepted with the challenge route."""
    problem = draft_need(**fields)
    secretary = person(roles=[Role.SECRETARIAT])
    problem = workflow.perform(problem, "post", by=problem.owner)
    data = {"route": "challenge", "curator": curator or person()}
    return workflow.perform(problem, "accept", by=secretary, data=data)


def csv_of(**columns: Any) -> bytes:
    """A CSV file of these columns (lists or arrays)."""
    return pl.DataFrame(columns).write_csv().encode()


def numbers(rows: int, *, seed: int = 7) -> tuple[list[str], np.ndarray[Any, Any]]:
    """Ids and true values of a small regression problem."""
    truth = np.random.default_rng(seed).normal(40, 10, rows).round(3)
    return [f"r{at}" for at in range(rows)], truth


def prepared_challenge(
    *, rows: int = 200, metric: str = "rmse", problem: Problem | None = None, **fields: Any
) -> Challenge:
    """A challenge with data, answers, metric and one running phase, not opened yet. Its host is the problem's curator."""
    problem = problem or accepted_need()
    host = problem.curator
    assert host is not None
    challenge = challenges.create_challenge(by=host, problem=problem, slug=f"challenge-{next(_numbers)}")
    for name, value in fields.items():
        setattr(challenge, name, value)
    challenge.save()
    ids, truth = numbers(rows)
    answers = challenges.take_table(io.BytesIO(csv_of(id=ids, value=truth)))
    sample = challenges.take_table(io.BytesIO(csv_of(id=ids, value=[0.5] * rows)))
    blob = files.put_bytes(csv_of(id=ids, x=truth * 2))
    challenges.add_dataset(
        by=host, challenge=challenge, parts=[("test", "test.csv", blob)], licence="CC BY 4.0"
    )
    schema = challenges.guess_schema(sample=sample, truth=answers)
    challenges.set_scoring(by=host, challenge=challenge, schema=schema, metric=metric)
    challenges.add_answers(by=host, challenge=challenge, truth=answers)
    start = clock.now() - timedelta(days=1)
    challenges.set_phases(
        by=host,
        challenge=challenge,
        phases=[{"starts_at": start, "ends_at": start + timedelta(days=30), "per_day": 5, "per_phase": 100}],
    )
    return leaks.open_all_the_same(by=host, challenge=challenge, reason="The rows are made up for a test.")


def open_challenge(**fields: Any) -> Challenge:
    """A challenge that takes submissions now; its problem is open too."""
    challenge = prepared_challenge(**fields)
    host = challenge.problem.curator
    assert host is not None
    challenge = workflow.perform(challenge, "open", by=host)
    workflow.perform(challenge.problem, "open", by=host)
    return challenge


def entered(challenge: Challenge, *, by: Person | None = None, **fields: Any) -> Team:
    """A team of one in the challenge."""
    return teams.enter(by=by or person(), challenge=challenge, **fields)


def predictions(challenge: Challenge, *, noise: float = 1.0, seed: int = 0) -> bytes:
    """A valid file whose values are the truth plus noise."""
    assert challenge.answers is not None
    ids, truth = numbers(challenge.answers.rows)
    values = truth + np.random.default_rng(seed).normal(0, noise, len(truth))
    return csv_of(id=ids, value=values.round(4))


def submitted(
    team: Team, *, noise: float = 1.0, seed: int = 0, content: bytes | None = None, note: str = ""
) -> Submission:
    """A file handed in by the team's lead, accepted and queued."""
    lead = team.members.get(is_lead=True).person
    body = content or predictions(team.challenge, noise=noise, seed=seed)
    return submissions.submit(
        by=lead, challenge=team.challenge, stream=io.BytesIO(body), filename="predictions.csv", note=note
    )
