"""Computing the boards of a challenge: one row per team with interval, rank interval and tie group, kept for the pages to read."""

import json
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, Func, JSONField, OuterRef, QuerySet

from dure.engines.scoring.intervals import evaluate_systems
from dure.engines.scoring.joining import subset
from dure.engines.scoring.ladder import Ladder, round_to_error
from dure.engines.scoring.metric import Metric, Rows
from dure.engines.scoring.ranking import Standing, standings
from dure.engines.scoring.systems import Comparison, Measured, System
from dure.foundation import clock, files, leases, prepared
from dure.foundation.access import STRANGER
from dure.problems.models import AnswerVersion, Award, Board, Challenge, Evaluation, ScorerVersion
from dure.problems.scoring import choosing, memory, plain_boards, rounding
from dure.problems.scoring.answers import Answers, Part, load
from dure.problems.scoring.evaluate import RESAMPLES, metric_of, read
from dure.problems.scoring.memory import Key

AT_ONCE = 16
"""Teams whose rows are in memory together while they are measured."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One team on one board: a choice with its evaluation at hand."""

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
        if leases.finish(claimed) and challenge is not None:
            _write(challenge, computed)


def compute(challenge: Challenge) -> list[Board]:
    """Both boards under the versions in force. The private one is kept from everybody but the hosts until the close."""
    with transaction.atomic():
        return _write(challenge, _compute(challenge))


def _compute(challenge: Challenge) -> list[Computed]:
    if challenge.answers is None or challenge.scorer is None:
        return []
    if not challenge.has_rows_here:
        return _compute_plainly(challenge, challenge.answers, challenge.scorer)
    scorer, truth = challenge.scorer, load(challenge.answers)
    metric = metric_of(scorer.metric, scorer.parameters)
    done = choosing.scored(challenge.answers, scorer)
    teams = choosing.by_team(done)
    chosen = _entries(
        {
            Board.View.PUBLIC: choosing.public_choices(teams),
            Board.View.PRIVATE: choosing.private_choices(
                teams, finals=challenge.finals, direction=metric.direction
            ),
        }
    )
    measured = _measured(metric, truth, chosen)
    ladder = rounding.ladder(challenge.answers, scorer) if done else None
    ladders = {Board.View.PUBLIC: ladder, Board.View.PRIVATE: None}
    return [
        _view(metric, truth, view, chosen[view], measured, ladder=ladders[view], scored=len(done))
        for view in Board.View
    ]


def _compute_plainly(challenge: Challenge, answers: AnswerVersion, scorer: ScorerVersion) -> list[Computed]:
    """Both boards of a challenge whose rows nobody here has: a host's program scores, or sites do."""
    done = choosing.scored(answers, scorer)
    teams, direction = choosing.by_team(done), plain_boards.direction_of(scorer)
    chosen = {
        Board.View.PUBLIC: choosing.public_choices(teams),
        Board.View.PRIVATE: choosing.private_choices(
            plain_boards.deciding(teams, scorer.parameters), finals=challenge.finals, direction=direction
        ),
    }
    at_hand = _at_hand({choice.pk for choices in chosen.values() for choice in choices})
    plain = {"method": "", "resamples": 0, "scored": len(done), "computed_at": clock.now()}
    return [
        Computed(view, {**plain, "rows": plain_boards.rows_of(choices, at_hand, direction=direction)})
        for view, choices in chosen.items()
    ]


def _write(challenge: Challenge, computed: Iterable[Computed]) -> list[Board]:
    """Both boards in one statement, over what was there under these versions."""
    versions = {"answers": challenge.answers, "scorer": challenge.scorer}
    made = [Board(challenge=challenge, view=one.view, **versions, **one.fields) for one in computed]
    return Board.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["challenge", "view", "answers", "scorer"],
        update_fields=["method", "resamples", "rows", "scored", "computed_at"],
    )


def _entries(chosen: Mapping[Board.View, Sequence[choosing.Choice]]) -> dict[Board.View, list[Entry]]:
    """The choices of all boards with their evaluations, read at once."""
    at_hand = _at_hand({choice.pk for choices in chosen.values() for choice in choices})
    return {
        view: [
            Entry(at_hand[choice.pk], choice.shown, choice.entries)
            for choice in choices
            if choice.pk in at_hand
        ]
        for view, choices in chosen.items()
    }


def _at_hand(wanted: Collection[int]) -> dict[int, Evaluation]:
    accepted = Award.objects.filter(team=OuterRef("submission__team"), state="accepted", reproduced=True)
    rows = Evaluation.objects.select_related("submission__team__organisation")
    return dict(rows.annotate(reproduced=Exists(accepted)).in_bulk(wanted))


