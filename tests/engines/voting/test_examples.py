"""Elections whose results are published: Schulze's paper of 2011, the capital of Tennessee, and small ones counted by hand."""

from fractions import Fraction

import pytest

from dure.engines.voting import Choice, Elector, Rule, Share, Tally, tally
from tests.engines.voting.elections import held, ranked, standing

FORTY_FIVE = {
    "ACBED": 5,
    "ADECB": 5,
    "BEDAC": 8,
    "CABED": 3,
    "CAEBD": 7,
    "CBADE": 2,
    "DCEBA": 7,
    "EBADC": 8,
}
THIRTY = {
    "ACBD": 5,
    "ACDB": 2,
    "ADCB": 3,
    "BACD": 4,
    "CBDA": 3,
    "CDBA": 3,
    "DACB": 1,
    "DBAC": 5,
    "DCBA": 4,
}
NINE = {"ABCD": 3, "DABC": 2, "DBCA": 2, "CBDA": 2}
TENNESSEE = {"MNCK": 42, "NCKM": 26, "CKNM": 15, "KCNM": 17}


def whole(matrix: tuple[tuple[Fraction, ...], ...]) -> list[list[int]]:
    return [[int(cell) for cell in row] for row in matrix]


def test_the_45_voters() -> None:
    result = ranked("ABCDE", FORTY_FIVE)
    assert standing(result).order == (("E",), ("A",), ("C",), ("B",), ("D",))
    assert standing(result).winners == ("E",)
    assert result.count is not None
    assert whole(result.count.pairwise) == [
        [0, 20, 26, 30, 22],
        [25, 0, 16, 33, 18],
        [19, 29, 0, 17, 24],
        [15, 12, 28, 0, 14],
        [23, 27, 21, 31, 0],
    ]
    assert whole(result.count.paths) == [
        [0, 28, 28, 30, 24],
        [25, 0, 28, 33, 24],
        [25, 29, 0, 29, 24],
        [25, 28, 28, 0, 24],
        [25, 28, 28, 31, 0],
    ]


def test_the_30_voters() -> None:
    assert standing(ranked("ABCD", THIRTY)).order == (("D",), ("A",), ("C",), ("B",))


def test_the_9_voters_end_in_a_named_tie() -> None:
    """B stands above C and D above A; neither pair is comparable with the other."""
    one = standing(ranked("ABCD", NINE))
    assert (one.winners, one.tied, one.left) == ((), ("B", "D"), 1)
    assert one.above == {("B", "C"), ("D", "A")}
    two = standing(ranked("ABCD", NINE, winners=2))
    assert (two.winners, two.tied, two.left) == ((), ("A", "B", "C", "D"), 2)


@pytest.mark.parametrize(("winners", "won"), [(1, "N"), (2, "NC"), (3, "NCK")])
def test_tennessee_takes_the_city_that_beats_each_other(winners: int, won: str) -> None:
    assert standing(ranked("MNCK", TENNESSEE, winners)).winners == tuple(won)


def approval(seats: int, **ballots: int) -> Tally:
    choices: list[Choice] = [
        (tuple(marked),) if marked != "none" else ()
        for marked, count in ballots.items()
        for _ in range(count)
    ]
    return held(Rule(method="approval", options=tuple("ABC"), winners=seats), choices)


def test_approvals_are_added() -> None:
    result = approval(1, AB=4, BC=3, C=2, none=1)
    assert result.count is not None
    assert result.count.votes == {"A": 4, "B": 7, "C": 5}
    assert result.count.abstained == 1
    assert standing(result).winners == ("B",)


def test_equal_approvals_are_a_tie_for_the_last_seat_only() -> None:
    result = standing(approval(2, ABC=1, B=2, AC=1))
    assert (result.winners, result.tied, result.left) == (("B",), ("A", "C"), 1)
    assert standing(approval(2, AB=2, none=3)).winners == ("A", "B")


def test_what_nobody_approves_wins_no_seat() -> None:
    assert standing(approval(2, A=3)).winners == ("A",)
    assert (standing(approval(2, none=3)).winners, standing(approval(2, none=3)).tied) == ((), ())


TWO_THIRDS = Share(Fraction(2, 3))
NONE = Share(Fraction(0))


@pytest.mark.parametrize(
    ("rule", "votes", "expected"),
    [
        (Rule(method="motion"), "yyyn", "yes"),
        (Rule(method="motion"), "yynn", "tie"),
        (Rule(method="motion"), "ynaaa", "tie"),
        (Rule(method="motion"), "aaaaa", "no"),
        (Rule(method="motion", base="cast"), "yyyaa", "yes"),
        (Rule(method="motion", base="cast"), "yyaan", "no"),
        (Rule(method="motion", base="cast"), "ynaa", "no"),
        (Rule(method="motion", base="cast"), "yynn", "tie"),
        (Rule(method="motion", base="electorate"), "yyy--", "yes"),
        (Rule(method="motion", base="electorate"), "yyy---", "nobody"),
        (Rule(method="motion", base="electorate", quorum=NONE), "yyy---", "no"),
        (Rule(method="motion", majority=TWO_THIRDS), "yyn", "yes"),
        (Rule(method="motion", majority=TWO_THIRDS), "yynn", "no"),
        (Rule(method="motion", majority=Share(Fraction(1, 2))), "yynn", "yes"),
        (Rule(method="motion", majority=NONE, quorum=NONE), "aa-", "no"),
    ],
)
def test_motions(rule: Rule, votes: str, expected: str) -> None:
    """y, n, a(bstain), - did not vote."""
    assert outcome(motion(rule, votes)) == expected


def motion(rule: Rule, votes: str) -> Tally:
    electors = [Elector(str(number)) for number in range(len(votes))]
    said: dict[str, Choice] = {"y": (("yes",),), "n": (("no",),), "a": ()}
    return tally(rule, electors, {str(at): said[vote] for at, vote in enumerate(votes) if vote != "-"})


def outcome(result: Tally) -> str:
    if result.standing is None:
        return "nobody"
    return "tie" if result.standing.tied else result.standing.winners[0]
