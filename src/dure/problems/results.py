"""What every participant takes away from a finished challenge."""

from collections.abc import Mapping
from typing import Any, Final

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
    ).select_related("team__organisation", "person")
    by_team = {row["team"]: row for row in rows}
    made = [
        _record(member, by_team[str(member.team.uid)], challenge, teams=len(rows), won=member.team.uid in won)
        for member in members
    ]
    return [record for record in made if record is not None]


TAKEN: Final = ("score", "low", "high", "rank", "rank_low", "rank_high", "reproduced")
"""What a record takes over from the final board as it is."""


def _record(
    member: TeamMember, row: Mapping[str, Any], challenge: Challenge, *, teams: int, won: bool
) -> ResultRecord | None:
    record, new = ResultRecord.objects.get_or_create(
        challenge=challenge,
        person=member.person,
        defaults={
            "team": member.team,
            "metric": challenge.metric,
            **{name: row[name] for name in TAKEN},
            "teams": teams,
            "won": won,
            "created_at": clock.now(),
        },
    )
    if not new:
        return None
    events.record(event_of(record))
    return record


def event_of(record: ResultRecord) -> ResultRecorded:
    """The fact that a record states."""
    organisation = record.team.organisation
    return ResultRecorded(
        result=str(record.uid),
        challenge=str(record.challenge.uid),
        problem=str(record.challenge.problem.uid),
        person=str(record.person.uid),
        team=str(record.team.uid),
        organisation=str(organisation.uid) if organisation else "",
        metric=record.metric,
        **{name: getattr(record, name) for name in TAKEN},
        teams=record.teams,
        won=record.won,
        practice=record.challenge.problem.practice,
    )
