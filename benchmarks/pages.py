"""Pages people open most: at most 12 queries, the same from 10 to 100,000 submissions, and at most 8 ms of CPU each.

Every page is asked for in this process through the whole middleware, gzip included, over a database that first holds 10 and then
100,000 submissions of the same 100 teams. CPU is the process's own time, the median of many; the figure is the slowest page's
CPU over the 8 ms it may take. Queries above 12, or more of them with more rows, fail the benchmark outright.
"""

import sys
from typing import Any

import numpy as np
import polars as pl
from benchmarks.harness import Result, report
from benchmarks.looking import QUERIES, analyse, get, measure
from benchmarks.stage import enter, open_challenge, stage

TEAMS, FEW, MANY = 100, 10, 100_000
CPU_S = 0.008


def run() -> Result:
    with stage():
        challenge = _challenge()
        table = _first_submission(challenge)
        _fill(challenge, table, FEW)
        few = _measure_all(challenge)
        _fill(challenge, table, MANY)
        many = _measure_all(challenge)
    assert {page: queries for page, (queries, _cpu) in few.items()} == {
        page: queries for page, (queries, _cpu) in many.items()
    }, (few, many)
    assert all(queries <= QUERIES for queries, _cpu in many.values()), many
    notes = [
        f"{page:40} {queries:3} queries {cpu * 1e3:6.2f} ms CPU" for page, (queries, cpu) in many.items()
    ]
    slowest = max(cpu for found in (few, many) for _queries, cpu in found.values())
    return Result("pages", slowest / CPU_S, 1.0, notes=tuple(notes))


def _challenge() -> Any:
    from dure.foundation import workflow  # noqa: PLC0415 - Django is set up by the stage

    ids, truth = np.arange(200), np.random.default_rng(5).normal(40, 10, 200).round(3)
    challenge = open_challenge(truth=_csv(ids, truth), sample=_csv(ids, np.zeros(200)), metric="rmse")
    workflow.perform(challenge.problem, "open", by=challenge.problem.curator)
    for at in range(TEAMS):
        enter(challenge, f"team {at}")
    return challenge


def _csv(ids: Any, values: Any) -> bytes:
    return pl.DataFrame({"id": ids, "value": values}).write_csv().encode()


def _first_submission(challenge: Any) -> Any:
    """One real file, whose table all rows made in bulk share."""
    import io  # noqa: PLC0415 - with Django, late

    from dure.problems.actions import submissions  # noqa: PLC0415

    values = np.random.default_rng(6).normal(40, 10, 200).round(3)
    return submissions.take_predictions(challenge, io.BytesIO(_csv(np.arange(200), values)))


def _fill(challenge: Any, taken: Any, total: int) -> None:
    """Bring the challenge to `total` scored submissions, spread over its teams, and compute its boards."""
    from dure.foundation import clock  # noqa: PLC0415 - Django is set up by the stage
    from dure.problems.models import Evaluation, Submission  # noqa: PLC0415
    from dure.problems.scoring import boards  # noqa: PLC0415

    phase, teams = challenge.phases.get(), list(challenge.teams.prefetch_related("members"))
    have = challenge.submissions.count()
    rows = [
        Submission(
            number=number,
            challenge=challenge,
            phase=phase,
            team=teams[number % TEAMS],
            by_id=teams[number % TEAMS].members.all()[0].person_id,
            blob=taken.blob,
            table=taken.table,
            filename="p.csv",
            rows=taken.rows,
            accepted_at=clock.now(),
        )
        for number in range(have + 1, total + 1)
    ]
    made = Submission.objects.bulk_create(rows, batch_size=2000)
    Evaluation.objects.bulk_create(
        (
            Evaluation(
                submission=row,
                answers=challenge.answers,
                scorer=challenge.scorer,
                state="done",
                public_score=10.0,
                private_score=10.0,
                public_error=0.5,
                public_released=10.0,
                improved=row.number <= TEAMS,
                finished_at=clock.now(),
            )
            for row in made
        ),
        batch_size=2000,
    )
    boards.compute(challenge)
    analyse()


def _measure_all(challenge: Any) -> dict[str, tuple[int, float]]:
    from django.test import Client  # noqa: PLC0415 - Django is set up by the stage
    from tests.factories.people import client_of  # noqa: PLC0415

    lead = challenge.teams.get(name="team 1").members.get().person
    signed_in, stranger = client_of(lead), Client()
    base = f"/challenges/{challenge.slug}"
    pages = {"front, stranger": (stranger, "/"), "front, signed in": (signed_in, "/")}
    pages |= {
        f"{path} signed in": (signed_in, path)
        for path in ("/problems", base, f"{base}/data", f"{base}/leaderboard")
    }
    pages |= {f"{path} stranger": (stranger, path) for path in ("/problems", base, f"{base}/leaderboard")}
    pages |= {
        f"{base}/{tab} signed in": (signed_in, f"{base}/{tab}") for tab in ("submit", "submissions", "team")
    }
    return {name: measure(lambda c=client, p=path: get(c, p)) for name, (client, path) in pages.items()}  # type: ignore[misc]


if __name__ == "__main__":
    sys.exit(report(run()))
