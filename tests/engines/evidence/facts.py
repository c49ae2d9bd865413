"""Facts for tests."""

from datetime import date, timedelta

from hypothesis import strategies as st

from dure.engines.evidence import Fact, Kind, Placing

TODAY = date(2026, 11, 30)
SHARP = Placing(rank_low=1, rank_high=1, of=40, score_low=0.9, score_high=0.9, worst=0.5, best=0.9)


def fact(kind: Kind = Kind.LAB, level: float = 2, *, days: int = 0, key: str = "f", origin: str = "") -> Fact:
    """A fact that is so many days old; results are told apart from all others on their board."""
    return Fact(
        key=key,
        kind=kind,
        level=level,
        on=TODAY - timedelta(days=days),
        origin=origin or key,
        placing=SHARP,
    )


@st.composite
def facts(draw: st.DrawFn, *, least: int = 0, most: int = 8) -> list[Fact]:
    """Facts of any kind, level and age, some of one origin."""
    count = draw(st.integers(least, most))
    return [
        fact(
            draw(st.sampled_from(Kind)),
            draw(st.sampled_from([1, 2, 3, 4]) | st.floats(0.25, 4)),
            days=draw(st.integers(0, 4000)),
            key=f"f{at}",
            origin=draw(st.sampled_from("abcdef")),
        )
        for at in range(count)
    ]
