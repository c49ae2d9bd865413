"""Assignments against all that are possible, and against a linear program at the size of a real call."""

import random
import time
from collections import Counter
from dataclasses import replace
from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from dure.engines.faults import Fault, Faulty
from dure.engines.reviewing import Reviewer, Task, Wanted, affinity, assign, even_bounds, task_faults
from tests.engines.reviewing.tasks import possible, tasks, worth


def faults_of(task: Task) -> list[Fault]:
    with pytest.raises(Faulty) as refused:
        assign(task)
    return refused.value.faults


@given(tasks())
def test_no_possible_assignment_is_better_and_what_is_impossible_is_named(task: Task) -> None:
    best = max((worth(task, pairs) for pairs in possible(task)), default=None)
    if best is None:
        assert {fault.code for fault in faults_of(task)} <= {
            "review_too_few_free",
            "review_group_full",
            "review_least_too_much",
            "review_least_unmet",
        }
        return
    found = assign(task)
    assert frozenset(found.pairs) in set(possible(task))
    assert worth(task, frozenset(found.pairs)) == best
    assert found.affinity == best[0]
    assert Counter(name for _key, name in found.pairs) == Counter(found.loads)


@given(tasks())
def test_a_group_that_is_named_shows_the_lack_by_counting(task: Task) -> None:
    """Of the named proposals alone, no reviewer can do more than is free for them or than they take."""
    try:
        assign(task)
    except Faulty as refused:
        for fault in refused.faults:
            if fault.code == "review_group_full":
                group = str(fault.params["proposals"]).split(", ")
                assert room_for(task, group) == fault.params["room"]
                assert still_wanted(task, group) == fault.params["reviews"]
                assert int(fault.params["reviews"]) > int(fault.params["room"])
                assert fault.place in group
            if fault.code == "review_least_unmet":
                named = str(fault.params["reviewers"]).split(", ")
                assert work_for(task, named) == fault.params["room"]
                least = sum(one.least for one in task.reviewers if one.key in named)
                assert least == fault.params["least"]
                assert least > int(fault.params["room"])
                assert fault.place in named


def room_for(task: Task, group: list[str]) -> int:
    loads = Counter(name for _key, name in task.kept)
    barred = task.barred | task.kept
    return sum(
        min(max(0, one.most - loads[one.key]), sum((key, one.key) not in barred for key in group))
        for one in task.reviewers
    )


def still_wanted(task: Task, group: list[str]) -> int:
    kept = Counter(key for key, _name in task.kept)
    return sum(max(0, one.reviews - kept[one.key]) for one in task.proposals if one.key in group)


def work_for(task: Task, group: list[str]) -> int:
    kept = Counter(key for key, _name in task.kept)
    already = sum(name in group for _key, name in task.kept)
    barred = task.barred | task.kept
    return already + sum(
        min(max(0, one.reviews - kept[one.key]), sum((one.key, name) not in barred for name in group))
        for one in task.proposals
    )


@given(tasks(), st.randoms(use_true_random=False))
def test_the_order_of_what_is_handed_in_changes_nothing(task: Task, rng: random.Random) -> None:
    other = replace(
        task,
        proposals=tuple(rng.sample(task.proposals, len(task.proposals))),
        reviewers=tuple(rng.sample(task.reviewers, len(task.reviewers))),
        affinity=dict(rng.sample(list(task.affinity.items()), len(task.affinity))),
    )
    assert answer(other) == answer(task)


def answer(task: Task) -> object:
    try:
        return assign(task)
    except Faulty as refused:
        return refused.faults


def real_call(seed: int) -> Task:
    """60 proposals, 90 reviewers, 3 reviews each; one pair in eight has a conflict."""
    rng = random.Random(seed)  # noqa: S311 - a made-up call, no secret
    proposals = [f"P{number:02}" for number in range(60)]
    reviewers = [f"r{number:02}" for number in range(90)]
    pairs = [(key, name) for key in proposals for name in reviewers]
    return Task(
        proposals=tuple(Wanted(key, 3) for key in proposals),
        reviewers=tuple(Reviewer(name, 1, 3) for name in reviewers),
        affinity={pair: rng.randrange(1001) for pair in pairs},
        barred=frozenset(pair for pair in pairs if rng.random() < 1 / 8),
    )


def test_a_real_call_takes_under_a_second_and_is_as_good_as_the_linear_program() -> None:
    task = real_call(1)
    begun = time.process_time()
    found = assign(task)
    assert time.process_time() - begun < 1
    assert found.affinity == by_linear_program(task)
    assert Counter(key for key, _name in found.pairs) == {one.key: 3 for one in task.proposals}
    assert not set(found.pairs) & task.barred
    assert all(1 <= load <= 3 for load in found.loads.values())


