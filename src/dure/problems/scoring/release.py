"""What a team is shown of its public score: the Ladder, folded over the team's submissions in the order they were scored."""

from collections.abc import Sequence

from dure.engines.scoring.ladder import Best, Ladder, candidate_from_influence
from dure.engines.scoring.metric import Array, Metric
from dure.problems.models import Evaluation
from dure.problems.scoring import cache, rounding


class Past:
    """What the releases of one batch go by, read in one query per kind: the Ladder's rounding, and what teams were shown last.

    A batch holds at most one evaluation per team, so none of it is another one's past.
    """

    def __init__(self, rows: Sequence[Evaluation]) -> None:
        self._ladders: dict[tuple[int, int], Ladder] = {}
        self._shown = {_version(row): row for row in _last_shown(rows)}

    def earlier(self, row: Evaluation) -> Evaluation | None:
        """The team's last evaluation under these versions that moved its shown score."""
        return self._shown.get(_version(row))

    def ladder(self, row: Evaluation) -> Ladder:
        """The Ladder of these versions, as the baselines handed in so far have it."""
        key = (row.answers_id, row.scorer_id)
        if key not in self._ladders:
            self._ladders[key] = rounding.ladder(row.answers, row.scorer)
        return self._ladders[key]


def _version(row: Evaluation) -> tuple[int, int, int]:
    return row.submission.team_id, row.answers_id, row.scorer_id


def _last_shown(rows: Sequence[Evaluation]) -> list[Evaluation]:
    same = Evaluation.objects.filter(
        improved=True,
        submission__team__in={row.submission.team_id for row in rows},
        answers__in={row.answers_id for row in rows},
        scorer__in={row.scorer_id for row in rows},
    )
    each = ("submission__team_id", "answers_id", "scorer_id")
    others = same.exclude(pk__in=[row.pk for row in rows]).select_related(
        "submission", "answers__challenge", "scorer"
    )
    return list(others.order_by(*each, "-finished_at", "-pk").distinct(*each))


def release(row: Evaluation, *, metric: Metric, influence: Array, makes: cache.Make, past: Past) -> None:
    """Fill what may be shown of a scored evaluation. `makes` gives the influence values of an earlier one again if need be."""
    if row.public_score is None:
        return
    new = candidate_from_influence(row.public_score, influence)
    ladder, earlier = past.ladder(row), past.earlier(row)
    if not row.answers.challenge.ladder:
        row.public_released, row.improved = ladder.rounded(new), _is_better(row, earlier, metric)
        return
    released = ladder.release(_best(earlier, makes), new)
    row.public_released, row.improved = released.shown, released.improved


def _best(earlier: Evaluation | None, makes: cache.Make) -> Best | None:
    if earlier is None or earlier.public_released is None or earlier.public_score is None:
        return None
    values = cache.influence_of(earlier.uid, lambda: makes(earlier))
    return Best(earlier.public_released, candidate_from_influence(earlier.public_score, values).deviations)


def _is_better(row: Evaluation, earlier: Evaluation | None, metric: Metric) -> bool:
    if earlier is None or earlier.public_score is None or row.public_score is None:
        return True
    gain = row.public_score - earlier.public_score
    return gain > 0 if metric.direction == "higher" else gain < 0
