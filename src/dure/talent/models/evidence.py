"""Dated facts about a person's skill, and the level that follows from them."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people
from dure.talent.profiles import workflows

LEVEL = (MinValueValidator(1), MaxValueValidator(4))


class Evidence(Stateful):
    """One dated fact about one skill of a person. States: `workflows.EVIDENCE`.

    `skill` is a slug of the catalogue and `level` 1 to 4 what the fact claims. `source` names where it comes from (an address or a
    uid), once per person, skill and kind, so that gathering twice changes nothing. `origin` names what facts depend on each other
    through (a course, a challenge, a verifier). `figures` holds what weighs it: interval, rank interval, points. `reason` is why
    its person contests it, `answer` what the secretariat says to that.
    """

    workflow = workflows.EVIDENCE

    class Kind(models.TextChoices):
        CHALLENGE = "challenge", _("Challenge result")
        REPRODUCED = "reproduced", _("Challenge result, re-run to the same score")
        LAB = "lab", _("Graded lab")
        CREDENTIAL = "credential", _("Credential")
        RECOGNISED = "recognised", _("Recognised certificate")
        ASSET = "asset", _("Merged asset")
        CASE = "case", _("AI+X case")
        ROLE = "role", _("Role in a project")
        ENDORSEMENT = "endorsement", _("Endorsement")
        CLAIM = "claim", _("Own claim")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.EVIDENCE.choices, default="standing")
    person = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="evidence")
    skill = models.SlugField(max_length=60)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    level = models.PositiveSmallIntegerField(validators=LEVEL)
    title_ko = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    url = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=500)
    origin = models.CharField(max_length=200)
    figures = models.JSONField(default=dict)
    at = models.DateTimeField()
    reason = models.TextField(blank=True, max_length=2000)
    answer = models.TextField(blank=True, max_length=2000)
    gathered_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["person", "skill"], name="evidence_of_person")]
        constraints = [
            models.UniqueConstraint(fields=["person", "skill", "kind", "source"], name="one_fact_per_source")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return i18n.localized(self, "title")


class SkillPosterior(models.Model):
    """What the standing evidence of a person says of one skill, by `model_version`; recomputable from it at any time.

    `mean` and `variance` are on the scale of levels, `number` counts the facts.
    """

    person = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="skill_posteriors")
    skill = models.SlugField(max_length=60)
    mean = models.FloatField()
    variance = models.FloatField()
    number = models.PositiveSmallIntegerField()
    model_version = models.CharField(max_length=20)
    computed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["skill"]
        constraints = [models.UniqueConstraint(fields=["person", "skill"], name="one_posterior_per_skill")]

    def __str__(self) -> str:
        return f"{self.skill}"


class Endorsement(Stateful):
    """A person asks a named other to stand by a skill. States: `workflows.ENDORSEMENT`. Given, it becomes evidence."""

    workflow = workflows.ENDORSEMENT

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.ENDORSEMENT.choices, default="asked")
    person = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="endorsements")
    verifier = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="endorsements_asked")
    skill = models.SlugField(max_length=60)
    level = models.PositiveSmallIntegerField(validators=LEVEL)
    what = models.TextField(max_length=2000)
    answer = models.TextField(blank=True, max_length=2000)
    asked_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "verifier", "skill"],
                condition=models.Q(state__in=["asked", "given"]),
                name="one_endorsement_per_verifier",
            )
        ]

    def __str__(self) -> str:
        return f"{self.skill}"
