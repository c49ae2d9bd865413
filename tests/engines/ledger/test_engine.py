"""The ledger's engine: what holds for every history, and what each part says of a small example."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines import ledger
from dure.engines.faults import Faulty
from dure.engines.ledger import Leg

ACCOUNTS = ("", "kt", "kaist", "etri")
UNITS = ("gpu_h:h100", "npu_h:atom", "seat", "krw")
quantities = st.integers(1, 10**9).map(lambda n: Decimal(n).scaleb(-4))
seconds = st.decimals(0, 10**7, places=6)


@st.composite
def transactions(draw: Any) -> tuple[Leg, ...]:
    """A plain transfer, or a machine's time of which a part may be excused."""
    giver, user, unit = (draw(st.sampled_from(of)) for of in (ACCOUNTS, ACCOUNTS, UNITS))
    if draw(st.booleans()):
        return ledger.moved(giver, user, unit, draw(quantities))
    consumed, excused = ledger.hours(draw(seconds)), ledger.hours(draw(seconds))
    return ledger.served(giver, user, unit, consumed=consumed, excused=excused)


histories = st.lists(st.tuples(transactions(), st.booleans()), max_size=12)


@given(histories)
def test_every_history_of_posts_and_reversals_balances_in_each_unit(
    history: list[tuple[tuple[Leg, ...], bool]],
) -> None:
    """Whatever is posted and taken back, nothing comes from nowhere: the accounts together are even in each unit."""
    legs: list[Leg] = []
    for posted, is_taken_back in history:
        legs += posted
        if is_taken_back:
            legs += ledger.reversal(posted)
    assert not any(ledger.balance(legs).values())
    every = [ledger.of_account(legs, account) for account in ACCOUNTS]
    for unit in UNITS:
        assert sum(balance.get(unit, Decimal(0)) for balance in every) == 0


@given(transactions())
def test_a_reversal_takes_back_what_each_side_shows(legs: tuple[Leg, ...]) -> None:
    """Not only the balance: what somebody gave, and what somebody used, are as before."""
    both = [*legs, *ledger.reversal(legs)]
    for side in ledger.SIDES:
        for account in ACCOUNTS:
            of_side = [leg for leg in both if (leg.side, leg.account) == (side, account)]
            assert not any(ledger.balance(of_side).values())


@given(transactions())
def test_what_the_engine_makes_has_no_fault(legs: tuple[Leg, ...]) -> None:
    assert [fault.code for fault in ledger.posting_faults(legs)] == ([] if legs else ["ledger_legs_missing"])


def test_each_fault_of_a_transaction_is_told() -> None:
    wrong = [
        Leg("kt", "gpu_h:h100", Decimal("1.00001"), "gave"),
        Leg("kaist", "parsec", Decimal(0), "used"),
        Leg("kaist", "seat", Decimal(10) ** 16, "used"),
    ]
    codes = [fault.code for fault in ledger.posting_faults(wrong)]
    assert codes == [
        "ledger_not_rounded",
        "ledger_unit_unknown",
        "ledger_nothing",
        "ledger_too_much",
        "ledger_unbalanced",
        "ledger_unbalanced",
    ]
    assert set(codes) <= ledger.FAULTS.keys()


@pytest.mark.parametrize(
    ("key", "unit"),
    [
        ("gpu:h100", "gpu_h:h100"),
        ("npu:rebel-quad", "npu_h:rebel-quad"),
        ("", "core_h"),
    ],
)
def test_a_kind_of_the_catalogue_has_its_own_unit(key: str, unit: str) -> None:
    assert ledger.accelerator_unit(key) == unit
    assert ledger.is_unit(unit)


def test_money_is_a_unit_for_each_currency_and_nothing_else_is() -> None:
    assert ledger.unit_of("krw").detail == "KRW"
    assert not any(ledger.is_unit(key) for key in ("zzz", "KRW", "gpu_h", "gpu_h:", "hours"))


