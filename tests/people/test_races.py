"""Two at once: exactly one gets through."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from dure.foundation.access import Denied
from dure.people.actions.entrance import issue_login_link
from dure.people.actions.memberships import end_membership
from dure.people.models import Membership
from tests.factories.people import member, organisation, person

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run all calls at the same moment, each on its own connection; a refusal is returned as its reason."""
    gate = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return call()
        except Denied as error:
            return error.refused.reason
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_two_representatives_leaving_at_once_leave_one() -> None:
    home, first, second = organisation(), person(), person()
    mine, theirs = (member(someone, home, "representative") for someone in (first, second))
    answers = at_once(lambda: end_membership(mine, by=first), lambda: end_membership(theirs, by=second))
    assert sum(answer == "sole_representative" for answer in answers) == 1
    assert Membership.objects.current().filter(organisation=home).count() == 1


def test_a_link_pressed_twice_at_once_signs_in_once() -> None:
    path = issue_login_link(person())
    answers = at_once(*[lambda: Client().post(path).status_code] * 4)
    assert sorted(answers) == [302, 410, 410, 410]
