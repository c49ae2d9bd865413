"""The ledger against PostgreSQL: what is posted once, what nobody can change, what a closed quarter refuses, and who sees it."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dure.alliance.ledger import periods, posting, queries, sources
from dure.alliance.models import LedgerEntry, LedgerPeriod, LedgerTransaction, LedgerValue
from dure.engines import ledger as engine
from dure.engines.faults import Faulty
from dure.engines.ledger import Posting
from dure.farm import api as farm
from dure.foundation import clock, workflow
from dure.foundation.access import Denied
from dure.learn import api as learn
from dure.people.models import Membership, Organisation, Person
from dure.talent import api as talent
from tests.engines.ledger.test_engine import transactions
from tests.factories import openings
from tests.factories.people import member, organisation, person

pytestmark = pytest.mark.django_db
IN_JUNE = datetime(2026, 6, 1, 3, tzinfo=UTC)
IN_NOVEMBER = datetime(2026, 11, 30, 3, tzinfo=UTC)
SEATS = Decimal(5)


def desk() -> Person:
    return person(roles=["secretariat"])


def by_hand(firm: Organisation, key: str = "R-1", at: datetime = IN_JUNE) -> LedgerTransaction:
    """Five seats that an organisation gave to the pool."""
    fact = Posting(source="hand", key=key, at=at, legs=engine.moved("firm", "", engine.SEAT, SEATS))
    return posting.enter(fact, by=desk(), accounts={"firm": firm.pk})


def settled() -> None:
    """What the database asks at commit, asked now: inside a test nothing commits."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate; set constraints all deferred")


def report_of(firm: Organisation) -> dict[str, tuple[Any, Any]]:
    """What an organisation gave and used, by unit."""
    found = engine.report(queries.rows(organisation=firm), engine.Values([]))
    account = found.get(str(firm.pk))
    return {unit: (sums.gave, sums.used) for unit, sums in account.in_order} if account else {}


def used_hour(giver: Organisation, user: Organisation, **changed: str) -> farm.UsageRecorded:
    line: Any = {
        "entry": 1,
        "source": "local:8f/1",
        "revision": 0,
        "provider": str(giver.uid),
        "project": "secret",
        "accelerator": "gpu:h100",
        "delivered": "3600.000000",
        "consumed": "1800.000000",
        "excused": "1800.000000",
        **changed,
    }
    hour = IN_JUNE.isoformat()
    return farm.UsageRecorded(hour=hour, recorded=hour, consumer=str(user.uid), lines=[line])


def test_usage_is_posted_once_and_both_sides_carry_the_same() -> None:
    giver, user = organisation(), organisation()
    told = used_hour(giver, user, delivered="1801.000001", consumed="1801.000001", excused="0")
    for _again in range(2):
        sources.take_usage(told)
    settled()
    quantity = Decimal("0.5003")
    assert report_of(giver) == {"gpu_h:h100": (quantity, Decimal(0))}
    assert report_of(user) == {"gpu_h:h100": (Decimal(0), quantity)}
    posted = LedgerTransaction.objects.get()
    assert posted.source_id == f"local:8f/1@{IN_JUNE.isoformat()}#gpu:h100.0"
    ((_day, flow),) = queries.flows(posted.period.quarter)
    assert flow == engine.Flow(str(giver.pk), str(user.pk), "gpu_h:h100", quantity)


def test_what_is_excused_was_given_and_is_charged_to_nobody() -> None:
    giver, user = organisation(), organisation()
    sources.take_usage(used_hour(giver, user))
    settled()
    assert report_of(giver)["gpu_h:h100"] == (1, 0)
    assert report_of(user)["gpu_h:h100"] == (0, Decimal("0.5"))


def test_a_correction_of_usage_makes_both_figures_less() -> None:
    giver, user = organisation(), organisation()
    sources.take_usage(used_hour(giver, user))
    less = used_hour(giver, user, revision="1", delivered="-1800", consumed="-1800", excused="0")
    sources.take_usage(less)
    settled()
    assert (report_of(giver), report_of(user)) == (
        {"gpu_h:h100": (Decimal("0.5"), 0)},
        {"gpu_h:h100": (0, 0)},
    )


def test_an_organisation_on_its_own_machines_gives_and_uses() -> None:
    firm = organisation()
    sources.take_usage(used_hour(firm, firm, consumed="3600", excused="0"))
    settled()
    assert report_of(firm) == {"gpu_h:h100": (1, 1)}


