"""Boards of scores that come without rows, from a host's own program or from sites: order alone, no interval, no tie group."""

from collections.abc import Mapping, Sequence
from typing import Any

from dure.engines.scoring.metrics import METRICS
from dure.problems.models import Evaluation, ScorerVersion
from dure.problems.programs import PROGRAM
from dure.problems.scoring.choosing import Choice, Scored


def deciding(teams: Sequence[Sequence[Scored]], parameters: Mapping[str, Any]) -> Sequence[Sequence[Scored]]:
    """What may decide: with a task for each phase the files of the last one, which moved no public score; else all as they are."""
    if not parameters.get("by_phase"):
        return teams
    return [[one._replace(improved=one.private is not None) for one in mine] for mine in teams]


def direction_of(scorer: ScorerVersion) -> str:
    """Which way is better."""
    if scorer.metric == PROGRAM:
        return str(scorer.parameters["direction"])
    return str(METRICS[scorer.metric].direction)


def rows_of(
    choices: Sequence[Choice], at_hand: Mapping[int, Evaluation], *, direction: str
) -> list[dict[str, Any]]:
    """The board's lines, best first; equal scores have equal ranks, and the earlier file stands first."""
    sign = -1.0 if direction == "higher" else 1.0
    known = [choice for choice in choices if choice.pk in at_hand]
    ordered = sorted(known, key=lambda one: (sign * one.shown, at_hand[one.pk].submission_id))
    shown = [one.shown for one in ordered]
    return [_row(one, at_hand[one.pk], rank=shown.index(one.shown) + 1) for one in ordered]


def _row(choice: Choice, evaluation: Evaluation, *, rank: int) -> dict[str, Any]:
    return {
        **whose(evaluation, entries=choice.entries),
        "score": choice.shown,
        "digits": 4,
        "low": None,
        "high": None,
        "rank": rank,
        "rank_low": rank,
        "rank_high": rank,
        "group": rank,
        "second": None,
        "coverage": {},
    }


def whose(evaluation: Evaluation, *, entries: int) -> dict[str, Any]:
    """What every line of every board says beside its score: the team, its file, and whether the farm or the host ran it again."""
    submission = evaluation.submission
    team = submission.team
    return {
        "team": str(team.uid),
        "name": team.name,
        "organisation_ko": team.organisation.name_ko if team.organisation else "",
        "organisation_en": team.organisation.name_en if team.organisation else "",
        "baseline": team.is_baseline,
        "entries": entries,
        "submission": submission.number,
        "submitted_at": submission.accepted_at.isoformat(),
        "reproduced": getattr(evaluation, "reproduced", False),
    }
