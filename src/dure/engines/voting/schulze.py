"""Schulze's method with winning votes: strongest paths, and the order they give.

M. Schulze, A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election method, Social
Choice and Welfare 36, 2011. A link from one option to another is as strong as the votes that prefer it, where these are more than
those the other way, and absent otherwise; a path is as strong as its weakest link. One option is above another where its strongest
path there is stronger than the strongest path back.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm

from dure.engines.voting.values import Choice

Matrix = tuple[tuple[Fraction, ...], ...]
"""Rows and columns in the order of the rule's options; the diagonal is 0."""


def pairwise(options: Sequence[str], ballots: Mapping[Choice, Fraction]) -> Matrix:
    """How many votes prefer the option of the row to that of the column. What a ballot leaves out stands below what it ranks."""
    unit = lcm(*(weight.denominator for weight in ballots.values()))
    index = {option: at for at, option in enumerate(options)}
    counts = [[0] * len(options) for _ in options]
    for choice, weight in ballots.items():
        votes = int(weight * unit)  # whole numbers add ten times as fast as fractions
        below = set(range(len(options)))
        for tier in choice:
            here = {index[option] for option in tier}
            below -= here
            _prefer(counts, here, below, votes)
    return tuple(tuple(Fraction(count, unit) for count in row) for row in counts)


def _prefer(counts: list[list[int]], better: Iterable[int], worse: set[int], votes: int) -> None:
    for one in better:
        for other in worse:
            counts[one][other] += votes


def strongest_paths(preferred: Matrix) -> Matrix:
    """The strength of the strongest path from each option to each other, 0 where there is none."""
    span = range(len(preferred))
    paths = [
        [preferred[a][b] if preferred[a][b] > preferred[b][a] else Fraction(0) for b in span] for a in span
    ]
    for through in span:
        onwards = paths[through]
        for start in span:
            reach = paths[start][through]
            if reach and start != through:
                paths[start] = [
                    max(known, min(reach, further))
                    for known, further in zip(paths[start], onwards, strict=True)
                ]
                paths[start][start] = Fraction(0)
    return tuple(map(tuple, paths))


def above(options: Sequence[str], paths: Matrix) -> frozenset[tuple[str, str]]:
    """Each pair of which the first stands above the second. A strict order, in which some may be comparable with neither."""
    return frozenset(
        (one, other)
        for a, one in enumerate(options)
        for b, other in enumerate(options)
        if paths[a][b] > paths[b][a]
    )
