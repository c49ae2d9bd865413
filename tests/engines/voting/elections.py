"""Elections as people write them: so many ballots of each ranking; and random ones."""

from collections.abc import Mapping

from hypothesis import strategies as st

from dure.engines.voting import Choice, Elector, Rule, Standing, Tally, tally

OPTIONS = "ABCDE"


def ranking(text: str) -> Choice:
    """`A=B C` puts A and B first and C below."""
    return tuple(tuple(tier.split("=")) for tier in text.split())


def spread(ballots: Mapping[str, int]) -> list[Choice]:
    """Each ranking so many times; letters without blanks are a strict ranking."""
    return [
        ranking(text if " " in text or "=" in text else " ".join(text))
        for text, count in ballots.items()
        for _ in range(count)
    ]


def held(rule: Rule, choices: list[Choice]) -> Tally:
    electors = [Elector(f"t{number}") for number in range(len(choices))]
    return tally(rule, electors, {elector.token: one for elector, one in zip(electors, choices, strict=True)})


def ranked(options: str, ballots: Mapping[str, int], winners: int = 1) -> Tally:
    return held(Rule(method="ranking", options=tuple(options), winners=winners), spread(ballots))


def standing(result: Tally) -> Standing:
    assert result.standing is not None
    return result.standing


@st.composite
def rankings(draw: st.DrawFn, options: str = OPTIONS) -> Choice:
    """Any ranking, with equal ranks and options left out."""
    places = draw(st.lists(st.integers(0, len(options)), min_size=len(options), max_size=len(options)))
    tiers = [
        tuple(option for option, at in zip(options, places, strict=True) if at == place)
        for place in range(len(options))
    ]
    return tuple(tier for tier in tiers if tier)


ELECTIONS = st.lists(rankings(), min_size=1, max_size=9)
