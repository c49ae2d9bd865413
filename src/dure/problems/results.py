"""What every participant takes away from a finished challenge."""

from collections.abc import Mapping, Sequence
from typing import Any

from dure.foundation import clock, events
from dure.problems.events import ResultRecorded
from dure.problems.models import Award, Challenge, ResultRecord, TeamMember
from dure.problems.scoring import boards


def write_results(challenge: Challenge) -> list[ResultRecord]:
    """A record for every member of every ranked team, and an event for each; those written before stay as they are."""
    board = boards.latest(challenge, "private")
    rows = [row for row in board.rows if row["rank"] and not row["baseline"]] if board else []
    won = set(Award.objects.filter(challenge=challenge, state="accepted").values_list("team__uid", flat=True))
    members = TeamMember.objects.filter(
        challenge=challenge, left_at=None, team__uid__in=[row["team"] for row in rows]
    ).select_related("team", "person")
    by_team = {row["team"]: row for row in rows}
    made = [
        _record(member, by_team[str(member.team.uid)], challenge, rows, won=member.team.uid in won)
        for member in members
    ]
    return [record for record in made if record is not None]


def _record(
    member: TeamMember,
    row: Mapping[str, Any],
    challenge: Challenge,
    rows: Sequence[Mapping[str, Any]],
    *,
    won: bool,
) -> ResultRecord | None:
    record, new = ResultRecord.objects.get_or_create(
        challenge=challenge,
        person=member.person,
        defaults={
            "team": member.team,
            "metric": challenge.metric,
            **{name: row[name] for name in ("score", "low", "high", "rank", "rank_low", "rank_high")},
            "teams": len(rows),
            "won": won,
            "created_at": clock.now(),
        },
    )
    if not new:
        return None
    events.record(_event(record, member, challenge))
    return record


def _event(record: ResultRecord, member: TeamMember, challenge: Challenge) -> ResultRecorded:
    return ResultRecorded(
        result=str(record.uid),
        challenge=str(challenge.uid),
        problem=str(challenge.problem.uid),
        person=str(member.person.uid),
        team=str(member.team.uid),
        metric=record.metric,
        score=record.score,
        low=record.low,
        high=record.high,
        rank=record.rank,
        teams=record.teams,
        won=record.won,
    )
