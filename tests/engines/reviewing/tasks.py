"""Small tasks of assigning, all their assignments, and what makes one better than another: written apart from the engine."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, product

from hypothesis import strategies as st

from dure.engines.reviewing import Pair, Reviewer, Task, Wanted


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    """Up to four proposals and four reviewers, with conflicts, bounds and kept pairs that may make it impossible."""
    keys = "PQRS"[: draw(st.integers(1, 4))]
    names = "abcd"[: draw(st.integers(1, 4))]
    pairs = list(product(keys, names))
    barred = draw(st.sets(st.sampled_from(pairs), max_size=5))
    kept = draw(st.sets(st.sampled_from(pairs), max_size=2)) - barred
    return Task(
        proposals=tuple(Wanted(key, draw(st.integers(1, 2))) for key in keys),
        reviewers=tuple(draw(reviewers(name)) for name in names),
        affinity={pair: draw(st.sampled_from([0, 1, 2, 500, 1000])) for pair in pairs},
        barred=frozenset(barred),
        kept=frozenset(kept),
    )


def reviewers(name: str) -> st.SearchStrategy[Reviewer]:
    bounds = st.tuples(st.integers(0, 2), st.integers(1, 4)).map(sorted)
    return bounds.map(lambda both: Reviewer(name, *both))


def possible(task: Task) -> Iterator[frozenset[Pair]]:
    """Every assignment that keeps to the task. Kept pairs may exceed what a proposal wants or a reviewer takes."""
    names = [one.key for one in task.reviewers]
    ways = []
    for wanted in task.proposals:
        kept = [pair for pair in task.kept if pair[0] == wanted.key]
        free = [(wanted.key, name) for name in names if (wanted.key, name) not in task.barred | task.kept]
        ways.append([(*kept, *more) for more in combinations(free, max(0, wanted.reviews - len(kept)))])
    for chosen in product(*ways):
        pairs = frozenset(pair for some in chosen for pair in some)
        if keeps_loads(task, pairs):
            yield pairs


def keeps_loads(task: Task, pairs: frozenset[Pair]) -> bool:
    loads = Counter(name for _key, name in pairs)
    kept = Counter(name for _key, name in task.kept)
    return all(one.least <= loads[one.key] <= max(one.most, kept[one.key]) for one in task.reviewers)


def worth(task: Task, pairs: frozenset[Pair]) -> tuple[int, int]:
    """The larger the better: affinity first, then evenness."""
    loads = Counter(name for _key, name in pairs)
    return sum(task.affinity.get(pair, 0) for pair in pairs), -sum(load**2 for load in loads.values())
