"""Placement rounds: their seats, who ranks them, the secrets of the lottery, the result and what people decided."""

import secrets
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.foundation.models import Blob
from dure.foundation.workflow import Stateful
from dure.people import api as people
from dure.talent.models.opening import Opening
from dure.talent.rounds import visibility, workflows

MOST_SEATS = 10_000
LAST_CLASS = 100
LAST_RANK = 1000


def fresh_pseudonym() -> str:
    """64 random bits: what an entry is called wherever its person is not named."""
    return secrets.token_hex(8)


class PlacementRoundQuerySet(models.QuerySet["PlacementRound"]):
    def visible_to(self, person: Any) -> "PlacementRoundQuerySet":
        return self.filter(visibility.round_q(person))


class PlacementRound(Stateful):
    """Seats that are given all at once. States: `workflows.ROUND`.

    `organisation` runs it. People rank until `rank_until`; `closed_at` is when the inputs were frozen, as bytes in `inputs` with
    their SHA-256 `inputs_sha256`. `reason` says why it was cancelled or is decided by hand.
    """

    workflow = workflows.ROUND

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.ROUND.choices, default="draft")
    organisation = models.ForeignKey(
        people.Organisation, on_delete=models.PROTECT, related_name="placement_rounds"
    )
    title_ko = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    about_ko = models.TextField(max_length=4000)
    about_en = models.TextField(max_length=4000)
    rules_ko = models.TextField(blank=True, max_length=4000)
    rules_en = models.TextField(blank=True, max_length=4000)
    rank_until = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    inputs = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    inputs_sha256 = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True, max_length=2000)
    is_by_hand = models.BooleanField(default=False)
    stuck = models.JSONField(default=list)
    made_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = PlacementRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "rank_until"], name="round_by_deadline")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return i18n.localized(self, "title")


class RoundSeat(models.Model):
    """Seats of one opening in a round.

    `limits` holds reserves and upper quotas, each {"group": "institution:SLUG" | "region:CODE" | "institution:*" | "region:*",
    "reserve": int, "quota": int | None}; a star stands for each institution or region by itself. `otherwise` is the class of
    whoever the organisation has not classed; None: not acceptable.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    round = models.ForeignKey(PlacementRound, on_delete=models.CASCADE, related_name="round_seats")
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="round_seats")
    seats = models.PositiveIntegerField(validators=[MinValueValidator(1), MaxValueValidator(MOST_SEATS)])
    limits = models.JSONField(default=list)
    otherwise = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(LAST_CLASS)]
    )

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "opening"], name="one_seat_per_opening")]

    def __str__(self) -> str:
        return f"{self.opening}"


class RoundEntry(models.Model):
    """Somebody's part in a round. `institution` (a slug) and `region` (a code) are as they were when the ranking was last saved.

    Whoever ranks is known to organisations and auditors by `pseudonym` alone, with `words` written for them.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    round = models.ForeignKey(PlacementRound, on_delete=models.CASCADE, related_name="entries")
    person = models.ForeignKey(
        people.Person, null=True, on_delete=models.SET_NULL, related_name="placement_entries"
    )
    pseudonym = models.CharField(max_length=16, default=fresh_pseudonym)
    institution = models.SlugField(max_length=60, blank=True)
    region = models.CharField(max_length=20, blank=True)
    words = models.TextField(blank=True, max_length=2000)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pseudonym"]
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="one_entry_per_round"),
            models.UniqueConstraint(fields=["round", "pseudonym"], name="one_pseudonym_per_round"),
        ]

    def __str__(self) -> str:
        return self.pseudonym


class RoundChoice(models.Model):
    """One line of a ranking, a row each, so that a million of them are read by one plain COPY.

    Equal `rank`s are ties. `priority` is the class that the organisation gives, 1 is best; None: not acceptable.
    """

    entry = models.ForeignKey(RoundEntry, on_delete=models.CASCADE, related_name="choices")
    seat = models.ForeignKey(RoundSeat, on_delete=models.CASCADE, related_name="choices")
    rank = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(LAST_RANK)])
    priority = models.PositiveSmallIntegerField(
        null=True, validators=[MinValueValidator(1), MaxValueValidator(LAST_CLASS)]
    )

    class Meta:
        ordering = ["rank", "id"]
        constraints = [models.UniqueConstraint(fields=["entry", "seat"], name="one_choice_per_seat")]

    def __str__(self) -> str:
        return f"{self.rank}"


class SecretCommitment(models.Model):
    """An organisation that keeps a secret for the lottery: `commitment` is its SHA-256, `secret` empty until it is revealed."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    round = models.ForeignKey(PlacementRound, on_delete=models.CASCADE, related_name="commitments")
    organisation = models.ForeignKey(people.Organisation, on_delete=models.PROTECT, related_name="+")
    commitment = models.CharField(max_length=64, blank=True)
    committed_at = models.DateTimeField(null=True)
    committed_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    secret = models.CharField(max_length=64, blank=True)
    revealed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="one_secret_per_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"


class RoundResult(models.Model):
    """What the solver found and the verifier recounted without a break. `file` is what auditors run again.

    A re-run after a correction takes the place of the result that it `supersedes`; both stay to be read, and the seed stays.
    """

    round = models.ForeignKey(PlacementRound, on_delete=models.CASCADE, related_name="results")
    inputs_sha256 = models.CharField(max_length=64)
    seed = models.CharField(max_length=64)
    file = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    certificate = models.TextField()
    solved_at = models.DateTimeField(default=clock.now)
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round"], condition=models.Q(supersedes=None), name="one_first_result"
            )
        ]

    def __str__(self) -> str:
        return self.seed


class PlacementExplanation(models.Model):
    """What the result says of one entry: its seat, and for each line of its ranking where it stood, the cut-off and why."""

    result = models.ForeignKey(RoundResult, on_delete=models.CASCADE, related_name="explanations")
    entry = models.ForeignKey(RoundEntry, on_delete=models.CASCADE, related_name="explanations")
    seat = models.ForeignKey(RoundSeat, null=True, on_delete=models.CASCADE, related_name="+")
    lines = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["result", "entry"], name="one_explanation_per_entry")]

    def __str__(self) -> str:
        return f"{self.entry_id}"


class PlacementDecision(models.Model):
    """What people decided for one entry: the seat or none, and the reason where it is not what the result says."""

    entry = models.OneToOneField(RoundEntry, on_delete=models.CASCADE, related_name="decision")
    seat = models.ForeignKey(RoundSeat, null=True, on_delete=models.PROTECT, related_name="decisions")
    by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(blank=True, max_length=2000)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.entry_id}"
