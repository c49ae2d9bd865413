"""Ethics: who sits on the board, assessments with their opinions, incidents."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.alliance.ethics import visibility, workflows
from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people


class EthicsMemberQuerySet(models.QuerySet["EthicsMember"]):
    def current(self) -> "EthicsMemberQuerySet":
        """Those who sit on the board today."""
        return self.filter(visibility.sits_q())


class EthicsMember(models.Model):
    """A seat on the ethics board, from a day until a day. `is_outside`: of no member organisation, so nobody's interest."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="ethics_seats")
    is_chair = models.BooleanField(default=False)
    is_outside = models.BooleanField(default=False)
    since = models.DateField(default=clock.today)
    until = models.DateField(null=True, blank=True)

    objects = EthicsMemberQuerySet.as_manager()

    class Meta:
        ordering = ["-is_chair", "since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until=None), name="one_open_ethics_seat"
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


class EthicsAssessmentQuerySet(models.QuerySet["EthicsAssessment"]):
    def visible_to(self, person: Any) -> "EthicsAssessmentQuerySet":
        return self.filter(visibility.assessment_q(person))


class EthicsAssessment(Stateful):
    """What is said of a subject before it goes public, and what the board says to it. States: `workflows.ASSESSMENT`.

    `subject` is the uid of a thing of `kind` (see `subjects`). `facts` are those of the subject at the last submission: an approval
    holds as long as they do. `turn` counts submissions; opinions belong to one. The answers are in the author's language.
    """

    workflow = workflows.ASSESSMENT

    class Risk(models.TextChoices):
        MINIMAL = "minimal", _("Minimal: nobody can be harmed")
        LIMITED = "limited", _("Limited: people notice, and can object")
        HIGH = "high", _("High: decides on people, health, safety or work")

    class Basis(models.TextChoices):
        NONE = "none", _("No data about people")
        CONSENT = "consent", _("Consent of the people concerned")
        PSEUDONYMISED = "pseudonymised", _("Pseudonymised for statistics or research")
        CONTRACT = "contract", _("A contract with the people concerned")
        LAW = "law", _("A law demands or allows it")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.ASSESSMENT.choices, default="draft")
    kind = models.CharField(max_length=20)
    subject = models.UUIDField()
    title_ko = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(
        people.Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    author = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    is_demanded = models.BooleanField(default=False)
    risk = models.CharField(max_length=10, choices=Risk.choices, blank=True)
    affected = models.TextField(max_length=4000, blank=True)
    basis = models.CharField(max_length=16, choices=Basis.choices, blank=True)
    protection = models.TextField(max_length=4000, blank=True)
    fairness = models.TextField(max_length=4000, blank=True)
    oversight = models.TextField(max_length=4000, blank=True)
    is_human = models.BooleanField(default=False)
    review_number = models.CharField(max_length=120, blank=True)
    handlers = models.TextField(max_length=2000, blank=True)
    facts = models.JSONField(default=dict)
    turn = models.PositiveSmallIntegerField(default=0)
    conditions = models.TextField(max_length=4000, blank=True)
    reason = models.TextField(max_length=4000, blank=True)
    decided_at = models.DateTimeField(null=True)
    revisit_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = EthicsAssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "revisit_on"], name="ethics_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=~models.Q(state="withdrawn"),
                name="one_assessment_per_subject",
            )
        ]

    def __str__(self) -> str:
        return self.title_ko or self.title_en


class EthicsOpinion(models.Model):
    """What one member of the board says to one submission; whether they were from outside is kept as it was then."""

    class Vote(models.TextChoices):
        APPROVE = "approve", _("Approve")
        CONDITIONS = "conditions", _("Approve with conditions")
        REFUSE = "refuse", _("Refuse")

    assessment = models.ForeignKey(EthicsAssessment, on_delete=models.CASCADE, related_name="opinions")
    turn = models.PositiveSmallIntegerField()
    by = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="+")
    is_outside = models.BooleanField()
    vote = models.CharField(max_length=12, choices=Vote.choices)
    reason = models.TextField(max_length=4000)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["turn", "at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "turn", "by"], name="one_opinion_per_turn")
        ]

    def __str__(self) -> str:
        return self.vote


class EthicsIncidentQuerySet(models.QuerySet["EthicsIncident"]):
    def visible_to(self, person: Any) -> "EthicsIncidentQuerySet":
        return self.filter(visibility.incident_q(person))


class EthicsIncident(Stateful):
    """Harm, or nearly: reported by whoever saw it, examined by the board, closed with what was done. `workflows.INCIDENT`."""

    workflow = workflows.INCIDENT

    class Severity(models.TextChoices):
        NEAR = "near", _("Nearly happened")
        HARM = "harm", _("Somebody was harmed")
        SERIOUS = "serious", _("Serious harm, or data about people got out")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.INCIDENT.choices, default="reported")
    kind = models.CharField(max_length=20)
    subject = models.UUIDField()
    title_ko = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(
        people.Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reporter = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    severity = models.CharField(max_length=10, choices=Severity.choices)
    what = models.TextField(max_length=4000)
    happened_on = models.DateField()
    outcome = models.TextField(max_length=4000, blank=True)
    reported_at = models.DateTimeField(default=clock.now)

    objects = EthicsIncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["kind", "subject"], name="incident_by_subject")]

    def __str__(self) -> str:
        return self.title_ko or self.title_en
