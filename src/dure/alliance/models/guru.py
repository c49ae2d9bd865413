"""Gurus: experts whom the secretariat appoints for a term, with their fields."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.alliance.gurus import visibility, workflows
from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people


class Field(models.TextChoices):
    """What experts know and topics are about."""

    SPEECH = "speech", _("Speech and language")
    VISION = "vision", _("Vision")
    HUMAN = "human", _("Humanistic AI")
    MEDIA = "media", _("Media and content")
    HEALTH = "health", _("Health and medicine")
    ROBOTS = "robots", _("Robots and manufacturing")
    INFRASTRUCTURE = "infrastructure", _("Infrastructure and data")
    TALENT = "talent", _("Talent and education")
    ETHICS = "ethics", _("Ethics and policy")


class GuruTermQuerySet(models.QuerySet["GuruTerm"]):
    def visible_to(self, person: Any) -> "GuruTermQuerySet":
        return self.filter(visibility.term_q(person))

    def serving(self) -> "GuruTermQuerySet":
        """Terms that were accepted and run today."""
        today = clock.today()
        return self.filter(state="serving", starts_on__lte=today, ends_on__gte=today)


class GuruTerm(Stateful):
    """A person's term as a guru, from the first day to the last. States: `workflows.GURU_TERM`."""

    workflow = workflows.GURU_TERM

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.GURU_TERM.choices, default="invited")
    person = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="guru_terms")
    fields = models.JSONField(default=list)
    known_for_ko = models.CharField(max_length=300, blank=True)
    known_for_en = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.TextField(blank=True, max_length=2000)
    appointed_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = GuruTermQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "id"]
        indexes = [models.Index(fields=["state", "ends_on"], name="guru_term_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(state__in=("invited", "serving")), name="guru_once"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="guru_term_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}"

    @property
    def known_for(self) -> str:
        return i18n.localized(self, "known_for")

    @property
    def field_labels(self) -> list[str]:
        """Its fields in the reader's language."""
        return [str(Field(one).label) for one in self.fields if one in Field.values]
