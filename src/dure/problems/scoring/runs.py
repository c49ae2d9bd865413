"""Claimed evaluations as plain values, read in one query; what decides how they are scored is shared among them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from dure.engines.scoring.metric import Metric
from dure.foundation import files, leases
from dure.problems.models import AnswerVersion, Challenge, Evaluation, ScorerVersion
from dure.problems.scoring import answers
from dure.problems.scoring.evaluate import Result, evaluate, metric_of, read


class Rules:
    """One version of answers and one of the scorer, which many evaluations of a batch share. The answers are read on first use."""

    def __init__(self, version: AnswerVersion, scorer: ScorerVersion) -> None:
        self.answers = version
        self.scorer = scorer

    @property
    def challenge(self) -> Challenge:
        return self.answers.challenge

    @cached_property
    def truth(self) -> answers.Answers:
        return answers.load(self.answers)

    @cached_property
    def metric(self) -> Metric:
        return metric_of(self.scorer.metric, self.scorer.parameters)

    @cached_property
    def second(self) -> Metric | None:
        key = self.challenge.second_metric
        return metric_of(key, {}) if key else None

    def score(self, table: str) -> Result:
        """Score a table of the blob store. Raises Faulty, or StorageUnavailable where the store does not give it."""
        return evaluate(
            read(files.local_path(table), self.truth), self.truth, self.metric, second=self.second
        )


@dataclass(slots=True)
class Run:
    """One claimed evaluation, and once it is scored what will be written to its row."""

    pk: int
    uid: UUID
    team: int
    table: str
    rules: Rules
    state: str = Evaluation.State.DONE
    public_score: float | None = None
    private_score: float | None = None
    public_error: float | None = None
    public_released: float | None = None
    improved: bool = False
    second_score: float | None = None
    details: dict[str, Any] = field(default_factory=dict)
    message: str = ""
    finished_at: datetime | None = None

    @property
    def version(self) -> tuple[int, int, int]:
        """Whose Ladder it stands on: the team under these versions."""
        return self.team, self.rules.answers.pk, self.rules.scorer.pk


def claimed(claims: Iterable[leases.Claim]) -> dict[UUID, Run]:
    """The evaluations of these claims by their uid, in four queries however many they are."""
    rows = list(
        Evaluation.objects.filter(uid__in=[claim.subject for claim in claims]).values_list(
            "pk", "uid", "submission__team_id", "submission__table_id", "answers_id", "scorer_id"
        )
    )
    versions = AnswerVersion.objects.select_related("challenge").in_bulk({row[4] for row in rows})
    scorers = ScorerVersion.objects.in_bulk({row[5] for row in rows})
    rules = {pair: Rules(versions[pair[0]], scorers[pair[1]]) for pair in {row[4:] for row in rows}}
    return {row[1]: Run(*row[:4], rules=rules[row[4:]]) for row in rows}
