"""REST: the figures of a result, as the person and as the host read them."""

from typing import Any
from uuid import UUID

from ninja import Schema

from dure.problems.models import ResultRecord


class ResultFigures(Schema):
    """Score and rank with their bounds; `teams` took part."""

    uid: UUID
    team: str
    metric: str
    score: float
    low: float | None
    high: float | None
    rank: int
    rank_low: int | None
    rank_high: int | None
    teams: int
    won: bool
    reproduced: bool


def figures_of(record: ResultRecord) -> dict[str, Any]:
    """Of a record read with its team."""
    plain = {name: getattr(record, name) for name in ResultFigures.model_fields if name != "team"}
    return {**plain, "team": record.team.name}
