"""The demo's ledger: four quarters once, two of them closed, one receipt that waits."""

import pytest

from dure.alliance.ledger import demo, queries
from dure.alliance.models import LedgerPeriod, LedgerReceipt, LedgerTransaction
from dure.engines import ledger as engine
from dure.problems import api as problems
from tests.factories.people import organisation, person, representative

pytestmark = pytest.mark.django_db


def test_it_is_loaded_once_and_its_members_can_be_compared() -> None:
    person(roles=["secretariat"], is_demo=True)
    homes = {slug: organisation(slug=slug) for slug in sorted(demo._named(demo._content()))}
    representative(homes["hanbit-telecom"])
    for _again in range(2):
        demo.load(problems.DemoLoaded())
    assert LedgerTransaction.objects.count() == 15
    assert list(LedgerPeriod.objects.order_by("starts_on").values_list("state", flat=True)) == [
        "closed",
        "closed",
        "open",
        "open",
    ]
    assert LedgerReceipt.objects.filter(state="proposed").count() == 1
    accounts = engine.report(queries.rows(), queries.values())
    assert not {unit for one in accounts.values() for unit in one.unvalued}
    assert accounts[str(homes["hanbit-telecom"].pk)].points.net > 0