def test_values_change_with_a_quarter_and_what_has_none_is_named() -> None:
    values = ledger.Values(
        [
            ledger.Value("seat", date(2026, 1, 1), Decimal(10)),
            ledger.Value("seat", date(2026, 7, 1), Decimal(20)),
        ]
    )
    rows = [
        ledger.Row("kt", date(2026, 4, 1), "seat", Decimal(3), Decimal(1)),
        ledger.Row("kt", date(2026, 7, 1), "seat", Decimal(3), Decimal(1)),
        ledger.Row("kt", date(2026, 7, 1), "gb_month", Decimal(99), Decimal(0)),
    ]
    found = ledger.report(rows, values)["kt"]
    assert (found.points.gave, found.points.net) == (Decimal(90), Decimal(60))
    assert found.units["seat"].net == Decimal(4)
    assert found.unvalued == {"gb_month"}
    wrong = ledger.Value("seat", date(2026, 2, 1), Decimal(-1))
    assert [fault.code for fault in ledger.value_faults(wrong)] == [
        "ledger_value_range",
        "ledger_not_quarter",
    ]


def test_the_matrix_sums_what_one_used_of_another_s() -> None:
    flows = [
        ledger.Flow("kt", "kaist", "gpu_h:h100", Decimal(2)),
        ledger.Flow("kt", "kaist", "npu_h:atom", Decimal(4)),
        ledger.Flow("etri", "kt", "gpu_h:a100", Decimal(1)),
    ]
    found = ledger.matrix(flows, {"gpu_h:h100": Decimal(100), "npu_h:atom": Decimal(25)})
    assert dict(found.cells) == {("kt", "kaist"): Decimal(300)}
    assert found.unvalued == {"gpu_h:a100"}
    assert ledger.matrix(flows[:1]).cells["kt", "kaist"] == Decimal(2)


members = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=5), st.decimals(-100, 10**9, places=4), min_size=1, max_size=20
)


@given(members, st.decimals("0", "2.5", places=2))
def test_shares_are_the_whole_nobody_is_below_the_floor_and_more_is_never_less(
    given_points: dict[str, Decimal], floor: Decimal
) -> None:
    shares = ledger.propose(given_points, ledger.Rule(floor=floor))
    assert sum(one.share for one in shares) == ledger.WHOLE
    assert all(one.share >= int(floor * 100) for one in shares)
    gifts = [max(Decimal(0), one.given) for one in shares]
    assert all(
        first.share >= second.share
        for first, more in zip(shares, gifts, strict=True)
        for second, less in zip(shares, gifts, strict=True)
        if more > less
    )


def test_a_floor_that_takes_more_than_half_is_refused() -> None:
    with pytest.raises(Faulty) as refused:
        ledger.propose(dict.fromkeys(("a", "b"), Decimal(1)), ledger.Rule(floor=Decimal(30), quarters=0))
    assert [fault.code for fault in refused.value.faults] == ["ledger_floor_range", "ledger_quarters_range"]


def test_quarters_follow_each_other() -> None:
    last = ledger.quarter_of(date(2026, 12, 31))
    assert (last.name, last.starts_on, last.ends_on) == ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31))
    assert last.next.name == "2027-Q1"


HEADINGS = ("관리번호", "date", "Giver", "이용기관", "unit", "quantity", "what")


def test_rows_become_facts_whose_days_begin_where_the_platform_is() -> None:
    rows = [(2, ("R-1", "2026-11-30", "kt", "공동", "person_day", "1,000.5", "파견"))]
    reading = ledger.read_facts(HEADINGS, rows, accounts={"kt"})
    (fact,) = reading.postings.values()
    assert (fact.source, fact.key, fact.at) == ("file", "R-1", datetime(2026, 11, 30, tzinfo=UTC))
    assert fact.legs == ledger.moved("kt", "", "person_day", Decimal("1000.5"))
    assert reading.faults == ()


