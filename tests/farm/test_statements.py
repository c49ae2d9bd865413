"""What a job costs the database: a farm lives on many short ones."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dure.engines.jobs import Carried
from dure.engines.sandbox import Outcome
from dure.farm import api as farm
from dure.farm.actions import tries
from dure.farm.jobs import JOB
from dure.farm.local.admitting import Admission
from dure.foundation import leases
from tests.factories.farm import machine

pytestmark = pytest.mark.django_db
ENDED = Outcome(
    exit_code=0,
    signal=None,
    limit=None,
    peak_memory=1,
    cpu_seconds=0.1,
    wall_seconds=0.1,
    stdout=b"",
    stderr=b"",
    files=(),
    faults=(),
    level=4,
)
SPEC = farm.JobSpec(command=("true",))


def statements(asked: CaptureQueriesContext) -> list[str]:
    """Their first two words, without those of the transaction."""
    found = (" ".join(query["sql"].split()[:2]).lower() for query in asked.captured_queries)
    return [words for words in found if not words.startswith(("savepoint", "release"))]


def test_asking_for_a_job_writes_it_puts_it_in_the_queue_and_rings() -> None:
    with CaptureQueriesContext(connection) as asked:
        farm.submit(SPEC, name="new")
    assert len(statements(asked)) == 3, asked.captured_queries
    assert sum("SAVEPOINT" in query["sql"] for query in asked.captured_queries) == 2


def test_a_try_that_ends_closes_its_lease_and_writes_its_row_and_its_jobs() -> None:
    job = farm.submit(SPEC, name="ends")
    (claim,) = leases.claim_these(kind=JOB, subjects=[job.uid], worker="test")
    one = tries.begin(claim, job, node=machine(), worker="test", rate=1.0)
    assert one is not None
    with CaptureQueriesContext(connection) as asked:
        tries.write(one, Carried(outcome=ENDED), {})
    assert len(statements(asked)) == 3, asked.captured_queries


def test_jobs_that_start_together_are_marked_in_one_statement() -> None:
    for _ in range(4):
        farm.submit(SPEC, name="starts")
    door = Admission(machine(), worker="test")
    with CaptureQueriesContext(connection) as asked:
        assert len(door.decide().admitted) == 4
    marks = [query["sql"] for query in asked.captured_queries if query["sql"].startswith('UPDATE "farm_job"')]
    assert len(marks) == 1
