"""The open evaluation of a problem on hidden answers."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.foundation.models import Blob
from dure.foundation.workflow import Stateful
from dure.people import api as people
from dure.problems import visibility, workflows
from dure.problems.models.problem import Problem
from dure.problems.programs import PROGRAM

SKILLS_MOST = 6


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def visible_to(self, person: Any) -> "ChallengeQuerySet":
        return self.filter(visibility.challenge_q(person))


class Challenge(Stateful):
    """How a problem is evaluated: schema, metric, split, limits, dates. The states: `workflows.CHALLENGE`.

    `salt` keys the public/private split and the resampling seed and is never shown. `answers` and `scorer` are the versions in
    force; older ones stay with their evaluations. `places` is how many teams win. `draft_answers` is the table as the host handed
    it in, before it was split. `takes` says whether teams hand in predictions, or code that the farm (or sites of owners) runs
    on hidden inputs, within `code_memory_mib`, `code_minutes` and `code_cores`; on the farm it is tried on the first `trial_rows`.
    `skills` are slugs of the catalogue: what a result shows (`SKILLS_MOST` at most).
    `findings` are the leak checks' results for the parts whose digest is `findings_of`; the host's
    reason to open all the same counts for the parts whose digest is `findings_reason_for` (see readiness.py).
    """

    class SplitMode(models.TextChoices):
        ROWS = "rows", _("By rows")
        STRATIFIED = "stratified", _("Stratified by the answer")
        GROUP = "group", _("By group")
        TIME = "time", _("By time: earlier rows are public")

    class TieRule(models.TextChoices):
        EARLIER = "earlier", _("The earlier submission wins")
        SECOND_METRIC = "second_metric", _("The second metric decides")
        SHARE = "share", _("Tied teams share the prize")

    class Takes(models.TextChoices):
        PREDICTIONS = "predictions", _("Predictions: a file with one row for each row of the test inputs")
        CODE = "code", _("Code: a program that the farm runs on inputs nobody sees")
        SITES = "sites", _("Code that runs where the data is: at sites of its owners, which no row leaves")

    workflow = workflows.CHALLENGE

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    problem = models.OneToOneField(Problem, on_delete=models.PROTECT, related_name="challenge")
    state = models.CharField(max_length=32, choices=workflows.CHALLENGE.choices, default="draft")
    hosts = models.ManyToManyField(people.Person, related_name="hosted_challenges")
    metric = models.CharField(max_length=40, blank=True)
    metric_parameters = models.JSONField(default=dict, blank=True)
    second_metric = models.CharField(max_length=40, blank=True)
    schema = models.JSONField(default=dict, blank=True)
    salt = models.BinaryField(max_length=32)
    split_mode = models.CharField(max_length=12, choices=SplitMode.choices, default=SplitMode.ROWS)
    split_column = models.CharField(max_length=80, blank=True)
    public_share = models.FloatField(default=0.3)
    target = models.FloatField(null=True, blank=True)
    ladder = models.BooleanField(default=True)
    ladder_reason = models.TextField(blank=True, max_length=1000)
    takes = models.CharField(max_length=12, choices=Takes.choices, default=Takes.PREDICTIONS)
    code_memory_mib = models.PositiveIntegerField(default=2048)
    code_minutes = models.PositiveIntegerField(default=10)
    code_cores = models.PositiveSmallIntegerField(default=1)
    trial_rows = models.PositiveIntegerField(default=10)
    team_size = models.PositiveSmallIntegerField(default=5)
    teams_seal_at = models.DateTimeField(null=True, blank=True)
    finals = models.PositiveSmallIntegerField(default=2)
    prize_ko = models.CharField(max_length=300, blank=True)
    prize_en = models.CharField(max_length=300, blank=True)
    tie_rule = models.CharField(max_length=16, choices=TieRule.choices, default=TieRule.EARLIER)
    places = models.PositiveSmallIntegerField(default=1)
    skills = models.JSONField(default=list, blank=True)
    findings = models.JSONField(default=list, blank=True)
    findings_of = models.CharField(max_length=64, blank=True)
    findings_at = models.DateTimeField(null=True)
    findings_reason = models.TextField(blank=True, max_length=1000)
    findings_reason_for = models.CharField(max_length=64, blank=True)
    imported_from = models.CharField(max_length=40, blank=True)
    imported = models.JSONField(default=dict, blank=True)
    answers = models.ForeignKey(
        "AnswerVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    scorer = models.ForeignKey(
        "ScorerVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dataset = models.ForeignKey(
        "DatasetVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    draft_answers = models.ForeignKey(Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    close_told_at = models.DateTimeField(null=True)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.slug

    @property
    def takes_code(self) -> bool:
        return self.takes in {self.Takes.CODE, self.Takes.SITES}

    @property
    def is_at_sites(self) -> bool:
        """Its hidden rows stay with their owners, who answer with scores: see `problems.sites`."""
        return self.takes == self.Takes.SITES

    @property
    def has_rows_here(self) -> bool:
        """Whether its answers are rows that we score: no, where a host's program scores, or sites do."""
        return self.metric != PROGRAM and not self.is_at_sites


class Phase(models.Model):
    """A stretch of time with its own limits; 0 = no limit. Which phase is open follows from the clock, never from a column."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="phases")
    number = models.PositiveSmallIntegerField()
    name_ko = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    per_day = models.PositiveSmallIntegerField(default=5)
    per_phase = models.PositiveIntegerField(default=100)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "number"], name="one_phase_per_number"),
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gt=models.F("starts_at")),
                name="phase_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id} #{self.number}"


class Page(models.Model):
    """A page of a challenge's story: overview, data, rules, and the ones the host or an import adds."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField()
    title_ko = models.CharField(max_length=120, blank=True)
    title_en = models.CharField(max_length=120, blank=True)
    body_ko = models.TextField(blank=True, max_length=60000)
    body_en = models.TextField(blank=True, max_length=60000)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.title_ko or self.title_en