def test_every_fault_of_every_row_is_told_with_its_line_and_column() -> None:
    rows = [
        (2, ("", "yesterday", "kt", "nobody", "parsec", "-1", "")),
        (3, ("R-1", "2026-11-30", "pool", "pool", "seat", "1.00001", "x" * 301)),
        (4, ("R-2", "2026-11-30", "kt", "pool", "seat", "1.00001", "")),
        (5, ("R-2", "2026-11-30", "kt", "pool", "seat", "1", "")),
    ]
    reading = ledger.read_facts(HEADINGS, rows, accounts={"kt"})
    assert {(fault.row, fault.column, fault.code) for fault in reading.faults} == {
        (2, "reference", "ledger_reference_missing"),
        (2, "date", "ledger_date_malformed"),
        (2, "user", "ledger_account_unknown"),
        (2, "unit", "ledger_unit_unknown"),
        (2, "quantity", "ledger_quantity_malformed"),
        (3, "what", "ledger_too_long"),
        (3, "user", "ledger_pool_alone"),
        (4, "quantity", "ledger_not_rounded"),
        (5, "reference", "ledger_reference_twice"),
    }
    assert not reading.postings
    assert {fault.code for fault in reading.faults} <= ledger.FAULTS.keys()


def test_a_table_with_wrong_headings_is_not_read() -> None:
    reading = ledger.read_facts(("date", "date", "colour"), [(2, ("", "", ""))], accounts=())
    codes = [fault.code for fault in reading.faults]
    assert codes.count("ledger_heading_twice") == 2
    assert codes.count("ledger_heading_unknown") == 1
    assert codes.count("ledger_heading_missing") == 5


promises = st.lists(
    st.builds(
        ledger.Promise,
        key=st.integers(1, 99),
        giver=st.sampled_from(ACCOUNTS[1:]),
        receiver=st.sampled_from([None, *ACCOUNTS[1:]]),
        parties=st.just(frozenset({"kt", "kaist"})),
        unit=st.sampled_from(UNITS),
        starts_on=st.just(date(2026, 1, 1)),
        ends_on=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    ),
    unique_by=lambda one: one.key,
    max_size=8,
)


@given(transactions(), promises)
def test_a_fact_keeps_a_promise_of_its_giver_to_its_user_the_earliest_due_first(
    legs: tuple[Leg, ...], owed: list[ledger.Promise]
) -> None:
    day = date(2026, 6, 1)
    key = ledger.kept_by(legs, day, owed)
    assert key == ledger.kept_by(legs, day, owed[::-1])
    if key is None:
        return
    kept = next(one for one in owed if one.key == key)
    giver, user = legs[0].account, next(leg.account for leg in legs if leg.side == "used")
    assert (kept.giver, kept.unit) == (giver, legs[0].unit)
    assert kept.starts_on <= day <= kept.ends_on
    assert user == kept.receiver or (kept.receiver is None and user in {"", "kt", "kaist"} - {giver})
    alike = [one for one in owed if one.giver == giver and one.unit == kept.unit and day <= one.ends_on]
    same = [one for one in alike if one.receiver == kept.receiver]
    assert kept.ends_on == min(one.ends_on for one in same)


def test_the_last_quarters_cross_the_year() -> None:
    names = [one.name for one in ledger.last_quarters(ledger.Quarter(2026, 2), 3)]
    assert names == ["2025-Q4", "2026-Q1", "2026-Q2"]


def test_a_digest_names_exactly_one_proposal() -> None:
    rule = ledger.Rule(floor=Decimal(10))
    shares = ledger.propose({"a": Decimal(1), "b": Decimal(3)}, rule)
    first = ledger.digest_of("2027-Q1", rule, shares)
    assert first == ledger.digest_of("2027-Q1", ledger.Rule(floor=Decimal("10.0")), shares)
    assert first != ledger.digest_of("2027-Q2", rule, shares)
    assert first != ledger.digest_of("2027-Q1", rule, shares[::-1])
