"""Rows of openings and profiles as the values that `engines.recommending` ranks."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from dure.engines import recommending as engine
from dure.engines.evidence import Posterior
from dure.talent.models import Opening, Profile

OPENING = (
    "uid",
    "organisation_id",
    "kind",
    "deadline",
    "regions",
    "remote",
    "languages",
    "starts_on",
    "ends_on",
    "weekly_hours",
)
"""What of an opening's row limits who fits."""


def opening_value(
    row: Mapping[str, Any], wanted: Iterable[Mapping[str, Any]], seats_left: int
) -> engine.Opening:
    """An opening, from a row with the columns of `OPENING` and rows of what it asks for."""
    return engine.Opening(
        key=str(row["uid"]),
        organisation=str(row["organisation_id"]),
        kind=row["kind"],
        closes=row["deadline"],
        seats_left=seats_left,
        regions=frozenset(row["regions"]),
        is_remote=row["remote"] == Opening.Remote.FULLY,
        languages=row["languages"],
        starts=row["starts_on"],
        ends=row["ends_on"],
        weekly_hours=row["weekly_hours"],
        requirements=tuple(map(_requirement, wanted)),
    )


def seeker_value(
    profile: Profile,
    skills: Mapping[str, Posterior],
    *,
    key: str = "",
    applied: Collection[str] = (),
) -> engine.Seeker:
    """A person who looks for something. Whoever asks has made sure that they may be shown: here they are open to all."""
    return engine.Seeker(
        key=key,
        kinds=frozenset(profile.kinds),
        regions=frozenset(profile.regions),
        is_remote=profile.remote,
        languages=profile.languages,
        available_from=profile.available_from,
        available_until=profile.available_until,
        weekly_hours=profile.weekly_hours,
        shown_to=frozenset({engine.EVERYONE}),
        applied=frozenset(applied),
        skills=skills,
    )


def _requirement(row: Mapping[str, Any]) -> engine.Requirement:
    return engine.Requirement(row["skill"], row["level"], is_must=row["is_must"], weight=row["weight"])
