"""Computing the boards of a challenge: one row per team with interval, rank interval and tie group, kept for the pages to read."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from dure.engines.scoring.intervals import evaluate_systems
from dure.engines.scoring.joining import subset
from dure.engines.scoring.ladder import Ladder, round_to_error
from dure.engines.scoring.metric import Metric
from dure.engines.scoring.ranking import Standing, standings
from dure.engines.scoring.systems import Comparison, Measured, System
from dure.foundation import clock, files, leases, prepared
from dure.foundation.access import STRANGER
from dure.problems.models import AnswerVersion, Award, Board, Challenge, Evaluation, ScorerVersion
from dure.problems.scoring import rounding
from dure.problems.scoring.answers import Answers, load
from dure.problems.scoring.evaluate import RESAMPLES, metric_of, read
from dure.problems.scoring.memory import memory

AT_ONCE = 16
"""Teams whose rows are in memory together while they are measured."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One team on one board: the evaluation that stands for it, the score shown, and how many files it handed in."""

    evaluation: Evaluation
    shown: float
    entries: int


@dataclass(frozen=True, slots=True)
class Computed:
    """One board, computed and not yet written."""

    view: Board.View
    fields: dict[str, Any]


def compute_claimed(claimed: leases.Claim) -> None:
    """Compute the boards of the challenge a lease names, and write them in the transaction that closes it.

    An attempt that is no longer the current one writes nothing: a later one may have seen more.
    """
    challenge = Challenge.objects.select_related("answers", "scorer").filter(uid=claimed.subject).first()
    computed = [] if challenge is None else _compute(challenge)
    with transaction.atomic():
        if leases.hold(claimed):
            if challenge is not None:
                _write(challenge, computed)
            leases.finish(claimed)


def compute(challenge: Challenge) -> list[Board]:
    """Both boards under the versions in force. The private one is kept from everybody but the hosts until the close."""
    with transaction.atomic():
        return _write(challenge, _compute(challenge))


def _compute(challenge: Challenge) -> list[Computed]:
    if challenge.answers is None or challenge.scorer is None:
        return []
    evaluations = _scored(challenge.answers, challenge.scorer)
    return [_view(challenge, view, evaluations, challenge.answers, challenge.scorer) for view in Board.View]


def _write(challenge: Challenge, computed: Iterable[Computed]) -> list[Board]:
    return [
        Board.objects.update_or_create(
            challenge=challenge,
            view=one.view,
            answers_id=challenge.answers_id,
            scorer_id=challenge.scorer_id,
            defaults=one.fields,
        )[0]
        for one in computed
    ]


def _view(
    challenge: Challenge,
    view: Board.View,
    evaluations: Sequence[Evaluation],
    version: AnswerVersion,
    scorer: ScorerVersion,
) -> Computed:
    metric, truth = metric_of(scorer.metric, scorer.parameters), load(version)
    chosen = (
        _public_entries(evaluations)
        if view == Board.View.PUBLIC
        else _private_entries(evaluations, challenge, metric)
    )
    comparison = _compare(metric, chosen, truth, view)
    ladder = rounding.ladder(version, scorer) if view == Board.View.PUBLIC and chosen else None
    fields = {
        "method": comparison.method if comparison else "",
        "resamples": RESAMPLES if comparison and comparison.resampled is not None else 0,
        "rows": _rows(chosen, comparison, ladder) if comparison else [],
        "scored": len(evaluations),
        "computed_at": clock.now(),
    }
    return Computed(view, fields)


def standing(version: AnswerVersion, scorer: ScorerVersion) -> "QuerySet[Evaluation]":
    """What boards are made of: every scored file of every team that is still there. A team that everybody left is not."""
    return Evaluation.objects.filter(
        answers=version,
        scorer=scorer,
        state=Evaluation.State.DONE,
        submission__withdrawn_at=None,
        submission__team__disbanded_at=None,
    )


def _scored(version: AnswerVersion, scorer: ScorerVersion) -> list[Evaluation]:
    accepted = Award.objects.filter(team=OuterRef("submission__team"), state="accepted", reproduced=True)
    rows = standing(version, scorer).select_related("submission__team__organisation")
    rows = rows.annotate(reproduced=Exists(accepted))
    return list(rows.order_by("submission_id"))


def _by_team(evaluations: Iterable[Evaluation]) -> dict[int, list[Evaluation]]:
    teams: dict[int, list[Evaluation]] = {}
    for evaluation in evaluations:
        teams.setdefault(evaluation.submission.team_id, []).append(evaluation)
    return teams


def _public_entries(evaluations: Sequence[Evaluation]) -> list[Entry]:
    """For each team the submission that last moved its shown score."""
    entries = []
    for mine in _by_team(evaluations).values():
        best = next((one for one in reversed(mine) if one.improved), None)
        if best is not None and best.public_released is not None:
            entries.append(Entry(best, best.public_released, len(mine)))
    return entries


