"""Pages and REST of the ledger: who reads what, in which form, with how many queries."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from dure.alliance.ledger import posting
from dure.alliance.models import LedgerValue
from dure.engines import ledger as engine
from dure.engines.ledger import Posting
from dure.people.models import Membership, Organisation, Person
from tests.factories.people import client_of, member, organisation, person

pytestmark = pytest.mark.django_db
IN_JUNE = datetime(2026, 6, 1, 3, tzinfo=UTC)


@pytest.fixture
def firm() -> Organisation:
    """A member that gave 40 seats to the pool, worth ten points each, and used two days of somebody's."""
    found = organisation(name_en="Giver", name_ko="제공사")
    LedgerValue.objects.create(unit="seat", valid_from="2026-04-01", points=10)
    legs = (*engine.moved("f", "", "seat", Decimal(40)), *engine.moved("", "f", "person_day", Decimal(2)))
    fact = Posting(source="hand", key="R-1", at=IN_JUNE, legs=legs)
    posting.post_all([fact], accounts={"f": found.pk})
    return found


def of(organisation: Organisation, role: str = Membership.Role.MEMBER) -> Person:
    made = person(language="en")
    member(made, organisation, role)
    return made


def test_an_overseer_reads_all_accounts_and_a_member_is_led_to_its_own(
    firm: Organisation, django_assert_max_num_queries: Any
) -> None:
    reader = client_of(person(roles=["auditor"], language="en"))
    with django_assert_max_num_queries(12):
        page = reader.get("/ledger").content.decode()
    assert "Giver" in page
    assert "400" in page
    assert "not in the points: Person days" in page
    assert "Giver" not in reader.get("/ledger?quarter=2026-Q1").content.decode()
    own = client_of(of(firm))
    assert own.get("/ledger").headers["Location"] == f"/ledger/accounts/{firm.slug}"
    with django_assert_max_num_queries(12):
        account = own.get(f"/ledger/accounts/{firm.slug}").content.decode()
    assert "2026-Q2" in account


def test_a_rival_and_a_stranger_find_no_account(firm: Organisation, client: Any) -> None:
    rival = client_of(of(organisation(), Membership.Role.REPRESENTATIVE))
    for reader in (rival, client):
        assert reader.get(f"/ledger/accounts/{firm.slug}").status_code == 404
        assert reader.get(f"/api/v1/ledger/accounts/{firm.slug}").status_code == 404
        assert reader.get("/api/v1/ledger").status_code == 403
    assert "Giver" not in rival.get("/ledger", follow=True).content.decode()


def test_the_same_as_files_and_over_rest(firm: Organisation) -> None:
    own = client_of(of(firm))
    line = f"{firm.slug},2026-Q2,seat,40.0,0.0,40.0"
    assert line in own.get(f"/ledger/accounts/{firm.slug}?as=csv").content.decode("utf-8-sig")
    assert own.get(f"/ledger/accounts/{firm.slug}?as=xlsx").content.startswith(b"PK")
    found = own.get(f"/api/v1/ledger/accounts/{firm.slug}").json()["items"]
    assert [(one["unit"], one["net"]) for one in found] == [("person_day", "-2.0000"), ("seat", "40.0000")]
    reader = client_of(person(roles=["secretariat"]))
    assert reader.get("/api/v1/ledger").json()["count"] == 2