def _measured(
    metric: Metric, truth: Answers, chosen: Mapping[Board.View, Sequence[Entry]]
) -> dict[Key, Measured | None]:
    """What each entry measures; those of which nothing is remembered are read, once for all boards, a few at a time."""
    wanted = {(_key(entry), view.value): entry for view, entries in chosen.items() for entry in entries}
    measured = {key: memory.recall(key) for key in wanted}
    new = list({key[0]: entry for key, entry in wanted.items() if measured[key] is None}.values())
    for start in range(0, len(new), AT_ONCE):
        some = new[start : start + AT_ONCE]
        rows = {
            _key(entry): read(files.local_path(str(entry.evaluation.submission.table_id)), truth)
            for entry in some
        }
        for view in chosen:
            mine = {key: rows[key] for key in rows if (key, view.value) in wanted}
            measured |= _measure(metric, truth, view, mine)
    return measured


def _measure(
    metric: Metric, truth: Answers, view: Board.View, rows: Mapping[str, Rows]
) -> dict[Key, Measured | None]:
    """Measure what nothing is remembered of on one board, and remember it."""
    chosen = _part_of(truth, view).rows
    systems = [System(key=key, rows=subset(mine, chosen)) for key, mine in rows.items()]
    found = {
        (system.key, view.value): measured
        for system, measured in zip(systems, _compare(metric, truth, view, systems).measured, strict=True)
    }
    for key, measured in found.items():
        memory.remember(key, measured)
    return found


def _view(
    metric: Metric,
    truth: Answers,
    view: Board.View,
    entries: Sequence[Entry],
    measured: Mapping[Key, Measured | None],
    *,
    ladder: Ladder | None,
    scored: int,
) -> Computed:
    """One board; with a ladder, rounded by it."""
    systems = [
        System(
            key=_key(entry),
            submitted_at=entry.evaluation.submission.accepted_at,
            measured=measured[_key(entry), view.value],
        )
        for entry in entries
    ]
    comparison = _compare(metric, truth, view, systems) if systems else None
    fields = {
        "method": comparison.method if comparison else "",
        "resamples": RESAMPLES if comparison and comparison.resampled is not None else 0,
        "rows": _rows(entries, comparison, ladder) if comparison else [],
        "scored": scored,
        "computed_at": clock.now(),
    }
    return Computed(view, fields)


def _compare(metric: Metric, truth: Answers, view: Board.View, systems: Sequence[System]) -> Comparison:
    part = _part_of(truth, view)
    return evaluate_systems(
        metric,
        systems,
        seed=truth.seed,
        groups=part.groups,
        n_rows=len(part.rows),
        resamples=RESAMPLES,
    )


def _key(entry: Entry) -> str:
    return str(entry.evaluation.uid)


def _part_of(truth: Answers, view: Board.View) -> Part:
    return truth.part(public=view == Board.View.PUBLIC)


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
    error = ladder.error(float(comparison.standard_errors[at])) if ladder else 0.0
    return {
        **plain_boards.whose(entry.evaluation, entries=entry.entries),
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
    }


def _digits(error: float) -> int:
    """Decimal places that a score rounded to this standard error has."""
    return max(0, min(6, -math.floor(math.log10(error)))) if error > 0 and math.isfinite(error) else 4


def _bound(value: float, error: float) -> float | None:
    return round_to_error(float(value), error) if math.isfinite(value) else None


def latest(challenge: Challenge, view: str) -> Board | None:
    """The board in force, or None before the first score."""
    found = prepared.objects("problems.board", _in_force, STRANGER, Board, put=_place(challenge, view))
    return found[0] if found else None


def first_rows(challenge: Challenge, view: str, count: int) -> list[dict[str, Any]]:
    """The first rows of that board; the others stay in the database."""

    def build(someone: Any) -> "QuerySet[Any, Any]":
        return _in_force(someone).values_list(first_lines(count))

    found = prepared.rows("problems.board.first", build, STRANGER, count, put=_place(challenge, view))
    return list(json.loads(found[0][0])) if found else []


def first_lines(count: int) -> Func:
    """As much of a board's `rows`, as an expression: a board may have thousands."""
    path = f"'$[0 to {count - 1}]'"
    template = f"%(function)s(%(expressions)s, {path})"
    return Func(F("rows"), function="jsonb_path_query_array", template=template, output_field=JSONField())


def _place(challenge: Challenge, view: str) -> dict[Any, Any]:
    return {
        prepared.NUMBER: challenge.answers_id,
        prepared.OTHER: challenge.scorer_id,
        prepared.THIRD: challenge.pk,
        prepared.WORD: view,
    }


def _in_force(_someone: Any) -> "QuerySet[Board]":
    of_versions = Board.objects.filter(answers_id=prepared.NUMBER, scorer_id=prepared.OTHER)
    return of_versions.filter(challenge_id=prepared.THIRD, view=prepared.WORD).order_by("pk")[:1]
