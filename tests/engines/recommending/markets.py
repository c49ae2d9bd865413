"""People and openings for tests: few names and coarse values, so that equal scores and every refusal turn up often."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from dure.engines.evidence import Posterior
from dure.engines.recommending import EVERYONE, Opening, Requirement, Seeker

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
SKILLS = [f"s{at}" for at in range(5)]
POSTERIORS = [Posterior(1.6, 0.4, 1), Posterior(2.6, 0.3, 2), Posterior(2.0, 0.1, 5), Posterior(0.4, 1.4, 1)]
KINDS = ["job", "internship", "team_seat"]
REGIONS = ["KR-11", "KR-26", "CA-ON"]
ORGANISATIONS = ["o1", "o2"]
LANGUAGES = ["ko", "en"]

days = st.none() | st.integers(0, 60).map(lambda more: date(2027, 1, 1) + timedelta(days=more))
hours = st.none() | st.sampled_from([20, 40])
languages = st.dictionaries(st.sampled_from(LANGUAGES), st.integers(1, 6), max_size=2)


@st.composite
def requirements(draw: st.DrawFn) -> tuple[Requirement, ...]:
    skills = draw(st.lists(st.sampled_from(SKILLS), unique=True, max_size=4))
    return tuple(
        Requirement(
            skill,
            draw(st.integers(1, 4)),
            is_must=draw(st.booleans()),
            weight=draw(st.sampled_from([0.1, 0.5, 1.0])),
        )
        for skill in skills
    )


@st.composite
def openings(draw: st.DrawFn, key: str = "o") -> Opening:
    return Opening(
        key=key,
        organisation=draw(st.sampled_from(ORGANISATIONS)),
        kind=draw(st.sampled_from(KINDS)),
        closes=NOW + timedelta(days=draw(st.sampled_from([0, 1, 1, 1, 2]))),
        seats_left=draw(st.sampled_from([0, 1, 2, 3])),
        regions=draw(st.frozensets(st.sampled_from(REGIONS), min_size=1)),
        is_remote=draw(st.booleans()),
        languages=draw(languages),
        starts=draw(days),
        ends=draw(days),
        weekly_hours=draw(hours),
        requirements=draw(requirements()),
    )


@st.composite
def seekers(draw: st.DrawFn, key: str = "p") -> Seeker:
    """More often than not somebody who rules little out."""
    return Seeker(
        key=key,
        kinds=draw(st.just(frozenset(KINDS)) | st.frozensets(st.sampled_from(KINDS))),
        regions=draw(st.just(frozenset(REGIONS)) | st.frozensets(st.sampled_from([*REGIONS, "KR-50"]))),
        is_remote=draw(st.booleans()),
        languages=draw(st.just({"ko": 6, "en": 6}) | languages),
        available_from=draw(st.none() | days),
        available_until=draw(st.none() | days),
        weekly_hours=draw(hours),
        shown_to=draw(
            st.just(frozenset([EVERYONE])) | st.frozensets(st.sampled_from([*ORGANISATIONS, "o3"]))
        ),
        applied=draw(st.frozensets(st.sampled_from(["o", "o0", "o1", "gone"]), max_size=1)),
        skills=draw(st.dictionaries(st.sampled_from([*SKILLS, "s9"]), st.sampled_from(POSTERIORS))),
    )


@st.composite
def markets(draw: st.DrawFn) -> tuple[list[Seeker], list[Opening]]:
    people = [draw(seekers(key=f"p{at}")) for at in range(draw(st.integers(0, 6)))]
    seats = [draw(openings(key=f"o{at}")) for at in range(draw(st.integers(0, 10)))]
    return people, seats
