"""Which evaluation stands for a team on a board: read as few columns of all of them, decided in plain values."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import QuerySet

from dure.problems.models import AnswerVersion, Evaluation, ScorerVersion


class Scored(NamedTuple):
    """What decides whether an evaluation stands for its team; boards look at all of them, so it is little."""

    pk: int
    submission: int
    team: int
    is_final: bool
    improved: bool
    released: float | None
    private: float | None


class Choice(NamedTuple):
    """The evaluation that stands for a team on one board, the score shown, and how many files the team handed in."""

    pk: int
    shown: float
    entries: int


def standing(version: AnswerVersion, scorer: ScorerVersion) -> "QuerySet[Evaluation]":
    """What boards are made of: every scored file of every team that is still there. A team that everybody left is not."""
    return Evaluation.objects.filter(
        answers=version,
        scorer=scorer,
        state=Evaluation.State.DONE,
        submission__withdrawn_at=None,
        submission__team__disbanded_at=None,
    )


def scored(version: AnswerVersion, scorer: ScorerVersion) -> list[Scored]:
    """The same as plain values, in the order they were handed in."""
    names = ("pk", "submission_id", "submission__team_id", "submission__is_final")
    rows = standing(version, scorer).values_list(*names, "improved", "public_released", "private_score")
    return [Scored(*row) for row in rows.order_by("submission_id")]


def by_team(evaluations: Iterable[Scored]) -> list[list[Scored]]:
    teams: dict[int, list[Scored]] = {}
    for one in evaluations:
        teams.setdefault(one.team, []).append(one)
    return list(teams.values())


def public_choices(teams: Sequence[Sequence[Scored]]) -> list[Choice]:
    """For each team the submission that last moved its shown score."""
    choices = []
    for mine in teams:
        best = next((one for one in reversed(mine) if one.improved), None)
        if best is not None and best.released is not None:
            choices.append(Choice(best.pk, best.released, len(mine)))
    return choices


def private_choices(teams: Sequence[Sequence[Scored]], *, finals: int, direction: str) -> list[Choice]:
    """For each team the best of its finals; where it chose none, of those that last moved its shown score."""
    choices, sign = [], -1.0 if direction == "higher" else 1.0
    for mine in teams:
        standing = [one for one in mine if one.is_final] or [one for one in mine if one.improved][-finals:]
        ranked = [(one.private, one) for one in standing if one.private is not None]
        if ranked:
            score, best = min(ranked, key=lambda pair: (sign * pair[0], pair[1].submission))
            choices.append(Choice(best.pk, score, len(mine)))
    return choices