@pytest.mark.parametrize("of", ["cohort", "partner"])
def test_seats_go_to_the_pool_and_from_it_and_a_place_may_be_taken_again(of: str) -> None:
    giver, user = organisation(), organisation()
    common: dict[str, Any] = {"course": "c", "block": "b"}
    if of == "cohort":
        common |= {"cohort": "g", "sponsor": str(giver.uid)}
        gives, uses = (learn.SeatsGiven, sources.take_seats), (learn.SeatUsed, sources.take_seat_use)
    else:
        common |= {"giver": str(giver.uid)}
        gives = (learn.PartnerSeatsGiven, sources.take_partner_seats)  # type: ignore[assignment]  # same fields but one
        uses = (learn.PartnerSeatUsed, sources.take_partner_seat_use)  # type: ignore[assignment]  # same
    for seats, returned in ((5, 0), (-2, 2), (-2, 2), (-1, 3)):
        gives[1](gives[0](**common, reserved_for="", seats=seats, returned=returned))
    assert report_of(giver) == {"seat": (2, 0)}
    for seats, held in ((1, 1), (1, 1), (-1, 0), (-1, 0), (1, 1)):
        uses[1](uses[0](**common, used_by=str(user.uid), place="p", seats=seats))
        assert report_of(user)["seat"] == (0, held)
    with pytest.raises(LookupError):
        uses[1](uses[0](**common, used_by=str(user.uid), place="other", seats=-1))
    settled()


def test_a_sponsor_gives_a_seat_to_the_host_and_an_offer_counts_unless_it_is_a_job() -> None:
    sponsor, host = organisation(), organisation()
    began = talent.StayBegan(stay="s", intake="i", person="p", host=str(host.uid), sponsor=str(sponsor.uid))
    for _again in range(2):
        sources.take_stay(began)
    assert (report_of(sponsor), report_of(host)) == ({"seat": (1, 0)}, {"seat": (0, 1)})
    firm = organisation()
    for at, kind in enumerate(("job", "secondment")):
        made = openings.opening(firm, kind=kind)
        told = {
            "application": f"a{at}",
            "opening": str(made.uid),
            "organisation": str(firm.uid),
            "person": "p",
        }
        sources.take_offer(talent.OfferAccepted(**told))
    assert report_of(firm) == {"seat": (1, 0)}
    for _again in range(2):
        sources.take_offer_back(talent.SeatGivenBack(**told))
    assert report_of(firm) == {"seat": (0, 0)}
    settled()


def _broken(change: Callable[[], object], says: str) -> None:
    def in_one_transaction() -> None:
        with transaction.atomic():
            change()
            settled()

    with pytest.raises(DatabaseError, match=says):
        in_one_transaction()


def test_postgresql_refuses_what_is_no_ledger() -> None:
    firm = organisation()
    posted = by_hand(firm)
    settled()
    _broken(lambda: LedgerEntry.objects.all().delete(), "append-only")
    _broken(lambda: _said("delete from alliance_ledgertransaction"), "append-only")
    _broken(lambda: LedgerTransaction.objects.update(what="x"), "append-only")
    _broken(lambda: LedgerEntry.objects.update(quantity=1), "append-only")
    _broken(lambda: _said("truncate alliance_ledgerentry"), "append-only")
    alone = {"source": "hand", "source_id": "R-2", "occurred_at": IN_JUNE, "period": posted.period}
    _broken(lambda: LedgerTransaction.objects.create(**alone), "does not balance")
    _broken(lambda: _uneven(firm, alone), "does not balance")
    _broken(lambda: _reverses_other(posted, firm, alone), "takes back something else")


