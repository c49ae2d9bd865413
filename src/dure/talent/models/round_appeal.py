"""Appeals against a placement round, corrections of its inputs, and whose place is another one after a re-run."""

from typing import Any

from django.db import models

from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people
from dure.talent.models.round import PlacementRound, RoundEntry, RoundResult, RoundSeat
from dure.talent.rounds import visibility, workflows_appeal

STANDING = ~models.Q(state="withdrawn")


class RoundAppealQuerySet(models.QuerySet["RoundAppeal"]):
    def visible_to(self, person: Any) -> "RoundAppealQuerySet":
        return self.filter(visibility.appeal_q(person))


class RoundAppeal(Stateful):
    """Somebody who took part, or an organisation, says that a round went wrong. States: `workflows_appeal.ROUND_APPEAL`.

    Either `entry` or `organisation` is set. `against` is when that was found or decided: each can be appealed once.
    """

    workflow = workflows_appeal.ROUND_APPEAL

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows_appeal.ROUND_APPEAL.choices, default="filed")
    round = models.ForeignKey(PlacementRound, on_delete=models.CASCADE, related_name="appeals")
    entry = models.ForeignKey(RoundEntry, null=True, on_delete=models.CASCADE, related_name="appeals")
    organisation = models.ForeignKey(
        people.Organisation, null=True, on_delete=models.PROTECT, related_name="round_appeals"
    )
    by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    against = models.DateTimeField()
    words = models.TextField(max_length=4000, blank=True)
    reviewer = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.TextField(max_length=2000, blank=True)
    filed_at = models.DateTimeField(default=clock.now)
    answer_by = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    objects = RoundAppealQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "against"], condition=STANDING, name="one_round_appeal_per_result"
            ),
            models.UniqueConstraint(
                fields=["round", "organisation", "against"],
                condition=STANDING,
                name="one_appeal_per_organisation",
            ),
            models.CheckConstraint(
                condition=models.Q(entry=None) ^ models.Q(organisation=None), name="appeal_of_one_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid}"


class RoundCorrection(models.Model):
    """What was wrong in the frozen inputs: who corrected it, why, and each row exactly before and after.

    `rows` are {"row": […], "before": …, "after": …}, as `rounds.correcting` writes them. `result` is the re-run with the lottery of
    the first run, and `sha256` what its certificate calls the correction; both come with the re-run. A correction that could not be
    run keeps its `fault`, as {"code": …, "params": …}.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    appeal = models.ForeignKey(RoundAppeal, on_delete=models.CASCADE, related_name="corrections")
    by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=500)
    rows = models.JSONField()
    made_at = models.DateTimeField(default=clock.now)
    sha256 = models.CharField(max_length=64, blank=True)
    result = models.OneToOneField(RoundResult, null=True, on_delete=models.CASCADE, related_name="correction")
    fault = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.reason


class CorrectedPlace(models.Model):
    """An entry whose place in a re-run is another one than it had. `is_kept`: it keeps what it had, as a seat beyond the others."""

    correction = models.ForeignKey(RoundCorrection, on_delete=models.CASCADE, related_name="places")
    entry = models.ForeignKey(RoundEntry, on_delete=models.CASCADE, related_name="corrected")
    before = models.ForeignKey(RoundSeat, null=True, on_delete=models.CASCADE, related_name="+")
    found = models.ForeignKey(RoundSeat, null=True, on_delete=models.CASCADE, related_name="+")
    is_kept = models.BooleanField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["correction", "entry"], name="one_place_per_correction")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}"
