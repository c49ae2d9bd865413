"""A whole year of an alliance through its own actions, its clock striking once a week."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum

from dure.alliance.models import LedgerEntry, ProjectMilestone
from dure.alliance.year.chapters import figures
from dure.foundation import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def _in_november() -> Iterator[None]:
    with clock.at(datetime(2026, 11, 20, 3, tzinfo=UTC)):
        yield


@pytest.mark.usefixtures("_in_november")
def test_a_year_of_an_alliance_comes_to_what_it_says() -> None:
    call_command("demo_year", every=7, stdout=(told := _Told()))
    assert figures() == {
        "members": {"active": 9},
        "agreements": {"active": 2},
        "commitments": {"fulfilled": 3, "short": 1},
        "gurus": {"declined": 2, "ended": 28},
        "topics": {"adopted": 2, "decided": 1, "merged": 1, "parked": 8, "proposed": 3},
        "roundtables": {"minuted": 1},
        "votes": {"decided": 1},
        "calls": {"announced": 1},
        "proposals": {"awarded": 12, "declined": 47, "withdrawn": 1},
        "reviews": {"submitted": 120},
        "startups": {"exited": 1, "graduated": 1, "rejected": 1},
        "checkpoints": {"done": 2, "dropped": 4},
        "events": {"closed": 1},
        "guests": {"attended": 17, "cancelled": 1, "registered": 3, "waiting": 7},
        "projects": {"active": 17, "closing": 3, "setup": 13},
        "quarters": {"closed": 4},
        "intakes": {"finished": 1},
        "stays": {"broken_off": 1, "completed": 29},
        "renewals": {"conditions": 2, "lapsed": 2, "not_renewed": 1, "renewed": 15},
    }
    assert "2025-07-01" in told.text
    _the_ledger_balances()
    assert ProjectMilestone.objects.filter(state="late").count() == 4
    with pytest.raises(CommandError):
        call_command("demo_year")


def _the_ledger_balances() -> None:
    sums = LedgerEntry.objects.order_by().values("unit").annotate(total=Sum("quantity"))
    assert {row["total"] for row in sums} == {0}


class _Told:
    """Where a command writes."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        pass
