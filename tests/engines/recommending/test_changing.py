"""The smallest change that would alter the order."""

from datetime import timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from dure.engines.evidence import NOISE, Fact, Kind, posterior
from dure.engines.recommending import (
    OFFERED,
    Change,
    Opening,
    Requirement,
    Seeker,
    change_of_openings,
    change_of_seekers,
    openings_for,
    score,
)
from dure.engines.recommending.values import EVERYONE
from tests.engines.evidence.facts import TODAY, fact, facts
from tests.engines.recommending.markets import NOW

Facts = dict[str, list[Fact]]
known = st.dictionaries(st.sampled_from("abc"), facts(most=3), max_size=3)
asked = st.lists(
    st.builds(
        Requirement,
        st.sampled_from("abc"),
        st.integers(1, 4),
        is_must=st.booleans(),
        weight=st.sampled_from([0.5, 1.0]),
    ),
    unique_by=lambda one: one.skill,
    min_size=1,
    max_size=3,
)


def seat(key: str, requirements: list[Requirement], *, days: int = 1) -> Opening:
    return Opening(
        key=key,
        organisation="kt",
        kind="job",
        closes=NOW + timedelta(days=days),
        seats_left=1,
        is_remote=True,
        requirements=tuple(requirements),
    )


def person(facts_of: Facts, key: str = "p") -> Seeker:
    return Seeker(
        key=key,
        kinds=frozenset({"job"}),
        is_remote=True,
        shown_to=frozenset({EVERYONE}),
        skills={skill: posterior(found, TODAY) for skill, found in facts_of.items()},
    )


def after(facts_of: Facts, change: Change) -> Seeker:
    """The person with the change made: one more fact, of an origin of its own."""
    new = fact(change.kind, change.level, key="new", origin="new")
    return person({**facts_of, change.skill: [*facts_of.get(change.skill, []), new]})


def smaller(change: Change | None, order: list[str]) -> list[Change]:
    """Every single change before this one, all of them where there is none."""
    every = [
        Change(skill, kind, level, 0.0)
        for level, kind, skill in product((1, 2, 3, 4), OFFERED, order)
        if level <= NOISE[kind].most
    ]
    if change is None:
        return every
    at = [(one.skill, one.kind, one.level) for one in every].index((change.skill, change.kind, change.level))
    return every[:at]


@given(known, asked, asked)
def test_the_change_alters_the_order_and_no_smaller_one_does(
    facts_of: Facts, first: list[Requirement], second: list[Requirement]
) -> None:
    seats = [seat("x", first), seat("y", second)]
    by_key = {one.key: one for one in seats}
    upper, lower = (by_key[one.key] for one in openings_for(person(facts_of), seats, now=NOW))
    change = change_of_openings(person(facts_of), facts_of, lower=lower, upper=upper, today=TODAY)

    def leads(one: Change) -> bool:
        return openings_for(after(facts_of, one), seats, now=NOW)[0].key == lower.key

    assert not any(map(leads, smaller(change, [one.skill for one in lower.requirements])))
    if change:
        assert leads(change)
        assert change.score == score(after(facts_of, change), lower)


def test_it_names_the_lab_that_would_do() -> None:
    lower, upper = seat("x", [Requirement("a", 2), Requirement("b", 2)]), seat("y", [Requirement("c", 2)])
    facts_of = {
        "a": [fact(Kind.CREDENTIAL, 3, key="a")],
        "c": [fact(Kind.LAB, 2, key="c", days=900)],
    }
    who = person(facts_of)
    assert score(who, lower) < score(who, upper)
    change = change_of_openings(who, facts_of, lower=lower, upper=upper, today=TODAY)
    assert change is not None
    assert (change.skill, change.kind, change.level) == ("b", Kind.LAB, 2)


def test_none_is_named_where_none_would_do() -> None:
    lower, upper = seat("x", [Requirement("a", 4), Requirement("b", 4)]), seat("y", [])
    assert change_of_openings(person({}), {}, lower=lower, upper=upper, today=TODAY) is None


def test_of_two_people_the_change_lifts_the_lower() -> None:
    opening = seat("x", [Requirement("a", 2), Requirement("b", 2, is_must=False)])
    upper = person({"a": [fact(Kind.LAB, 2)]}, key="q")
    change = change_of_seekers(person({}), {}, upper=upper, opening=opening, today=TODAY)
    assert change is not None
    assert (change.skill, change.kind, change.level) == (
        "a",
        Kind.LAB,
        2,
    )  # equal scores: the lower key leads
    assert change.score == score(upper, opening)
