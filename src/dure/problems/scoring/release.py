"""What a team is shown of its public score: the Ladder, folded over the team's submissions in the order they were scored."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from dure.engines.scoring.ladder import Best, Ladder, candidate_from_influence
from dure.engines.scoring.metric import Array
from dure.problems.models import Evaluation
from dure.problems.scoring import cache, rounding
from dure.problems.scoring.runs import Rules, Run


class Shown(NamedTuple):
    """The evaluation that last moved what a team is shown."""

    uid: UUID
    table: str
    released: float | None
    score: float | None


class Past:
    """What the releases of one batch go by, read in one query per kind: the Ladder's rounding, and what teams were shown last.

    Of a team with several runs in the batch the earlier ones become the past of the later ones, before they are written.
    """

    def __init__(self, batch: Sequence[Run]) -> None:
        self._ladders: dict[tuple[int, int], Ladder] = {}
        self._shown = _last_shown(batch)

    def earlier(self, run: Run) -> Shown | None:
        """The team's last evaluation under these versions that moved its shown score."""
        return self._shown.get(run.version)

    def goes_on(self, run: Run) -> None:
        """A run of the batch was released; if it moved what its team is shown, the next one is compared with it."""
        if run.improved:
            self._shown[run.version] = Shown(run.uid, run.table, run.public_released, run.public_score)

    def ladder(self, rules: Rules) -> Ladder:
        """The Ladder of these versions, as the baselines handed in so far have it."""
        key = (rules.answers.pk, rules.scorer.pk)
        if key not in self._ladders:
            self._ladders[key] = rounding.ladder(rules.answers, rules.scorer)
        return self._ladders[key]


def _last_shown(batch: Sequence[Run]) -> dict[tuple[int, int, int], Shown]:
    versions = [run.version for run in batch]
    same = Evaluation.objects.filter(
        improved=True,
        submission__team__in={team for team, _, _ in versions},
        answers__in={answers for _, answers, _ in versions},
        scorer__in={scorer for _, _, scorer in versions},
    )
    each = ("submission__team_id", "answers_id", "scorer_id")
    others = same.exclude(pk__in=[run.pk for run in batch]).order_by(*each, "-finished_at", "-pk")
    found = others.distinct(*each).values_list(
        *each, "uid", "submission__table_id", "public_released", "public_score"
    )
    return {row[:3]: Shown(*row[3:]) for row in found}


def release(run: Run, *, influence: Array, past: Past) -> None:
    """Fill what may be shown of a scored evaluation with these influence values of its public score."""
    if run.public_score is None:
        return
    new = candidate_from_influence(run.public_score, influence)
    ladder, earlier = past.ladder(run.rules), past.earlier(run)
    if not run.rules.challenge.ladder:
        run.public_released, run.improved = ladder.rounded(new), _is_better(run, earlier)
        return
    released = ladder.release(_best(earlier, run.rules), new)
    run.public_released, run.improved = released.shown, released.improved


def _best(earlier: Shown | None, rules: Rules) -> Best | None:
    if earlier is None or earlier.released is None or earlier.score is None:
        return None
    values = cache.influence_of(earlier.uid, lambda: rules.score(earlier.table).public_influence)
    return Best(earlier.released, candidate_from_influence(earlier.score, values).deviations)


def _is_better(run: Run, earlier: Shown | None) -> bool:
    if earlier is None or earlier.score is None or run.public_score is None:
        return True
    gain = run.public_score - earlier.score
    return gain > 0 if run.rules.metric.direction == "higher" else gain < 0