def _said(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _uneven(firm: Organisation, header: dict[str, Any]) -> None:
    made = LedgerTransaction.objects.create(**header)
    for unit, quantity in (("seat", 1), ("krw", -1)):
        LedgerEntry.objects.create(
            transaction=made, period=made.period, organisation=firm, side="gave", unit=unit, quantity=quantity
        )


def _reverses_other(posted: LedgerTransaction, firm: Organisation, header: dict[str, Any]) -> None:
    made = LedgerTransaction.objects.create(**header, reverses=posted)
    for quantity in (1, -1):
        LedgerEntry.objects.create(
            transaction=made,
            period=made.period,
            organisation=firm,
            side="gave",
            unit="seat",
            quantity=quantity,
        )


@pytest.mark.django_db(transaction=True)
def test_a_posted_transaction_takes_no_more_legs() -> None:
    """Legs join within one transaction of the database, so this one test commits."""
    posted = by_hand(organisation())
    leg = {"transaction": posted, "period": posted.period, "unit": "seat", "quantity": 1}
    with pytest.raises(DatabaseError, match="with its transaction"):
        LedgerEntry.objects.create(**leg, side="gave")
    assert posted.entries.count() == 2


def _closed(moment: datetime) -> LedgerPeriod:
    period = periods.period_of(moment)
    return workflow.perform(period, "close", by=desk())


def test_a_closed_quarter_refuses_back_posting_and_what_is_told_late_counts_later() -> None:
    giver, user = organisation(), organisation()
    with clock.at(IN_NOVEMBER):
        second = _closed(IN_JUNE)
        with pytest.raises(Denied) as refused:
            by_hand(giver)
        assert refused.value.refused.reason == "ledger_closed"
        header = {"source": "hand", "source_id": "R-3", "occurred_at": IN_JUNE, "period": second}
        _broken(lambda: LedgerTransaction.objects.create(**header), "closed")
        sources.take_usage(used_hour(giver, user))
        posted = LedgerTransaction.objects.get()
        assert (posted.period.name, posted.occurred_at) == ("2026-Q3", IN_JUNE)
        with pytest.raises(Denied) as early:
            _closed(IN_NOVEMBER)
        assert early.value.refused.reason == "ledger_not_over"


def test_a_reversal_takes_back_once_and_is_not_taken_back_itself() -> None:
    firm, officer = organisation(), desk()
    posted = by_hand(firm)
    with pytest.raises(Faulty):
        posting.reverse(posted, by=officer, reason=" ")
    made = posting.reverse(posted, by=officer, reason="entered twice")
    settled()
    assert report_of(firm) == {"seat": (0, 0)}
    for again, code in ((posted, "ledger_reversed"), (made, "ledger_is_reversal")):
        with pytest.raises(Denied) as refused:
            posting.reverse(again, by=officer, reason="once more")
        assert refused.value.refused.reason == code
    with pytest.raises(Denied):
        posting.reverse(posted, by=person(), reason="mine")


def test_a_reference_is_entered_once() -> None:
    firm = organisation()
    by_hand(firm)
    with pytest.raises(Faulty) as refused:
        by_hand(firm)
    assert [fault.code for fault in refused.value.faults] == ["ledger_posted_already"]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(transactions(), st.booleans()), min_size=1, max_size=5))
def test_the_database_takes_every_history_and_its_units_are_even(history: list[Any]) -> None:
    """The engine's histories, posted and taken back for real; the database's own check at commit agrees."""
    with transaction.atomic():
        firms = {name: organisation().pk for name in ("kt", "kaist", "etri")}
        for at, (legs, is_taken_back) in enumerate(history):
            if not legs:
                continue
            fact = Posting(source="hand", key=f"{at}", at=IN_JUNE, legs=legs)
            assert posting.post_all([fact], accounts=firms) == 1
            if is_taken_back:
                posting.take_back(LedgerTransaction.objects.get(source="hand", source_id=f"{at}"), what="")
        settled()
        left: dict[str, Decimal] = {}
        for unit, quantity in LedgerEntry.objects.values_list("unit", "quantity"):
            left[unit] = left.get(unit, Decimal(0)) + quantity
        assert not any(left.values())
        transaction.set_rollback(True)


def test_a_report_recomputes_when_values_change() -> None:
    firm = organisation()
    by_hand(firm)
    assert engine.report(queries.rows(), queries.values())[str(firm.pk)].unvalued == {"seat"}
    for points in (10, 12):
        LedgerValue.objects.create(unit="seat", valid_from="2026-04-01", points=points)
    found = engine.report(queries.rows(), queries.values())[str(firm.pk)]
    assert found.points.gave == Decimal(60)
    assert not found.unvalued


def test_its_own_people_and_the_overseers_see_a_transaction_and_no_rival() -> None:
    firm, rival = organisation(), organisation()
    by_hand(firm)
    own, other, reader = person(), person(), person(roles=["auditor"])
    member(own, firm)
    member(other, rival, Membership.Role.REPRESENTATIVE)
    seen = {who.pk: LedgerTransaction.objects.visible_to(who).count() for who in (own, other, reader)}
    assert seen == {own.pk: 1, other.pk: 0, reader.pk: 1}
