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
SALT = bytes(range(32))
"""A challenge draws its own; with one of a test's the same rows are public in every run."""


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


def begun_challenge(
    *, problem: Problem | None = None, slug: str = "", **fields: Any
) -> tuple[Challenge, Person]:
    """A challenge that nothing has been added to yet, and its host: the problem's curator."""
    problem = problem or accepted_need()
    host = problem.curator
    assert host is not None
    slug = slug or f"challenge-{next(_numbers)}"
    challenge = challenges.create_challenge(by=host, problem=problem, slug=slug)
    for name, value in {"salt": SALT, **fields}.items():
        setattr(challenge, name, value)
    challenge.save()
    return challenge, host


def prepared_from(
    *, answers: bytes, sample: bytes, test: bytes, metric: str, **fields: Any
) -> tuple[Challenge, Person]:
    """A challenge on these CSV files, with one running phase without limits, not opened yet; and its host."""
    challenge, host = begun_challenge(**fields)
    truth, example = (challenges.take_table(io.BytesIO(body)) for body in (answers, sample))
    parts = [("test", "test.csv", files.put_bytes(test))]
    challenges.add_dataset(by=host, challenge=challenge, parts=parts, licence="CC BY 4.0")
    schema = challenges.guess_schema(sample=example, truth=truth)
    challenges.set_scoring(by=host, challenge=challenge, schema=schema, metric=metric)
    challenges.add_answers(by=host, challenge=challenge, truth=truth)
    start = clock.now() - timedelta(days=1)
    phase = {"starts_at": start, "ends_at": start + timedelta(days=30), "per_day": 0, "per_phase": 0}
    challenges.set_phases(by=host, challenge=challenge, phases=[phase])
    reason = "The rows are made up for a test."
    return leaks.open_all_the_same(by=host, challenge=challenge, reason=reason), host


def opened_from(**given: Any) -> tuple[Challenge, Person]:
    """The same, open."""
    challenge, host = prepared_from(**given)
    return workflow.perform(challenge, "open", by=host), host


def prepared_challenge(*, rows: int = 200, metric: str = "rmse", **fields: Any) -> Challenge:
    """A small regression with limits of five files a day and a hundred a phase, not opened yet."""
    ids, truth = numbers(rows)
    challenge, _host = prepared_from(
        answers=csv_of(id=ids, value=truth),
        sample=csv_of(id=ids, value=[0.5] * rows),
        test=csv_of(id=ids, x=truth * 2),
        metric=metric,
        **fields,
    )
    challenge.phases.update(per_day=5, per_phase=100)
    return challenge


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
