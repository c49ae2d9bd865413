"""Teams of equal size, mixed by organisation, balanced by progress, the same for the same seed."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from dure.learn.cohorts.dividing import Candidate, divide

crowds = st.lists(
    st.tuples(st.integers(0, 4) | st.none(), st.floats(0, 100, allow_nan=False)), min_size=1, max_size=60
).map(lambda rows: [Candidate(key, *row) for key, row in enumerate(rows)])
sizes, seeds = st.integers(1, 8), st.integers(0, 2**32)


@given(crowds, sizes, seeds)
def test_everybody_is_in_one_team_and_sizes_differ_by_one(
    crowd: list[Candidate], size: int, seed: int
) -> None:
    teams = divide(crowd, size=size, seed=seed)
    assert sorted(key for team in teams for key in team) == [one.key for one in crowd]
    assert max(map(len, teams)) <= size
    assert max(map(len, teams)) - min(map(len, teams)) <= 1


@given(crowds, sizes, seeds)
def test_people_of_one_organisation_are_spread(crowd: list[Candidate], size: int, seed: int) -> None:
    teams = divide(crowd, size=size, seed=seed)
    of = {one.key: one.organisation for one in crowd}
    for organisation in set(of.values()):
        counts = [sum(of[key] == organisation for key in team) for team in teams]
        assert max(counts) - min(counts) <= 1


@given(crowds, sizes, seeds)
def test_the_same_seed_gives_the_same_teams_in_whatever_order_people_come(
    crowd: list[Candidate], size: int, seed: int
) -> None:
    assert divide(crowd, size=size, seed=seed) == divide(crowd[::-1], size=size, seed=seed)


@given(st.lists(st.floats(0, 100, allow_nan=False), min_size=2, max_size=20), st.integers(2, 5), seeds)
def test_whole_teams_of_one_organisation_have_progress_that_is_near(
    progress: list[float], teams: int, seed: int
) -> None:
    """No two differ by more than two people can."""
    crowd = [Candidate(key, None, one) for key, one in enumerate(progress * teams)]
    found = divide(crowd, size=len(progress), seed=seed)
    sums = [sum(crowd[key].progress for key in team) for team in found]
    assert max(sums) - min(sums) <= max(progress) - min(progress) + 1e-6


def test_another_seed_gives_other_teams_among_equals() -> None:
    crowd = [Candidate(key, None, 50.0) for key in range(24)]
    found = {tuple(map(tuple, divide(crowd, size=4, seed=seed))) for seed in range(10)}
    assert len(found) == 10
    assert Counter(len(team) for team in divide(crowd, size=5, seed=1)) == {5: 4, 4: 1}


def test_nobody_makes_no_team() -> None:
    assert divide([], size=4, seed=1) == []
