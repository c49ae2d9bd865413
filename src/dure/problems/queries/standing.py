"""Where a team stands, for floors above whose people take part together: what everybody who sees the challenge may read now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dure.problems.models import Challenge, TeamMember
from dure.problems.queries.board import lines_of, shown_board


@dataclass(frozen=True, slots=True)
class PublicStanding:
    """A line of a board in words: `score` with its interval in the digits that its error allows; `rank` None without a score."""

    name: str
    rank: int | None
    ranks: str
    score: str
    interval: str


def public_standings(challenge: Challenge) -> Mapping[str, PublicStanding]:
    """The lines of the board that everybody who sees this challenge may read now, by the uid of the team; two queries at most."""
    shown = shown_board(challenge)
    lines = (line for group in lines_of(shown, shown.rows) for line in group)
    return {
        str(line["team"]): PublicStanding(
            line["name"], line["rank"], line["ranks"], line["score"], line["interval"]
        )
        for line in lines
    }


def team_in(person: Any, challenge: Challenge) -> tuple[UUID, str] | None:
    """The team that this person is in now in a challenge, as its uid and name; None without one."""
    rows = TeamMember.objects.filter(person_id=person.pk, challenge=challenge, left_at=None)
    return rows.filter(team__disbanded_at=None).values_list("team__uid", "team__name").first()
