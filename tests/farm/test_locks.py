"""Two who change jobs of one array at the same time wait for each other, and never for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from dure.farm import api as farm
from dure.farm.actions import by_hand, ending
from dure.farm.models import Job
from tests.cli.waiting import until
from tests.factories.people import client_of
from tests.farm.asked import member_of, post

pytestmark = pytest.mark.django_db(transaction=True)


def locked_out() -> int:
    """How many wait for a lock in this database."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_stat_clear_snapshot()")
        cursor.execute(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
        )
        (count,) = cursor.fetchone()
    return int(count)


def beside(work: Callable[[], object]) -> None:
    """Do it in a transaction on a connection of this thread's own."""
    try:
        with transaction.atomic():
            work()
    finally:
        connection.close()


def test_sharing_an_array_while_a_job_of_it_ends() -> None:
    someone = member_of()
    assert post(client_of(someone), count=3).status_code == 201
    jobs = list(Job.objects.order_by("array_index"))

    def share() -> None:
        by_hand.share(by=someone, job=jobs[0], shared=True)

    def end() -> None:
        ending.over(jobs[2], farm.Job.State.DONE)

    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():  # whoever shares has the first, and waits here for the second
            Job.objects.select_for_update().get(pk=jobs[1].pk)
            shares = threads.submit(beside, share)
            until(lambda: locked_out() == 1, within_s=20)
            ends = threads.submit(beside, end)
            until(lambda: locked_out() == 2, within_s=20)
        shares.result(20)
        ends.result(20)
    assert Job.objects.filter(shared=True).count() == 3
    assert Job.objects.exclude(finished_at=None).count() == 1
