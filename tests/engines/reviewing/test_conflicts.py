"""Each kind of conflict at its edge in time, which may be waived, and what a waiver opens."""

from dataclasses import replace
from datetime import date

import pytest

from dure.engines.reviewing import (
    KINDS,
    REASONS,
    Conflict,
    Declared,
    Person,
    Policy,
    Proposal,
    Spell,
    Waiver,
    barred_pairs,
    conflicts,
    waiver_faults,
)

TODAY = date(2026, 11, 30)
POLICY = Policy(on=TODAY, years=3)
LEAD = Person(
    key="lead",
    organisations=(Spell("kaist"),),
    projects=(Spell("old", date(2019, 1, 1), date(2023, 11, 30)), Spell("new", date(2025, 1, 1))),
    advisors=frozenset({"professor"}),
)
PROPOSAL = Proposal(key="P", people=(LEAD,), partners=frozenset({"kt"}))


def found(reviewer: Person, *declared: Declared, policy: Policy = POLICY) -> list[tuple[str, str, str]]:
    some = conflicts([reviewer], [PROPOSAL], declared=declared, policy=policy)
    return [(one.code.removeprefix("conflict_"), one.person, one.over) for one in some]


def at(key: str, ends: date | None = None, starts: date | None = None) -> Person:
    return Person(key="reviewer", organisations=(Spell(key, starts, ends),))


def on(key: str, starts: date | None = None, ends: date | None = None) -> Person:
    return Person(key="reviewer", projects=(Spell(key, starts, ends),))


@pytest.mark.parametrize(
    ("reviewer", "expected"),
    [
        (Person(key="reviewer"), []),
        (Person(key="lead"), [("own", "lead", "")]),
        (Person(key="professor"), [("advisor", "lead", "")]),
        (Person(key="reviewer", advisors=frozenset({"lead"})), [("advisor", "lead", "")]),
        (at("kt"), [("organisation", "", "kt")]),
        (at("kaist"), [("organisation", "", "kaist")]),
        (at("kaist", starts=date(2027, 3, 1)), [("organisation", "", "kaist")]),
        (at("kt", ends=TODAY), [("organisation", "", "kt")]),
        (at("kt", ends=date(2026, 11, 29)), [("former_organisation", "reviewer", "kt")]),
        (at("kt", ends=date(2023, 11, 30)), [("former_organisation", "reviewer", "kt")]),
        (at("kt", ends=date(2023, 11, 29)), []),
        (at("etri"), []),
        (on("new"), [("project", "lead", "new")]),
        (on("new", ends=date(2024, 12, 31)), []),
        (on("old"), [("project", "lead", "old")]),
        (on("old", ends=date(2023, 11, 29)), []),
        (on("old", starts=date(2023, 12, 1)), []),
        (on("elsewhere"), []),
    ],
)
def test_kinds_and_their_edges(reviewer: Person, expected: list[tuple[str, str, str]]) -> None:
    assert [
        reason for reason in found(reviewer) if reason[0] != "organisation" or reviewer.key != "lead"
    ] == expected


def test_what_a_person_of_the_proposal_left_counts_as_well() -> None:
    moved = replace(LEAD, organisations=(Spell("kaist"), Spell("etri", None, date(2025, 6, 30))))
    some = conflicts([at("etri")], [replace(PROPOSAL, people=(moved,))], policy=POLICY)
    assert [(one.kind, one.person, one.over) for one in some] == [("former_organisation", "lead", "etri")]


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        (Declared("reviewer", "person", "lead"), ("declared_person", "lead", "")),
        (Declared("lead", "person", "reviewer"), ("declared_person", "lead", "")),
        (Declared("reviewer", "organisation", "kt"), ("declared_organisation", "", "kt")),
        (Declared("lead", "organisation", "etri"), ("declared_organisation", "lead", "etri")),
        (Declared("reviewer", "proposal", "P"), ("declared_proposal", "", "")),
    ],
)
def test_declared_ties_count_from_either_side(declared: Declared, expected: tuple[str, str, str]) -> None:
    assert found(at("etri"), declared) == [expected]
    assert found(at("nipa"), Declared("reviewer", "person", "stranger")) == []


def test_29_february_three_years_ago_is_the_28th() -> None:
    leap = Policy(on=date(2028, 2, 29), years=3)
    assert found(at("kt", ends=date(2025, 2, 28)), policy=leap) == [("former_organisation", "reviewer", "kt")]
    assert found(at("kt", ends=date(2025, 2, 27)), policy=leap) == []


def test_waived_is_only_what_may_be_and_all_of_it_must_be() -> None:
    some = conflicts(
        [at("kt"), Person(key="professor", organisations=(Spell("kt"),))], [PROPOSAL], policy=POLICY
    )
    waivers = [Waiver("P", "reviewer", "organisation"), Waiver("P", "professor", "organisation")]
    assert barred_pairs(some) == {("P", "reviewer"), ("P", "professor")}
    assert barred_pairs(some, waivers) == {("P", "professor")}
    assert barred_pairs(some, [*waivers, Waiver("P", "professor", "advisor")]) == {("P", "professor")}
    assert waiver_faults(some, waivers) == []
    wrong = [Waiver("P", "professor", "advisor"), Waiver("P", "reviewer", "project")]
    assert [fault.code for fault in waiver_faults(some, wrong)] == [
        "review_waiver_refused",
        "review_waiver_empty",
    ]


def test_every_reason_can_be_said() -> None:
    ties = [("", ""), ("lead", ""), ("", "kt")]
    said = [Conflict("P", "a", kind, person, over) for kind in KINDS for person, over in ties]
    assert {one.code for one in said} == set(REASONS)
    for one in said:
        assert REASONS[one.code] % one.params