def _private_entries(evaluations: Sequence[Evaluation], challenge: Challenge, metric: Metric) -> list[Entry]:
    """For each team the best of its finals; where it chose none, of those that last moved its shown score."""
    entries = []
    for mine in _by_team(evaluations).values():
        finals = [one for one in mine if one.submission.is_final] or [one for one in mine if one.improved][
            -challenge.finals :
        ]
        scored = [(one.private_score, one) for one in finals if one.private_score is not None]
        if scored:
            sign = -1.0 if metric.direction == "higher" else 1.0
            score, best = min(scored, key=lambda pair: (sign * pair[0], pair[1].submission_id))
            entries.append(Entry(best, score, len(mine)))
    return entries


def _compare(metric: Metric, chosen: Sequence[Entry], truth: Answers, view: Board.View) -> Comparison | None:
    if not chosen:
        return None
    mask = truth.part(public=view == Board.View.PUBLIC)
    groups = None if truth.groups is None else truth.groups[mask]
    compare = partial(
        evaluate_systems,
        metric,
        seed=truth.seed,
        groups=groups,
        n_rows=int(mask.sum()),
        resamples=RESAMPLES,
    )
    measured = _measure(compare, chosen, truth, view)
    return compare(
        [
            System(key=key, submitted_at=entry.evaluation.submission.accepted_at, measured=measured[key])
            for key, entry in ((_key(entry), entry) for entry in chosen)
        ]
    )


def _measure(
    compare: Callable[[Sequence[System]], Comparison],
    chosen: Sequence[Entry],
    truth: Answers,
    view: Board.View,
) -> dict[str, Measured | None]:
    """What each chosen evaluation measures; those of which nothing is remembered are read and measured a few at a time."""
    measured = {_key(entry): memory.recall((_key(entry), view)) for entry in chosen}
    new = [entry for entry in chosen if measured[_key(entry)] is None]
    for start in range(0, len(new), AT_ONCE):
        some = [_system(entry, truth, view) for entry in new[start : start + AT_ONCE]]
        for system, found in zip(some, compare(some).measured, strict=True):
            measured[system.key] = found
            memory.remember((system.key, view), found)
    return measured


def _key(entry: Entry) -> str:
    return str(entry.evaluation.uid)


def _system(entry: Entry, truth: Answers, view: Board.View) -> System:
    submission = entry.evaluation.submission
    rows = read(files.local_path(submission.table_id), truth)
    return System(
        key=_key(entry),
        rows=subset(rows, truth.part(public=view == Board.View.PUBLIC)),
        submitted_at=submission.accepted_at,
    )


def _rows(chosen: Sequence[Entry], comparison: Comparison, ladder: Ladder | None) -> list[dict[str, Any]]:
    """The board's lines; with a ladder, rounded by it."""
    by_key = {str(entry.evaluation.uid): entry for entry in chosen}
    shown = {key: entry.shown for key, entry in by_key.items()}
    places = {key: at for at, key in enumerate(comparison.keys)}
    return [
        _row(by_key[line.key], line, comparison, places[line.key], ladder)
        for line in standings(comparison, shown=shown)
    ]


def _row(
    entry: Entry, line: Standing, comparison: Comparison, at: int, ladder: Ladder | None
) -> dict[str, Any]:
    team, submission = entry.evaluation.submission.team, entry.evaluation.submission
    error = ladder.error(float(comparison.standard_errors[at])) if ladder else 0.0
    return {
        "team": str(team.uid),
        "name": team.name,
        "organisation_ko": team.organisation.name_ko if team.organisation else "",
        "organisation_en": team.organisation.name_en if team.organisation else "",
        "baseline": team.is_baseline,
        "entries": entry.entries,
        "submission": submission.number,
        "submitted_at": submission.accepted_at.isoformat(),
        "score": entry.shown,
        "digits": _digits(error) if ladder else 4,
        "low": _bound(comparison.low[at], error),
        "high": _bound(comparison.high[at], error),
        "rank": line.rank,
        "rank_low": line.rank_low,
        "rank_high": line.rank_high,
        "group": line.group,
        "second": None if ladder else entry.evaluation.second_score,
        "coverage": {} if ladder else entry.evaluation.details.get("coverage", {}),
        "reproduced": getattr(entry.evaluation, "reproduced", False),
    }


def _digits(error: float) -> int:
    """Decimal places that a score rounded to this standard error has."""
    return max(0, min(6, -math.floor(math.log10(error)))) if error > 0 and math.isfinite(error) else 4


def _bound(value: float, error: float) -> float | None:
    return round_to_error(float(value), error) if math.isfinite(value) else None


def latest(challenge: Challenge, view: str) -> Board | None:
    """The board in force, or None before the first score."""
    put = {
        prepared.NUMBER: challenge.answers_id,
        prepared.OTHER: challenge.scorer_id,
        prepared.WORD: view,
        prepared.THIRD: challenge.pk,
    }
    found = prepared.objects("problems.board", _in_force, STRANGER, Board, put=put)
    return found[0] if found else None


def _in_force(_someone: Any) -> "QuerySet[Board]":
    of_versions = Board.objects.filter(answers_id=prepared.NUMBER, scorer_id=prepared.OTHER)
    return of_versions.filter(challenge_id=prepared.THIRD, view=prepared.WORD).order_by("pk")[:1]
