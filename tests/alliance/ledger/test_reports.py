"""Values, who uses whose accelerators, pledges, and shares of the farm by what members gave: who reads and who sets them."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from dure.alliance.ledger import by_date, posting
from dure.alliance.models import LedgerValue
from dure.engines import ledger as engine
from dure.farm import api as farm
from dure.farm.terms import terms
from dure.foundation import clock
from dure.foundation.models import AuditEntry, Notice
from dure.people.models import Organisation
from tests.factories import commitments
from tests.factories.people import client_of, organisation, person, representative

pytestmark = pytest.mark.django_db
JSON = "application/json"
IN_NOVEMBER = datetime(2026, 11, 30, 3, tzinfo=UTC)


@pytest.fixture
def firms() -> tuple[Organisation, Organisation]:
    """One that gave 30 hours of an H100 to the other, and the other that gave 10 days of people to all."""
    one, other = organisation(name_en="Giver"), organisation(name_en="Userfirm")
    facts = [
        engine.Posting(source="farm", key="1", at=IN_NOVEMBER, legs=engine.moved("1", "2", "gpu_h:h100", Decimal(30))),
        engine.Posting(source="file", key="2", at=IN_NOVEMBER, legs=engine.moved("2", "", "person_day", Decimal(10))),
    ]  # fmt: skip
    posting.post_all(facts, accounts={"1": one.pk, "2": other.pk})
    return one, other


def desk() -> Any:
    return person(roles=["secretariat"], language="en")


def test_the_secretariat_values_units_and_reports_count_with_it(
    firms: tuple[Organisation, Organisation], django_assert_max_num_queries: Any
) -> None:
    officer = client_of(desk())
    wrong = {"unit": "parsec", "valid_from": "2026-02-01", "points": "-1"}
    assert officer.post("/ledger/values", wrong).status_code == 422
    codes = officer.post("/api/v1/ledger/values", wrong, content_type=JSON).json()["faults"]
    assert {fault["code"] for fault in codes} == {
        "ledger_unit_unknown",
        "ledger_value_range",
        "ledger_not_quarter",
    }
    for unit, points in (("gpu_h:h100", "100"), ("person_day", "50")):
        officer.post("/ledger/values", {"unit": unit, "valid_from": "2026-10-01", "points": points})
    with django_assert_max_num_queries(12):
        assert "3,000" in officer.get("/ledger/matrix").content.decode()
    in_hours = officer.get("/api/v1/ledger/matrix?unit=gpu_h:h100&quarter=2026-Q4").json()
    one, other = firms
    assert in_hours["flows"] == [{"giver": one.slug, "user": other.slug, "quantity": 30.0}]
    assert f"{one.slug},{other.slug},3000.0" in officer.get("/ledger/matrix?as=csv").content.decode()
    own = client_of(representative(one))
    assert own.get("/ledger/matrix").status_code == 403
    assert own.post("/ledger/values", {"unit": "seat"}).status_code == 403
    line = own.get(f"/api/v1/ledger/accounts/{one.slug}").json()["items"][0]
    assert (line["value"], line["net_points"]) == ("100.0000", "3000.00000000")


def test_pledges_are_read_by_whoever_reads_their_agreement() -> None:
    owed = commitments.confirmed()
    page = client_of(representative(owed.donor)).get("/ledger/pledges").content.decode()
    assert f"/commitments/{owed.uid}" in page
    stranger = client_of(representative(organisation()))
    assert f"/commitments/{owed.uid}" not in stranger.get("/ledger/pledges").content.decode()
    listed = client_of(desk()).get("/api/v1/ledger/pledges").json()["items"]
    assert [(one["pledged"], one["left"]) for one in listed] == [("100.0000", "100.0000")]


def test_shares_are_shown_then_exactly_those_are_applied_and_the_farm_shares_by_them(
    firms: tuple[Organisation, Organisation],
) -> None:
    one, other = firms
    for unit, points in (("gpu_h:h100", 100), ("person_day", 100)):
        LedgerValue.objects.create(unit=unit, valid_from="2026-10-01", points=points)
    speaker, officer = representative(one), desk()
    client = client_of(officer)
    with clock.at(IN_NOVEMBER):
        rule = {"floor": "10", "quarters": "2"}
        shown = client.get("/api/v1/ledger/shares", rule).json()
        assert {row["organisation"]: row["percent"] for row in shown["shares"]} == {
            one.slug: "70",
            other.slug: "30",
        }
        assert "70.00%" in client.get("/ledger/shares", rule).content.decode()
        assert client.get("/ledger/shares", {"floor": "30", "quarters": "99"}).status_code == 422
        given = {**rule, "digest": shown["digest"]}
        late = client.post("/api/v1/ledger/shares", {**given, "digest": "x"}, content_type=JSON)
        assert late.json()["code"] == "ledger_changed_since"
        auditor = client_of(person(roles=["auditor"]))
        assert auditor.post("/api/v1/ledger/shares", given, content_type=JSON).status_code == 403
        client.post("/ledger/shares/apply", {**given, "is_sure": "on"})
        assert farm.shares_in_force() is None
    assert Notice.objects.get(person=speaker).params["percent"] == "70%"
    assert AuditEntry.objects.filter(action="farm.shares_set", actor=officer).exists()
    with clock.at(datetime(2027, 2, 1, tzinfo=UTC)):
        shares = terms().shares
        assert shares[str(one.uid),] / shares[str(other.uid),] == pytest.approx(70 / 30)
    with clock.at(datetime(2027, 4, 1, tzinfo=UTC)):
        assert not terms().shares


def test_those_concerned_are_told_once_that_a_quarter_is_over(
    firms: tuple[Organisation, Organisation],
) -> None:
    speaker, stranger, officer = representative(firms[0]), representative(organisation()), desk()
    with clock.at(IN_NOVEMBER):
        assert by_date.tell_all(clock.now()) == 0
    with clock.at(datetime(2027, 1, 2, tzinfo=UTC)):
        assert [by_date.tell_all(clock.now()) for _again in range(2)] == [1, 0]
    told = Notice.objects.filter(kind="alliance.ledger_quarter_over").values_list("person", flat=True)
    assert speaker.pk in told
    assert officer.pk in told
    assert stranger.pk not in told
