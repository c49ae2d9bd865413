"""What people hand in for a seat, what was decided and why, what was offered, written and appealed against."""

from typing import Any

from django.db import models
from django.utils.translation import gettext

from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people
from dure.talent.applications import visibility, workflows
from dure.talent.applications.reasons import REASONS
from dure.talent.models.opening import Opening


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, person: Any) -> "ApplicationQuerySet":
        return self.filter(visibility.application_q(person))


class Application(Stateful):
    """A person asks for a seat of an opening. States: `workflows.APPLICATION`.

    `shared` names what the organisation reads of the person's profile (`cards.FIELDS`): read anew at each look, kept nowhere.
    `position` orders the waiting list, lowest first. `decide_by` is when the organisation has promised an answer, `reason_code` and
    `reason` say why it was decided as it was. `texts_deleted_at` is set once nothing that anybody wrote is left.
    """

    workflow = workflows.APPLICATION

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.APPLICATION.choices, default="submitted")
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="applications")
    person = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="applications")
    pseudonym = models.CharField(max_length=8)
    statement = models.TextField(max_length=4000, blank=True)
    shared = models.JSONField(default=list)
    named_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(default=clock.now)
    decide_by = models.DateTimeField()
    late_told_at = models.DateTimeField(null=True)
    position = models.PositiveIntegerField(null=True)
    reason_code = models.CharField(max_length=32, blank=True, choices=REASONS)
    reason = models.TextField(max_length=2000, blank=True)
    decided_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    texts_deleted_at = models.DateTimeField(null=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "decide_by"], name="application_by_decide_by"),
            models.Index(fields=["person", "-id"], name="application_of_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["opening", "person"],
                condition=~models.Q(state="withdrawn"),
                name="one_application_per_opening",
            ),
            models.UniqueConstraint(fields=["opening", "pseudonym"], name="one_pseudonym_per_opening"),
        ]

    def __str__(self) -> str:
        return self.pseudonym

    @property
    def shown_name(self) -> str:
        """What the organisation calls this person: a name only once they agreed to it or took an offer."""
        return self.person.name if self.named_at else gettext("Applicant %(code)s") % {"code": self.pseudonym}


class Offer(Stateful):
    """A seat held for an applicant until `answer_by`. States: `workflows.OFFER`. `made_by` is None for the waiting list itself."""

    workflow = workflows.OFFER

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.OFFER.choices, default="made")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="offers")
    answer_by = models.DateTimeField()
    made_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "answer_by"], name="offer_by_answer_by")]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(state="made"), name="one_offer_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id}"


class ApplicationMessage(models.Model):
    """What the two sides write to each other. The organisation writes as one: `is_theirs` is True, whoever wrote."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    is_theirs = models.BooleanField()
    body = models.TextField(max_length=4000)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.uid}"


class Appeal(Stateful):
    """The applicant asks another person to look at a decision again. States: `workflows.APPEAL`.

    `against` is when that decision was made: each can be appealed once. `decider` is whose decision it was: never `reviewer`.
    """

    workflow = workflows.APPEAL

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.APPEAL.choices, default="filed")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="appeals")
    against = models.DateTimeField()
    decider = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.TextField(max_length=4000, blank=True)
    reviewer = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.TextField(max_length=4000, blank=True)
    filed_at = models.DateTimeField(default=clock.now)
    answer_by = models.DateTimeField()
    late_told_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "against"], name="one_appeal_per_decision")
        ]

    def __str__(self) -> str:
        return f"{self.uid}"
