"""Skills: what needs, courses, labs and openings are about."""

from typing import Any

from django.db import models
from django.urls import reverse

from dure.engines.skills import LEVELS
from dure.foundation import i18n
from dure.foundation.ids import uuid7


class SkillQuerySet(models.QuerySet["Skill"]):
    def in_force(self) -> "SkillQuerySet":
        """Those that the catalogue still has."""
        return self.filter(is_retired=False)


class Skill(models.Model):
    """A skill of the packaged catalogue, as a row that others point to; `actions.skills` brings it in step with the files.

    `levels` holds for each of the four levels its criteria, each as {"ko": ..., "en": ...}. Retired: the catalogue has it no longer
    and nobody chooses it anew. `ncs_code` (ten digits) comes from the public file of the national standards alone.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    area = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    name_ko = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    about_ko = models.CharField(max_length=300)
    about_en = models.CharField(max_length=300)
    levels = models.JSONField()
    esco = models.CharField(max_length=80, blank=True)
    ncs_code = models.CharField(max_length=10, blank=True)
    is_retired = models.BooleanField(default=False)

    objects = SkillQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:skill", args=[self.slug])

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return i18n.localized(self, "name")

    @property
    def about(self) -> str:
        return i18n.localized(self, "about")

    def criteria(self, level: int) -> list[str]:
        """What one can be seen to do at a level (1 to 4), in the reader's language."""
        language = "ko" if i18n.is_korean() else "en"
        criteria: list[dict[str, Any]] = self.levels[LEVELS.index(level)]
        return [one[language] for one in criteria]


class SkillNeed(models.Model):
    """A skill rests on another, at a level at least."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="rests_on")
    needed = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="opens")
    level = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["needed__position", "skill__position"]
        constraints = [models.UniqueConstraint(fields=["skill", "needed"], name="one_need_per_skill")]

    def __str__(self) -> str:
        return f"{self.skill_id} needs {self.needed_id}"