def by_linear_program(task: Task) -> int:
    """The relaxation has whole solutions, so its value is the best there is."""
    shape = len(task.proposals), len(task.reviewers)
    keys = [(one.key, other.key) for one in task.proposals for other in task.reviewers]
    rows = np.kron(np.eye(shape[0]), np.ones(shape[1]))
    columns = np.kron(np.ones(shape[0]), np.eye(shape[1]))
    result = linprog(
        [-task.affinity[key] for key in keys],
        A_ub=np.vstack([columns, -columns]),
        b_ub=list(chain((one.most for one in task.reviewers), (-one.least for one in task.reviewers))),
        A_eq=rows,
        b_eq=[one.reviews for one in task.proposals],
        bounds=[(0, 0 if key in task.barred else 1) for key in keys],
    )
    return -round(float(result.fun))


def test_of_equal_affinities_the_loads_are_even() -> None:
    task = Task(
        proposals=tuple(Wanted(key, 2) for key in "PQRST"),
        reviewers=tuple(Reviewer(name, 0, 5) for name in "abcd"),
    )
    assert sorted(assign(task).loads.values()) == [2, 2, 3, 3]
    assert even_bounds(5, 2, 4) == (2, 3)
    assert even_bounds(6, 2, 4) == (3, 3)


def test_what_lacks_is_named_with_its_reason() -> None:
    wanted = tuple(Wanted(key, 2) for key in "PQR")
    two = (Reviewer("a", 0, 1), Reviewer("b", 0, 3))
    assert faults_of(Task(proposals=wanted, reviewers=two, barred=frozenset({("P", "a")}))) == [
        Fault("review_too_few_free", {"free": 1, "reviews": 2, "reviewers": 2}, place="P"),
        Fault("review_group_full", {"proposals": "Q, R", "reviews": 4, "room": 3}, place="R"),
    ]
    idle = (Reviewer("a", 2, 3), Reviewer("b", 0, 3), Reviewer("c", 3, 3))
    conflict = frozenset({("P", "c"), ("Q", "c")})
    assert faults_of(Task(proposals=wanted, reviewers=idle, barred=conflict)) == [
        Fault("review_least_unmet", {"reviewers": "c", "least": 3, "room": 1}, place="c")
    ]
    ones = tuple(Wanted(key, 1) for key in "PQR")
    rivals = (Reviewer("a", 0, 3), Reviewer("c", 1, 1), Reviewer("d", 1, 1))
    only_p = frozenset({("Q", "c"), ("R", "c"), ("Q", "d"), ("R", "d")})
    assert faults_of(Task(proposals=ones, reviewers=rivals, barred=only_p)) == [
        Fault("review_least_unmet", {"reviewers": "c, d", "least": 2, "room": 1}, place="d")
    ]
    busy = tuple(Reviewer(name, 3, 3) for name in "abc")
    assert faults_of(Task(proposals=wanted, reviewers=busy)) == [
        Fault("review_least_too_much", {"least": 9, "reviews": 6})
    ]


def test_all_faults_of_a_task_at_once() -> None:
    task = Task(
        proposals=(Wanted("P", 0), Wanted("P", 1)),
        reviewers=(Reviewer("a", 2, 1),),
        affinity={("P", "a"): 1001},
        barred=frozenset({("P", "a")}),
        kept=frozenset({("P", "a"), ("X", "a")}),
    )
    assert [fault.code for fault in task_faults(task)] == [
        "review_key_twice",
        "review_reviews_range",
        "review_load_range",
        "review_affinity_range",
        "review_kept_barred",
        "review_kept_unknown",
    ]
    many = Task(proposals=(), reviewers=tuple(Reviewer(str(number), 0, 1) for number in range(601)))
    assert [fault.code for fault in task_faults(many)] == ["review_too_many"]


def test_nothing_to_assign_is_assigned() -> None:
    assert assign(Task(proposals=(), reviewers=())).pairs == ()
    assert assign(Task(proposals=(), reviewers=(Reviewer("a", 0, 2),))).loads == {"a": 0}
    assert [fault.code for fault in faults_of(Task(proposals=(Wanted("P", 1),), reviewers=()))] == [
        "review_too_few_free"
    ]


def test_affinity_is_how_much_of_the_fields_is_covered() -> None:
    assert affinity({"nlp": 100, "vision": 50}, {"nlp": 1, "vision": 1}) == 750
    assert affinity({"nlp": 100}, {"nlp": 2, "speech": 1}) == 666
    assert affinity({"nlp": 100}, {}) == 0
